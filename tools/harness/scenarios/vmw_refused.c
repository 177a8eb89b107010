// SPDX-License-Identifier: GPL-2.0
/* VMware refuses pages and resets its balloon. */
#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

/* A batch is 512 pages; these are the first, a middle and the last page. */
static const unsigned int places[] = { 1, 4097, 8192 };

#define PLACES		(32 * MIB)

static void refused_lock(struct run *run)
{
	struct state before;
	size_t i;

	if (baseline(run, &before))
		return;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (vmw_refuse(run, "lock %u %u", places[i], VMW_PPN_INVALID) ||
		    resize(run, &run->balloon, "inflate", PLACES) ||
		    vmw_refused(run, "inflated") ||
		    check_agree(run, "inflated", &before, NULL) ||
		    empty_balloon(run, &before))
			return;
}

SCENARIO(scenario_vmw_refused_lock) = {
	.name = "vmw-refused-lock",
	.proves = "A page that the hypervisor does not take is given back, and another one takes its place.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = refused_lock,
};

static void refused_unlock(struct run *run)
{
	struct state before;
	size_t i;

	if (baseline(run, &before))
		return;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (inflate(run, &before, PLACES) ||
		    vmw_refuse(run, "unlock %u %u", places[i], VMW_PPN_NOT_LOCKED) ||
		    empty_balloon(run, &before) ||
		    vmw_refused(run, "empty"))
			return;
}

SCENARIO(scenario_vmw_refused_unlock) = {
	.name = "vmw-refused-unlock",
	.proves = "A page that the hypervisor does not give back stays in the balloon until it does.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = refused_unlock,
};

static void reset(struct run *run)
{
	struct state before;

	/* 32 MiB are 16 batches: at the first, in the middle, at the last. */
	static const unsigned int batches[] = { 1, 8, 16 };
	size_t i;

	if (baseline(run, &before))
		return;
	for (i = 0; i < sizeof(batches) / sizeof(batches[0]); i++)
		if (vmw_refuse(run, "reset %u", batches[i]) ||
		    resize(run, &run->balloon, "inflate", PLACES) ||
		    vmw_refused(run, "inflated") ||
		    check_agree(run, "inflated", &before, NULL) ||
		    vmw_refuse(run, "reset %u", batches[i]) ||
		    empty_balloon(run, &before) ||
		    vmw_refused(run, "empty"))
			return;
	/* With nothing to do but to ask for the target. */
	if (resize(run, &run->balloon, "inflate", PLACES) ||
	    vmw_grant(run, VMW_BASIC) ||
	    vmw_grant(run, VMW_BATCHED) ||
	    wait_agree(run, "again", &before))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_vmw_reset) = {
	.name = "vmw-reset",
	.proves = "After a reset at any command no page is lost, and the balloon comes back.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = reset,
};

static void reset_2m(struct run *run)
{
	struct state before;

	if (baseline(run, &before) ||
	    vmw_grant(run, VMW_BATCHED_2M) ||
	    inflate(run, &before, run->memory / 4) ||
	    vmw_grant(run, VMW_BATCHED) ||
	    wait_agree(run, "again", &before))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_vmw_reset_2m) = {
	.name = "vmw-reset-2m",
	.proves = "After a reset that takes pages of 2M away no page is lost, and the balloon comes back.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = reset_2m,
};
