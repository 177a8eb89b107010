// SPDX-License-Identifier: GPL-2.0
/* VMware refuses pages and resets its balloon. */
#include "bookkeeping.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"
#include "vmw.h"

/* A batch is 512 pages; these are the first, a middle and the last page. */
static const unsigned int places[] = { 1, 4097, 8192 };

#define PLACES_MIB	32

static void refused_lock(struct test *test)
{
	struct state before, now;
	size_t i;

	if (step_look(test, &before))
		return;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (vmw_refuse(test, "lock %u %u", places[i], VMW_PPN_INVALID) ||
		    step_balloon(test, "inflate", PLACES_MIB) ||
		    vmw_refused(test, "inflated") ||
		    step_agree(test, "inflated", &before, &now) ||
		    step_empty(test, &before))
			return;
}

SCENARIO(scenario_vmw_refused_lock) = {
	.name = "vmw-refused-lock",
	.proves = "A page that the hypervisor does not take is given back, and another one takes its place.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = refused_lock,
};

static void refused_unlock(struct test *test)
{
	struct state before, now;
	size_t i;

	if (step_look(test, &before))
		return;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (step_balloon(test, "inflate", PLACES_MIB) ||
		    step_agree(test, "inflated", &before, &now) ||
		    vmw_refuse(test, "unlock %u %u", places[i], VMW_PPN_NOT_LOCKED) ||
		    step_empty(test, &before) ||
		    vmw_refused(test, "empty"))
			return;
}

SCENARIO(scenario_vmw_refused_unlock) = {
	.name = "vmw-refused-unlock",
	.proves = "A page that the hypervisor does not give back stays in the balloon until it does.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = refused_unlock,
};

static void reset(struct test *test)
{
	struct state before, now;

	/* 32 MiB are 16 batches: at the first, in the middle, at the last. */
	static const unsigned int batches[] = { 1, 8, 16 };
	size_t i;

	if (step_look(test, &before))
		return;
	for (i = 0; i < sizeof(batches) / sizeof(batches[0]); i++)
		if (vmw_refuse(test, "reset %u", batches[i]) ||
		    step_balloon(test, "inflate", PLACES_MIB) ||
		    vmw_refused(test, "inflated") ||
		    step_agree(test, "inflated", &before, &now) ||
		    vmw_refuse(test, "reset %u", batches[i]) ||
		    step_empty(test, &before) ||
		    vmw_refused(test, "empty"))
			return;
	/* With nothing to do but to ask for the target. */
	if (step_balloon(test, "inflate", PLACES_MIB) ||
	    vmw_grant(test, VMW_BASIC) ||
	    vmw_grant(test, VMW_BATCHED) ||
	    step_settle(test, "again") ||
	    step_agree(test, "again", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_reset) = {
	.name = "vmw-reset",
	.proves = "After a reset at any command no page is lost, and the balloon comes back.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = reset,
};

static void reset_2m(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    vmw_grant(test, VMW_BATCHED_2M) ||
	    step_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", &before, &now) ||
	    vmw_grant(test, VMW_BATCHED) ||
	    step_settle(test, "again") ||
	    step_agree(test, "again", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_reset_2m) = {
	.name = "vmw-reset-2m",
	.proves = "After a reset that takes pages of 2M away no page is lost, and the balloon comes back.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = reset_2m,
};
