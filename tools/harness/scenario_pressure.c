// SPDX-License-Identifier: GPL-2.0
/* The guest needs its memory back before the host says so. */
#include "bookkeeping.h"
#include "clock.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

/* Long enough for the kernel's worker to have run the notifiers. */
#define QUIET_MS 3000

static void oom(struct test *test)
{
	long long more = test->memory / 32, free;
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", test->memory / MIB / 2) ||
	    step_agree(test, "inflated", &before, &now))
		return;
	free = now.free * test->page_size;
	/* At the edge, to look at it would be to push it further. */
	if (step_hold(test, free + more) ||
	    step_release(test) ||
	    step_agree(test, "pressed", &before, &now) ||
	    test_check(test, "pressed", "deflated",
		       now.driver <= test->asked - more,
		       "%lld MiB in the balloon, were %lld", now.driver / MIB,
		       test->asked / MIB))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_oom_virtio) = {
	.name = "oom-deflate",
	.proves = "With deflate-on-oom, a process gets out of the balloon what is missing, and nothing is killed.",
	.guests = "x86_64 pseries-virtio",
	.balloon = ",deflate-on-oom=on",
	.managed = true,
	.run = oom,
};

SCENARIO(scenario_oom_cmm) = {
	.name = "oom",
	.proves = "A process gets out of the balloon what is missing, and nothing is killed.",
	.guests = "pseries-cmm*",
	.run = oom,
};

static void oom_empty(struct test *test)
{
	struct state before, now;
	long long moved;

	/* Pages that came and went by migration must not count as still there. */
	if (step_look(test, &before) ||
	    step_fragment(test, test->memory / MIB / 8) ||
	    step_balloon(test, "inflate", test->memory / MIB / 2) ||
	    step_compact(test, 1, &moved) ||
	    step_empty(test, &before) ||
	    /* Without a process of its own: it would be the one to be killed. */
	    step_do(test, "sysrq", "done", 10000,
		    "write 0 /proc/sysrq-trigger f") ||
	    step_rest(test, QUIET_MS) ||
	    step_agree(test, "still-empty", &before, &now))
		return;
	check_no_leak(test, "still-empty", &before, &now);
}

SCENARIO(scenario_oom_empty) = {
	.name = "oom-empty",
	.proves = "Out of memory, a balloon that was emptied has nothing to give, and the guest lives on.",
	.guests = "pseries-cmm*",
	.migration_only = true,
	.forgiven = out_of_memory,
	.run = oom_empty,
};

static void shrink(struct test *test)
{
	struct state before, now;
	long long asked = test->memory / 4;

	/* 2: what the kernel's shrinkers can give; the balloon is one of them. */
	if (step_look(test, &before) ||
	    step_ask(test, asked) ||
	    step_settle(test, "inflate") ||
	    step_agree(test, "inflated", &before, &now) ||
	    step_do(test, "shrink", "done", 65000,
		    "write 60000 /proc/sys/vm/drop_caches 2") ||
	    step_agree(test, "shrunk", &before, &now) ||
	    test_check(test, "shrunk", "deflated", now.driver < asked,
		       "%lld MiB in the balloon, were %lld", now.driver / MIB,
		       asked / MIB) ||
	    check_no_leak(test, "shrunk", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_shrink) = {
	.name = "vmw-shrinker",
	.proves = "Asked by the kernel's shrinker, the balloon gives pages back and stays small.",
	.guests = "x86_64-vmw",
	.params = "vmwballoon_shrinker_enable=1",
	.migration_only = true,
	.run = shrink,
};

/* Memory that is freed is reported; then the host has it, until it is used. */
static int report_freed(struct test *test, const char *step)
{
	long long taken = test->memory / 4, deadline, most, now;

	if (step_hold(test, taken))
		return -1;
	most = host_resident_kib(&test->vm);
	if (most < 0 || step_release(test))
		return -1;
	deadline = clock_ms() + 30000;
	do {
		now = host_resident_kib(&test->vm);
		if (now < 0 || step_pause(test))
			return -1;
	} while (now > most - taken / 4 * 3 / KIB && clock_left(deadline));
	return test_check(test, step, "taken", clock_left(deadline),
			  "%lld MiB of the guest are resident, were %lld",
			  now / 1024, most / 1024);
}

static void reporting(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    report_freed(test, "report") ||
	    step_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", &before, &now) ||
	    report_freed(test, "report-beside"))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_reporting) = {
	.name = "reporting",
	.proves = "Free page reporting gives freed memory to the host, with and without pages in the balloon.",
	.guests = "x86_64",
	.balloon = ",free-page-reporting=on",
	/* Poisoned pages are not given to the host. */
	.append = "page_poison=0",
	.lazy = true,
	.migration_only = true,
	.run = reporting,
};
