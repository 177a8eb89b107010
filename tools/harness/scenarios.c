// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "scenarios.h"

const struct scenario scenarios[] = {
	{
		.name = "run",
		.proves = "The balloon inflates, is migrated by compaction and memory offlining, and deflates; every count agrees at each step.",
		.run = scenario_run,
	},
	{
		.name = "boot",
		.proves = "The guest boots, answers and powers off without a complaint.",
		.run = scenario_boot,
	},
	{
		.name = "own-fail",
		.proves = "A check that does not hold fails the run.",
		.run = scenario_own_fail,
		.expect = VERDICT_FAIL,
	},
	{
		.name = "own-warn",
		.proves = "A kernel that warns fails the run, though the guest answers.",
		.run = scenario_own_warn,
		.expect = VERDICT_FAIL,
	},
	{
		.name = "own-panic",
		.proves = "A kernel that panics is reported as such.",
		.run = scenario_own_panic,
		.expect = VERDICT_PANIC,
	},
	{
		.name = "own-hang",
		.proves = "A guest that falls silent is a time-out.",
		.run = scenario_own_hang,
		.expect = VERDICT_TIMEOUT,
	},
	{
		.name = "own-exit",
		.proves = "A guest that powers off too early is lost.",
		.run = scenario_own_exit,
		.expect = VERDICT_LOST,
	},
	{
		.name = "own-nonsense",
		.proves = "A guest that answers nonsense is lost.",
		.run = scenario_own_nonsense,
		.expect = VERDICT_LOST,
	},
};

const int nr_scenarios = sizeof(scenarios) / sizeof(scenarios[0]);

const struct scenario *scenario_find(const char *name)
{
	int i;

	for (i = 0; i < nr_scenarios; i++)
		if (!strcmp(scenarios[i].name, name))
			return &scenarios[i];
	return NULL;
}
