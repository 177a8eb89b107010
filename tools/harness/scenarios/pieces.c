// SPDX-License-Identifier: GPL-2.0
/* The balloon takes small pieces of free memory, and leaves large blocks to the guest. */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "scenario.h"
#include "steps.h"

/* Pages of this are held: what is free between them are pieces, more than the balloon. */
#define BROKEN		(288 * MIB)
#define BALLOON_BYTES	(20 * MIB)
/* Others take blocks meanwhile, too. */
#define SPARE		(8 * MIB)

/* The order of a huge page on x86_64. */
#define LARGE_ORDER	9
/* "Node 0, zone NAME", and the number of free blocks of order 0 and on. */
#define FIRST_ORDER	4

static long long large_blocks_in(char *zone, long page_size)
{
	long long bytes = 0;
	char *word, *next;
	int order = -FIRST_ORDER;

	for (word = strtok_r(zone, " ", &next); word;
	     word = strtok_r(NULL, " ", &next), order++)
		if (order >= LARGE_ORDER)
			bytes += atoll(word) * page_size << order;
	return bytes;
}

/* The free memory that is in large blocks; -1 if the guest does not say. */
static long long large_blocks(struct run *run)
{
	char *text = file_read(run->vm, "/proc/buddyinfo"), *line, *next;
	long long bytes = 0;

	if (!text)
		return -1;
	for (line = strtok_r(text, "\n", &next); line;
	     line = strtok_r(NULL, "\n", &next))
		bytes += large_blocks_in(line, run->page_size);
	free(text);
	return bytes;
}

static int pieces(struct run *run)
{
	long long blocks, left;
	struct state before;

	if (baseline(run, &before) || fragment_memory(run, BROKEN))
		return -1;
	blocks = large_blocks(run);
	if (blocks < 0 ||
	    check(run, "broken", "blocks", blocks >= BALLOON_BYTES + SPARE,
		  "%lld MiB are free in large blocks", blocks / MIB) ||
	    resize(run, &run->balloon, "inflate", BALLOON_BYTES))
		return -1;
	left = large_blocks(run);
	return left < 0 ||
	       check(run, "inflated", "left", left >= blocks - SPARE,
		     "%lld MiB in large blocks, were %lld", left / MIB,
		     blocks / MIB) ||
	       release_memory(run) ||
	       empty_balloon(run, &before);
}

SCENARIO(pieces, "pieces", "x86_64",
	 "The balloon takes memory that is free in small pieces, and leaves large blocks to huge pages.",
	 .page_migration_only = true);
