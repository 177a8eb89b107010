// SPDX-License-Identifier: GPL-2.0
/* The least that a guest can do, and the least of its balloon. */
#include "bookkeeping.h"
#include "scenarios.h"
#include "steps.h"

#define ANSWER_MS	5000
#define BALLOON_MIB	128

static void boot(struct test *test)
{
	step_do(test, "boot", "answer", ANSWER_MS, "read /proc/version");
}

SCENARIO(scenario_boot) = {
	.name = "boot",
	.proves = "The guest boots, loads the driver, answers and powers off without a complaint.",
	.guests = "*",
	.run = boot,
};

static void small(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", BALLOON_MIB) ||
	    step_agree(test, "inflated", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_small) = {
	.name = "small",
	.proves = "A small balloon inflates and deflates.",
	.guests = "*",
	.run = small,
};
