// SPDX-License-Identifier: GPL-2.0
/* A host that does not answer, for a while or for good. */
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

/* More than are free: these come out of the balloon. */
#define MORE_PAGES	8192

/* A quarter of the memory is in the balloon, and then the host falls silent. */
static int fall_silent(struct run *run, unsigned int features,
		       unsigned int queues, struct state *before)
{
	return mock_plug(run, features, "") ||
	       baseline(run, before) ||
	       resize(run, &run->mock, "inflate", run->memory / 4) ||
	       check_agree(run, "inflated", before, NULL) ||
	       mock_set(run, "silent", queues);
}

/* It answers again: all that was asked for is done, and nothing is lost. */
static int answer(struct run *run, const struct state *before)
{
	return mock_set(run, "silent", MOCK_STATS_Q) ||
	       wait_target(run, &run->mock, "answers") ||
	       check_agree(run, "answers", before, NULL) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, before);
}

static int oom_inflating(struct run *run)
{
	struct state before;

	/* The driver's worker waits for an answer, and the OOM notifier for the worker. */
	return fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, &before) ||
	       set_target(run, &run->mock, run->memory / 2) ||
	       mock_wait(run, "silent", "waiting", MOCK_INFLATE_Q,
			 MOCK_INFLATE_Q) ||
	       exhaust_memory(run) ||
	       answer(run, &before);
}

SCENARIO(oom_inflating, "silent-oom", "x86_64",
	 "Out of memory, the guest does not wait for a host that does not answer the inflation.",
	 .turn = TURN_LATE, .managed = true, .forgiven = out_of_memory);

static int oom_deflating(struct run *run)
{
	struct state before;

	/* Twice: pages that were reported the first time stay with the host. */
	return fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, &before) ||
	       exhaust_memory(run) ||
	       exhaust_memory(run) ||
	       mock_wait(run, "silent", "waiting", MOCK_DEFLATE_Q,
			 MOCK_DEFLATE_Q) ||
	       answer(run, &before);
}

SCENARIO(oom_deflating, "silent-oom-deflate", "x86_64",
	 "Out of memory, the guest does not wait for a host that does not answer the deflation.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true,
	 .forgiven = out_of_memory);

/* The driver goes: all pages are back. It comes again, and works. */
static int rebind(struct run *run, const struct state *before)
{
	if (unload_driver(run, "unload"))
		return -1;
	run->mock.asked = 0;
	return check_mock(run, "unloaded") ||
	       check_empty(run, "unloaded", before) ||
	       mock_set(run, "silent", MOCK_STATS_Q) ||
	       mock_set(run, "target", 0) ||
	       load_driver(run) ||
	       resize(run, &run->mock, "again", run->memory / 8) ||
	       check_agree(run, "again", before, NULL) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, before);
}

static int unload_silent(struct run *run)
{
	struct state before;

	return fall_silent(run, MOCK_POISON | MOCK_REPORTS, MOCK_ALL_Q,
			   &before) ||
	       set_target(run, &run->mock, run->memory / 2) ||
	       mock_wait(run, "silent", "waiting",
			 MOCK_INFLATE_Q | MOCK_REPORTS_Q,
			 MOCK_INFLATE_Q | MOCK_REPORTS_Q) ||
	       rebind(run, &before);
}

SCENARIO(unload_silent, "silent-unload", "x86_64",
	 "The driver can be unloaded while it waits for a host that does not answer, and every page comes back.");

/*
 * The device is lost (@how) while its driver waits for it. The guest still gets the
 * pages that are in the balloon.
 */
static int lose(struct run *run, const char *how, long long value,
		struct state *before)
{
	struct state now;

	return fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, before) ||
	       set_target(run, &run->mock, run->memory / 2) ||
	       mock_wait(run, "silent", "waiting", MOCK_INFLATE_Q,
			 MOCK_INFLATE_Q) ||
	       mock_set(run, how, value) ||
	       mock_set(run, "silent", MOCK_STATS_Q) ||
	       mock_wait(run, "lost", "status", -1, 0) ||
	       look(run, &now) ||
	       hold_memory(run, (now.free + MORE_PAGES) * run->page_size) ||
	       release_memory(run);
}

static int wild(struct run *run)
{
	struct state before;

	return lose(run, "wild", MOCK_INFLATE_Q, &before) ||
	       rebind(run, &before);
}

SCENARIO(wild, "wild-answer", "x86_64",
	 "An answer to what was never asked ends the use of the device; the guest gets the balloon's pages.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int failed(struct run *run)
{
	struct state before;

	return lose(run, "failed", 1, &before) || rebind(run, &before);
}

SCENARIO(failed, "needs-reset", "x86_64",
	 "A device that needs a reset does not keep its driver waiting; the guest gets the balloon's pages.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int gone(struct run *run)
{
	struct state before;

	return lose(run, "gone", 1, &before) ||
	       mock_pull(run) ||
	       check_empty(run, "pulled", &before) ||
	       resize(run, &run->balloon, "inflate", run->memory / 4) ||
	       empty_balloon(run, &before);
}

SCENARIO(gone, "surprise-removal", "x86_64",
	 "A device that is pulled out while its driver waits for it leaves every page to the guest.",
	 .turn = TURN_LATE, .managed = true);

/* The guest powers off while both balloons work. */
static int poweroff(struct run *run)
{
	struct state before;

	/* The worker of the mock balloon is always about to write its size. */
	return mock_plug(run, 0, "") ||
	       baseline(run, &before) ||
	       mock_set(run, "delay", 1000) ||
	       set_target(run, &run->mock, run->memory / 4) ||
	       set_target(run, &run->balloon, run->memory / 2) ||
	       wait_passed(run, "inflate", run->memory / 8);
}

SCENARIO(poweroff, "poweroff-inflating", "x86_64",
	 "Shutting down while the balloons inflate, the driver lets go of its devices first.",
	 .turn = TURN_LAST);
