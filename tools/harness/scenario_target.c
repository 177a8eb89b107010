// SPDX-License-Identifier: GPL-2.0
/* Sizes that a host may ask for at any time, reachable or not. */
#include <stdlib.h>

#include "bookkeeping.h"
#include "clock.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

#define STILL_MS	3000
#define GROW_MS		90000
#define LOOKS		100
#define QUIET_MS	20000
#define WAKEUP_DIR	"/sys/bus/virtio/devices/virtio0/power/"

static void retarget(struct test *test)
{
	unsigned int memory_mib = test->memory / MIB;
	struct state before, now;

	if (step_look(test, &before) ||
	    step_ask(test, memory_mib / 2 * MIB) ||
	    step_pass(test, "up", memory_mib / 8) ||
	    step_ask(test, memory_mib / 16 * MIB) ||
	    step_settle(test, "turned-down") ||
	    step_agree(test, "turned-down", &before, &now) ||
	    step_balloon(test, "half", memory_mib / 2) ||
	    step_ask(test, 0) ||
	    step_pass(test, "down", memory_mib / 8 * 3) ||
	    step_ask(test, memory_mib / 16 * 7 * MIB) ||
	    step_settle(test, "turned-up") ||
	    step_agree(test, "turned-up", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_retarget) = {
	.name = "retarget",
	.proves = "A target that changes while the balloon inflates or deflates is the one that is reached.",
	.guests = "*",
	.run = retarget,
};

/* Wait until the balloon does not grow any more; then @now has its size. */
static int grow(struct test *test, long long *now)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	long long deadline = clock_ms() + GROW_MS, since = clock_ms(), last = 0;

	while (clock_left(deadline) && clock_ms() - since < STILL_MS) {
		*now = balloon->inflated(&test->vm, test->memory);
		if (*now < 0 || step_pause(test))
			return -1;
		if (*now > last)
			since = clock_ms();
		last = *now;
	}
	return test_check(test, "grow", "stopped", clock_left(deadline),
			  "%lld MiB in the balloon", *now / MIB);
}

static void above_ram(struct test *test)
{
	struct state before;
	long long size = 0;

	/* The host can ask for more than there is, the kernel's own included. */
	if (step_look(test, &before) ||
	    step_ask(test, test->memory - 4096) ||
	    grow(test, &size) ||
	    test_check(test, "grow", "most", size > test->memory / 2,
		       "%lld of %lld MiB", size / MIB, test->memory / MIB) ||
	    step_do(test, "full", "answer", 30000, "read /proc/meminfo"))
		return;
	step_empty(test, &before);
}

/*
 * Without the feature the kernel has no way back: what the host wants, it gets,
 * and the guest panics for want of memory.
 */
SCENARIO(scenario_above_ram_virtio) = {
	.name = "above-ram-deflate",
	.proves = "With deflate-on-oom, a target above what the guest can give is approached, the guest lives on, and all comes back.",
	.guests = "x86_64 pseries-virtio",
	.balloon = ",deflate-on-oom=on",
	.managed = true,
	.migration_only = true,
	.run = above_ram,
};

SCENARIO(scenario_above_ram) = {
	.name = "above-ram",
	.proves = "A target above what the guest can give is approached, the guest lives on, and all comes back.",
	.guests = "pseries-cmm*",
	.migration_only = true,
	.run = above_ram,
};

/* How often, in how many looks, the driver keeps the guest from its sleep. */
static int awake(struct test *test, int looks, int *seen)
{
	*seen = 0;
	while (looks--) {
		char *text = file_read(&test->vm, WAKEUP_DIR "wakeup_active");

		if (!text || step_pause(test))
			return -1;
		*seen += text[0] == '1';
		free(text);
	}
	return 0;
}

static void unreachable(struct test *test)
{
	long long size, first, last;
	struct state before, now;
	int seen;

	if (step_look(test, &before) ||
	    step_do(test, "wakeup", "enabled", 10000, "write 5000 " WAKEUP_DIR
		    "wakeup enabled") ||
	    step_ask(test, test->memory - 4096) ||
	    grow(test, &size) ||
	    /* The first tries come in short order, and find what is left. */
	    awake(test, LOOKS, &seen) ||
	    /* Nobody else may look for memory, nor may we. */
	    vmstat_sum(&test->vm, "allocstall_", &first) ||
	    step_rest(test, QUIET_MS) ||
	    vmstat_sum(&test->vm, "allocstall_", &last) ||
	    test_check(test, "full", "patient", last - first < QUIET_MS / 500,
		       "%lld times the guest looked for memory in %d s",
		       last - first, QUIET_MS / 1000) ||
	    test_check(test, "full", "asleep", seen < LOOKS / 2,
		       "%d of %d times the balloon kept the guest awake", seen,
		       LOOKS) ||
	    test_state(test, &before) ||
	    step_hold(test, 64 * MIB) ||
	    test_state(test, &now) ||
	    test_check(test, "pressed", "held-off",
		       now.inflated - before.inflated < 1024,
		       "%lld pages were inflated while a process wanted %lld",
		       now.inflated - before.inflated, 64 * MIB / test->page_size))
		return;
}

SCENARIO(scenario_unreachable) = {
	.name = "unreachable",
	.proves = "A target that cannot be reached is tried for now and then, and leaves to a process what it gets.",
	.guests = "x86_64",
	.balloon = ",deflate-on-oom=on",
	.managed = true,
	.migration_only = true,
	.run = unreachable,
};
