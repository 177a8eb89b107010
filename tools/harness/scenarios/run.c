// SPDX-License-Identifier: GPL-2.0
/* The main job: inflate, migrate, deflate. */
#include "clock.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"

static void row(const struct run *run, const char *name,
		const struct state *before, const struct state *now)
{
	report_say("%-10s %9lld %9lld %9lld %9lld %9lld %9lld", name,
		   now->inflated - before->inflated,
		   now->migrated - before->migrated,
		   now->deflated - before->deflated,
		   now->offline * run->page_size / MIB,
		   now->memtotal * run->page_size / MIB, now->resident_kib / 1024);
}

static int main_job(struct run *run)
{
	struct state before, inflated, migrated, deflated;
	long long compacted, offlined;
	/* Most balloon pages among the gaps can move; some of them must. */
	long long least = run->memory / 8 / run->page_size / 64;

	if (baseline(run, &before) ||
	    fragment_memory(run, run->memory / 8) ||
	    resize(run, &run->balloon, "inflate", run->memory / 2) ||
	    check_agree(run, "inflated", &before, &inflated) ||
	    check_counted(run, "inflated", &before, &inflated) ||
	    compact_balloon(run, least, &compacted) ||
	    offline_balloon(run, &offlined) ||
	    check(run, "migrated", "enough", !run->config->page_migration ||
		  compacted + offlined >= 1000,
		  "%lld by compaction, %lld by memory offlining",
		  compacted, offlined) ||
	    check_agree(run, "migrated", &before, &migrated) ||
	    check_counted(run, "migrated", &before, &migrated) ||
	    resize(run, &run->balloon, "deflate", 0) ||
	    check_agree(run, "deflated", &before, &deflated) ||
	    check_counted(run, "deflated", &before, &deflated) ||
	    check_no_leak(run, "deflated", &before, &deflated))
		return -1;

	report_say("%-10s %9s %9s %9s %9s %9s %9s", "", "pages", "pages",
		   "pages", "balloon", "MemTotal", "resident");
	report_say("%-10s %9s %9s %9s %9s %9s %9s", "", "inflated", "migrated",
		   "deflated", "MiB", "MiB", "MiB");
	row(run, "before", &before, &before);
	row(run, "inflated", &before, &inflated);
	row(run, "migrated", &before, &migrated);
	row(run, "deflated", &before, &deflated);
	return 0;
}

SCENARIO(main_job, "run", "*",
	 "The balloon inflates, is migrated by compaction and memory offlining, and deflates; every count agrees at each step.",
	 .turn = TURN_FIRST);
