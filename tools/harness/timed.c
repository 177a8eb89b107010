// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "report.h"
#include "steps.h"
#include "timed.h"

#define LIMIT_MS	600000

/* Take the time from the agent's answer, which is freed. */
static int take_time(struct run *run, const char *step, char *text,
		     struct timed *timed)
{
	bool found = number_in(text, "ns", &timed->ns);

	free(text);
	return check(run, step, "measured", found && timed->pages > 0,
		     "%lld pages, %lld ns", timed->pages, found ? timed->ns : -1);
}

int timed_resize(struct run *run, const char *step, long long bytes,
		 struct timed *timed)
{
	long long more = bytes - run->balloon.asked;
	char *text;
	int error;

	timed->pages = llabs(more) / run->page_size;
	if (guest_do(run, step, "watch", 10000, "watch %lld %s", timed->pages,
		     more > 0 ? "balloon_inflate" : "balloon_deflate") ||
	    set_target(run, &run->balloon, bytes))
		return -1;
	error = agent_call(run->vm, LIMIT_MS, &text, "watched");
	if (error)
		return check(run, step, "watched", false, "%s", strerror(error));
	return take_time(run, step, text, timed) ||
	       wait_target(run, &run->balloon, step);
}

int timed_offline(struct run *run, const char *step, struct timed *timed)
{
	struct state before, now;
	long long block;
	char *text;
	int error;

	if (look(run, &before))
		return -1;
	for (block = 0; block < BLOCKS_MAX; block++)
		if (before.blocks[block] == run->block / run->page_size)
			break;
	if (check(run, step, "block", block < BLOCKS_MAX,
		  "block %lld is full of the balloon's pages", block))
		return -1;
	error = agent_call(run->vm, LIMIT_MS, &text,
			   "timed-write /sys/devices/system/memory/memory%lld/state offline",
			   block);
	if (error)
		return check(run, step, "offline", false, "%s", strerror(error));
	if (look(run, &now)) {
		free(text);
		return -1;
	}
	timed->pages = now.migrated - before.migrated;
	return take_time(run, step, text, timed);
}

int timed_hold(struct run *run, const char *step, long long bytes,
	       struct timed *timed)
{
	char *text;
	int error;

	report_say("a process takes %lld MiB", bytes / MIB);
	timed->pages = bytes / run->page_size;
	error = agent_call(run->vm, LIMIT_MS, &text, "hold %lld 1 0", bytes);
	if (error)
		return check(run, step, "held", false, "%s", strerror(error));
	return take_time(run, step, text, timed);
}
