// SPDX-License-Identifier: GPL-2.0
/* The guest needs its memory back before the host says so. */
#include "clock.h"
#include "scenario.h"
#include "steps.h"

/* Long enough for the kernel's worker to have run the notifiers. */
#define QUIET_MS	3000
/* vmw_balloon looks at its target once a second, and leaves a process five of them. */
#define VMW_LOOK_MS	2000
#define REPORT_MS	30000
#define CACHE_MS	30000

static int press(struct run *run, int quiet_ms)
{
	long long more = run->memory / 32, free;
	struct state before, now;

	if (baseline(run, &before) ||
	    resize(run, &run->balloon, "inflate", run->memory / 2) ||
	    check_agree(run, "inflated", &before, &now))
		return -1;
	free = now.free * run->page_size;
	/* No look() in between: it takes memory, and the guest has none left. */
	return hold_memory(run, free + more) ||
	       release_memory(run) ||
	       sleep_ms(run, quiet_ms) ||
	       check_agree(run, "pressed", &before, &now) ||
	       check(run, "pressed", "deflated",
		     now.driver <= run->balloon.asked - more,
		     "%lld MiB in the balloon, were %lld", now.driver / MIB,
		     run->balloon.asked / MIB) ||
	       empty_balloon(run, &before);
}

static int oom(struct run *run)
{
	return press(run, 0);
}

SCENARIO(oom, "oom-deflate", "x86_64 pseries-virtio",
	 "With deflate-on-oom, a process gets out of the balloon what is missing, and nothing is killed.",
	 .balloon = ",deflate-on-oom=on", .turn = TURN_LATE,
	 .managed = true);

SCENARIO(oom, "oom", "pseries-cmm*",
	 "A process gets out of the balloon what is missing, and nothing is killed.",
	 .turn = TURN_LATE);

static int vmw_oom(struct run *run)
{
	return press(run, VMW_LOOK_MS);
}

SCENARIO(vmw_oom, "vmw-oom", "x86_64-vmw",
	 "If it may, a process gets out of the balloon what is missing, keeps it for a while, and nothing is killed.",
	 .params = "vmwballoon_shrinker_enable=1", .turn = TURN_LATE,
	 .page_migration_only = true);

static int oom_empty(struct run *run)
{
	struct state before;
	long long moved;

	/* Pages that came and went by migration must not count as still there. */
	return baseline(run, &before) ||
	       fragment_memory(run, run->memory / 8) ||
	       resize(run, &run->balloon, "inflate", run->memory / 2) ||
	       compact_balloon(run, 1, &moved) ||
	       empty_balloon(run, &before) ||
	       /* Without a process of its own: it would be the one to be killed. */
	       guest_do(run, "sysrq", "done", 10000,
			"write 0 /proc/sysrq-trigger f") ||
	       sleep_ms(run, QUIET_MS) ||
	       check_whole(run, "still-empty", &before);
}

SCENARIO(oom_empty, "oom-empty", "pseries-cmm*",
	 "Out of memory, a balloon that was emptied has nothing to give, and the guest lives on.",
	 .turn = TURN_LATE, .page_migration_only = true,
	 .forgiven = out_of_memory);

/* The page cache takes all memory, and the kernel reclaims it all the time. */
static int fill_cache(struct run *run)
{
	long long before, now = 0;

	return vmstat_sum(run->vm, "pgsteal_", &before) ||
	       guest_do(run, "cache", "begun", 10000,
			"stream /sys/kernel/debug/endless") ||
	       wait_until(run->vm, CACHE_MS,
			  !vmstat_sum(run->vm, "pgsteal_", &now) &&
			  now > before + 10000) < 0 ||
	       check(run, "cache", "reclaimed", now > before + 10000,
		     "%lld pages", now - before);
}

static int page_cache(struct run *run)
{
	struct state before, now;

	return baseline(run, &before) ||
	       guest_do(run, "cache", "loaded", 10000, "insmod /endless.ko") ||
	       fill_cache(run) ||
	       resize(run, &run->balloon, "inflate", run->memory / 4) ||
	       guest_do(run, "cache", "ended", 10000, "stream-stop") ||
	       guest_do(run, "cache", "unloaded", 15000, "rmmod 10000 endless") ||
	       check_agree(run, "inflated", &before, NULL) ||
	       /* 2: what the kernel's shrinkers can give. */
	       guest_do(run, "drop", "done", 65000,
			"write 60000 /proc/sys/vm/drop_caches 2") ||
	       check_agree(run, "dropped", &before, &now) ||
	       check_exact(run, "dropped", "kept", now.driver,
			   run->balloon.asked, "bytes") ||
	       empty_balloon(run, &before);
}

SCENARIO(page_cache, "vmw-page-cache", "x86_64-vmw",
	 "Caches take nothing out of the balloon, and it grows while a process reads files.",
	 .params = "vmwballoon_shrinker_enable=1",
	 .page_migration_only = true);

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
	return freed < 0 ||
	       check(run, step, "taken", freed,
		     "%lld MiB of the guest are resident, were %lld",
		     now / 1024, most / 1024);
}

static int reporting(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       report_freed(run, "report") ||
	       inflate(run, &before, run->memory / 4) ||
	       report_freed(run, "report-beside") ||
	       empty_balloon(run, &before);
}

/* Without poison: poisoned pages are not given to the host. */
SCENARIO(reporting, "reporting", "x86_64",
	 "Free page reporting gives freed memory to the host, with and without pages in the balloon.",
	 .balloon = ",free-page-reporting=on", .append = "page_poison=0",
	 .lazy = true, .page_migration_only = true);
