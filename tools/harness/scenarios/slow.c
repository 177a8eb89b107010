// SPDX-License-Identifier: GPL-2.0
/* A host that answers, but takes its time for each answer. */
#include "clock.h"
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

/* In one such balloon there are some 195 answers. */
#define BALLOON_BYTES	(50000LL * 4096)
/* What a process wants beside what is free: 8 answers. */
#define MORE_BYTES	(8 * MIB)
#define OOM_SLOW_MS	1300
#define OOM_LATE_MS	10000
/* What the driver's worker deflates first. */
#define FIRST_PAGES	256
#define JUMP_FRAMES	16384

/* Short of what is taken for no answer at all. */
#define UNLOAD_SLOW_MS	4000
#define UNLOAD_MOST_MS	12000

static int inflate_slow(struct run *run, unsigned int features,
			const char *params, long long bytes,
			struct state *before)
{
	return mock_plug(run, features, params) ||
	       baseline(run, before) ||
	       resize(run, &run->mock, "inflate", bytes) ||
	       check_agree(run, "inflated", before, NULL);
}

static int get_slowly(struct run *run)
{
	struct state now;

	return look(run, &now) ||
	       hold_memory(run, now.free * run->page_size + MORE_BYTES) ||
	       release_memory(run) ||
	       check_violations(run, "release", &run->mock) ||
	       mock_set(run, "slow", 0);
}

static int oom_slow(struct run *run, const char *params)
{
	struct state before;

	return inflate_slow(run, MOCK_DEFLATE_ON_OOM, params, BALLOON_BYTES,
			    &before) ||
	       mock_set(run, "slow", OOM_SLOW_MS) ||
	       get_slowly(run) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, &before);
}

static int oom_slow_told(struct run *run)
{
	return oom_slow(run, "");
}

SCENARIO(oom_slow_told, "slow-oom", "x86_64",
	 "With deflate-on-oom and a slow host that must be told first, a process gets what is missing, and nothing is killed.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int oom_slow_untold(struct run *run)
{
	return oom_slow(run, "must_tell=0");
}

SCENARIO(oom_slow_untold, "slow-oom-free", "x86_64",
	 "With deflate-on-oom and a slow host that need not be told first, a process gets what is missing, and nothing is killed.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int oom_slow_busy(struct run *run)
{
	struct state before;

	/* The driver's worker deflates all the while, at the pace of the host. */
	return inflate_slow(run, MOCK_DEFLATE_ON_OOM, "must_tell=0",
			    BALLOON_BYTES, &before) ||
	       mock_set(run, "slow", OOM_SLOW_MS) ||
	       set_target(run, &run->mock, 0) ||
	       mock_wait(run, "busy", "waiting", MOCK_DEFLATE_Q,
			 MOCK_DEFLATE_Q) ||
	       get_slowly(run) ||
	       wait_target(run, &run->mock, "mock-empty") ||
	       empty_balloon(run, &before);
}

SCENARIO(oom_slow_busy, "slow-oom-busy", "x86_64",
	 "Out of memory, the guest does not wait for a worker that is busy with a slow host.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int oom_jumping(struct run *run)
{
	struct state before;

	/* The driver's worker inflates and deflates, and hardly ever rests. */
	return inflate_slow(run, MOCK_DEFLATE_ON_OOM, "must_tell=0",
			    BALLOON_BYTES, &before) ||
	       mock_set(run, "jump", JUMP_FRAMES) ||
	       get_slowly(run) ||
	       mock_set(run, "jump", 0) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, &before);
}

SCENARIO(oom_jumping, "jump-oom", "x86_64",
	 "Out of memory, the guest does not wait for a worker that is busy with a target that changes all the time.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int oom_late(struct run *run)
{
	struct state before;

	/*
	 * The worker sleeps when the host answers, and OOM takes the answer before the
	 * interrupt comes, which then finds nothing.
	 */
	return inflate_slow(run, MOCK_DEFLATE_ON_OOM, "must_tell=0",
			    BALLOON_BYTES, &before) ||
	       mock_set(run, "slow", OOM_SLOW_MS) ||
	       mock_set(run, "late", OOM_LATE_MS) ||
	       set_target(run, &run->mock, 0) ||
	       mock_wait(run, "told", "locked", ~0,
			 BALLOON_BYTES / 4096 - FIRST_PAGES) ||
	       mock_set(run, "slow", 0) ||
	       get_slowly(run) ||
	       mock_set(run, "late", 0) ||
	       wait_target(run, &run->mock, "mock-empty") ||
	       empty_balloon(run, &before);
}

SCENARIO(oom_late, "late-oom", "x86_64",
	 "Whoever takes an answer that another one waits for wakes that up: the interrupt comes too late.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int unload_slow(struct run *run)
{
	struct state before;
	long long start;

	if (inflate_slow(run, 0, "", run->memory / 4, &before) ||
	    mock_set(run, "slow", UNLOAD_SLOW_MS))
		return -1;
	start = clock_ms();
	return unload_driver(run, "unload") ||
	       check(run, "unload", "in-time",
		     clock_ms() - start < UNLOAD_MOST_MS, "%.1f s",
		     (clock_ms() - start) / 1000.0) ||
	       mock_again(run, &before);
}

SCENARIO(unload_slow, "slow-unload", "x86_64",
	 "A host that is slow does not keep the driver: all of the removal takes no longer than one answer may.",
	 .turn = TURN_LATE);
