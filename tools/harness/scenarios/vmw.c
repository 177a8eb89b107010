// SPDX-License-Identifier: GPL-2.0
/* What VMware grants: one page a call, batches, pages of 2M, nothing. */
#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

/* Inflate, deflate by half, and empty the balloon, with what is granted. */
static int granted(struct run *run, unsigned int capabilities,
		   long long bytes)
{
	struct state before;

	return baseline(run, &before) ||
	       vmw_grant(run, capabilities) ||
	       inflate(run, &before, bytes) ||
	       set_target(run, &run->balloon, bytes / 2) ||
	       wait_agree(run, "half", &before) ||
	       empty_balloon(run, &before);
}

static int basic(struct run *run)
{
	return granted(run, VMW_BASIC, 64 * MIB);
}

SCENARIO(basic, "vmw-basic", "x86_64-vmw",
	 "The balloon works with a hypervisor that takes one page a call.",
	 .page_migration_only = true);

static int batched_2m(struct run *run)
{
	return granted(run, VMW_BATCHED_2M, run->memory / 2);
}

SCENARIO(batched_2m, "vmw-2m", "x86_64-vmw",
	 "The balloon works with pages of 2M.",
	 .page_migration_only = true);

static int none(struct run *run)
{
	struct state before;

	/* From the start: nothing was ever granted. */
	return baseline(run, &before) ||
	       unload_driver(run, "unload") || vmw_capabilities(run, 0) ||
	       load_driver(run) ||
	       set_target(run, &run->balloon, 64 * MIB) ||
	       vmw_idle(run, "none") ||
	       vmw_capabilities(run, VMW_BATCHED) ||
	       wait_agree(run, "granted", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(none, "vmw-none", "x86_64-vmw",
	 "A hypervisor that grants nothing is left alone, until it does.",
	 .page_migration_only = true);

static int unload_2m(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       vmw_grant(run, VMW_BATCHED_2M) ||
	       inflate(run, &before, run->memory / 4) ||
	       unload_driver(run, "unload") ||
	       check_whole(run, "unloaded", &before);
}

SCENARIO(unload_2m, "vmw-unload-2m", "x86_64-vmw",
	 "Unloading the driver gives pages of 2M back.",
	 .page_migration_only = true);
