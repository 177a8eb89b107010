// SPDX-License-Identifier: GPL-2.0
/* Compaction moves pages that VMware does not let go, or does not take. */
#include "bookkeeping.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"
#include "vmw.h"

#define EVERY_ONE	1000000000
#define SOME		50

/*
 * Inflate among the gaps that a process leaves, and let go of what it holds: the
 * balloon is full of pages that compaction wants to move.
 */
static int prepare(struct test *test, const struct state *before)
{
	struct state now;

	if (step_fragment(test, test->memory / MIB / 8) ||
	    step_balloon(test, "inflate", test->memory / MIB / 2) ||
	    step_agree(test, "inflated", before, &now))
		return -1;
	return step_release(test);
}

static int compact(struct test *test)
{
	return step_do(test, "compact", "done", 130000,
		       "write 120000 /proc/sys/vm/compact_memory 1");
}

static void unlock(struct test *test)
{
	struct state before, now;
	long long moved;

	if (step_look(test, &before) ||
	    prepare(test, &before) ||
	    vmw_refuse(test, "unlock 1 %u %u", VMW_PPN_NOT_LOCKED, EVERY_ONE) ||
	    compact(test) ||
	    step_agree(test, "refused", &before, &now) ||
	    check_exact(test, "refused", "migrated", now.migrated, 0, "pages") ||
	    check_no_leak(test, "refused", &before, &now) ||
	    vmw_refuse(test, "none") ||
	    step_offline(test, &moved) ||
	    step_agree(test, "migrated", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_migrate_unlock) = {
	.name = "vmw-migrate-unlock",
	.proves = "A page whose unlocking is refused is not migrated, stays in the balloon, and can be migrated later.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = unlock,
};

static void lock(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    prepare(test, &before) ||
	    vmw_refuse(test, "lock 1 %u %u", VMW_PPN_INVALID, SOME) ||
	    compact(test) ||
	    vmw_refused(test, "compact") ||
	    /* The driver replaces what it lost. */
	    step_settle(test, "replaced") ||
	    step_agree(test, "replaced", &before, &now) ||
	    test_check(test, "replaced", "migrated", now.migrated > SOME,
		       "%lld pages", now.migrated) ||
	    check_no_leak(test, "replaced", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_migrate_lock) = {
	.name = "vmw-migrate-lock",
	.proves = "A page that cannot be locked in the place of a migrated one leaves the balloon, and is replaced.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = lock,
};
