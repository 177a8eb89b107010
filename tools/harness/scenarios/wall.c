// SPDX-License-Identifier: GPL-2.0
/*
 * How long the balloon takes, and what it costs the host: time, CPU time, answers of
 * QEMU's monitor, and huge pages, beside what discarding the memory costs without a guest.
 */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "host.h"
#include "qmp.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"
#include "timed.h"

#define LIMIT_MS	120000
#define HUGE_KIB	2048
#define PAGE		(4 * KIB)

/*
 * So much the kernel keeps free, and some more: nothing is reclaimed, nobody is killed. Of
 * two CPUs each may have 180 MiB in its lists, where the other one does not find them.
 */
#define SPARED		(512 * MIB)

/* What the host alone discards: enough to measure. */
#define FLOOR		(512 * MIB)

static int report(const char *step, const struct timed *timed)
{
	timed_report(step, timed, "ns per page");
	report_figure(step, "guest-cpu", (double)timed->cpu.guest / timed->pages,
		      "host CPU ns per page");
	report_figure(step, "qemu-cpu", (double)timed->cpu.main / timed->pages,
		      "host CPU ns per page");
	return 0;
}

static int resize_wall(struct run *run, const char *step, long long bytes)
{
	struct timed timed;

	return timed_resize(run, step, bytes, &timed) || report(step, &timed);
}

static int offline_wall(struct run *run, const char *step)
{
	struct timed timed;

	return timed_offline(run, step, &timed) || report(step, &timed);
}

static int floor_wall(struct run *run, const char *step, long long piece)
{
	long long ns = host_discard(FLOOR, piece);

	if (ns > 0)
		report_figure(step, "", (double)ns / (FLOOR / PAGE), "ns per page");
	return check(run, step, "discarded", ns > 0, "%lld MiB, %lld KiB at a time",
		     FLOOR / MIB, piece / KIB);
}

/* Inflate, and see how long QEMU's monitor takes for an answer meanwhile. */
static int latency(struct run *run, const char *step, long long bytes)
{
	long long deadline = clock_ms() + LIMIT_MS, start, took, longest = 0, now;
	int asked = 0;

	if (set_target(run, &run->balloon, bytes))
		return -1;
	do {
		start = clock_ns();
		if (qmp_do(run->vm, "query-status", NULL))
			return -1;
		took = clock_ns() - start;
		if (took > longest)
			longest = took;
		asked++;
		vm_pump(run->vm, clock_ms() + 2);
		now = run->balloon.kind->inflated(run);
	} while (now >= 0 && now < bytes && clock_left(deadline));
	report_figure(step, "", longest / 1000, "us");
	return check(run, step, "reached", now == bytes,
		     "%lld MiB in the balloon, the monitor asked %d times",
		     now / MIB, asked);
}

/* With half of the memory in the balloon: the huge pages that host and guest can have. */
static int huge(struct run *run)
{
	long long host = host_huge_kib(run->vm), guest, taken;
	struct state now;
	bool counted;
	char *text;
	int error;

	if (host < 0 || look(run, &now))
		return -1;
	taken = now.free * run->page_size - SPARED;
	error = agent_call(run->vm, LIMIT_MS, &text, "huge %lld", taken);
	if (error)
		return check(run, "huge", "guest", false, "%s", strerror(error));
	counted = number_in(text, "kib", &guest);
	free(text);
	if (check(run, "huge", "counted", counted,
		  "%lld of %lld KiB are in huge pages", counted ? guest : -1,
		  taken / KIB))
		return -1;
	report_figure("huge", "host", host / HUGE_KIB, "huge pages");
	report_figure("huge", "guest", guest / HUGE_KIB, "huge pages");
	return 0;
}

static int wall(struct run *run)
{
	long long half = run->memory / 2, more = run->memory / 8 * 5;
	struct state before;

	/* Nothing in this guest has used more than the kernel needs: clean memory. */
	return baseline(run, &before) ||
	       resize_wall(run, "wall-inflate-clean", half) ||
	       resize(run, &run->balloon, "empty", 0) ||
	       /* Once it was used, all of the memory is the host's to take back. */
	       hold_memory(run, run->memory / 16 * 13) ||
	       release_memory(run) ||
	       resize_wall(run, "wall-inflate-dirty", half) ||
	       huge(run) ||
	       latency(run, "qmp-latency", more) ||
	       offline_wall(run, "wall-migrate") ||
	       resize_wall(run, "wall-deflate", 0) ||
	       floor_wall(run, "floor-4k", PAGE) ||
	       floor_wall(run, "floor-2m", HUGE_KIB * KIB);
}

SCENARIO(wall, "wall", "bench",
	 "How long the balloon takes for a page, and what the host has of it.",
	 .by_name = true, .lazy = true, .page_migration_only = true);
