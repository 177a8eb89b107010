// SPDX-License-Identifier: GPL-2.0
/* What a page costs that is inflated, migrated or deflated, by the guest's clock. */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"

#define LIMIT_MS	600000

static int cost_of(struct run *run, const char *figure, const char *text,
		   long long pages)
{
	long long ns;

	if (!number_in(text, "ns", &ns) || pages <= 0)
		return check(run, figure, "measured", false, "%s", text);
	report_say("figure %s %.1f ns/page", figure, (double)ns / pages);
	return check(run, figure, "measured", true, "%lld pages", pages);
}

/* Ask for a size of the balloon, and measure until the guest has counted all of it. */
static int timed_resize(struct run *run, const char *figure, const char *key,
			long long bytes)
{
	long long pages = llabs(bytes - run->balloon.asked) / run->page_size;
	char *text;
	int error;

	if (guest_do(run, figure, "watch", 10000, "watch %lld %s", pages, key) ||
	    set_target(run, &run->balloon, bytes))
		return -1;
	error = agent_call(run->vm, LIMIT_MS, &text, "watched");
	if (error)
		return check(run, figure, "watched", false, "%s", strerror(error));
	error = cost_of(run, figure, text, pages);
	free(text);
	return error || wait_target(run, &run->balloon, figure);
}

/* Offline a memory block in which every page is the balloon's. */
static int timed_offline(struct run *run, const struct state *before)
{
	struct state now;
	long long block;
	char *text;
	int error;

	for (block = 0; block < BLOCKS_MAX; block++)
		if (before->blocks[block] == run->block / run->page_size)
			break;
	if (check(run, "migrate", "block", block < BLOCKS_MAX,
		  "block %lld is full of the balloon's pages", block))
		return -1;
	error = agent_call(run->vm, LIMIT_MS, &text,
			   "timed-write /sys/devices/system/memory/memory%lld/state offline",
			   block);
	if (error)
		return check(run, "migrate", "offline", false, "%s", strerror(error));
	error = look(run, &now) ||
		cost_of(run, "migrate", text, now.migrated - before->migrated);
	free(text);
	return error;
}

static int cost(struct run *run)
{
	struct state before, full;

	return baseline(run, &before) ||
	       timed_resize(run, "inflate", "balloon_inflate",
			    run->memory / 8 * 5) ||
	       look(run, &full) || timed_offline(run, &full) ||
	       timed_resize(run, "deflate", "balloon_deflate", 0);
}

SCENARIO(cost, "cost", "bench-icount bench",
	 "What a page costs that is inflated, migrated and deflated.",
	 .by_name = true, .lazy = true, .page_migration_only = true);
