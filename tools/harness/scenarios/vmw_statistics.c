// SPDX-License-Identifier: GPL-2.0
/* What vmw_balloon says of itself in debugfs. */
#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

#define SOME		(64 * MIB)

/*
 * The driver's numbers, and what the hypervisor has seen. They are compared while the
 * driver has nothing to do but to ask for its target.
 */
struct statistics {
	long long alloc, refused, free;
	long long lock, unlock;
	long long seen_lock, seen_unlock;
};

static int read_statistics(struct run *run, struct statistics *now)
{
	return vmw_number(run, "alloc             (4k)", &now->alloc) ||
	       vmw_number(run, "errAlloc          (4k)", &now->refused) ||
	       vmw_number(run, "free              (4k)", &now->free) ||
	       vmw_number(run, "batchLock", &now->lock) ||
	       vmw_number(run, "batchUnlock", &now->unlock) ||
	       vmw_commands(run, "batched-lock", &now->seen_lock) ||
	       vmw_commands(run, "batched-unlock", &now->seen_unlock);
}

/* @alloc, @refused and @free are in pages. */
static int check_statistics(struct run *run, const char *step,
			    const struct statistics *before, long long alloc,
			    long long refused, long long free)
{
	struct statistics now;

	return read_statistics(run, &now) ||
	       check_exact(run, step, "commands",
			   now.lock - before->lock + now.unlock - before->unlock,
			   now.seen_lock - before->seen_lock +
			   now.seen_unlock - before->seen_unlock, "counted") ||
	       check_exact(run, step, "alloc", now.alloc - before->alloc, alloc,
			   "pages") ||
	       check_exact(run, step, "refused", now.refused - before->refused,
			   refused, "pages") ||
	       check_exact(run, step, "free", now.free - before->free, free,
			   "pages");
}

static int statistics(struct run *run)
{
	long long pages = SOME / run->page_size;
	struct statistics at_first;
	struct state before;

	/* The first look begins the statistics. */
	return baseline(run, &before) ||
	       read_statistics(run, &at_first) ||
	       vmw_refuse(run, "lock 100 %u", VMW_PPN_INVALID) ||
	       inflate(run, &before, SOME) ||
	       vmw_refused(run, "inflated") ||
	       check_statistics(run, "inflated", &at_first, pages + 1, 1, 0) ||
	       empty_balloon(run, &before) ||
	       check_statistics(run, "deflated", &at_first, pages + 1, 1, pages);
}

SCENARIO(statistics, "vmw-statistics", "x86_64-vmw",
	 "The driver's statistics agree with what it did, and with what the hypervisor saw.",
	 .page_migration_only = true);
