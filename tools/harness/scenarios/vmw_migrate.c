// SPDX-License-Identifier: GPL-2.0
/* Compaction moves pages that VMware does not let go, or does not take. */
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

#define EVERY_ONE	1000000000
#define SOME		50

/*
 * Inflate among the gaps that a process leaves, and let go of what it holds: the
 * balloon is full of pages that compaction wants to move.
 */
static int prepare(struct run *run, const struct state *before)
{
	return fragment_memory(run, run->memory / 8) ||
	       inflate(run, before, run->memory / 2) ||
	       release_memory(run);
}

static int unlock(struct run *run)
{
	struct state before, now;
	long long moved;

	return baseline(run, &before) ||
	       prepare(run, &before) ||
	       vmw_refuse(run, "unlock 1 %u %u", VMW_PPN_NOT_LOCKED, EVERY_ONE) ||
	       compact_memory(run) ||
	       check_agree(run, "refused", &before, &now) ||
	       check_exact(run, "refused", "migrated", now.migrated,
			   before.migrated, "pages") ||
	       check_no_leak(run, "refused", &before, &now) ||
	       vmw_refuse(run, "none") ||
	       offline_balloon(run, &moved) ||
	       check_agree(run, "migrated", &before, NULL) ||
	       empty_balloon(run, &before);
}

SCENARIO(unlock, "vmw-migrate-unlock", "x86_64-vmw",
	 "A page whose unlocking is refused is not migrated, stays in the balloon, and can be migrated later.",
	 .turn = TURN_FIRST, .page_migration_only = true);

static int lock(struct run *run)
{
	struct state before, now;

	return baseline(run, &before) ||
	       prepare(run, &before) ||
	       vmw_refuse(run, "lock 1 %u %u", VMW_PPN_INVALID, SOME) ||
	       compact_memory(run) ||
	       vmw_refused(run, "compact") ||
	       /* The driver replaces what it lost. */
	       wait_target(run, &run->balloon, "replaced") ||
	       check_agree(run, "replaced", &before, &now) ||
	       check(run, "replaced", "migrated",
		     now.migrated - before.migrated > SOME, "%lld pages",
		     now.migrated - before.migrated) ||
	       check_no_leak(run, "replaced", &before, &now) ||
	       empty_balloon(run, &before);
}

SCENARIO(lock, "vmw-migrate-lock", "x86_64-vmw",
	 "A page that cannot be locked in the place of a migrated one leaves the balloon, and is replaced.",
	 .page_migration_only = true);
