// SPDX-License-Identifier: GPL-2.0
/* The driver goes and comes while pages are in the balloon. */
#include "bookkeeping.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

#define PARAM_MS 60000

static void unload(struct test *test)
{
	unsigned int mib = test->memory / MIB / 4;
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", mib) ||
	    step_agree(test, "inflated", &before, &now) ||
	    step_unload(test) ||
	    step_agree(test, "unloaded", &before, &now) ||
	    check_exact(test, "unloaded", "none", now.offline, 0, "pages") ||
	    check_no_leak(test, "unloaded", &before, &now) ||
	    step_load(test) ||
	    /* Not every host remembers what it wanted of the driver before. */
	    step_balloon(test, "again", mib) ||
	    step_agree(test, "again", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_unload) = {
	.name = "unload",
	.proves = "Unloading the driver gives every page back; loaded again, it inflates again.",
	.guests = "*",
	.run = unload,
};

static int disable(struct test *test, const char *what, int value)
{
	return step_do(test, what, "done", PARAM_MS + 5000,
		       "write %d /sys/module/cmm/parameters/disable %d",
		       PARAM_MS, value);
}

static void disabled(struct test *test)
{
	unsigned int mib = test->memory / MIB / 4;
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", mib) ||
	    step_agree(test, "inflated", &before, &now) ||
	    disable(test, "disable", 1) ||
	    step_agree(test, "disabled", &before, &now) ||
	    check_exact(test, "disabled", "none", now.offline, 0, "pages") ||
	    check_no_leak(test, "disabled", &before, &now) ||
	    disable(test, "enable", 0) ||
	    step_settle(test, "again") ||
	    step_agree(test, "again", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_disable) = {
	.name = "disable",
	.proves = "Disabling cmm gives every page back; enabled again, it inflates again.",
	.guests = "pseries-cmm*",
	.run = disabled,
};
