/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What must hold of a balloon whatever happens to it: every witness tells of the
 * same pages, and when it is empty nothing is missing.
 *
 * Functions that return an int return 0 to go on, or -1 when the scenario is over:
 * the guest is gone, or a check failed and the run shall stop early.
 */
#ifndef BALLOON_BOOKKEEPING_H
#define BALLOON_BOOKKEEPING_H

#include "test.h"

/**
 * test_state() - look at the guest
 * @test: the scenario
 * @state: filled in
 */
int test_state(struct test *test, struct state *state);

/**
 * check_exact() - check a number that has to be exact
 * @test: the scenario
 * @step: the step it belongs to
 * @what: what it is
 * @seen: the number
 * @want: what it has to be
 * @unit: of what
 */
int check_exact(struct test *test, const char *step, const char *what,
		long long seen, long long want, const char *unit);

/**
 * check_no_leak() - check that no page is gone
 * @test: the scenario
 * @step: the step it belongs to
 * @before: the state before
 * @now: the state now
 *
 * Pages that are neither free nor in the balloon nor in any use that the kernel
 * names may not become more.
 */
int check_no_leak(struct test *test, const char *step,
		  const struct state *before, const struct state *now);

/**
 * step_look() - look at the guest before anything is done to it
 * @test: the scenario
 * @state: filled in
 *
 * Checks that the balloon is empty and that the guest's memory is resident on
 * the host, so that a later fall means something.
 */
int step_look(struct test *test, struct state *state);

/**
 * step_agree() - check that every witness tells of the same balloon
 * @test: the scenario
 * @name: of the step, for the checks
 * @before: the state with an empty balloon
 * @now: filled in with the present state
 */
int step_agree(struct test *test, const char *name, const struct state *before,
	       struct state *now);

/**
 * step_counted() - check that no page was inflated or deflated unasked
 * @test: the scenario, in which only step_balloon() has asked for anything
 * @name: of the step, for the checks
 * @before: the state with an empty balloon
 * @now: the present state
 */
int step_counted(struct test *test, const char *name,
		 const struct state *before, const struct state *now);

/**
 * step_empty() - deflate all there is, and check that nothing is missing then
 * @test: the scenario
 * @before: the state with an empty balloon
 */
int step_empty(struct test *test, const struct state *before);

#endif /* BALLOON_BOOKKEEPING_H */
