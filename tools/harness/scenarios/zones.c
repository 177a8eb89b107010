// SPDX-License-Identifier: GPL-2.0
/* Balloon pages that migrate from one zone into another. */
#include <errno.h>
#include <string.h>

#include "report.h"
#include "scenario.h"
#include "steps.h"

#define MOVABLE	"Movable"

static long long managed_in(const struct state *state, const char *zone)
{
	int i;

	for (i = 0; i < state->nr_zones; i++)
		if (!strcmp(state->zones[i].name, zone))
			return state->zones[i].managed;
	return 0;
}

/* The managed pages of the zone that is the block, and those of all others. */
static int check_two(struct run *run, const char *step,
		     const struct state *now, long long movable,
		     long long others)
{
	return check_exact(run, step, "movable", managed_in(now, MOVABLE),
			   movable, "pages managed") ||
	       check_exact(run, step, "others",
			   now->managed - managed_in(now, MOVABLE), others,
			   "pages managed");
}

/*
 * Make a zone of the highest memory block that can go: it has no page of the kernel's
 * own (EBUSY) and no hole (EINVAL). Balloon pages are taken from there first.
 */
static int make_zone(struct run *run, int *block)
{
	int error = EBUSY;

	for (*block = run->memory / run->block - 1; *block > 0; --*block) {
		error = set_block(run, *block, "offline");
		if (error != EBUSY && error != EINVAL)
			break;
	}
	if (!error)
		error = set_block(run, *block, "online_movable");
	return error < 0 ||
	       check(run, "zone", "made", !error, "%s",
		     error ? strerror(error) : "of a memory block");
}

static int set_zone(struct run *run, const char *step, int block,
		    const char *what)
{
	int error = set_block(run, block, what);

	return error < 0 ||
	       check(run, step, what, !error, "memory block %d: %s", block,
		     error ? strerror(error) : "done");
}

/* A balloon whose pages count as managed has nothing to correct, and must not. */
static int two_zones(struct run *run)
{
	long long pages = run->block / run->page_size, there, others;
	struct state whole, before, now, moved;
	int block;

	if (baseline(run, &whole) || make_zone(run, &block) ||
	    look(run, &before) ||
	    check_two(run, "zone", &before, pages, whole.managed - pages) ||
	    resize(run, &run->balloon, "inflate", run->memory / 2) ||
	    check_agree(run, "inflated", &before, &now))
		return -1;
	there = now.blocks[block];
	report_say("memory block %d is a zone: %lld of its %lld pages are the balloon's",
		   block, there, pages);
	others = before.managed - pages;
	if (!run->balloon.kind->unmanaged || run->scenario->managed)
		there = 0;
	if (check(run, "inflated", "filled", now.blocks[block] >= pages / 4 * 3,
		  "%lld of %lld pages", now.blocks[block], pages) ||
	    check_two(run, "inflated", &now, pages - there,
		      others - (before.managed - now.managed - there)))
		return -1;

	/* Its pages have nowhere to go but into another zone. */
	if (set_zone(run, "across", block, "offline") ||
	    look(run, &moved) ||
	    check(run, "across", "migrated",
		  moved.migrated - now.migrated >= now.blocks[block],
		  "%lld balloon pages", moved.migrated - now.migrated) ||
	    check_exact(run, "across", "kept", moved.offline, now.offline,
			"pages") ||
	    check_two(run, "across", &moved, 0,
		      now.managed - managed_in(&now, MOVABLE) - there))
		return -1;

	return set_zone(run, "again", block, "online_movable") ||
	       check_agree(run, "again", &before, NULL) ||
	       empty_balloon(run, &before) ||
	       /* As it was. */
	       set_zone(run, "return", block, "offline") ||
	       set_zone(run, "return", block, "online_kernel") ||
	       check_empty(run, "back", &whole);
}

SCENARIO(two_zones, "two-zones", "*",
	 "Balloon pages that migrate into another zone take their part of its managed pages with them.",
	 .turn = TURN_FIRST, .page_migration_only = true);

SCENARIO(two_zones, "two-zones-oom", "x86_64",
	 "With deflate-on-oom, balloon pages that migrate into another zone leave its managed pages alone.",
	 .balloon = ",deflate-on-oom=on", .managed = true,
	 .turn = TURN_FIRST, .page_migration_only = true);
