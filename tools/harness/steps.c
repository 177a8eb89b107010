// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "report.h"
#include "steps.h"

#define BALLOON_MS	120000
#define PROGRESS_MS	2000
#define POLL_MS		100
#define FLOOD_LINES	1000
#define MIB		(1024LL * 1024)

/*
 * Free memory moves a little by itself: slab, page tables, kernel stacks. A few
 * dozen pages were seen; what leaks on migration leaks hundreds.
 */
#define LEAK_PAGES	128

/* A number that has to be exact. */
static int check_exact(struct test *test, const char *step, const char *what,
		       long long seen, long long want, const char *unit)
{
	if (seen == want)
		return test_check(test, step, what, true, "%lld %s", seen, unit);
	return test_check(test, step, what, false, "%lld %s, expected %lld",
			  seen, unit, want);
}

static int read_state(struct test *test, struct state *state)
{
	return state_read(&test->vm, test->config->vm.guest, test->page_size,
			  state);
}

int step_look(struct test *test, struct state *state)
{
	if (read_state(test, state))
		return -1;
	if (check_exact(test, "before", "offline", state->offline, 0, "pages") ||
	    check_exact(test, "before", "driver", state->driver_mib, 0, "MiB"))
		return -1;
	if (!test->config->vm.guest->balloon->host_takes)
		return 0;
	return test_check(test, "before", "resident",
			  state->resident_kib * 1024 >= test->memory / 10 * 9,
			  "%lld of %lld MiB of the guest are resident",
			  state->resident_kib / 1024, test->memory / MIB);
}

int step_balloon(struct test *test, const char *name, unsigned int mib)
{
	const struct guest_kind *guest = test->config->vm.guest;
	long long pages_per_mib = MIB / test->page_size;
	long long start = clock_ms(), told = start;
	long long deadline = start + BALLOON_MS;
	struct vm *vm = &test->vm;

	report_say("target: %u MiB in the balloon, %lld pages", mib,
		   mib * pages_per_mib);
	if (mib > test->asked)
		test->asked_inflate += (mib - test->asked) * pages_per_mib;
	else
		test->asked_deflate += (test->asked - mib) * pages_per_mib;
	test->asked = mib;
	if (guest->balloon->set(vm, guest->memory_mib, mib))
		return -1;
	for (;;) {
		long long now = guest->balloon->inflated(vm, guest->memory_mib);

		if (now < 0)
			return -1;
		if (now == mib || !clock_left(deadline))
			return test_check(test, name, "driver", now == mib,
				"%lld MiB in the balloon, asked for %u, after %.1f s",
				now, mib, (clock_ms() - start) / 1000.0);
		if (clock_ms() - told >= PROGRESS_MS) {
			told = clock_ms();
			report_say("%8lld pages in the balloon",
				   now * pages_per_mib);
		}
		if (vm->console.bad > FLOOD_LINES)
			return vm_fail(vm, VERDICT_FAIL,
				       "the kernel complains without end");
		if (vm_pump(vm, clock_ms() + POLL_MS) < 0)
			return vm_fail(vm, VERDICT_LOST, "QEMU ended (%s)",
				       vm->reason);
	}
}

static int check_zones(struct test *test, const char *step,
		       const struct state *before, const struct state *now)
{
	char buf[64];
	int i;

	for (i = 0; i < before->nr_zones; i++) {
		const struct zone_state *zone = &before->zones[i];

		snprintf(buf, sizeof(buf), "managed-%s", zone->name);
		if (check_exact(test, step, buf, now->zones[i].managed,
				zone->managed, "pages"))
			return -1;
	}
	return 0;
}

int step_agree(struct test *test, const char *name, const struct state *before,
	       struct state *now)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	long long pages = test->asked_inflate - test->asked_deflate;
	long long unmanaged = balloon->unmanaged ? pages : 0;

	if (read_state(test, now))
		return -1;
	if (check_exact(test, name, "vm-inflate", now->inflated -
			before->inflated, test->asked_inflate, "pages") ||
	    check_exact(test, name, "vm-deflate", now->deflated -
			before->deflated, test->asked_deflate, "pages") ||
	    check_exact(test, name, "offline", now->offline, pages, "pages") ||
	    check_exact(test, name, "memtotal", before->memtotal_kib -
			now->memtotal_kib, unmanaged * test->page_size / 1024,
			"KiB less") ||
	    check_exact(test, name, "managed", before->managed - now->managed,
			unmanaged, "pages less") ||
	    check_exact(test, name, "driver", now->driver_mib, test->asked,
			"MiB"))
		return -1;
	if (balloon->ledger && check_exact(test, name, "ledger", now->ledger,
					   pages, "pages"))
		return -1;
	if (!pages)
		return check_zones(test, name, before, now);
	if (!balloon->host_takes)
		return 0;
	/* What is in the balloon must not be resident, to the last page. */
	return test_check(test, name, "resident",
			  now->resident_kib <=
			  test->memory / 1024 - test->asked * 1024LL,
			  "%lld MiB of the guest are resident, were %lld",
			  now->resident_kib / 1024,
			  before->resident_kib / 1024);
}

int step_fragment(struct test *test, unsigned int mib)
{
	int error;

	/* Keep what is freed out of the per-CPU lists: compaction is blind there. */
	error = agent_call(&test->vm, 10000, NULL,
			   "write 5000 /proc/sys/vm/percpu_pagelist_high_fraction 1000000");
	if (!error)
		error = agent_call(&test->vm, 120000, NULL, "hold %lld",
				   mib * MIB);
	if (error < 0)
		return -1;
	return test_check(test, "fragment", "hold", !error, error ?
			  strerror(error) : "every third page of %u MiB", mib);
}

int check_no_leak(struct test *test, const char *step, long long before,
		  long long now)
{
	return test_check(test, step, "free", before - now <= LEAK_PAGES,
			  "%lld pages free, were %lld", now, before);
}

int step_compact(struct test *test, long long least, long long *moved)
{
	bool migration = test->config->migration;
	struct vm *vm = &test->vm;
	struct state before, now;
	int error;

	error = agent_call(vm, 60000, NULL, "release");
	if (error || read_state(test, &before))
		return error > 0 ? vm_fail(vm, VERDICT_HARNESS, "release: %s",
					   strerror(error)) : -1;
	error = agent_call(vm, 130000, NULL,
			   "write 120000 /proc/sys/vm/compact_memory 1");
	if (error < 0 || test_check(test, "compact", "done", !error, "%s",
				    error ? strerror(error) : "in time"))
		return -1;
	if (read_state(test, &now))
		return -1;
	*moved = now.migrated - before.migrated;
	if (test_check(test, "compact", "migrated",
		       migration ? *moved >= least : !*moved,
		       "%lld balloon pages, at least %lld expected", *moved,
		       migration ? least : 0))
		return -1;
	return check_no_leak(test, "compact", before.free, now.free);
}

/*
 * The fullest memory block, and the highest of those: the kernel's own memory
 * sits in the lowest ones.
 */
static int fullest_block(const struct state *state)
{
	int i, best = 0;

	for (i = 1; i < BLOCKS_MAX; i++)
		if (state->blocks[i] >= state->blocks[best])
			best = i;
	return best;
}

static int set_block(struct test *test, int block, const char *what)
{
	return agent_call(&test->vm, 130000, NULL,
			  "write 120000 /sys/devices/system/memory/memory%d/state %s",
			  block, what);
}

static int check_offlined(struct test *test, const struct state *before,
			  int block, long long *moved)
{
	struct state now;
	int error;

	if (read_state(test, &now))
		return -1;
	*moved = now.migrated - before->migrated;
	if (test_check(test, "offline", "migrated", *moved >= before->blocks[block],
		       "%lld balloon pages", *moved) ||
	    check_exact(test, "offline", "emptied", now.blocks[block], 0,
			"pages left in the block") ||
	    check_exact(test, "offline", "kept", now.offline, before->offline,
			"pages"))
		return -1;
	error = set_block(test, block, "online");
	if (error < 0 || test_check(test, "offline", "online", !error, "%s",
				    error ? strerror(error) : "back"))
		return -1;
	if (read_state(test, &now))
		return -1;
	return check_no_leak(test, "offline", before->free, now.free);
}

int step_offline(struct test *test, long long *moved)
{
	struct state before, now;
	int block, error;

	*moved = 0;
	if (read_state(test, &before))
		return -1;
	block = fullest_block(&before);
	report_say("memory block %d: %lld of %lld pages are the balloon's",
		   block, before.blocks[block], before.block_pages);
	error = set_block(test, block, "offline");
	if (error < 0)
		return -1;
	if (test->config->migration) {
		if (test_check(test, "offline", "done", !error, "block %d: %s",
			       block, error ? strerror(error) : "offline"))
			return -1;
		return error ? 0 : check_offlined(test, &before, block, moved);
	}
	if (test_check(test, "offline", "refused", error, "block %d: %s", block,
		       error ? strerror(error) : "offline") ||
	    read_state(test, &now))
		return -1;
	*moved = now.migrated - before.migrated;
	return check_exact(test, "offline", "migrated", *moved, 0,
			   "balloon pages");
}
