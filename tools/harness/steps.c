// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "agent.h"
#include "bookkeeping.h"
#include "clock.h"
#include "driver.h"
#include "report.h"
#include "steps.h"
#include "units.h"

#define BALLOON_MS	120000
#define STALLED_MS	30000
#define PROGRESS_MS	2000
#define POLL_MS		100
#define KILL_MS		60000
#define FLOOD_LINES	1000

int step_pause(struct test *test)
{
	struct vm *vm = &test->vm;

	if (vm->console.bad > FLOOD_LINES)
		return vm_fail(vm, VERDICT_FAIL,
			       "the kernel complains without end");
	if (vm_pump(vm, clock_ms() + POLL_MS) < 0)
		return vm_fail(vm, VERDICT_LOST, "QEMU ended (%s)", vm->reason);
	return 0;
}

int step_rest(struct test *test, int ms)
{
	long long deadline = clock_ms() + ms;

	while (clock_left(deadline))
		if (step_pause(test))
			return -1;
	return 0;
}

int step_do(struct test *test, const char *step, const char *what, int limit_ms,
	    const char *fmt, ...)
{
	char request[512];
	va_list args;
	int error;

	va_start(args, fmt);
	vsnprintf(request, sizeof(request), fmt, args);
	va_end(args);
	error = agent_call(&test->vm, limit_ms, NULL, "%s", request);
	if (error < 0)
		return -1;
	return test_check(test, step, what, !error, "%s",
			  error ? strerror(error) : "done");
}

int step_ask(struct test *test, long long bytes)
{
	long long pages = (bytes - test->asked) / test->page_size;

	report_say("target: %lld MiB in the balloon, %lld pages", bytes / MIB,
		   bytes / test->page_size);
	if (pages > 0)
		test->asked_inflate += pages;
	else
		test->asked_deflate -= pages;
	test->asked = bytes;
	test->deflating = pages < 0;
	return test->config->vm.guest->balloon->set(&test->vm, test->memory,
						    bytes);
}

/* Wait until the balloon has at least, or at most, so much; returns what it has. */
static long long wait_size(struct test *test, long long least, long long most)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	long long told = clock_ms(), deadline = told + BALLOON_MS;
	long long last = -1, stalled = 0;

	for (;;) {
		long long now = balloon->inflated(&test->vm, test->memory);

		if (now != last)
			stalled = clock_ms() + STALLED_MS;
		last = now;
		if (now < 0 || (now >= least && now <= most) ||
		    !clock_left(deadline) || !clock_left(stalled))
			return now;
		if (clock_ms() - told >= PROGRESS_MS) {
			told = clock_ms();
			report_say("%8lld pages in the balloon",
				   now / test->page_size);
		}
		if (step_pause(test))
			return -1;
	}
}

int step_settle(struct test *test, const char *name)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	long long start = clock_ms(), most = test->asked, now;

	if (test->deflating && test->asked)
		most += balloon->slack;
	now = wait_size(test, test->asked, most);
	if (now < 0)
		return -1;
	return test_check(test, name, "reached",
			  now >= test->asked && now <= most,
			  "%lld MiB in the balloon, asked for %lld, after %.1f s",
			  now / MIB, test->asked / MIB,
			  (clock_ms() - start) / 1000.0);
}

int step_balloon(struct test *test, const char *name, unsigned int mib)
{
	return step_ask(test, mib * MIB) ? -1 : step_settle(test, name);
}

int step_pass(struct test *test, const char *name, unsigned int mib)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	long long now = balloon->inflated(&test->vm, test->memory);
	bool up = test->asked > now;

	if (now >= 0)
		now = wait_size(test, up ? mib * MIB : 0,
				up ? test->memory : mib * MIB);
	if (now < 0)
		return -1;
	return test_check(test, name, "on-the-way",
			  up ? now >= mib * MIB : now <= mib * MIB,
			  "%lld MiB in the balloon on the way to %lld",
			  now / MIB, test->asked / MIB);
}

int step_load(struct test *test)
{
	int error = driver_load(test);

	if (error < 0)
		return -1;
	return test_check(test, "load", "done", !error, "%s",
			  error ? strerror(error) : "loaded");
}

int step_unload(struct test *test)
{
	int error = driver_unload(test);

	if (error < 0)
		return -1;
	return test_check(test, "unload", "done", !error, "%s",
			  error ? strerror(error) : "unloaded");
}

int step_hold(struct test *test, long long bytes)
{
	report_say("a process takes %lld MiB", bytes / MIB);
	return step_do(test, "hold", "done", 120000, "hold %lld 1", bytes);
}

const char * const out_of_memory[] = {
	"Out of memory:", "Call Trace:", NULL
};

int step_kill(struct test *test)
{
	int error;

	report_say("a process takes %lld MiB", 2 * test->memory / MIB);
	error = agent_call(&test->vm, KILL_MS, NULL, "hold %lld 1",
			   2 * test->memory);
	if (error < 0)
		return -1;
	return test_check(test, "kill", "done", error == ENOMEM, "%s",
			  error ? strerror(error) : "it lives");
}

int step_release(struct test *test)
{
	return step_do(test, "release", "done", 60000, "release");
}

int step_fragment(struct test *test, unsigned int mib)
{
	/* Keep what is freed out of the per-CPU lists: compaction is blind there. */
	if (step_do(test, "fragment", "lists", 10000,
		    "write 5000 /proc/sys/vm/percpu_pagelist_high_fraction 1000000"))
		return -1;
	return step_do(test, "fragment", "hold", 120000, "hold %lld 3",
		       mib * MIB);
}

int step_compact(struct test *test, long long least, long long *moved)
{
	bool migration = test->config->migration;
	struct state before, now;

	if (step_release(test) || test_state(test, &before) ||
	    step_do(test, "compact", "done", 130000,
		    "write 120000 /proc/sys/vm/compact_memory 1") ||
	    test_state(test, &now))
		return -1;
	*moved = now.migrated - before.migrated;
	if (test_check(test, "compact", "migrated",
		       migration ? *moved >= least : !*moved,
		       "%lld balloon pages, at least %lld expected", *moved,
		       migration ? least : 0))
		return -1;
	return check_no_leak(test, "compact", &before, &now);
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

	if (test_state(test, &now))
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
	if (test_state(test, &now))
		return -1;
	return check_no_leak(test, "offline", before, &now);
}

int step_offline(struct test *test, long long *moved)
{
	struct state before, now;
	int block, error;

	*moved = 0;
	if (test_state(test, &before))
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
	    test_state(test, &now))
		return -1;
	*moved = now.migrated - before.migrated;
	return check_exact(test, "offline", "migrated", *moved, 0,
			   "balloon pages");
}
