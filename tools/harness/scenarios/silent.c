// SPDX-License-Identifier: GPL-2.0
/* A host that does not answer, for a while or for good. */
#include "clock.h"
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

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

/* It answers again, and asks again: all is done, and nothing is lost. */
static int answer(struct run *run, long long target, const struct state *before)
{
	return mock_set(run, "silent", MOCK_STATS_Q) ||
	       set_target(run, &run->mock, target) ||
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
	       exhaust_memory(run, 0) ||
	       answer(run, run->memory / 2, &before);
}

SCENARIO(oom_inflating, "silent-oom", "x86_64",
	 "Out of memory, the guest does not wait for a host that does not answer the inflation.",
	 .turn = TURN_LATE, .managed = true, .forgiven = out_of_memory);

static int oom_deflating(struct run *run)
{
	struct state before;

	/* Twice: pages that were reported the first time stay with the host. */
	return fall_silent(run, MOCK_DEFLATE_ON_OOM, MOCK_ALL_Q, &before) ||
	       exhaust_memory(run, 0) ||
	       exhaust_memory(run, 0) ||
	       mock_wait(run, "silent", "waiting", MOCK_DEFLATE_Q,
			 MOCK_DEFLATE_Q) ||
	       answer(run, run->memory / 4, &before);
}

SCENARIO(oom_deflating, "silent-oom-deflate", "x86_64",
	 "Out of memory, the guest does not wait for a host that does not answer the deflation.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true,
	 .forgiven = out_of_memory);

static int unload_silent(struct run *run)
{
	struct state before;

	return fall_silent(run, MOCK_POISON | MOCK_REPORTS, MOCK_ALL_Q,
			   &before) ||
	       set_target(run, &run->mock, run->memory / 2) ||
	       mock_wait(run, "silent", "waiting",
			 MOCK_INFLATE_Q | MOCK_REPORTS_Q,
			 MOCK_INFLATE_Q | MOCK_REPORTS_Q) ||
	       mock_rebind(run, &before);
}

SCENARIO(unload_silent, "silent-unload", "x86_64",
	 "The driver can be unloaded while it waits for a host that does not answer, and every page comes back.");

/* Page reporting waits for the host, while the worker is writing its size. */
static int unload_reporting(struct run *run)
{
	struct state before;

	return mock_plug(run, MOCK_POISON | MOCK_REPORTS, "") ||
	       baseline(run, &before) ||
	       mock_set(run, "silent", MOCK_STATS_Q | MOCK_REPORTS_Q) ||
	       mock_wait(run, "silent", "waiting", MOCK_REPORTS_Q,
			 MOCK_REPORTS_Q) ||
	       mock_set(run, "delay", 8000) ||
	       set_target(run, &run->mock, MIB) ||
	       mock_wait(run, "inflated", "locked", -1, MIB / 4096) ||
	       mock_rebind(run, &before);
}

SCENARIO(unload_reporting, "silent-unload-reporting", "x86_64",
	 "Unloaded while it waits for an answer, the driver resets its device when nobody uses it any more, and once.",
	 .turn = TURN_ALONE);

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
