// SPDX-License-Identifier: GPL-2.0
/* Two balloons: QEMU's and the mock one, which knows of each page frame whether it has it. */
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

/* The driver goes and comes: both balloons are emptied and inflate again. */
static int reload(struct run *run, const struct state *before)
{
	long long beside = run->mock.asked;

	if (unload_driver(run, "unload"))
		return -1;
	run->mock.asked = 0;
	if (check_empty(run, "unloaded", before) ||
	    check_mock(run, "mock-unloaded") ||
	    load_driver(run))
		return -1;
	run->mock.asked = beside;
	return wait_target(run, &run->balloon, "again") ||
	       wait_target(run, &run->mock, "mock-again") ||
	       check_agree(run, "again", before, NULL);
}

static int two(struct run *run)
{
	long long bytes = run->memory / 4;
	struct state before;
	long long moved;

	return mock_plug(run, 0, "") ||
	       baseline(run, &before) ||
	       fragment_memory(run, bytes / 2) ||
	       resize(run, &run->balloon, "inflate", bytes) ||
	       resize(run, &run->mock, "mock", bytes) ||
	       check_agree(run, "both", &before, NULL) ||
	       compact_balloon(run, 1, &moved) ||
	       offline_balloon(run, &moved) ||
	       check_agree(run, "migrated", &before, NULL) ||
	       check_mock(run, "mock-migrated") ||
	       reload(run, &before) ||
	       resize(run, &run->balloon, "first-empty", 0) ||
	       check_mock(run, "mock-stays") ||
	       resize(run, &run->balloon, "first-again", bytes / 2) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, &before);
}

SCENARIO(two, "two", "x86_64",
	 "Two balloons of one driver inflate, migrate and deflate without touching each other's pages.",
	 .turn = TURN_FIRST);
