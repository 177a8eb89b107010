// SPDX-License-Identifier: GPL-2.0
/* A device that is lost while pages are in its balloon. */
#include "mock_virtio.h"
#include "scenario.h"
#include "steps.h"

/* More than are free: these come out of the balloon. */
#define MORE_PAGES	8192

/* The guest needs pages that are in the balloon, and gets them. */
static int get_pages(struct run *run)
{
	struct state now;

	return look(run, &now) ||
	       hold_memory(run, (now.free + MORE_PAGES) * run->page_size) ||
	       release_memory(run);
}

/*
 * The device is lost (@how) while its driver waits for it. The guest still gets the
 * pages that are in the balloon.
 */
static int lose(struct run *run, const char *how, long long value,
		struct state *before)
{
	return mock_plug(run, MOCK_DEFLATE_ON_OOM, "") ||
	       baseline(run, before) ||
	       resize(run, &run->mock, "inflate", run->memory / 4) ||
	       check_agree(run, "inflated", before, NULL) ||
	       mock_set(run, "silent", MOCK_ALL_Q) ||
	       set_target(run, &run->mock, run->memory / 2) ||
	       mock_wait(run, "silent", "waiting", MOCK_INFLATE_Q,
			 MOCK_INFLATE_Q) ||
	       mock_set(run, how, value) ||
	       mock_set(run, "silent", MOCK_STATS_Q) ||
	       get_pages(run);
}

static int wild(struct run *run)
{
	struct state before;

	return lose(run, "wild", MOCK_INFLATE_Q, &before) ||
	       mock_rebind(run, &before);
}

SCENARIO(wild, "wild-answer", "x86_64",
	 "An answer to what was never asked ends the use of the device; the guest gets the balloon's pages.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int failed(struct run *run)
{
	struct state before;

	return lose(run, "failed", 1, &before) || mock_rebind(run, &before);
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

/* The device is gone, and nobody tells its driver; QEMU's balloon is not. */
static int vanish(struct run *run, int reads, const struct state *before)
{
	return mock_set(run, "reads", reads) ||
	       get_pages(run) ||
	       unload_driver(run, "unload") ||
	       mock_pull(run) ||
	       check_empty(run, "pulled", before) ||
	       load_driver(run) ||
	       resize(run, &run->balloon, "inflate", run->memory / 4) ||
	       empty_balloon(run, before);
}

static int inflate_mock(struct run *run, struct state *before)
{
	return mock_plug(run, MOCK_DEFLATE_ON_OOM, "") ||
	       baseline(run, before) ||
	       resize(run, &run->mock, "inflate", run->memory / 4) ||
	       check_agree(run, "inflated", before, NULL);
}

static int ones(struct run *run)
{
	struct state before;

	return inflate_mock(run, &before) ||
	       vanish(run, MOCK_READS_ONES, &before);
}

SCENARIO(ones, "reads-ones", "x86_64",
	 "A device that was pulled out, and reads as ones, leaves every page to the guest, and its driver can be unloaded.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

static int zeroes(struct run *run)
{
	struct state before;

	return inflate_mock(run, &before) ||
	       vanish(run, MOCK_READS_ZEROES, &before);
}

SCENARIO(zeroes, "reads-zeroes", "x86_64",
	 "A device that is disabled, and reads as zeroes, leaves every page to the guest, and its driver can be unloaded.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);

/* The driver is waiting when it happens. */
static int ones_waiting(struct run *run)
{
	struct state before;

	return inflate_mock(run, &before) ||
	       mock_set(run, "silent", MOCK_ALL_Q) ||
	       set_target(run, &run->mock, run->memory / 2) ||
	       mock_wait(run, "silent", "waiting", MOCK_INFLATE_Q,
			 MOCK_INFLATE_Q) ||
	       vanish(run, MOCK_READS_ONES, &before);
}

SCENARIO(ones_waiting, "reads-ones-waiting", "x86_64",
	 "A device that is pulled out while its driver waits for it, and reads as ones, leaves every page to the guest.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);
