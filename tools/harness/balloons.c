// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "balloons.h"
#include "qmp.h"
#include "units.h"

#define CMM_DIR		"/sys/devices/system/cmm/cmm0/"
#define VMW_HOST_DIR	"/sys/kernel/debug/vmw-host/"
#define SYSFS_MS	10000
#define MODULE_MS	30000

/* What the guest refuses here is no result, but a guest that is not set up. */
static int not_ready(struct vm *vm, int error, const char *what)
{
	if (error > 0)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no %s: %s", what,
			       strerror(error));
	return error;
}

static int virtio_set(struct vm *vm, long long memory, long long bytes)
{
	return qmp_balloon_set(vm, memory - bytes);
}

static long long virtio_inflated(struct vm *vm, long long memory)
{
	long long actual = qmp_balloon_actual(vm);

	return actual < 0 ? -1 : memory - actual;
}

const struct balloon_kind balloon_virtio = {
	.module = "virtio_balloon",
	.params = "",
	.set = virtio_set,
	.inflated = virtio_inflated,
	.host_takes = true,
	.unmanaged = true,
};

static int cmm_set(struct vm *vm, long long memory, long long bytes)
{
	(void)memory;
	return not_ready(vm, agent_call(vm, 2 * SYSFS_MS, NULL, "write %d "
				CMM_DIR "simulate_loan_target_kb %lld",
				SYSFS_MS, bytes / KIB), "cmm");
}

static long long cmm_inflated(struct vm *vm, long long memory)
{
	long long kib;
	char *text;
	int error = agent_call(vm, SYSFS_MS, &text, "read " CMM_DIR "loaned_kb");

	(void)memory;
	if (error)
		return not_ready(vm, error, "cmm");
	kib = strtoll(text, NULL, 10);
	free(text);
	return kib * KIB;
}

const struct balloon_kind balloon_cmm = {
	.module = "cmm",
	/*
	 * Once a second is as fast as cmm's thread can be made to look. It
	 * deflates if less than min_mem_mb is left; when a block is offline,
	 * it shall not.
	 */
	.params = "simulate=1 delay=1 hotplug_delay=1 min_mem_mb=128",
	.set = cmm_set,
	.inflated = cmm_inflated,
	/* A second that it sleeps, one that it waits, and time to work. */
	.rest_ms = 4000,
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
	return not_ready(vm, error, "vmw-host");
}

static int vmw_set(struct vm *vm, long long memory, long long bytes)
{
	(void)memory;
	return not_ready(vm, agent_call(vm, 2 * SYSFS_MS, NULL, "write %d "
				VMW_HOST_DIR "target %lld", SYSFS_MS,
				bytes / 4096), "vmw-host");
}

static long long vmw_inflated(struct vm *vm, long long memory)
{
	long long pages = -1;
	char *text, *at;
	int error = agent_call(vm, SYSFS_MS, &text,
			       "read /sys/kernel/debug/vmmemctl");

	(void)memory;
	if (error)
		return not_ready(vm, error, "vmmemctl");
	at = strstr(text, "current");
	at = at ? strchr(at, ':') : NULL;
	if (at)
		pages = strtoll(at + 1, NULL, 10);
	free(text);
	if (pages < 0)
		return vm_fail(vm, VERDICT_HARNESS,
			       "guest: no current size in vmmemctl");
	return pages * 4096;
}

const struct balloon_kind balloon_vmw = {
	.module = "vmw_balloon",
	.params = "",
	.prepare = vmw_prepare,
	.set = vmw_set,
	.inflated = vmw_inflated,
	.ledger = VMW_HOST_DIR "locked",
	.faults = VMW_HOST_DIR "errors",
	/* It stops as soon as less than a page of 2M is missing. */
	.slack = 2 * MIB - 4096,
};
