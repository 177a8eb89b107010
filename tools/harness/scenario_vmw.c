// SPDX-License-Identifier: GPL-2.0
/* What VMware grants: one page a call, batches, pages of 2M, nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "bookkeeping.h"
#include "clock.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"
#include "vmw.h"

/* Inflate, deflate by half, and empty the balloon, with what is granted. */
static void granted(struct test *test, unsigned int capabilities,
		    unsigned int mib)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    vmw_grant(test, capabilities) ||
	    step_balloon(test, "inflate", mib) ||
	    step_agree(test, "inflated", &before, &now) ||
	    step_balloon(test, "half", mib / 2) ||
	    step_agree(test, "half", &before, &now))
		return;
	step_empty(test, &before);
}

static void basic(struct test *test)
{
	granted(test, VMW_BASIC, 64);
}

SCENARIO(scenario_vmw_basic) = {
	.name = "vmw-basic",
	.proves = "The balloon works with a hypervisor that takes one page a call.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = basic,
};

static void batched_2m(struct test *test)
{
	granted(test, VMW_BATCHED_2M, test->memory / MIB / 2);
}

SCENARIO(scenario_vmw_2m) = {
	.name = "vmw-2m",
	.proves = "The balloon works with pages of 2M.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = batched_2m,
};

/* Clock ticks that the guest's CPUs have worked since it booted. */
static int busy_ticks(struct test *test, long long *busy)
{
	char *text = file_read(&test->vm, "/proc/stat");
	long long user, nice, system;

	if (!text)
		return -1;
	if (sscanf(text, "cpu %lld %lld %lld", &user, &nice, &system) != 3)
		return vm_fail(&test->vm, VERDICT_HARNESS,
			       "guest: no cpu line in /proc/stat");
	*busy = user + nice + system;
	free(text);
	return 0;
}

static void none(struct test *test)
{
	long long deadline, before, after;

	/* From the start: what was granted before would be used on. */
	if (step_unload(test) || vmw_capabilities(test, 0) || step_load(test) ||
	    step_ask(test, 64 * MIB) || busy_ticks(test, &before))
		return;
	deadline = clock_ms() + 5000;
	while (clock_left(deadline))
		if (step_pause(test))
			return;
	if (busy_ticks(test, &after))
		return;
	/* A hundred ticks a second; the driver looks at its target once in one. */
	test_check(test, "none", "idle", after - before < 250,
		   "the guest was busy for %lld ms of 5000",
		   (after - before) * 10);
}

SCENARIO(scenario_vmw_none) = {
	.name = "vmw-none",
	.proves = "A hypervisor that grants nothing is left alone.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = none,
};

static void unload_2m(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    vmw_grant(test, VMW_BATCHED_2M) ||
	    step_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", &before, &now) ||
	    step_unload(test) ||
	    step_agree(test, "unloaded", &before, &now))
		return;
	check_no_leak(test, "unloaded", &before, &now);
}

SCENARIO(scenario_vmw_unload_2m) = {
	.name = "vmw-unload-2m",
	.proves = "Unloading the driver gives pages of 2M back.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = unload_2m,
};
