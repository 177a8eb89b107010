// SPDX-License-Identifier: GPL-2.0
/*
 * Two balloons: QEMU's, and one whose device a module of the guest plays
 * (tools/guest-modules/virtio_host.c), which knows of each page frame whether it
 * has it.
 */
#include "bookkeeping.h"
#include "scenarios.h"
#include "second.h"
#include "steps.h"
#include "units.h"

/* The driver goes and comes: both balloons are emptied and inflate again. */
static int reload(struct test *test, const struct state *before)
{
	long long beside = test->beside;
	struct state now;

	if (step_unload(test))
		return -1;
	test->beside = 0;
	if (step_agree(test, "unloaded", before, &now) ||
	    check_exact(test, "unloaded", "none", now.offline, 0, "pages") ||
	    second_agree(test, "second-unloaded") ||
	    step_load(test))
		return -1;
	test->beside = beside;
	if (step_settle(test, "again") || second_settle(test, "second-again"))
		return -1;
	return step_agree(test, "again", before, &now);
}

static void two(struct test *test)
{
	unsigned int mib = test->memory / MIB / 4;
	struct state before, now;
	long long moved;

	if (second_load(test, 0, "") ||
	    step_look(test, &before) ||
	    step_fragment(test, mib / 2) ||
	    step_balloon(test, "inflate", mib) ||
	    second_balloon(test, "second", mib) ||
	    step_agree(test, "both", &before, &now) ||
	    step_compact(test, 1, &moved) ||
	    step_offline(test, &moved) ||
	    step_agree(test, "migrated", &before, &now) ||
	    second_agree(test, "second-migrated") ||
	    reload(test, &before) ||
	    step_balloon(test, "first-empty", 0) ||
	    second_agree(test, "second-stays") ||
	    step_balloon(test, "first-again", mib / 2) ||
	    second_balloon(test, "second-empty", 0))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_two) = {
	.name = "two",
	.proves = "Two balloons of one driver inflate, migrate and deflate without touching each other's pages.",
	.guests = "x86_64",
	.run = two,
};
