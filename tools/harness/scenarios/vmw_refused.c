// SPDX-License-Identifier: GPL-2.0
/* VMware refuses pages and resets its balloon. */
#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

/* A batch is 512 pages; these are the first, a middle and the last page. */
static const unsigned int places[] = { 1, 4097, 8192 };

#define PLACES		(32 * MIB)

static int refused_lock(struct run *run)
{
	struct state before;
	size_t i;

	if (baseline(run, &before))
		return -1;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (vmw_refuse(run, "lock %u %u", places[i], VMW_PPN_INVALID) ||
		    resize(run, &run->balloon, "inflate", PLACES) ||
		    vmw_refused(run, "inflated") ||
		    check_agree(run, "inflated", &before, NULL) ||
		    empty_balloon(run, &before))
			return -1;
	return 0;
}

SCENARIO(refused_lock, "vmw-refused-lock", "x86_64-vmw",
	 "A page that the hypervisor does not take is given back, and another one takes its place.",
	 .page_migration_only = true);

static int refused_unlock(struct run *run)
{
	struct state before;
	size_t i;

	if (baseline(run, &before))
		return -1;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (inflate(run, &before, PLACES) ||
		    vmw_refuse(run, "unlock %u %u", places[i], VMW_PPN_NOT_LOCKED) ||
		    empty_balloon(run, &before) ||
		    vmw_refused(run, "empty"))
			return -1;
	return 0;
}

SCENARIO(refused_unlock, "vmw-refused-unlock", "x86_64-vmw",
	 "A page that the hypervisor does not give back stays in the balloon until it does.",
	 .page_migration_only = true);

static int reset(struct run *run)
{
	struct state before;

	/* 32 MiB are 16 batches: at the first, in the middle, at the last. */
	static const unsigned int batches[] = { 1, 8, 16 };
	size_t i;

	if (baseline(run, &before))
		return -1;
	for (i = 0; i < sizeof(batches) / sizeof(batches[0]); i++)
		if (vmw_refuse(run, "reset %u", batches[i]) ||
		    resize(run, &run->balloon, "inflate", PLACES) ||
		    vmw_refused(run, "inflated") ||
		    check_agree(run, "inflated", &before, NULL) ||
		    vmw_refuse(run, "reset %u", batches[i]) ||
		    empty_balloon(run, &before) ||
		    vmw_refused(run, "empty"))
			return -1;
	/* With nothing to do but to ask for the target. */
	return resize(run, &run->balloon, "inflate", PLACES) ||
	       vmw_grant(run, VMW_BASIC) ||
	       vmw_grant(run, VMW_BATCHED) ||
	       wait_agree(run, "again", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(reset, "vmw-reset", "x86_64-vmw",
	 "After a reset at any command no page is lost, and the balloon comes back.",
	 .page_migration_only = true);

static int reset_2m(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       vmw_grant(run, VMW_BATCHED_2M) ||
	       inflate(run, &before, run->memory / 4) ||
	       vmw_grant(run, VMW_BATCHED) ||
	       wait_agree(run, "again", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(reset_2m, "vmw-reset-2m", "x86_64-vmw",
	 "After a reset that takes pages of 2M away no page is lost, and the balloon comes back.",
	 .page_migration_only = true);
