// SPDX-License-Identifier: GPL-2.0
/* A host that does not answer, for a while or for good. */
#include "bookkeeping.h"
#include "scenarios.h"
#include "second.h"
#include "steps.h"
#include "units.h"

/* More than is free: they have to come out of the balloon. */
#define MORE_PAGES	8192

/* A quarter of the memory is in the balloon, and then the host falls silent. */
static int fall_silent(struct test *test, unsigned int features,
		       unsigned int queues, struct state *before)
{
	struct state now;

	if (second_load(test, features, "") ||
	    step_look(test, before) ||
	    second_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", before, &now))
		return -1;
	return second_set(test, "silent", queues);
}

/* It answers again: all that was asked for is done, and nothing is lost. */
static int answer(struct test *test, const struct state *before)
{
	struct state now;

	if (second_set(test, "silent", SECOND_STATS_Q) ||
	    second_settle(test, "answers") ||
	    step_agree(test, "answers", before, &now) ||
	    second_balloon(test, "second-empty", 0))
		return -1;
	return step_empty(test, before);
}

static void oom_inflating(struct test *test)
{
	struct state before;

	/* The driver's worker waits for an answer, and the OOM notifier for it. */
	if (fall_silent(test, SECOND_DEFLATE_ON_OOM, SECOND_ALL_Q, &before) ||
	    second_ask(test, test->memory / MIB / 2) ||
	    second_await(test, "silent", "waiting", SECOND_INFLATE_Q,
			 SECOND_INFLATE_Q) ||
	    step_kill(test))
		return;
	answer(test, &before);
}

SCENARIO(scenario_silent_inflating) = {
	.name = "silent-oom",
	.proves = "Out of memory, the guest does not wait for a host that does not answer the inflation.",
	.guests = "x86_64",
	.managed = true,
	.forgiven = out_of_memory,
	.run = oom_inflating,
};

static void oom_deflating(struct test *test)
{
	struct state before;

	/* Twice: what the first one told is the host's, and stays so. */
	if (fall_silent(test, SECOND_DEFLATE_ON_OOM, SECOND_ALL_Q, &before) ||
	    step_kill(test) ||
	    step_kill(test) ||
	    second_await(test, "silent", "waiting", SECOND_DEFLATE_Q,
			 SECOND_DEFLATE_Q))
		return;
	answer(test, &before);
}

SCENARIO(scenario_silent_deflating) = {
	.name = "silent-oom-deflate",
	.proves = "Out of memory, the guest does not wait for a host that does not answer the deflation.",
	.guests = "x86_64",
	.managed = true,
	.migration_only = true,
	.forgiven = out_of_memory,
	.run = oom_deflating,
};

/* The driver goes: all pages are back. It comes again, and works. */
static int rebind(struct test *test, const struct state *before)
{
	struct state now;

	if (step_unload(test))
		return -1;
	test->beside = 0;
	if (second_agree(test, "unloaded") ||
	    step_agree(test, "unloaded", before, &now) ||
	    check_exact(test, "unloaded", "none", now.offline, 0, "pages") ||
	    check_no_leak(test, "unloaded", before, &now) ||
	    second_set(test, "silent", SECOND_STATS_Q) ||
	    second_set(test, "target", 0) ||
	    step_load(test) ||
	    second_balloon(test, "again", test->memory / MIB / 8) ||
	    step_agree(test, "again", before, &now) ||
	    second_balloon(test, "second-empty", 0))
		return -1;
	return step_empty(test, before);
}

static void unload_silent(struct test *test)
{
	struct state before;

	if (fall_silent(test, SECOND_POISON | SECOND_REPORTS, SECOND_ALL_Q,
			&before) ||
	    second_ask(test, test->memory / MIB / 2) ||
	    second_await(test, "silent", "waiting",
			 SECOND_INFLATE_Q | SECOND_REPORTS_Q,
			 SECOND_INFLATE_Q | SECOND_REPORTS_Q))
		return;
	rebind(test, &before);
}

SCENARIO(scenario_silent_unload) = {
	.name = "silent-unload",
	.proves = "The driver can be unloaded while it waits for a host that does not answer, and every page comes back.",
	.guests = "x86_64",
	.run = unload_silent,
};

/*
 * While the driver waits for its device, something becomes of that (@how). What is
 * in the balloon can be had all the same.
 */
static int lose(struct test *test, const char *how, long long value,
		struct state *before)
{
	struct state now;

	if (fall_silent(test, SECOND_DEFLATE_ON_OOM, SECOND_ALL_Q, before) ||
	    second_ask(test, test->memory / MIB / 2) ||
	    second_await(test, "silent", "waiting", SECOND_INFLATE_Q,
			 SECOND_INFLATE_Q) ||
	    second_set(test, how, value) ||
	    second_set(test, "silent", SECOND_STATS_Q) ||
	    second_await(test, "lost", "status", -1, 0) ||
	    test_state(test, &now) ||
	    step_hold(test, (now.free + MORE_PAGES) * test->page_size))
		return -1;
	return step_release(test);
}

static void wild(struct test *test)
{
	struct state before;

	if (!lose(test, "wild", SECOND_INFLATE_Q, &before))
		rebind(test, &before);
}

SCENARIO(scenario_wild) = {
	.name = "wild-answer",
	.proves = "An answer to what was never asked ends the use of the device; the balloon's pages can be had.",
	.guests = "x86_64",
	.managed = true,
	.migration_only = true,
	.run = wild,
};

static void failed(struct test *test)
{
	struct state before;

	if (!lose(test, "failed", 1, &before))
		rebind(test, &before);
}

SCENARIO(scenario_failed) = {
	.name = "needs-reset",
	.proves = "A device that needs a reset does not keep its driver waiting; the balloon's pages can be had.",
	.guests = "x86_64",
	.managed = true,
	.migration_only = true,
	.run = failed,
};

static void gone(struct test *test)
{
	struct state before, now;

	if (lose(test, "gone", 1, &before) ||
	    step_do(test, "pull", "done", 25000, "rmmod 20000 virtio_host"))
		return;
	test->beside = 0;
	if (step_agree(test, "pulled", &before, &now) ||
	    check_exact(test, "pulled", "none", now.offline, 0, "pages") ||
	    check_no_leak(test, "pulled", &before, &now) ||
	    step_balloon(test, "inflate", test->memory / MIB / 4))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_gone) = {
	.name = "surprise-removal",
	.proves = "A device that is pulled out while its driver waits for it leaves every page to the guest.",
	.guests = "x86_64",
	.managed = true,
	.run = gone,
};

/* What goes on when the guest powers off, until the devices are shut down. */
static void poweroff(struct test *test)
{
	struct state before;

	/* The worker of the second is always about to write its size. */
	if (second_load(test, 0, "") ||
	    step_look(test, &before) ||
	    second_set(test, "delay", 200) ||
	    second_ask(test, test->memory / MIB / 4) ||
	    step_ask(test, test->memory / 2))
		return;
	step_pass(test, "inflate", test->memory / MIB / 8);
}

SCENARIO(scenario_poweroff) = {
	.name = "poweroff-inflating",
	.proves = "Shutting down while the balloons inflate, the driver lets go of its devices first.",
	.guests = "x86_64",
	.run = poweroff,
};
