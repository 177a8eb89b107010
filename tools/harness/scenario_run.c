// SPDX-License-Identifier: GPL-2.0
/* The main job: inflate, migrate, deflate. */
#include "bookkeeping.h"
#include "report.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

static void row(const struct test *test, const char *name,
		const struct state *before, const struct state *now)
{
	report_say("%-10s %9lld %9lld %9lld %9lld %9lld %9lld", name,
		   now->inflated - before->inflated,
		   now->migrated - before->migrated,
		   now->deflated - before->deflated,
		   now->offline * test->page_size / MIB,
		   now->memtotal * test->page_size / MIB, now->resident_kib / 1024);
}

static void run(struct test *test)
{
	struct state before, inflated, migrated, deflated;
	long long compacted, offlined;
	unsigned int memory_mib = test->memory / MIB;
	/* Most of what lies among the gaps can move; some of it must. */
	long long least = test->memory / 8 / test->page_size / 64;

	if (step_look(test, &before) ||
	    step_fragment(test, memory_mib / 8) ||
	    step_balloon(test, "inflate", memory_mib / 4 * 3) ||
	    step_agree(test, "inflated", &before, &inflated) ||
	    step_counted(test, "inflated", &before, &inflated) ||
	    step_compact(test, least, &compacted) ||
	    step_offline(test, &offlined) ||
	    test_check(test, "migrated", "enough", !test->config->migration ||
		       compacted + offlined >= 1000,
		       "%lld by compaction, %lld by memory offlining",
		       compacted, offlined) ||
	    step_agree(test, "migrated", &before, &migrated) ||
	    step_counted(test, "migrated", &before, &migrated) ||
	    step_balloon(test, "deflate", 0) ||
	    step_agree(test, "deflated", &before, &deflated) ||
	    step_counted(test, "deflated", &before, &deflated) ||
	    check_no_leak(test, "deflated", &before, &deflated))
		return;

	report_say("%-10s %9s %9s %9s %9s %9s %9s", "", "pages", "pages",
		   "pages", "balloon", "MemTotal", "resident");
	report_say("%-10s %9s %9s %9s %9s %9s %9s", "", "inflated", "migrated",
		   "deflated", "MiB", "MiB", "MiB");
	row(test, "before", &before, &before);
	row(test, "inflated", &before, &inflated);
	row(test, "migrated", &before, &migrated);
	row(test, "deflated", &before, &deflated);
}

SCENARIO(scenario_run) = {
	.name = "run",
	.proves = "The balloon inflates, is migrated by compaction and memory offlining, and deflates; every count agrees at each step.",
	.guests = "*",
	.run = run,
};
