// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"

#define LOAD_MS		30000
#define UNLOAD_MS	20000
#define FILE_MS		5000
#define BALLOON_MS	120000
#define STALLED_MS	30000
#define FULL_MS		90000
#define STILL_MS	3000
#define KILL_MS		60000

int sleep_ms(struct run *run, int ms)
{
	return wait_until(run->vm, ms, false) < 0 ? -1 : 0;
}

/* Check what the agent answered: @error is as from agent_call(). */
static int check_done(struct run *run, const char *step, const char *what,
		      int error)
{
	return error < 0 ||
	       check(run, step, what, !error, "%s",
		     error ? strerror(error) : "done");
}

int guest_do(struct run *run, const char *step, const char *what, int limit_ms,
	     const char *fmt, ...)
{
	char request[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(request, sizeof(request), fmt, args);
	va_end(args);
	return check_done(run, step, what,
			  agent_call(run->vm, limit_ms, NULL, "%s", request));
}

int change_file(struct run *run, const char *step, const char *what,
		const char *path, const char *value)
{
	char *old = file_read(run->vm, path), *word;

	if (!old)
		return -1;
	/* Of several words, the one that is set stands in brackets. */
	word = strchr(old, '[');
	if (word)
		memmove(old, word + 1, strlen(word));
	old[strcspn(old, "]\n")] = '\0';
	if (run->nr_changed == CHANGED_MAX)
		abort();
	run->changed[run->nr_changed++] = (struct changed){ path, old };
	return guest_do(run, step, what, 2 * FILE_MS, "write %d %s %s", FILE_MS,
			path, value);
}

int baseline(struct run *run, struct state *state)
{
	if (look(run, state) ||
	    check_exact(run, "before", "offline", state->offline, 0, "pages") ||
	    check_exact(run, "before", "driver", state->driver, 0, "bytes"))
		return -1;
	if (!run->balloon.kind->host_takes || run->scenario->lazy)
		return 0;
	return check(run, "before", "resident",
		     state->resident_kib * KIB >= run->memory / 10 * 9,
		     "%lld of %lld MiB of the guest are resident",
		     state->resident_kib / 1024, run->memory / MIB);
}

int set_target(struct run *run, struct balloon *balloon, long long bytes)
{
	long long more = bytes - balloon->asked;

	report_say("target%s: %lld MiB in the balloon, %lld pages",
		   balloon == &run->mock ? " of the mock balloon" : "",
		   bytes / MIB, bytes / run->page_size);
	if (more > 0)
		balloon->inflate += more;
	else
		balloon->deflate -= more;
	balloon->asked = bytes;
	balloon->deflating = more < 0;
	return balloon->kind->set(run, bytes);
}

/**
 * struct size - the size of a balloon while somebody waits for it
 * @now: bytes, -1 with the guest gone
 * @changed: when it was another one before that, a value of clock_ms()
 * @grown: when it was less before that, a value of clock_ms()
 */
struct size {
	long long now;
	long long changed;
	long long grown;
};

static struct size size_unknown(void)
{
	long long start = clock_ms();

	return (struct size){ -1, start, start };
}

/* Look at the size; false if the guest is gone. */
static bool size_look(struct run *run, struct balloon *balloon,
		      struct size *size)
{
	long long was = size->now, start = clock_ms();

	size->now = balloon->kind->inflated(run);
	if (size->now != was)
		size->changed = start;
	if (size->now > was)
		size->grown = start;
	return size->now >= 0;
}

/* Wait until the balloon has at least, or at most, so much; returns what it has. */
static long long wait_size(struct run *run, struct balloon *balloon,
			   long long least, long long most)
{
	struct size size = size_unknown();

	if (wait_until(run->vm, BALLOON_MS, size_look(run, balloon, &size) &&
		       ((size.now >= least && size.now <= most) ||
			clock_ms() - size.changed > STALLED_MS)) < 0)
		return -1;
	return size.now;
}

int wait_target(struct run *run, struct balloon *balloon, const char *step)
{
	long long start = clock_ms(), most = balloon->asked, now;

	if (balloon->deflating && balloon->asked)
		most += balloon->kind->slack;
	now = wait_size(run, balloon, balloon->asked, most);
	if (now < 0 ||
	    check(run, step, "reached", now >= balloon->asked && now <= most,
		  "%lld MiB in the balloon, asked for %lld, after %.1f s",
		  now / MIB, balloon->asked / MIB, (clock_ms() - start) / 1000.0))
		return -1;
	return balloon == &run->mock ? check_mock(run, step) : 0;
}

int resize(struct run *run, struct balloon *balloon, const char *step,
	   long long bytes)
{
	return set_target(run, balloon, bytes) ||
	       wait_target(run, balloon, step);
}

int wait_agree(struct run *run, const char *step, const struct state *before)
{
	return wait_target(run, &run->balloon, step) ||
	       check_agree(run, step, before, NULL);
}

int wait_passed(struct run *run, const char *step, long long bytes)
{
	struct balloon *balloon = &run->balloon;
	long long now = balloon->kind->inflated(run);
	bool up = balloon->asked > now;

	if (now >= 0)
		now = wait_size(run, balloon, up ? bytes : 0,
				up ? LLONG_MAX : bytes);
	return now < 0 ||
	       check(run, step, "on-the-way", up ? now >= bytes : now <= bytes,
		     "%lld MiB in the balloon on the way to %lld", now / MIB,
		     balloon->asked / MIB);
}

int wait_full(struct run *run, long long *bytes)
{
	struct size size = size_unknown();
	int full = wait_until(run->vm, FULL_MS,
			      size_look(run, &run->balloon, &size) &&
			      clock_ms() - size.grown >= STILL_MS);

	*bytes = size.now;
	return full < 0 ||
	       check(run, "grow", "stopped", full, "%lld MiB in the balloon",
		     size.now / MIB);
}

int inflate(struct run *run, const struct state *before, long long bytes)
{
	return resize(run, &run->balloon, "inflate", bytes) ||
	       check_agree(run, "inflated", before, NULL);
}

int empty_balloon(struct run *run, const struct state *before)
{
	return resize(run, &run->balloon, "empty", 0) ||
	       check_empty(run, "empty", before);
}

int load_driver(struct run *run)
{
	const struct balloon_kind *kind = run->balloon.kind;
	const char *params = run->scenario->params;
	int error = agent_call(run->vm, LOAD_MS, NULL, "insmod /%s.ko %s %s",
			       kind->module, kind->params, params ? params : "");

	run->loaded = !error;
	return check_done(run, "load", "done", error);
}

int unload_driver(struct run *run, const char *step)
{
	int error = agent_call(run->vm, UNLOAD_MS + 5000, NULL, "rmmod %d %s",
			       UNLOAD_MS, run->balloon.kind->module);

	run->loaded = error;
	return check_done(run, step, "done", error);
}

int hold_memory(struct run *run, long long bytes)
{
	return hold_memory_on(run, 0, bytes);
}

int hold_memory_on(struct run *run, unsigned long nodes, long long bytes)
{
	report_say("a process takes %lld MiB", bytes / MIB);
	return guest_do(run, "hold", "done", 120000, "hold %lld 1 %lu", bytes,
			nodes);
}

int verify_memory(struct run *run)
{
	return guest_do(run, "verify", "done", 60000, "verify");
}

const char * const out_of_memory[] = {
	"Out of memory:", "Call Trace:", NULL
};

int exhaust_memory(struct run *run, unsigned long nodes)
{
	long long bytes = 2 * run->memory;
	int error;

	report_say("a process takes %lld MiB", bytes / MIB);
	error = agent_call(run->vm, KILL_MS, NULL, "hold %lld 1 %lu",
			   bytes, nodes);
	return error < 0 ||
	       check(run, "kill", "done", error == ENOMEM, "%s",
		     error ? strerror(error) : "it lives");
}

int release_memory(struct run *run)
{
	return guest_do(run, "release", "done", 60000, "release");
}

int fragment_memory(struct run *run, long long bytes)
{
	/* Keep what is freed out of the per-CPU lists: compaction is blind there. */
	return change_file(run, "fragment", "lists",
			   "/proc/sys/vm/percpu_pagelist_high_fraction", "1000000") ||
	       guest_do(run, "fragment", "hold", 120000, "hold %lld 3 0", bytes);
}

int compact_memory(struct run *run)
{
	return guest_do(run, "compact", "done", 130000,
			"write 120000 /proc/sys/vm/compact_memory 1");
}

int compact_balloon(struct run *run, long long least, long long *moved)
{
	struct state before, now;

	if (!run->config->page_migration)
		least = 0;
	if (release_memory(run) || look(run, &before) || compact_memory(run) ||
	    look(run, &now))
		return -1;
	*moved = now.migrated - before.migrated;
	return check(run, "compact", "migrated", run->config->page_migration ?
		     *moved >= least : !*moved,
		     "%lld balloon pages, at least %lld expected", *moved, least) ||
	       check_no_leak(run, "compact", &before, &now);
}

/*
 * The fullest memory block that was not tried, and the highest of those: the kernel's
 * own memory sits in the lowest ones.
 */
static int fullest_block(const struct state *state, const bool *tried)
{
	int i, best = -1;

	for (i = 0; i < BLOCKS_MAX; i++)
		if (!tried[i] &&
		    (best < 0 || state->blocks[i] >= state->blocks[best]))
			best = i;
	return best;
}

int set_block(struct run *run, int block, const char *what)
{
	return agent_call(run->vm, 130000, NULL,
			  "write 120000 /sys/devices/system/memory/memory%d/state %s",
			  block, what);
}

static int check_offlined(struct run *run, const struct state *before,
			  int block, long long *moved)
{
	struct state now;

	if (look(run, &now))
		return -1;
	*moved = now.migrated - before->migrated;
	return check(run, "offline", "migrated", *moved >= before->blocks[block],
		     "%lld balloon pages", *moved) ||
	       check_exact(run, "offline", "emptied", now.blocks[block], 0,
			   "pages left in the block") ||
	       check_exact(run, "offline", "kept", now.offline, before->offline,
			   "pages") ||
	       check_done(run, "offline", "online",
			  set_block(run, block, "online")) ||
	       look(run, &now) ||
	       check_no_leak(run, "offline", before, &now);
}

int offline_balloon(struct run *run, long long *moved)
{
	bool tried[BLOCKS_MAX] = { false };
	struct state before, now;
	int block, error;

	*moved = 0;
	/* A block can hold a page of the kernel's own, which no driver can move. */
	do {
		if (look(run, &before))
			return -1;
		block = fullest_block(&before, tried);
		if (before.blocks[block] < run->block / run->page_size / 2)
			return check(run, "offline", "done", false,
				     "no block that is half the balloon's can go");
		report_say("memory block %d: %lld of %lld pages are the balloon's",
			   block, before.blocks[block],
			   run->block / run->page_size);
		tried[block] = true;
		error = set_block(run, block, "offline");
	} while (error == EBUSY && run->config->page_migration);
	if (run->config->page_migration)
		return check_done(run, "offline", "done", error) ||
		       check_offlined(run, &before, block, moved);
	if (error < 0 ||
	    check(run, "offline", "refused", error, "block %d: %s", block,
		  error ? strerror(error) : "offline") ||
	    look(run, &now))
		return -1;
	*moved = now.migrated - before.migrated;
	return check_exact(run, "offline", "migrated", *moved, 0,
			   "balloon pages");
}
