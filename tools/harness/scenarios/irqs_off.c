// SPDX-License-Identifier: GPL-2.0
/* What others feel: how long the driver keeps interrupts off. */
#include "agent.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"
#include "timed.h"

#define TRACING		"/sys/kernel/tracing/"
#define LONGEST		TRACING "tracing_max_latency"

/* The kernel keeps microseconds; the guest has a thousand instructions in one. */
#define INSTRUCTIONS	1000

static int begin(struct run *run, const char *step)
{
	return guest_do(run, step, "reset", 10000, "write 5000 " LONGEST " 0");
}

static int end(struct run *run, const char *step)
{
	long long longest;

	if (file_number(run->vm, LONGEST, "", &longest))
		return -1;
	report_figure(step, "irqs-off", longest * INSTRUCTIONS,
		      "guest instructions");
	/* The guest's timer alone makes it more than none. */
	return check(run, step, "traced", longest > 0,
		     "interrupts off for %lld us", longest);
}

static int resize_traced(struct run *run, const char *step, long long bytes)
{
	struct timed timed;

	return begin(run, step) || timed_resize(run, step, bytes, &timed) ||
	       end(run, step);
}

static int offline_traced(struct run *run, const char *step)
{
	struct timed timed;

	return begin(run, step) || timed_offline(run, step, &timed) ||
	       end(run, step);
}

static int irqs_off(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       guest_do(run, "tracer", "on", 10000,
			"write 5000 " TRACING "current_tracer irqsoff") ||
	       resize_traced(run, "inflate", run->memory / 8 * 5) ||
	       offline_traced(run, "migrate") ||
	       resize_traced(run, "deflate", 0);
}

SCENARIO(irqs_off, "irqs-off", "bench-icount",
	 "The longest time with interrupts off, while the balloon works.",
	 .by_name = true, .lazy = true, .page_migration_only = true);
