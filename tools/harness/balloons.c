// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "agent.h"
#include "balloons.h"
#include "clock.h"
#include "qmp.h"
#include "run.h"

#define FRAME		4096
#define CMM_DIR		"/sys/devices/system/cmm/cmm0/"
#define VIRTIO_DIR	"/sys/kernel/debug/mock-virtio/"
#define VMW_DIR		"/sys/kernel/debug/mock-vmw/"
#define SYSFS_MS	10000
#define MODULE_MS	30000

/* What the guest refuses here is no result, but a guest that is not set up. */
static int not_ready(struct run *run, int error, const char *what)
{
	if (error > 0)
		return vm_fail(run->vm, VERDICT_HARNESS, "guest: no %s: %s",
			       what, strerror(error));
	return error;
}

static int set_file(struct run *run, const char *path, long long value)
{
	return not_ready(run, agent_call(run->vm, 2 * SYSFS_MS, NULL,
					 "write %d %s %lld", SYSFS_MS, path,
					 value), path);
}

/* A number in a file, times the bytes that it stands for. */
static long long get_bytes(struct run *run, const char *path, const char *key,
			   long long unit)
{
	long long number;

	return file_number(run->vm, path, key, &number) ? -1 : number * unit;
}

static int virtio_set(struct run *run, long long bytes)
{
	return qmp_do(run->vm, "balloon",
		      json_pack("{s:I}", "value",
				(json_int_t)(run->memory - bytes)));
}

static long long virtio_inflated(struct run *run)
{
	json_t *result = qmp_call(run->vm, "query-balloon", NULL);
	json_int_t actual;
	int error;

	if (!result)
		return -1;
	error = json_unpack(result, "{s:I}", "actual", &actual);
	json_decref(result);
	if (error)
		return vm_fail(run->vm, VERDICT_HARNESS,
			       "query-balloon: no 'actual'");
	return run->memory - actual;
}

/* QEMU remembers what somebody wanted of the driver before. */
static int virtio_prepare(struct run *run)
{
	return virtio_set(run, 0);
}

const struct balloon_kind balloon_virtio = {
	.module = "virtio_balloon",
	.params = "",
	.prepare = virtio_prepare,
	.set = virtio_set,
	.inflated = virtio_inflated,
	.host_takes = true,
	.unmanaged = true,
};

static int mock_virtio_set(struct run *run, long long bytes)
{
	return set_file(run, VIRTIO_DIR "target", bytes / FRAME);
}

static long long mock_virtio_inflated(struct run *run)
{
	return get_bytes(run, VIRTIO_DIR "actual", "", FRAME);
}

const struct balloon_kind balloon_mock_virtio = {
	.module = "virtio_balloon",
	.mock = "mock_virtio",
	.mock_dir = VIRTIO_DIR,
	.set = mock_virtio_set,
	.inflated = mock_virtio_inflated,
};

static int cmm_set(struct run *run, long long bytes)
{
	return set_file(run, CMM_DIR "simulate_loan_target_kb", bytes / KIB);
}

static long long cmm_inflated(struct run *run)
{
	return get_bytes(run, CMM_DIR "loaned_kb", "", KIB);
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
#define VMW_CAPABILITIES 0x26

static int vmw_prepare(struct run *run)
{
	if (not_ready(run, agent_call(run->vm, MODULE_MS, NULL,
				      "insmod /mock-vmw.ko"), "mock-vmw"))
		return -1;
	return set_file(run, VMW_DIR "capabilities", VMW_CAPABILITIES);
}

static int vmw_set(struct run *run, long long bytes)
{
	return set_file(run, VMW_DIR "target", bytes / FRAME);
}

static long long vmw_inflated(struct run *run)
{
	return get_bytes(run, "/sys/kernel/debug/vmmemctl", "current", FRAME);
}

const struct balloon_kind balloon_vmw = {
	.module = "vmw_balloon",
	.params = "",
	.mock = "mock_vmw",
	.mock_dir = VMW_DIR,
	.prepare = vmw_prepare,
	.set = vmw_set,
	.inflated = vmw_inflated,
	/* It stops as soon as less than a page of 2M is missing. */
	.slack = 2 * MIB - FRAME,
};
