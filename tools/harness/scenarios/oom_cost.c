// SPDX-License-Identifier: GPL-2.0
/* What a process pays for memory that it gets out of the balloon, out of memory. */
#include "clock.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"
#include "timed.h"

/* The process takes this much, of which so much is free beside the balloon. */
#define TAKEN	(1000 * MIB)
#define FREE	(200 * MIB)

static int oom_cost(struct run *run)
{
	struct timed alone, pressed;
	struct state before, now;
	long long bytes;

	/* First the same without a balloon. */
	if (baseline(run, &before) ||
	    timed_hold(run, "hold", TAKEN, &alone) ||
	    release_memory(run) || look(run, &before))
		return -1;
	bytes = (before.free * run->page_size - FREE) / MIB * MIB;
	if (resize(run, &run->balloon, "inflate", bytes) ||
	    timed_hold(run, "oom", TAKEN, &pressed) ||
	    verify_memory(run) || release_memory(run) || look(run, &now))
		return -1;
	timed_report("hold", &alone, "guest instructions per page");
	timed_report("oom", &pressed, "guest instructions per page");
	report_figure("oom-left", "", now.driver / run->page_size, "pages");
	return check(run, "oom", "deflated", now.driver < bytes,
		     "%lld MiB in the balloon, were %lld", now.driver / MIB,
		     bytes / MIB);
}

SCENARIO(oom_cost, "oom-cost", "bench-icount",
	 "What a page costs that a process gets out of the balloon, out of memory.",
	 .balloon = ",deflate-on-oom=on", .by_name = true, .lazy = true,
	 .page_migration_only = true);
