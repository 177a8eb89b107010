// SPDX-License-Identifier: GPL-2.0
/* What VMware grants: one page a call, batches, pages of 2M, nothing. */
#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

/* Inflate, deflate by half, and empty the balloon, with what is granted. */
static void granted(struct run *run, unsigned int capabilities,
		    long long bytes)
{
	struct state before;

	if (baseline(run, &before) ||
	    vmw_grant(run, capabilities) ||
	    inflate(run, &before, bytes) ||
	    set_target(run, &run->balloon, bytes / 2) ||
	    wait_agree(run, "half", &before))
		return;
	empty_balloon(run, &before);
}

static void basic(struct run *run)
{
	granted(run, VMW_BASIC, 64 * MIB);
}

SCENARIO(scenario_vmw_basic) = {
	.name = "vmw-basic",
	.proves = "The balloon works with a hypervisor that takes one page a call.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = basic,
};

static void batched_2m(struct run *run)
{
	granted(run, VMW_BATCHED_2M, run->memory / 2);
}

SCENARIO(scenario_vmw_2m) = {
	.name = "vmw-2m",
	.proves = "The balloon works with pages of 2M.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = batched_2m,
};

static void none(struct run *run)
{
	struct state before;

	/* From the start: nothing was ever granted. */
	if (baseline(run, &before) ||
	    unload_driver(run, "unload") || vmw_capabilities(run, 0) ||
	    load_driver(run) ||
	    set_target(run, &run->balloon, 64 * MIB) ||
	    vmw_idle(run, "none") ||
	    vmw_capabilities(run, VMW_BATCHED) ||
	    wait_agree(run, "granted", &before))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_vmw_none) = {
	.name = "vmw-none",
	.proves = "A hypervisor that grants nothing is left alone, until it does.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = none,
};

static void unload_2m(struct run *run)
{
	struct state before;

	if (baseline(run, &before) ||
	    vmw_grant(run, VMW_BATCHED_2M) ||
	    inflate(run, &before, run->memory / 4) ||
	    unload_driver(run, "unload"))
		return;
	check_whole(run, "unloaded", &before);
}

SCENARIO(scenario_vmw_unload_2m) = {
	.name = "vmw-unload-2m",
	.proves = "Unloading the driver gives pages of 2M back.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = unload_2m,
};
