// SPDX-License-Identifier: GPL-2.0
/* The guest needs its memory back before the host says so. */
#include "clock.h"
#include "scenario.h"
#include "steps.h"

/* Long enough for the kernel's worker to have run the notifiers. */
#define QUIET_MS	3000
#define REPORT_MS	30000

static void oom(struct run *run)
{
	long long more = run->memory / 32, free;
	struct state before, now;

	if (baseline(run, &before) ||
	    resize(run, &run->balloon, "inflate", run->memory / 2) ||
	    check_agree(run, "inflated", &before, &now))
		return;
	free = now.free * run->page_size;
	/* At the edge, to look at it would be to push it further. */
	if (hold_memory(run, free + more) ||
	    release_memory(run) ||
	    check_agree(run, "pressed", &before, &now) ||
	    check(run, "pressed", "deflated",
		       now.driver <= run->balloon.asked - more,
		       "%lld MiB in the balloon, were %lld", now.driver / MIB,
		       run->balloon.asked / MIB))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_oom_virtio) = {
	.name = "oom-deflate",
	.proves = "With deflate-on-oom, a process gets out of the balloon what is missing, and nothing is killed.",
	.guests = "x86_64 pseries-virtio",
	.balloon = ",deflate-on-oom=on",
	.turn = TURN_LATE,
	.managed = true,
	.run = oom,
};

SCENARIO(scenario_oom_cmm) = {
	.name = "oom",
	.proves = "A process gets out of the balloon what is missing, and nothing is killed.",
	.guests = "pseries-cmm*",
	.turn = TURN_LATE,
	.run = oom,
};

static void oom_empty(struct run *run)
{
	struct state before;
	long long moved;

	/* Pages that came and went by migration must not count as still there. */
	if (baseline(run, &before) ||
	    fragment_memory(run, run->memory / 8) ||
	    resize(run, &run->balloon, "inflate", run->memory / 2) ||
	    compact_balloon(run, 1, &moved) ||
	    empty_balloon(run, &before) ||
	    /* Without a process of its own: it would be the one to be killed. */
	    guest_do(run, "sysrq", "done", 10000,
		    "write 0 /proc/sysrq-trigger f") ||
	    sleep_ms(run, QUIET_MS))
		return;
	check_whole(run, "still-empty", &before);
}

SCENARIO(scenario_oom_empty) = {
	.name = "oom-empty",
	.proves = "Out of memory, a balloon that was emptied has nothing to give, and the guest lives on.",
	.guests = "pseries-cmm*",
	.turn = TURN_LATE,
	.page_migration_only = true,
	.forgiven = out_of_memory,
	.run = oom_empty,
};

static void shrink(struct run *run)
{
	struct state before, now;
	long long asked = run->memory / 4;

	/* 2: what the kernel's shrinkers can give; the balloon is one of them. */
	if (baseline(run, &before) ||
	    inflate(run, &before, asked) ||
	    guest_do(run, "shrink", "done", 65000,
		    "write 60000 /proc/sys/vm/drop_caches 2") ||
	    check_agree(run, "shrunk", &before, &now) ||
	    check(run, "shrunk", "deflated", now.driver < asked,
		       "%lld MiB in the balloon, were %lld", now.driver / MIB,
		       asked / MIB) ||
	    check_no_leak(run, "shrunk", &before, &now))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_shrink) = {
	.name = "vmw-shrinker",
	.proves = "Asked by the kernel's shrinker, the balloon gives pages back and stays small.",
	.guests = "x86_64-vmw",
	.params = "vmwballoon_shrinker_enable=1",
	.page_migration_only = true,
	.run = shrink,
};

/* Memory that is freed is reported; then the host has it, until it is used. */
static int report_freed(struct run *run, const char *step)
{
	long long taken = run->memory / 4, most, now = 0;
	int freed;

	if (hold_memory(run, taken))
		return -1;
	most = host_resident_kib(run->vm);
	if (most < 0 || release_memory(run))
		return -1;
	freed = wait_until(run->vm, REPORT_MS,
			   (now = host_resident_kib(run->vm)) >= 0 &&
			   now <= most - taken / 4 * 3 / KIB);
	if (freed < 0)
		return -1;
	return check(run, step, "taken", freed,
		     "%lld MiB of the guest are resident, were %lld",
		     now / 1024, most / 1024);
}

static void reporting(struct run *run)
{
	struct state before;

	if (baseline(run, &before) ||
	    report_freed(run, "report") ||
	    inflate(run, &before, run->memory / 4) ||
	    report_freed(run, "report-beside"))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_reporting) = {
	.name = "reporting",
	.proves = "Free page reporting gives freed memory to the host, with and without pages in the balloon.",
	.guests = "x86_64",
	.balloon = ",free-page-reporting=on",
	/* Poisoned pages are not given to the host. */
	.append = "page_poison=0",
	.lazy = true,
	.page_migration_only = true,
	.run = reporting,
};
