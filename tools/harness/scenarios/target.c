// SPDX-License-Identifier: GPL-2.0
/* Sizes that a host may ask for at any time, reachable or not. */
#include <stdlib.h>

#include "agent.h"
#include "clock.h"
#include "scenario.h"
#include "steps.h"

#define LOOKS		100
#define LOOK_MS		100
#define QUIET_MS	10000
#define CAPTURE_MS	5000
#define WAKEUP_DIR	"/sys/bus/virtio/devices/virtio0/power/"

static int retarget(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       set_target(run, &run->balloon, run->memory / 2) ||
	       wait_passed(run, "up", run->memory / 8) ||
	       set_target(run, &run->balloon, run->memory / 16) ||
	       wait_agree(run, "turned-down", &before) ||
	       resize(run, &run->balloon, "half", run->memory / 2) ||
	       set_target(run, &run->balloon, 0) ||
	       wait_passed(run, "down", run->memory / 8 * 3) ||
	       set_target(run, &run->balloon, run->memory / 16 * 7) ||
	       wait_agree(run, "turned-up", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(retarget, "retarget", "*",
	 "A target that changes while the balloon inflates or deflates is the one that is reached.");

static int above_ram(struct run *run)
{
	struct state before;
	long long size;

	/* The host can ask for more than there is, the kernel's own included. */
	return baseline(run, &before) ||
	       set_target(run, &run->balloon, run->memory - 4096) ||
	       wait_full(run, &size) ||
	       check(run, "grow", "most", size > run->memory / 2,
		     "%lld of %lld MiB", size / MIB, run->memory / MIB) ||
	       guest_do(run, "full", "answer", 30000, "read /proc/meminfo") ||
	       empty_balloon(run, &before);
}

/*
 * Without the feature the kernel has no way back: what the host wants, it gets,
 * and the guest panics for want of memory.
 */
SCENARIO(above_ram, "above-ram-deflate", "x86_64 pseries-virtio",
	 "With deflate-on-oom, a target above what the guest can give is approached, the guest lives on, and all comes back.",
	 .balloon = ",deflate-on-oom=on", .turn = TURN_LAST,
	 .managed = true, .page_migration_only = true);

SCENARIO(above_ram, "above-ram", "pseries-cmm*",
	 "A target above what the guest can give is approached, the guest lives on, and all comes back.",
	 .turn = TURN_LATE, .page_migration_only = true);

/* How often, in how many looks, the driver keeps the guest from its sleep. */
static int awake(struct run *run, int looks, int *seen)
{
	*seen = 0;
	while (looks--) {
		char *text = file_read(run->vm, WAKEUP_DIR "wakeup_active");

		if (!text)
			return -1;
		*seen += text[0] == '1';
		free(text);
		if (sleep_ms(run, LOOK_MS))
			return -1;
	}
	return 0;
}

static int unreachable(struct run *run)
{
	long long size, first, last;
	struct state before, now;
	int seen;

	return baseline(run, &before) ||
	       change_file(run, "wakeup", "enabled", WAKEUP_DIR "wakeup",
			   "enabled") ||
	       set_target(run, &run->balloon, run->memory - 4096) ||
	       wait_full(run, &size) ||
	       /* The first attempts follow each other quickly, and find what is left. */
	       awake(run, LOOKS, &seen) ||
	       /* Nobody else may allocate memory, nor may the harness. */
	       vmstat_sum(run->vm, "allocstall_", &first) ||
	       sleep_ms(run, QUIET_MS) ||
	       vmstat_sum(run->vm, "allocstall_", &last) ||
	       check(run, "full", "patient", last - first < QUIET_MS / 500,
		     "%lld times the guest looked for memory in %d s",
		     last - first, QUIET_MS / 1000) ||
	       check(run, "full", "asleep", seen < LOOKS / 2,
		     "%d of %d times the balloon kept the guest awake", seen,
		     LOOKS) ||
	       look(run, &before) ||
	       hold_memory(run, 64 * MIB) ||
	       look(run, &now) ||
	       check(run, "pressed", "held-off",
		     now.inflated - before.inflated < 1024,
		     "%lld pages were inflated while a process wanted %lld",
		     now.inflated - before.inflated, 64 * MIB / run->page_size);
}

SCENARIO(unreachable, "unreachable", "x86_64",
	 "A target that cannot be reached is tried for now and then, and leaves to a process what it gets.",
	 .balloon = ",deflate-on-oom=on", .turn = TURN_LAST,
	 .managed = true, .page_migration_only = true);

static int capture(struct run *run)
{
	struct state before, now;

	/* Nothing happens, so there is nothing to wait for. */
	return baseline(run, &before) ||
	       set_target(run, &run->balloon, run->memory / 16 * 15) ||
	       sleep_ms(run, CAPTURE_MS) ||
	       look(run, &now) ||
	       check_exact(run, "capture", "empty", now.offline, 0,
			   "pages in the balloon") ||
	       check_exact(run, "capture", "inflated", now.inflated,
			   before.inflated, "pages, ever");
}

SCENARIO(capture, "capture", "x86_64",
	 "A kernel that dumps another keeps its memory, whatever the target of the one that crashed.",
	 .append = "elfcorehdr=16M", .page_migration_only = true);
