// SPDX-License-Identifier: GPL-2.0
/*
 * The guest sleeps and wakes up. A resume begins with a reset: what the device was told
 * before, it has to be told again.
 */
#include "clock.h"
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

#define SUSPEND_MS	60000
#define REPORT_MS	20000
#define HINT_MS		20000
/* One answer that is late, and the second for which the guest sleeps. */
#define SLOW_MS		4900
#define SLOW_MOST_MS	15000

/* Sleep as far as @level, and wake up. */
static int sleep_and_wake(struct run *run, const char *level)
{
	return change_file(run, "suspend", "level", "/sys/power/pm_test", level) ||
	       change_file(run, "suspend", "delay",
			   "/sys/module/suspend/parameters/pm_test_delay", "1") ||
	       guest_do(run, "suspend", "done", SUSPEND_MS + 5000,
			"write %d /sys/power/state freeze", SUSPEND_MS);
}

static int suspend(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       inflate(run, &before, run->memory / 4) ||
	       sleep_and_wake(run, "devices") ||
	       wait_target(run, &run->balloon, "resumed") ||
	       check_whole(run, "resumed", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(suspend, "suspend", "x86_64",
	 "A balloon survives that its device is suspended and resumed.");

static int suspend_mock(struct run *run, struct state *before)
{
	return sleep_and_wake(run, "devices") ||
	       wait_target(run, &run->mock, "resumed") ||
	       check_agree(run, "resumed", before, NULL);
}

static int empty_both(struct run *run, const struct state *before)
{
	return resize(run, &run->mock, "mock-empty", 0) ||
	       empty_balloon(run, before);
}

/* The driver hands over one buffer, for the host to ask with. */
static int wait_stats(struct run *run, const char *step)
{
	return mock_wait(run, step, "waiting", MOCK_STATS_Q, MOCK_STATS_Q) ||
	       check_violations(run, step, &run->mock);
}

static int suspend_stats(struct run *run)
{
	struct state before;

	return mock_plug(run, MOCK_STATS, "") ||
	       baseline(run, &before) ||
	       resize(run, &run->mock, "inflate", run->memory / 8) ||
	       wait_stats(run, "stats") ||
	       suspend_mock(run, &before) ||
	       wait_stats(run, "stats-again") ||
	       empty_both(run, &before);
}

SCENARIO(suspend_stats, "suspend-stats", "x86_64",
	 "Resumed, the driver uses the queue for statistics again, and not before the device is ready.",
	 .page_migration_only = true);

/* Wait until so much more was hinted or reported (@name). */
static int wait_more_of(struct run *run, const char *step, const char *name,
			long long least, long long before, int limit_ms)
{
	long long now = 0;

	return wait_until(run->vm, limit_ms, !mock_number(run, name, &now) &&
			  now >= before + least) < 0 ||
	       check(run, step, name, now >= before + least,
		     "%lld page frames more", now - before);
}

/* Memory that was in use is free, and is reported. The device may discard it. */
static int report_again(struct run *run, const char *step)
{
	long long bytes = run->memory / 4, was;

	return mock_number(run, "reported", &was) ||
	       hold_memory(run, bytes) ||
	       release_memory(run) ||
	       wait_more_of(run, step, "reported", bytes / 4096 / 2, was,
			    REPORT_MS) ||
	       check_violations(run, step, &run->mock) ||
	       /* Each page that is taken must be as it was freed. */
	       hold_memory(run, bytes) ||
	       release_memory(run);
}

static int suspend_reports(struct run *run)
{
	struct state before;

	return mock_plug(run, MOCK_POISON | MOCK_REPORTS, "") ||
	       baseline(run, &before) ||
	       resize(run, &run->mock, "inflate", run->memory / 8) ||
	       report_again(run, "report") ||
	       suspend_mock(run, &before) ||
	       report_again(run, "report-again") ||
	       empty_both(run, &before);
}

SCENARIO(suspend_reports, "suspend-reports", "x86_64",
	 "Resumed, the driver tells the device again what free pages contain, and reports.",
	 .page_migration_only = true);

static int hint_all(struct run *run, const char *step,
		    const struct state *before)
{
	struct state now;
	long long was;

	/* A device that was reset may begin with the number that it began with. */
	return mock_number(run, "hinted", &was) ||
	       mock_set(run, "hints", MOCK_HINTS_BEGIN) ||
	       wait_more_of(run, step, "hinted", before->free / 2, was,
			    HINT_MS) ||
	       mock_set(run, "hints", MOCK_HINTS_DONE) ||
	       wait_until(run->vm, HINT_MS, !look(run, &now) &&
			  now.free > before->free - 1024) < 0 ||
	       check_whole(run, step, before) ||
	       check_violations(run, step, &run->mock);
}

static int suspend_hints(struct run *run)
{
	struct state before;

	return mock_plug(run, MOCK_HINTS, "") ||
	       baseline(run, &before) ||
	       hint_all(run, "hint", &before) ||
	       suspend_mock(run, &before) ||
	       hint_all(run, "hint-again", &before) ||
	       empty_both(run, &before);
}

SCENARIO(suspend_hints, "suspend-hints", "x86_64",
	 "Resumed, the driver follows the device's command for free page hints, also if it had the same before.",
	 .page_migration_only = true);

/* The device does not accept at resume what it has accepted before. */
static int suspend_refused(struct run *run)
{
	unsigned int features = MOCK_POISON | MOCK_REPORTS |
				MOCK_DEFLATE_ON_OOM;
	struct state before;

	return mock_plug(run, features, "") ||
	       baseline(run, &before) ||
	       resize(run, &run->mock, "inflate", run->memory / 8) ||
	       mock_set(run, "refuses", 1) ||
	       sleep_and_wake(run, "devices") ||
	       mock_set(run, "target", run->memory / 4 / 4096) ||
	       hold_memory(run, run->memory / 4) ||
	       release_memory(run) ||
	       guest_do(run, "sysrq", "done", 10000,
			"write 0 /proc/sysrq-trigger f") ||
	       compact_memory(run) ||
	       /* Long enough for the worker and for page reporting. */
	       sleep_ms(run, 5000) ||
	       check_violations(run, "refused", &run->mock) ||
	       mock_set(run, "refuses", 0) ||
	       mock_rebind(run, &before);
}

SCENARIO(suspend_refused, "suspend-refused", "x86_64",
	 "A device that fails to resume is not used, and its driver can be unloaded.",
	 .managed = true, .page_migration_only = true, .turn = TURN_LATE,
	 .forgiven = out_of_memory);

static int suspend_slow(struct run *run)
{
	struct state before;
	long long start;

	if (mock_plug(run, 0, "") ||
	    baseline(run, &before) ||
	    resize(run, &run->mock, "inflate", run->memory / 4) ||
	    mock_set(run, "slow", SLOW_MS))
		return -1;
	start = clock_ms();
	return sleep_and_wake(run, "devices") ||
	       check(run, "suspend", "in-time",
		     clock_ms() - start < SLOW_MOST_MS, "%.1f s",
		     (clock_ms() - start) / 1000.0) ||
	       mock_set(run, "slow", 0) ||
	       wait_target(run, &run->mock, "resumed") ||
	       check_agree(run, "resumed", &before, NULL) ||
	       empty_both(run, &before);
}

SCENARIO(suspend_slow, "suspend-slow", "x86_64",
	 "A host that is slow does not keep the guest from sleeping.",
	 .page_migration_only = true, .turn = TURN_LATE);

/* Free what was in use, and give the host time to take it. */
static int free_and_wait(struct run *run, long long bytes)
{
	long long most, now;

	if (hold_memory(run, bytes))
		return -1;
	most = host_resident_kib(run->vm);
	return most < 0 || release_memory(run) ||
	       wait_until(run->vm, 6000,
			  (now = host_resident_kib(run->vm)) >= 0 &&
			  now <= most - bytes / 4 * 3 / KIB) < 0;
}

static int suspend_poisoned(struct run *run)
{
	struct state before;

	/* A host that has forgotten the poison takes pages; the kernel then finds zeroes. */
	return baseline(run, &before) ||
	       sleep_and_wake(run, "devices") ||
	       free_and_wait(run, 400 * MIB) ||
	       hold_memory(run, 500 * MIB) ||
	       verify_memory(run) ||
	       release_memory(run) ||
	       check_whole(run, "freed", &before);
}

SCENARIO(suspend_poisoned, "suspend-poisoned", "x86_64",
	 "Resumed, QEMU knows that the guest poisons free pages, and does not change them.",
	 .balloon = ",free-page-reporting=on,page-poison=on", .large = true,
	 .lazy = true, .page_migration_only = true);
