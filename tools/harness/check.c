// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "check.h"
#include "clock.h"
#include "report.h"
#include "scenario.h"
#include "shown.h"

/*
 * Not all memory is in /proc/meminfo: pipes, the stacks of a new thread. A few
 * pages come and go by themselves; what leaks, leaks hundreds.
 */
#define LEAK_PAGES	48
#define BOOKS_MS	5000
#define FREED_MS	5000

int check(struct run *run, const char *step, const char *what, bool ok,
	  const char *fmt, ...)
{
	char name[64], seen[160];
	va_list args;

	va_start(args, fmt);
	vsnprintf(seen, sizeof(seen), fmt, args);
	va_end(args);
	snprintf(name, sizeof(name), "%.31s.%.31s", step, what);
	report_check(++run->checks, ok, name, seen);
	if (ok)
		return 0;
	if (!run->failed++)
		snprintf(run->first_failed, sizeof(run->first_failed), "%s: %s",
			 name, seen);
	return -1;
}

int check_exact(struct run *run, const char *step, const char *what,
		long long seen, long long want, const char *unit)
{
	if (seen == want)
		return check(run, step, what, true, "%lld %s", seen, unit);
	return check(run, step, what, false, "%lld %s, expected %lld", seen,
		     unit, want);
}

static bool unmanaged(const struct run *run)
{
	return run->balloon.kind->unmanaged && !run->scenario->managed;
}

/* Pages that no witness reports. */
static long long lost_pages(const struct run *run, const struct state *state)
{
	return state->memtotal - state->free - state->used -
	       (unmanaged(run) ? 0 : state->offline);
}

static bool no_leak(const struct run *run, const struct state *before,
		    const struct state *now, long long *more)
{
	*more = lost_pages(run, now) - lost_pages(run, before);
	return *more <= LEAK_PAGES;
}

int check_no_leak(struct run *run, const char *step, const struct state *before,
		  const struct state *now)
{
	struct state later = *now;
	long long more;

	/* vmw_balloon counts up to 1 GiB as deflated, and then frees it. */
	if (wait_until(run->vm, FREED_MS,
		       no_leak(run, before, &later, &more) ||
		       look(run, &later)) < 0)
		return -1;
	return check(run, step, "leaked", more <= LEAK_PAGES,
		     "%lld pages more are unaccounted for", more);
}

static int check_zones(struct run *run, const char *step,
		       const struct state *before, const struct state *now)
{
	char buf[64];
	int i;

	for (i = 0; i < before->nr_zones; i++) {
		const struct zone_state *zone = &before->zones[i];

		snprintf(buf, sizeof(buf), "managed-%s", zone->name);
		if (check_exact(run, step, buf, now->zones[i].managed,
				zone->managed, "pages"))
			return -1;
	}
	return 0;
}

/**
 * struct books - what balloon_witness says, in pages, added up for all balloons
 * @pages: pages that say that they are in one
 * @listed: pages on their lists
 * @isolated: pages that they count as isolated
 */
struct books {
	long long pages;
	long long listed;
	long long isolated;
};

static bool read_books(struct run *run, struct books *books)
{
	char *text = file_read(run->vm, "/sys/kernel/debug/balloon-witness");
	char *line, *rest = NULL;
	struct books one;

	*books = (struct books){ 0 };
	if (!text)
		return false;
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (sscanf(line, "pages %lld listed %lld isolated %lld",
			   &one.pages, &one.listed, &one.isolated) != 3)
			break;
		books->pages += one.pages;
		books->listed += one.listed;
		books->isolated += one.isolated;
	}
	free(text);
	return !line;
}

/* At rest, no page of a balloon is isolated, and all of them are on its list. */
static int check_books(struct run *run, const char *step)
{
	struct books books;

	/* The kernel compacts memory by itself now and then. */
	return wait_until(run->vm, BOOKS_MS, read_books(run, &books) &&
			  !books.isolated && books.listed == books.pages) < 0 ||
	       check_exact(run, step, "isolated", books.isolated, 0, "pages") ||
	       check_exact(run, step, "listed", books.listed, books.pages,
			   "pages");
}

int check_agree(struct run *run, const char *step, const struct state *before,
		struct state *now)
{
	const struct balloon_kind *kind = run->balloon.kind;
	long long pages, less, resident;
	struct state own;

	now = now ? now : &own;
	if (look(run, now))
		return -1;
	pages = now->inflated - before->inflated -
		(now->deflated - before->deflated);
	less = unmanaged(run) ? pages : 0;
	if (check_exact(run, step, "offline", now->offline, pages, "pages") ||
	    check_exact(run, step, "memtotal", before->memtotal - now->memtotal,
			less, "pages less") ||
	    check_exact(run, step, "managed", before->managed - now->managed,
			less, "pages less") ||
	    check_exact(run, step, "driver", now->driver / run->page_size,
			pages - run->mock.asked / run->page_size, "pages"))
		return -1;
	if (check_books(run, step))
		return -1;
	if (kind->mock &&
	    check_exact(run, step, "ledger", now->ledger, pages, "pages"))
		return -1;
	if (check_shown(run, step, pages * run->page_size / 4096))
		return -1;
	if (!pages)
		return check_zones(run, step, before, now);
	if (!kind->host_takes || !now->driver || run->scenario->lazy)
		return 0;
	/* What is in the balloon must not be resident, to the last page. */
	resident = (run->memory - now->driver) / KIB;
	return check(run, step, "resident", now->resident_kib <= resident,
		     "%lld MiB of the guest are resident, were %lld",
		     now->resident_kib / 1024, before->resident_kib / 1024);
}

int check_whole(struct run *run, const char *step, const struct state *before)
{
	struct state now;

	return check_agree(run, step, before, &now) ||
	       check_no_leak(run, step, before, &now);
}

int check_empty(struct run *run, const char *step, const struct state *before)
{
	struct state now;

	return check_agree(run, step, before, &now) ||
	       check_exact(run, step, "none", now.offline, 0, "pages") ||
	       check_no_leak(run, step, before, &now);
}

int check_counted(struct run *run, const char *step, const struct state *before,
		  const struct state *now)
{
	const struct balloon *balloon = &run->balloon;

	return check_exact(run, step, "vm-inflate",
			   now->inflated - before->inflated,
			   balloon->inflate / run->page_size, "pages") ||
	       check_exact(run, step, "vm-deflate",
			   now->deflated - before->deflated,
			   balloon->deflate / run->page_size, "pages");
}

int check_violations(struct run *run, const char *step,
		     const struct balloon *balloon)
{
	char path[64], *text;
	int over;

	if (!balloon->kind || !balloon->kind->mock)
		return 0;
	snprintf(path, sizeof(path), "%sviolations", balloon->kind->mock_dir);
	text = file_read(run->vm, path);
	if (!text)
		return -1;
	text[strcspn(text, "\n")] = '\0';
	over = check(run, step, "violations", !strcmp(text, "0"), "%s: %s",
		     balloon->kind->mock, text);
	free(text);
	return over;
}

int check_mock(struct run *run, const char *step)
{
	long long frames = run->mock.asked / 4096, locked, actual;

	actual = run->mock.kind->inflated(run);
	return actual < 0 ||
	       file_number(run->vm, "/sys/kernel/debug/mock-virtio/locked", "",
			   &locked) ||
	       check_exact(run, step, "actual", actual / 4096, frames, "frames") ||
	       check_exact(run, step, "locked", locked, frames, "frames") ||
	       check_violations(run, step, &run->mock);
}
