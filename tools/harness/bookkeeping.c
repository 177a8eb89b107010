// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "bookkeeping.h"
#include "report.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

/*
 * Not all memory is in /proc/meminfo: pipes, the stacks of a new thread. A few
 * pages come and go by themselves; what leaks, leaks hundreds.
 */
#define LEAK_PAGES	48

int check_exact(struct test *test, const char *step, const char *what,
		long long seen, long long want, const char *unit)
{
	if (seen == want)
		return test_check(test, step, what, true, "%lld %s", seen, unit);
	return test_check(test, step, what, false, "%lld %s, expected %lld",
			  seen, unit, want);
}

static const struct balloon_kind *kind(const struct test *test)
{
	return test->config->vm.guest->balloon;
}

int test_state(struct test *test, struct state *state)
{
	return state_read(&test->vm, kind(test), test->loaded, test->memory,
			  test->page_size, state);
}

static bool unmanaged(const struct test *test)
{
	return kind(test)->unmanaged && !test->scenario->managed;
}

/* Pages that no witness tells of. */
static long long lost_pages(const struct test *test, const struct state *state)
{
	return state->memtotal - state->free - state->used -
	       (unmanaged(test) ? 0 : state->offline);
}

int check_no_leak(struct test *test, const char *step,
		  const struct state *before, const struct state *now)
{
	long long more = lost_pages(test, now) - lost_pages(test, before);

	return test_check(test, step, "leaked", more <= LEAK_PAGES,
			  "%lld pages more are unaccounted for", more);
}

int step_look(struct test *test, struct state *state)
{
	if (test_state(test, state))
		return -1;
	if (check_exact(test, "before", "offline", state->offline, 0, "pages") ||
	    check_exact(test, "before", "driver", state->driver, 0, "bytes"))
		return -1;
	if (!kind(test)->host_takes || test->scenario->lazy)
		return 0;
	return test_check(test, "before", "resident",
			  state->resident_kib * KIB >= test->memory / 10 * 9,
			  "%lld of %lld MiB of the guest are resident",
			  state->resident_kib / 1024, test->memory / MIB);
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
	long long pages, less, resident;

	if (test_state(test, now))
		return -1;
	pages = now->inflated - before->inflated -
		(now->deflated - before->deflated);
	less = unmanaged(test) ? pages : 0;
	if (check_exact(test, name, "offline", now->offline, pages, "pages") ||
	    check_exact(test, name, "memtotal", before->memtotal - now->memtotal,
			less, "pages less") ||
	    check_exact(test, name, "managed", before->managed - now->managed,
			less, "pages less") ||
	    check_exact(test, name, "driver", now->driver / test->page_size,
			pages - test->beside, "pages"))
		return -1;
	if (kind(test)->ledger &&
	    check_exact(test, name, "ledger", now->ledger, pages, "pages"))
		return -1;
	if (!pages)
		return check_zones(test, name, before, now);
	if (!kind(test)->host_takes)
		return 0;
	/* What is in the balloon must not be resident, to the last page. */
	resident = (test->memory - now->driver) / KIB;
	return test_check(test, name, "resident", now->resident_kib <= resident,
			  "%lld MiB of the guest are resident, were %lld",
			  now->resident_kib / 1024,
			  before->resident_kib / 1024);
}

int step_counted(struct test *test, const char *name,
		 const struct state *before, const struct state *now)
{
	if (check_exact(test, name, "vm-inflate", now->inflated -
			before->inflated, test->asked_inflate, "pages"))
		return -1;
	return check_exact(test, name, "vm-deflate", now->deflated -
			   before->deflated, test->asked_deflate, "pages");
}

int step_empty(struct test *test, const struct state *before)
{
	struct state now;

	if (step_balloon(test, "empty", 0) ||
	    step_agree(test, "empty", before, &now) ||
	    check_exact(test, "empty", "none", now.offline, 0, "pages"))
		return -1;
	return check_no_leak(test, "empty", before, &now);
}
