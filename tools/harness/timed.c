// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "report.h"
#include "steps.h"
#include "timed.h"

#define LIMIT_MS	600000

/* Until the guest's answer has left its serial port, whose interrupts cost, too. */
#define SETTLE_MS	300

/* Between two looks at what the guest has done, where that costs time of its own. */
#define PAUSE_US	5000

/*
 * Have the guest do something that takes time, and take the time from its answer. What the
 * host has used before is in @timed->cpu.
 */
static int timed_call(struct run *run, const char *step, struct timed *timed,
		      const char *request)
{
	struct cpu_time before = timed->cpu;
	char *text;
	bool found;
	int error;

	error = agent_call(run->vm, LIMIT_MS, &text, "%s", request);
	if (error)
		return check(run, step, "done", false, "%s", strerror(error));
	found = number_in(text, "ns", &timed->ns);
	free(text);
	if (check(run, step, "timed", found, "%lld ns", found ? timed->ns : -1) ||
	    host_cpu_time(run->vm, &timed->cpu))
		return -1;
	timed->cpu.guest -= before.guest;
	timed->cpu.main -= before.main;
	return 0;
}

int timed_resize(struct run *run, const char *step, long long bytes,
		 struct timed *timed)
{
	long long more = bytes - run->balloon.asked;

	timed->pages = llabs(more) / run->page_size;
	return guest_do(run, step, "watch", 10000, "watch %lld %s %d",
			timed->pages,
			more > 0 ? "balloon_inflate" : "balloon_deflate",
			run->config->vm.guest->icount ? 0 : PAUSE_US) ||
	       sleep_ms(run, SETTLE_MS) ||
	       host_cpu_time(run->vm, &timed->cpu) ||
	       set_target(run, &run->balloon, bytes) ||
	       wait_target(run, &run->balloon, step) ||
	       timed_call(run, step, timed, "watched");
}

int timed_offline(struct run *run, const char *step, struct timed *timed)
{
	struct state before, now;
	long long block;
	char request[128];

	if (look(run, &before))
		return -1;
	for (block = 0; block < BLOCKS_MAX; block++)
		if (before.blocks[block] == run->block / run->page_size)
			break;
	if (check(run, step, "block", block < BLOCKS_MAX,
		  "block %lld is full of the balloon's pages", block))
		return -1;
	snprintf(request, sizeof(request),
		 "timed-write /sys/devices/system/memory/memory%lld/state offline",
		 block);
	if (host_cpu_time(run->vm, &timed->cpu) ||
	    timed_call(run, step, timed, request) || look(run, &now))
		return -1;
	timed->pages = now.migrated - before.migrated;
	return check(run, step, "migrated", timed->pages > 0, "%lld pages",
		     timed->pages);
}

int timed_hold(struct run *run, const char *step, long long bytes,
	       struct timed *timed)
{
	char request[64];

	report_say("a process takes %lld MiB", bytes / MIB);
	timed->pages = bytes / run->page_size;
	snprintf(request, sizeof(request), "hold %lld 1 0", bytes);
	return host_cpu_time(run->vm, &timed->cpu) ||
	       timed_call(run, step, timed, request);
}

void timed_report(const char *step, const struct timed *timed, const char *unit)
{
	report_figure(step, "", (double)timed->ns / timed->pages, unit);
}
