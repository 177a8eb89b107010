/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks: what must hold of a balloon whatever happens to it. Every witness reports
 * the same pages, and when the balloon is empty no page is missing.
 *
 * All of them return 0 to go on, and not 0 when the scenario is over: a check did not
 * hold, or the guest is gone. A check's name is "step.what".
 */
#ifndef BALLOON_CHECK_H
#define BALLOON_CHECK_H

#include "state.h"

/**
 * check() - record a check
 * @run: the run
 * @step: the step it belongs to
 * @what: what is checked
 * @ok: whether it holds
 * @fmt: what was seen, as in printf()
 */
int check(struct run *run, const char *step, const char *what, bool ok,
	  const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/**
 * check_exact() - check a number that has to be exact
 * @run: the run
 * @step: the step it belongs to
 * @what: what it is
 * @seen: the number
 * @want: what it has to be
 * @unit: of what
 */
int check_exact(struct run *run, const char *step, const char *what,
		long long seen, long long want, const char *unit);

/**
 * check_no_leak() - check that no page is gone
 * @run: the run
 * @step: the step it belongs to
 * @before: the state before
 * @now: the state now
 *
 * Pages that are neither free nor in the balloon nor in any use that the kernel
 * names may not become more. A driver may free pages a few seconds after it has counted
 * them as deflated.
 */
int check_no_leak(struct run *run, const char *step, const struct state *before,
		  const struct state *now);

/**
 * check_agree() - look at the guest, and check that every witness reports the same
 * @run: the run
 * @step: the step it belongs to
 * @before: the state with an empty balloon
 * @now: filled in with the present state, may be NULL
 */
int check_agree(struct run *run, const char *step, const struct state *before,
		struct state *now);

/**
 * check_whole() - look at the guest, and check that it agrees and no page is gone
 * @run: the run
 * @step: the step it belongs to
 * @before: the state with an empty balloon
 */
int check_whole(struct run *run, const char *step, const struct state *before);

/**
 * check_empty() - as check_whole(), and that no page is in a balloon
 * @run: the run
 * @step: the step it belongs to
 * @before: the state with an empty balloon
 */
int check_empty(struct run *run, const char *step, const struct state *before);

/**
 * check_counted() - check that no page was inflated or deflated unasked
 * @run: the run, in which only set_target() has asked for anything
 * @step: the step it belongs to
 * @before: the state with an empty balloon
 * @now: the present state
 */
int check_counted(struct run *run, const char *step, const struct state *before,
		  const struct state *now);

/**
 * check_violations() - check that a driver did nothing that it must never do
 * @run: the run
 * @step: the step it belongs to
 * @balloon: a balloon; nothing is checked if nobody watches its driver
 */
int check_violations(struct run *run, const char *step,
		     const struct balloon *balloon);

/**
 * check_mock() - check what the mock balloon knows against what its driver says
 * @run: the run
 * @step: the step it belongs to
 */
int check_mock(struct run *run, const char *step);

#endif /* BALLOON_CHECK_H */
