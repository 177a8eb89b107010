// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "agent.h"
#include "check.h"
#include "clock.h"
#include "mock_virtio.h"
#include "steps.h"

#define MOCK_DIR	"/sys/kernel/debug/mock-virtio/"
#define MOCK_MS		60000

int mock_plug(struct run *run, unsigned int features, const char *params)
{
	if (guest_do(run, "mock", "loaded", 30000,
		     "insmod /mock-virtio.ko features=%#x %s", features, params))
		return -1;
	run->mock = (struct balloon){ .kind = &balloon_mock_virtio };
	return 0;
}

int mock_pull(struct run *run)
{
	if (check_violations(run, "pull", &run->mock))
		return -1;
	run->mock = (struct balloon){ 0 };
	return guest_do(run, "pull", "done", 25000, "rmmod 20000 mock_virtio");
}

int mock_set(struct run *run, const char *name, long long value)
{
	return guest_do(run, "mock", name, 10000, "write 5000 " MOCK_DIR
			"%s %lld", name, value);
}

int mock_number(struct run *run, const char *name, long long *value)
{
	char path[64];

	snprintf(path, sizeof(path), MOCK_DIR "%s", name);
	return file_number(run->vm, path, "", value);
}

int mock_wait(struct run *run, const char *step, const char *name,
	      long long mask, long long value)
{
	long long now = 0;

	return wait_until(run->vm, MOCK_MS, !mock_number(run, name, &now) &&
			  (now & mask) == value) < 0 ||
	       check(run, step, name, (now & mask) == value,
		     "%#llx, expected %#llx", now & mask, value);
}

int mock_again(struct run *run, const struct state *before)
{
	long long kept;

	run->mock.asked = 0;
	return check_mock(run, "unloaded") ||
	       mock_number(run, "kept", &kept) ||
	       check_exact(run, "unloaded", "kept", kept, 0, "frames") ||
	       check_empty(run, "unloaded", before) ||
	       mock_set(run, "slow", 0) ||
	       mock_set(run, "delay", 0) ||
	       mock_set(run, "silent", MOCK_STATS_Q) ||
	       mock_set(run, "target", 0) ||
	       load_driver(run) ||
	       resize(run, &run->mock, "again", run->memory / 8) ||
	       check_agree(run, "again", before, NULL) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, before);
}

int mock_rebind(struct run *run, const struct state *before)
{
	return unload_driver(run, "unload") || mock_again(run, before);
}
