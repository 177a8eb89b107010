// SPDX-License-Identifier: GPL-2.0
/*
 * What others feel: how long interrupts are off. The agent lets the kernel trace while it
 * measures, and not before or after.
 */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"
#include "timed.h"

#define TRACING		"/sys/kernel/tracing/"
#define LONGEST		TRACING "tracing_max_latency"

/* The kernel keeps microseconds; the guest has a thousand instructions in one. */
#define INSTRUCTIONS	1000

/* What follows a label in the trace, up to the end of the line, is reported. */
static void report_place(const char *step, const char *text, const char *label)
{
	const char *at = strstr(text, label);

	if (at)
		report_say("%s, interrupts off, %.*s", step,
			   (int)strcspn(at, "\n"), at);
}

/* The tracer keeps which task it was, and where it began and ended. */
static int report_where(struct run *run, const char *step)
{
	char *text = file_read(run->vm, TRACING "trace");

	if (!text)
		return -1;
	report_place(step, text, "task: ");
	report_place(step, text, "started at: ");
	report_place(step, text, "ended at: ");
	free(text);
	return 0;
}

static int end(struct run *run, const char *step)
{
	long long longest;

	if (file_number(run->vm, LONGEST, "", &longest) ||
	    report_where(run, step))
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

	return timed_resize(run, step, bytes, &timed) || end(run, step);
}

static int offline_traced(struct run *run, const char *step)
{
	struct timed timed;

	return timed_offline(run, step, &timed) || end(run, step);
}

static int irqs_off(struct run *run)
{
	struct state before;

	/*
	 * The page allocator keeps interrupts off while it fills or empties the lists of a
	 * CPU. With long lists that is so long that nothing of the driver's would be seen.
	 */
	return baseline(run, &before) ||
	       change_file(run, "lists", "short",
			   "/proc/sys/vm/percpu_pagelist_high_fraction", "1000000") ||
	       guest_do(run, "tracer", "on", 10000,
			"write 5000 " TRACING "current_tracer irqsoff") ||
	       resize_traced(run, "inflate", run->memory / 8 * 5) ||
	       offline_traced(run, "migrate") ||
	       resize_traced(run, "deflate", 0);
}

SCENARIO(irqs_off, "irqs-off", "bench-icount",
	 "The longest time with interrupts off, while the balloon works.",
	 .by_name = true, .lazy = true, .page_migration_only = true);
