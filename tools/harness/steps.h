/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steps that scenarios are made of. Each does one thing to the guest, waits
 * until it is done or a deadline has passed, and checks what must hold after it.
 *
 * All of them return 0 to go on, or -1 when the scenario is over: the guest is
 * gone, or a check failed and the run shall stop early.
 */
#ifndef BALLOON_STEPS_H
#define BALLOON_STEPS_H

#include "test.h"

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
 * step_balloon() - ask for a size of the balloon and wait until it is reached
 * @test: the scenario
 * @name: of the step, for its checks
 * @mib: MiB that shall be in the balloon
 */
int step_balloon(struct test *test, const char *name, unsigned int mib);

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
 * step_fragment() - have a process of the guest hold every third page
 * @test: the scenario
 * @mib: MiB of memory, a third of which is held
 */
int step_fragment(struct test *test, unsigned int mib);

/**
 * step_compact() - give back what step_fragment() holds and force compaction
 * @test: the scenario
 * @least: how many balloon pages must move, where the kernel can migrate them
 * @moved: filled in with how many did
 *
 * Checks that pages are migrated if and only if the kernel can, and that no page
 * is lost on the way: each one that moves frees the one it leaves.
 */
int step_compact(struct test *test, long long least, long long *moved);

/**
 * step_offline() - take a memory block full of balloon pages offline, and online
 * @test: the scenario
 * @moved: filled in with the number of balloon pages that were migrated
 *
 * Without migration the block must be refused and nothing may have moved.
 */
int step_offline(struct test *test, long long *moved);

/**
 * check_no_leak() - check that free memory is what it was
 * @test: the scenario
 * @step: the step it belongs to
 * @before: free pages before
 * @now: free pages now
 */
int check_no_leak(struct test *test, const char *step, long long before,
		  long long now);

#endif /* BALLOON_STEPS_H */
