// SPDX-License-Identifier: GPL-2.0
/*
 * What a page costs that is inflated, migrated or deflated: instructions of the guest,
 * and what it has to do with the device.
 */
#include "exits.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"
#include "timed.h"

static int report(struct run *run, const char *step, const struct timed *timed)
{
	long long count[EXIT_KINDS];
	int kind;

	if (exits_end(run->vm, count))
		return -1;
	timed_report(step, timed, "guest instructions per page");
	for (kind = 0; kind < EXIT_KINDS; kind++)
		report_figure(step, exit_kind_name(kind),
			      1000.0 * count[kind] / timed->pages,
			      "per 1000 pages");
	/* Whoever tells the host of pages does so by a notification. */
	return check(run, step, "notified", count[EXIT_NOTIFY] > 0,
		     "%lld times for %lld pages", count[EXIT_NOTIFY],
		     timed->pages);
}

static int resize_cost(struct run *run, const char *step, long long bytes)
{
	struct timed timed;

	return exits_begin(run->vm) ||
	       timed_resize(run, step, bytes, &timed) ||
	       report(run, step, &timed);
}

static int offline_cost(struct run *run, const char *step)
{
	struct timed timed;

	return exits_begin(run->vm) ||
	       timed_offline(run, step, &timed) ||
	       report(run, step, &timed);
}

static int cost(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       resize_cost(run, "inflate", run->memory / 8 * 5) ||
	       offline_cost(run, "migrate") ||
	       resize_cost(run, "deflate", 0);
}

SCENARIO(cost, "cost", "bench-icount",
	 "What a page costs that is inflated, migrated and deflated.",
	 .by_name = true, .lazy = true, .page_migration_only = true);
