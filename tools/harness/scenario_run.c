// SPDX-License-Identifier: GPL-2.0
/* The main job: inflate, migrate, deflate. */
#include "report.h"
#include "scenarios.h"
#include "steps.h"

#define BALLOON_MIB	1536
#define FRAGMENT_MIB	256

static void row(const struct test *test, const char *name,
		const struct state *before, const struct state *now)
{
	report_say("%-10s %9lld %9lld %9lld %9lld %9lld %9lld", name,
		   now->inflated - before->inflated,
		   now->migrated - before->migrated,
		   now->deflated - before->deflated,
		   now->offline * test->page_size / 1024 / 1024,
		   now->memtotal_kib / 1024, now->resident_kib / 1024);
}

void scenario_run(struct test *test)
{
	struct state before, inflated, migrated, deflated;
	long long compacted, offlined;
	/* Most of what lies among the gaps can move; some of it must. */
	long long least = FRAGMENT_MIB * 1024LL * 1024 / test->page_size / 16;

	if (step_look(test, &before) ||
	    step_fragment(test, FRAGMENT_MIB) ||
	    step_balloon(test, "inflate", BALLOON_MIB) ||
	    step_agree(test, "inflated", &before, &inflated) ||
	    step_compact(test, least, &compacted) ||
	    step_offline(test, &offlined) ||
	    test_check(test, "migrated", "enough", !test->config->migration ||
		       compacted + offlined >= 1000,
		       "%lld by compaction, %lld by memory offlining",
		       compacted, offlined) ||
	    step_agree(test, "migrated", &before, &migrated) ||
	    step_balloon(test, "deflate", 0) ||
	    step_agree(test, "deflated", &before, &deflated) ||
	    check_no_leak(test, "deflated", before.free, deflated.free))
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
