// SPDX-License-Identifier: GPL-2.0
/* What VMware grants: one page a call, batches, pages of 2M, nothing. */
#include "bookkeeping.h"
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

static void none(struct test *test)
{
	struct state before, now;

	/* From the start: nothing was ever granted. */
	if (step_look(test, &before) ||
	    step_unload(test) || vmw_capabilities(test, 0) || step_load(test) ||
	    step_ask(test, 64 * MIB) ||
	    vmw_idle(test, "none") ||
	    vmw_capabilities(test, VMW_BATCHED) ||
	    step_settle(test, "granted") ||
	    step_agree(test, "granted", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_none) = {
	.name = "vmw-none",
	.proves = "A hypervisor that grants nothing is left alone, until it does.",
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
