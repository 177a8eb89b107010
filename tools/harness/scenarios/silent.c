// SPDX-License-Identifier: GPL-2.0
/* A host that does not answer, for a while or for good. */
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

/* More than is free: they have to come out of the balloon. */
#define MORE_PAGES	8192

/* A quarter of the memory is in the balloon, and then the host falls silent. */
static int fall_silent(struct run *run, unsigned int features,
		       unsigned int queues, struct state *before)
{
	if (mock_plug(run, features, "") ||
	    baseline(run, before) ||
	    resize(run, &run->mock, "inflate", run->memory / 4) ||
	    check_agree(run, "inflated", before, NULL))
		return -1;
	return mock_set(run, "silent", queues);
}

/* It answers again: all that was asked for is done, and nothing is lost. */
static int answer(struct run *run, const struct state *before)
{
	if (mock_set(run, "silent", MOCK_STATS_Q) ||
	    wait_target(run, &run->mock, "answers") ||
	    check_agree(run, "answers", before, NULL) ||
	    resize(run, &run->mock, "mock-empty", 0))
		return -1;
	return empty_balloon(run, before);
}

static void oom_inflating(struct run *run)
{
	struct state before;

	/* The driver's worker waits for an answer, and the OOM notifier for it. */
	if (fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, &before) ||
	    set_target(run, &run->mock, run->memory / 2) ||
	    mock_wait(run, "silent", "waiting", MOCK_INFLATE_Q,
			 MOCK_INFLATE_Q) ||
	    exhaust_memory(run))
		return;
	answer(run, &before);
}

SCENARIO(scenario_silent_inflating) = {
	.name = "silent-oom",
	.proves = "Out of memory, the guest does not wait for a host that does not answer the inflation.",
	.guests = "x86_64",
	.turn = TURN_LATE,
	.managed = true,
	.forgiven = out_of_memory,
	.run = oom_inflating,
};

static void oom_deflating(struct run *run)
{
	struct state before;

	/* Twice: what the first one told is the host's, and stays so. */
	if (fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, &before) ||
	    exhaust_memory(run) ||
	    exhaust_memory(run) ||
	    mock_wait(run, "silent", "waiting", MOCK_DEFLATE_Q,
			 MOCK_DEFLATE_Q))
		return;
	answer(run, &before);
}

SCENARIO(scenario_silent_deflating) = {
	.name = "silent-oom-deflate",
	.proves = "Out of memory, the guest does not wait for a host that does not answer the deflation.",
	.guests = "x86_64",
	.turn = TURN_LATE,
	.managed = true,
	.page_migration_only = true,
	.forgiven = out_of_memory,
	.run = oom_deflating,
};

/* The driver goes: all pages are back. It comes again, and works. */
static int rebind(struct run *run, const struct state *before)
{
	if (unload_driver(run, "unload"))
		return -1;
	run->mock.asked = 0;
	if (check_mock(run, "unloaded") ||
	    check_empty(run, "unloaded", before) ||
	    mock_set(run, "silent", MOCK_STATS_Q) ||
	    mock_set(run, "target", 0) ||
	    load_driver(run) ||
	    resize(run, &run->mock, "again", run->memory / 8) ||
	    check_agree(run, "again", before, NULL) ||
	    resize(run, &run->mock, "mock-empty", 0))
		return -1;
	return empty_balloon(run, before);
}

static void unload_silent(struct run *run)
{
	struct state before;

	if (fall_silent(run, MOCK_POISON | MOCK_REPORTS, MOCK_ALL_Q,
			&before) ||
	    set_target(run, &run->mock, run->memory / 2) ||
	    mock_wait(run, "silent", "waiting",
			 MOCK_INFLATE_Q | MOCK_REPORTS_Q,
			 MOCK_INFLATE_Q | MOCK_REPORTS_Q))
		return;
	rebind(run, &before);
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
static int lose(struct run *run, const char *how, long long value,
		struct state *before)
{
	struct state now;

	if (fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, before) ||
	    set_target(run, &run->mock, run->memory / 2) ||
	    mock_wait(run, "silent", "waiting", MOCK_INFLATE_Q,
			 MOCK_INFLATE_Q) ||
	    mock_set(run, how, value) ||
	    mock_set(run, "silent", MOCK_STATS_Q) ||
	    mock_wait(run, "lost", "status", -1, 0) ||
	    look(run, &now) ||
	    hold_memory(run, (now.free + MORE_PAGES) * run->page_size))
		return -1;
	return release_memory(run);
}

static void wild(struct run *run)
{
	struct state before;

	if (!lose(run, "wild", MOCK_INFLATE_Q, &before))
		rebind(run, &before);
}

SCENARIO(scenario_wild) = {
	.name = "wild-answer",
	.proves = "An answer to what was never asked ends the use of the device; the balloon's pages can be had.",
	.guests = "x86_64",
	.turn = TURN_LATE,
	.managed = true,
	.page_migration_only = true,
	.run = wild,
};

static void failed(struct run *run)
{
	struct state before;

	if (!lose(run, "failed", 1, &before))
		rebind(run, &before);
}

SCENARIO(scenario_failed) = {
	.name = "needs-reset",
	.proves = "A device that needs a reset does not keep its driver waiting; the balloon's pages can be had.",
	.guests = "x86_64",
	.turn = TURN_LATE,
	.managed = true,
	.page_migration_only = true,
	.run = failed,
};

static void gone(struct run *run)
{
	struct state before;

	if (lose(run, "gone", 1, &before) ||
	    mock_pull(run) ||
	    check_empty(run, "pulled", &before) ||
	    resize(run, &run->balloon, "inflate", run->memory / 4))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_gone) = {
	.name = "surprise-removal",
	.proves = "A device that is pulled out while its driver waits for it leaves every page to the guest.",
	.guests = "x86_64",
	.turn = TURN_LATE,
	.managed = true,
	.run = gone,
};

/* What goes on when the guest powers off, until the devices are shut down. */
static void poweroff(struct run *run)
{
	struct state before;

	/* The worker of the mock balloon is always about to write its size. */
	if (mock_plug(run, 0, "") ||
	    baseline(run, &before) ||
	    mock_set(run, "delay", 200) ||
	    set_target(run, &run->mock, run->memory / 4) ||
	    set_target(run, &run->balloon, run->memory / 2))
		return;
	wait_passed(run, "inflate", run->memory / 8);
}

SCENARIO(scenario_poweroff) = {
	.name = "poweroff-inflating",
	.proves = "Shutting down while the balloons inflate, the driver lets go of its devices first.",
	.guests = "x86_64",
	.turn = TURN_LAST,
	.run = poweroff,
};
