// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "balloons.h"
#include "qmp.h"

#define MIB		(1024LL * 1024)
#define CMM_DIR		"/sys/devices/system/cmm/cmm0/"
#define VMW_HOST_DIR	"/sys/kernel/debug/vmw-host/"
#define SYSFS_MS	10000
#define MODULE_MS	30000

static int virtio_set(struct vm *vm, unsigned int memory_mib,
		      unsigned int balloon_mib)
{
	return qmp_balloon_set(vm, (memory_mib - balloon_mib) * MIB);
}

static long long virtio_inflated(struct vm *vm, unsigned int memory_mib)
{
	long long actual = qmp_balloon_actual(vm);

	return actual < 0 ? -1 : memory_mib - actual / MIB;
}

const struct balloon_kind balloon_virtio = {
	.set = virtio_set,
	.inflated = virtio_inflated,
	.host_takes = true,
	.unmanaged = true,
};

static int cmm_set(struct vm *vm, unsigned int memory_mib,
		   unsigned int balloon_mib)
{
	int error = agent_call(vm, 2 * SYSFS_MS, NULL,
			       "write %d " CMM_DIR "simulate_loan_target_kb %u",
			       SYSFS_MS, balloon_mib * 1024);

	(void)memory_mib;
	if (error > 0)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no cmm: %s",
			       strerror(error));
	return error;
}

static long long cmm_inflated(struct vm *vm, unsigned int memory_mib)
{
	long long kib;
	char *text;
	int error = agent_call(vm, SYSFS_MS, &text, "read " CMM_DIR "loaned_kb");

	(void)memory_mib;
	if (error)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no cmm: %s",
			       strerror(error));
	kib = strtoll(text, NULL, 10);
	free(text);
	return kib / 1024;
}

const struct balloon_kind balloon_cmm = {
	.set = cmm_set,
	.inflated = cmm_inflated,
	.unmanaged = true,
};

/* BASIC and BATCHED: pages of 2M are not on the list that is migrated. */
#define VMW_CAPABILITIES "0x26"

static int vmw_prepare(struct vm *vm)
{
	int error = agent_call(vm, MODULE_MS, NULL, "insmod /vmw-host.ko");

	if (!error)
		error = agent_call(vm, SYSFS_MS, NULL, "write %d " VMW_HOST_DIR
				   "capabilities " VMW_CAPABILITIES, SYSFS_MS);
	if (!error)
		error = agent_call(vm, MODULE_MS, NULL,
				   "insmod /vmw_balloon.ko");
	if (error > 0)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no vmw_balloon: %s",
			       strerror(error));
	return error;
}

static int vmw_set(struct vm *vm, unsigned int memory_mib,
		   unsigned int balloon_mib)
{
	int error = agent_call(vm, 2 * SYSFS_MS, NULL, "write %d " VMW_HOST_DIR
			       "target %lld", SYSFS_MS,
			       balloon_mib * MIB / 4096);

	(void)memory_mib;
	if (error > 0)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no vmw-host: %s",
			       strerror(error));
	return error;
}

static long long vmw_inflated(struct vm *vm, unsigned int memory_mib)
{
	long long pages = -1;
	char *text, *at;
	int error = agent_call(vm, SYSFS_MS, &text,
			       "read /sys/kernel/debug/vmmemctl");

	(void)memory_mib;
	if (error)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no vmmemctl: %s",
			       strerror(error));
	at = strstr(text, "current");
	at = at ? strchr(at, ':') : NULL;
	if (at)
		pages = strtoll(at + 1, NULL, 10);
	free(text);
	if (pages < 0)
		return vm_fail(vm, VERDICT_HARNESS,
			       "guest: no current size in vmmemctl");
	return pages * 4096 / MIB;
}

const struct balloon_kind balloon_vmw = {
	.prepare = vmw_prepare,
	.set = vmw_set,
	.inflated = vmw_inflated,
	.ledger = VMW_HOST_DIR "locked",
	.faults = VMW_HOST_DIR "errors",
};
