// SPDX-License-Identifier: GPL-2.0
/* The least that a guest can do, and the least of its balloon. Others imply both. */
#include "clock.h"
#include "scenario.h"
#include "steps.h"

#define ANSWER_MS	5000
#define BALLOON		(128 * MIB)

static void boot(struct run *run)
{
	guest_do(run, "boot", "answer", ANSWER_MS, "read /proc/version");
}

SCENARIO(scenario_boot) = {
	.name = "boot",
	.proves = "The guest boots, loads the driver, answers and powers off without a complaint.",
	.guests = "*",
	.by_name = true,
	.run = boot,
};

static void small(struct run *run)
{
	struct state before;

	if (baseline(run, &before) || inflate(run, &before, BALLOON))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_small) = {
	.name = "small",
	.proves = "A small balloon inflates and deflates.",
	.guests = "*",
	.by_name = true,
	.run = small,
};
