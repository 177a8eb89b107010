// SPDX-License-Identifier: GPL-2.0
/* The driver's smaller duties towards its device, which QEMU does not watch. */
#include "clock.h"
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

#define HINTS_MS	20000

/* The driver gives back so many page frames for each OOM notification. */
#define OOM_FRAMES	256

/* The worker and the OOM notifier both report a size, and the worker gets stuck. */
static int actual(struct run *run)
{
	long long reported, locked;
	struct state before;

	return mock_plug(run, MOCK_DEFLATE_ON_OOM, "") ||
	       baseline(run, &before) ||
	       mock_set(run, "hold", 1) ||
	       set_target(run, &run->mock, MIB) ||
	       mock_wait(run, "held", "hold", -1, 2) ||
	       guest_do(run, "sysrq", "done", 10000,
			"write 0 /proc/sysrq-trigger f") ||
	       /* The notifier empties the balloon, if nothing hinders it. */
	       wait_until(run->vm, 3000, !mock_number(run, "locked", &locked) &&
			  !locked) < 0 ||
	       sleep_ms(run, 500) ||
	       mock_set(run, "hold", 0) ||
	       sleep_ms(run, 500) ||
	       mock_number(run, "actual", &reported) ||
	       mock_number(run, "locked", &locked) ||
	       check_exact(run, "released", "actual", reported, locked,
			   "frames") ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, &before);
}

SCENARIO(actual, "actual", "x86_64",
	 "The last size that the driver reports is its size, whoever reports it.",
	 .managed = true, .page_migration_only = true, .turn = TURN_LATE,
	 .forgiven = out_of_memory);

static int hold_off(struct run *run)
{
	long long bytes = run->memory / 4;
	long long less = bytes / 4096 - OOM_FRAMES, actual;
	struct state before;

	/* A target that comes again is enough to have the driver look at it. */
	return mock_plug(run, MOCK_DEFLATE_ON_OOM, "") ||
	       baseline(run, &before) ||
	       resize(run, &run->mock, "inflate", bytes) ||
	       guest_do(run, "sysrq", "done", 10000,
			"write 0 /proc/sysrq-trigger f") ||
	       mock_wait(run, "deflated", "actual", -1, less) ||
	       set_target(run, &run->mock, bytes) ||
	       sleep_ms(run, 3000) ||
	       mock_number(run, "actual", &actual) ||
	       check_exact(run, "held-off", "actual", actual, less, "frames") ||
	       wait_target(run, &run->mock, "again") ||
	       check_agree(run, "again", &before, NULL) ||
	       resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, &before);
}

SCENARIO(hold_off, "oom-hold-off", "x86_64",
	 "What an OOM notification has freed is the guest's for a while, and then the balloon grows again.",
	 .managed = true, .page_migration_only = true, .turn = TURN_LATE,
	 .forgiven = out_of_memory);

static int stats(struct run *run)
{
	struct state before;

	return mock_plug(run, MOCK_STATS, "") ||
	       baseline(run, &before) ||
	       mock_wait(run, "stats", "waiting", MOCK_STATS_Q,
			 MOCK_STATS_Q) ||
	       check_mock(run, "stats") ||
	       empty_balloon(run, &before);
}

SCENARIO(stats, "stats-early", "x86_64",
	 "The driver uses the queue for statistics, and not before the device is ready.",
	 .page_migration_only = true);

static int hints_full(struct run *run)
{
	struct state before, now;
	long long first, last;

	/* Of four buffers one is for the command, and three are for hints. */
	return mock_plug(run, MOCK_POISON | MOCK_HINTS, "queue_size=4") ||
	       baseline(run, &before) ||
	       mock_set(run, "silent", MOCK_STATS_Q | MOCK_HINTS_Q) ||
	       mock_set(run, "hints", MOCK_HINTS_BEGIN) ||
	       mock_wait(run, "full", "waiting", MOCK_HINTS_Q,
			 MOCK_HINTS_Q) ||
	       sleep_ms(run, 1000) ||
	       vmstat_sum(run->vm, "pgalloc_", &first) ||
	       sleep_ms(run, 2000) ||
	       vmstat_sum(run->vm, "pgalloc_", &last) ||
	       /* What the rest of the guest does is a hundred pages; a hint is 1024. */
	       check(run, "full", "waits", last - first < 65536,
		     "%lld pages were allocated in 2 s", last - first) ||
	       mock_set(run, "silent", MOCK_STATS_Q) ||
	       wait_until(run->vm, HINTS_MS, !look(run, &now) &&
			  now.free < before.free / 2) < 0 ||
	       check(run, "goes-on", "hinted", now.free < before.free / 2,
		     "%lld pages are free, were %lld", now.free,
		     before.free) ||
	       mock_set(run, "hints", MOCK_HINTS_DONE) ||
	       wait_until(run->vm, HINTS_MS, !look(run, &now) &&
			  now.free > before.free - 1024) < 0 ||
	       check_whole(run, "done", &before) ||
	       mock_number(run, "freed", &first) ||
	       mock_number(run, "freed-irqs-off", &last) ||
	       check(run, "done", "freed", first > before.free / 2048,
		     "%lld blocks", first) ||
	       check_exact(run, "done", "irqs-off", last, 0, "blocks") ||
	       empty_balloon(run, &before);
}

SCENARIO(hints_full, "hints-full", "x86_64",
	 "Free page hinting waits for a host that is slow, goes on when it is not, and frees its pages with interrupts on.",
	 .page_migration_only = true);

/* Blocks of memory are freed while the device has not read the hints of them. */
static int hints_late(struct run *run)
{
	struct state before, now;

	return mock_plug(run, MOCK_POISON | MOCK_HINTS, "") ||
	       baseline(run, &before) ||
	       mock_set(run, "silent", MOCK_STATS_Q | MOCK_HINTS_Q) ||
	       mock_set(run, "hints", MOCK_HINTS_BEGIN) ||
	       wait_until(run->vm, HINTS_MS, !look(run, &now) &&
			  now.free < before.free / 2) < 0 ||
	       check(run, "hint", "hinted", now.free < before.free / 2,
		     "%lld pages are free, were %lld", now.free, before.free) ||
	       guest_do(run, "shrink", "done", 65000,
			"write 60000 /proc/sys/vm/drop_caches 2") ||
	       mock_set(run, "hints", MOCK_HINTS_DONE) ||
	       sleep_ms(run, 1000) ||
	       look(run, &now) ||
	       hold_memory(run, now.free / 2 * run->page_size) ||
	       mock_set(run, "silent", MOCK_STATS_Q) ||
	       mock_wait(run, "read", "waiting", MOCK_HINTS_Q, 0) ||
	       verify_memory(run) ||
	       release_memory(run) ||
	       wait_until(run->vm, HINTS_MS, !look(run, &now) &&
			  now.free > before.free - 1024) < 0 ||
	       check_whole(run, "done", &before) ||
	       check_violations(run, "done", &run->mock) ||
	       empty_balloon(run, &before);
}

SCENARIO(hints_late, "hints-late", "x86_64",
	 "A block of memory that was hinted is not used before the host has read the hint.",
	 .page_migration_only = true);
