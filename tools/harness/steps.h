/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steps that scenarios are made of. Each does one thing to the guest, waits
 * until it is done or a deadline has passed, and checks what must hold after it.
 *
 * All of them return 0 to go on, and not 0 when the scenario is over: a check did not
 * hold, or the guest is gone. @step is the step that the checks belong to.
 */
#ifndef BALLOON_STEPS_H
#define BALLOON_STEPS_H

#include "check.h"

/**
 * sleep_ms() - let some time pass
 * @run: the run
 * @ms: how much; use it only where the check is that nothing happens
 */
int sleep_ms(struct run *run, int ms);

/**
 * guest_do() - have the guest do something, and check that it could
 * @run: the run
 * @step: the step
 * @what: what is done, for the check
 * @limit_ms: how long it may take
 * @fmt: the request to the agent, as in printf()
 */
int guest_do(struct run *run, const char *step, const char *what, int limit_ms,
	     const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/**
 * change_file() - write to a file of the guest, and put it back after the scenario
 * @run: the run
 * @step: the step
 * @what: what is changed, for the check
 * @path: the file, a constant string
 * @value: what is written
 */
int change_file(struct run *run, const char *step, const char *what,
		const char *path, const char *value);

/**
 * baseline() - look at the guest before anything is done to it
 * @run: the run
 * @state: filled in
 *
 * Checks that the balloon is empty and that the guest's memory is resident on
 * the host, so that a later fall means something.
 */
int baseline(struct run *run, struct state *state);

/**
 * set_target() - ask for a size of a balloon, and do not wait
 * @run: the run
 * @balloon: which
 * @bytes: what shall be in the balloon
 */
int set_target(struct run *run, struct balloon *balloon, long long bytes);

/**
 * wait_target() - wait until a balloon has the size that was asked for
 * @run: the run
 * @balloon: which; for the mock one, this includes check_mock()
 * @step: the step
 */
int wait_target(struct run *run, struct balloon *balloon, const char *step);

/**
 * resize() - ask for a size of a balloon and wait until it is reached
 * @run: the run
 * @balloon: which
 * @step: the step
 * @bytes: what shall be in the balloon
 */
int resize(struct run *run, struct balloon *balloon, const char *step,
	   long long bytes);

/**
 * wait_agree() - wait_target() and check_agree() for the guest's balloon
 * @run: the run
 * @step: the step
 * @before: the state with an empty balloon
 */
int wait_agree(struct run *run, const char *step, const struct state *before);

/**
 * wait_passed() - wait until the guest's balloon has passed a size
 * @run: the run
 * @step: the step
 * @bytes: the size, somewhere between the present and the one asked for
 */
int wait_passed(struct run *run, const char *step, long long bytes);

/**
 * wait_full() - wait until the guest's balloon does not grow any more
 * @run: the run
 * @bytes: filled in with its size
 */
int wait_full(struct run *run, long long *bytes);

/**
 * inflate() - inflate the guest's balloon and check that every witness agrees
 * @run: the run
 * @before: the state with an empty balloon
 * @bytes: what shall be in it
 */
int inflate(struct run *run, const struct state *before, long long bytes);

/**
 * empty_balloon() - deflate all there is, and check that nothing is missing then
 * @run: the run
 * @before: the state with an empty balloon
 */
int empty_balloon(struct run *run, const struct state *before);

/**
 * load_driver() - load the driver, and check that it was
 * @run: the run
 */
int load_driver(struct run *run);

/**
 * unload_driver() - unload the driver, and check that it went
 * @run: the run
 * @step: the step
 */
int unload_driver(struct run *run, const char *step);

/**
 * hold_memory() - have a process of the guest hold memory
 * @run: the run
 * @bytes: how much
 */
int hold_memory(struct run *run, long long bytes);

/**
 * hold_memory_on() - hold_memory() on some NUMA nodes only
 * @run: the run
 * @nodes: a mask of the nodes, 0 for any
 * @bytes: how much
 */
int hold_memory_on(struct run *run, unsigned long nodes, long long bytes);

/**
 * verify_memory() - check that nobody else has written to what hold_memory() holds
 * @run: the run
 */
int verify_memory(struct run *run);

/**
 * exhaust_memory() - have a process of the guest ask for more memory than exists
 * @run: the run
 * @nodes: a mask of the NUMA nodes that it must come from, 0 for any
 *
 * Checks that it is killed: out of memory, the guest goes on without it.
 */
int exhaust_memory(struct run *run, unsigned long nodes);

/* What the kernel prints when it does so, for struct scenario. */
extern const char * const out_of_memory[];

/**
 * release_memory() - give back what hold_memory() or fragment_memory() holds
 * @run: the run
 */
int release_memory(struct run *run);

/**
 * fragment_memory() - have a process of the guest hold every third page
 * @run: the run
 * @bytes: of memory, a third of which is held
 */
int fragment_memory(struct run *run, long long bytes);

/**
 * compact_memory() - have the guest compact all of its memory
 * @run: the run
 */
int compact_memory(struct run *run);

/**
 * compact_balloon() - release what fragment_memory() holds and compact memory
 * @run: the run
 * @least: how many balloon pages must move, where the kernel can migrate them
 * @moved: filled in with how many did
 *
 * Checks that pages are migrated if and only if the kernel can, and that no page
 * is lost on the way: each one that moves frees the one it leaves.
 */
int compact_balloon(struct run *run, long long least, long long *moved);

/**
 * set_block() - take a memory block offline or online
 * @run: the run
 * @block: its number
 * @what: "offline", "online", "online_movable", "online_kernel"
 *
 * Return: as agent_call().
 */
int set_block(struct run *run, int block, const char *what);

/**
 * offline_balloon() - take a memory block full of balloon pages offline, and online
 * @run: the run
 * @moved: filled in with the number of balloon pages that were migrated
 *
 * Without page migration the block must be refused and nothing may have moved.
 */
int offline_balloon(struct run *run, long long *moved);

#endif /* BALLOON_STEPS_H */
