// SPDX-License-Identifier: GPL-2.0
/* The driver goes and comes while pages are in the balloon. */
#include "scenario.h"
#include "steps.h"

#define PARAM_MS 60000

static int unload(struct run *run)
{
	long long bytes = run->memory / 4;
	struct state before;

	return baseline(run, &before) ||
	       inflate(run, &before, bytes) ||
	       unload_driver(run, "unload") ||
	       check_empty(run, "unloaded", &before) ||
	       load_driver(run) ||
	       /* Not every host remembers what it wanted of the driver before. */
	       set_target(run, &run->balloon, bytes) ||
	       wait_agree(run, "again", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(unload, "unload", "*",
	 "Unloading the driver gives every page back; loaded again, it inflates again.");

static int disable(struct run *run, const char *what, int value)
{
	return guest_do(run, what, "done", PARAM_MS + 5000,
			"write %d /sys/module/cmm/parameters/disable %d",
			PARAM_MS, value);
}

static int disabled(struct run *run)
{
	long long bytes = run->memory / 4;
	struct state before;

	return baseline(run, &before) ||
	       inflate(run, &before, bytes) ||
	       disable(run, "disable", 1) ||
	       check_empty(run, "disabled", &before) ||
	       disable(run, "enable", 0) ||
	       wait_agree(run, "again", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(disabled, "disable", "pseries-cmm*",
	 "Disabling cmm gives every page back; enabled again, it inflates again.");
