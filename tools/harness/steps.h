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
 * step_pause() - let a moment pass before the guest is looked at again
 * @test: the scenario
 */
int step_pause(struct test *test);

/**
 * step_rest() - let some time pass
 * @test: the scenario
 * @ms: how much; for what cannot be waited for, because nothing may happen
 */
int step_rest(struct test *test, int ms);

/**
 * step_do() - have the guest do something, and check that it could
 * @test: the scenario
 * @step: the step it belongs to
 * @what: what is done, for the check
 * @limit_ms: how long it may take
 * @fmt: the request to the agent, as in printf()
 */
int step_do(struct test *test, const char *step, const char *what, int limit_ms,
	    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/**
 * step_ask() - ask for a size of the balloon, and do not wait
 * @test: the scenario
 * @bytes: what shall be in the balloon
 */
int step_ask(struct test *test, long long bytes);

/**
 * step_settle() - wait until the balloon has the size that was asked for
 * @test: the scenario
 * @name: of the step, for its checks
 */
int step_settle(struct test *test, const char *name);

/**
 * step_balloon() - ask for a size of the balloon and wait until it is reached
 * @test: the scenario
 * @name: of the step, for its checks
 * @mib: MiB that shall be in the balloon
 */
int step_balloon(struct test *test, const char *name, unsigned int mib);

/**
 * step_pass() - wait until the balloon has passed a size
 * @test: the scenario
 * @name: of the step, for its checks
 * @mib: the size in MiB, somewhere between the present and the one asked for
 */
int step_pass(struct test *test, const char *name, unsigned int mib);

/**
 * step_load() - load the driver
 * @test: the scenario
 */
int step_load(struct test *test);

/**
 * step_unload() - unload the driver
 * @test: the scenario
 */
int step_unload(struct test *test);

/**
 * step_hold() - have a process of the guest hold memory
 * @test: the scenario
 * @bytes: how much
 */
int step_hold(struct test *test, long long bytes);

/**
 * step_kill() - have a process of the guest ask for more memory than there is
 * @test: the scenario
 *
 * Checks that it is killed: out of memory, the guest goes on without it.
 */
int step_kill(struct test *test);

/* What the kernel prints when it does so, for struct scenario. */
extern const char * const out_of_memory[];

/**
 * step_release() - give back what step_hold() or step_fragment() holds
 * @test: the scenario
 */
int step_release(struct test *test);

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

#endif /* BALLOON_STEPS_H */
