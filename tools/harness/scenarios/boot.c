// SPDX-License-Identifier: GPL-2.0
/* The least that a guest can do, and the least of its balloon. Others imply both. */
#include "clock.h"
#include "scenario.h"
#include "steps.h"

#define ANSWER_MS	5000
#define BALLOON		(128 * MIB)

static int boot(struct run *run)
{
	return guest_do(run, "boot", "answer", ANSWER_MS, "read /proc/version");
}

SCENARIO(boot, "boot", "*",
	 "The guest boots, loads the driver, answers and powers off without a complaint.",
	 .by_name = true);

static int small(struct run *run)
{
	struct state before;

	return baseline(run, &before) || inflate(run, &before, BALLOON) ||
	       empty_balloon(run, &before);
}

SCENARIO(small, "small", "*",
	 "A small balloon inflates and deflates.",
	 .by_name = true);
