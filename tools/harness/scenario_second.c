// SPDX-License-Identifier: GPL-2.0
/* The driver's smaller duties towards its device, which QEMU does not watch. */
#include "bookkeeping.h"
#include "scenarios.h"
#include "second.h"
#include "steps.h"
#include "units.h"

#define HINTS_BEGIN	0x80000000LL
#define HINTS_DONE	1

/* What the driver gives back for each OOM notification. */
#define OOM_FRAMES	256

/* Both the worker and the OOM notifier have news, and the worker's gets stuck. */
static void actual(struct test *test)
{
	long long told, locked;
	struct state before;

	if (second_load(test, SECOND_DEFLATE_ON_OOM, "") ||
	    step_look(test, &before) ||
	    second_set(test, "hold", 1) ||
	    second_ask(test, 1) ||
	    second_await(test, "held", "hold", -1, 2) ||
	    step_do(test, "sysrq", "done", 10000,
		    "write 0 /proc/sysrq-trigger f") ||
	    step_rest(test, 3000) ||
	    second_set(test, "hold", 0) ||
	    step_rest(test, 500) ||
	    second_number(test, "actual", &told) ||
	    second_number(test, "locked", &locked) ||
	    check_exact(test, "released", "actual", told, locked, "frames") ||
	    second_balloon(test, "second-empty", 0))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_actual) = {
	.name = "actual",
	.proves = "What the driver tells of its size last is the size, whoever tells.",
	.guests = "x86_64",
	.managed = true,
	.migration_only = true,
	.forgiven = out_of_memory,
	.run = actual,
};

static void hold_off(struct test *test)
{
	unsigned int mib = test->memory / MIB / 4;
	long long less = mib * MIB / 4096 - OOM_FRAMES, actual;
	struct state before, now;

	/* A target that comes again is enough to have the driver look at it. */
	if (second_load(test, SECOND_DEFLATE_ON_OOM, "") ||
	    step_look(test, &before) ||
	    second_balloon(test, "inflate", mib) ||
	    step_do(test, "sysrq", "done", 10000,
		    "write 0 /proc/sysrq-trigger f") ||
	    second_await(test, "deflated", "actual", -1, less) ||
	    second_ask(test, mib) ||
	    step_rest(test, 3000) ||
	    second_number(test, "actual", &actual) ||
	    check_exact(test, "held-off", "actual", actual, less, "frames") ||
	    second_settle(test, "again") ||
	    step_agree(test, "again", &before, &now) ||
	    second_balloon(test, "second-empty", 0))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_hold_off) = {
	.name = "oom-hold-off",
	.proves = "What an OOM notification has freed is the guest's for a while, and then the balloon grows again.",
	.guests = "x86_64",
	.managed = true,
	.migration_only = true,
	.forgiven = out_of_memory,
	.run = hold_off,
};

static void stats(struct test *test)
{
	struct state before;

	if (second_load(test, SECOND_STATS, "") ||
	    step_look(test, &before) ||
	    second_await(test, "stats", "waiting", SECOND_STATS_Q,
			 SECOND_STATS_Q) ||
	    second_agree(test, "stats"))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_stats) = {
	.name = "stats-early",
	.proves = "The driver uses the queue for statistics, and not before the device is ready.",
	.guests = "x86_64",
	.migration_only = true,
	.run = stats,
};

static void hints_full(struct test *test)
{
	struct state before, now;
	long long first, last;

	/* Of four buffers one is for the command, and three are for hints. */
	if (second_load(test, SECOND_POISON | SECOND_HINTS, "queue_size=4") ||
	    step_look(test, &before) ||
	    second_set(test, "silent", SECOND_STATS_Q | SECOND_HINTS_Q) ||
	    second_set(test, "hints", HINTS_BEGIN) ||
	    second_await(test, "full", "waiting", SECOND_HINTS_Q,
			 SECOND_HINTS_Q) ||
	    step_rest(test, 1000) ||
	    vmstat_sum(&test->vm, "pgalloc_", &first) ||
	    step_rest(test, 2000) ||
	    vmstat_sum(&test->vm, "pgalloc_", &last) ||
	    /* What the rest of the guest does is a hundred pages; a hint is 1024. */
	    test_check(test, "full", "waits", last - first < 65536,
		       "%lld pages were allocated in 2 s", last - first) ||
	    second_set(test, "silent", SECOND_STATS_Q) ||
	    step_rest(test, 2000) ||
	    test_state(test, &now) ||
	    test_check(test, "goes-on", "hinted", now.free < before.free / 2,
		       "%lld pages are free, were %lld", now.free,
		       before.free) ||
	    second_set(test, "hints", HINTS_DONE) ||
	    step_rest(test, 2000) ||
	    step_agree(test, "done", &before, &now) ||
	    check_no_leak(test, "done", &before, &now) ||
	    second_number(test, "freed", &first) ||
	    second_number(test, "freed-irqs-off", &last) ||
	    test_check(test, "done", "freed", first > before.free / 2048,
		       "%lld blocks", first) ||
	    check_exact(test, "done", "irqs-off", last, 0, "blocks"))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_hints_full) = {
	.name = "hints-full",
	.proves = "Free page hinting waits for a host that is slow, goes on when it is not, and frees its pages with interrupts on.",
	.guests = "x86_64",
	.migration_only = true,
	.run = hints_full,
};
