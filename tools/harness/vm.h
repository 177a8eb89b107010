/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest under QEMU, as the harness sees it: what it says, and whether it still
 * lives. QEMU has three connected sockets (monitor, agent, console); all that comes
 * through them is taken in by vm_pump(), whoever waits for it.
 */
#ifndef BALLOON_VM_H
#define BALLOON_VM_H

#include <stdio.h>
#include <sys/types.h>
#include <jansson.h>

#include "channel.h"
#include "console.h"

/**
 * enum verdict - how a run of a scenario ended
 * @VERDICT_PASS: every check held
 * @VERDICT_FAIL: a check did not hold; the guest kept answering
 * @VERDICT_TIMEOUT: the guest exists, but did not answer or arrive in time
 * @VERDICT_LOST: the guest ended, or answered what is no answer
 * @VERDICT_PANIC: the guest's kernel panicked
 * @VERDICT_HARNESS: the host's side is at fault (no QEMU, no kernel, ...)
 */
enum verdict {
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_TIMEOUT,
	VERDICT_LOST,
	VERDICT_PANIC,
	VERDICT_HARNESS,
};

/**
 * struct vm - a guest
 * @pid: QEMU's process, 0 when it has been waited for
 * @start: value of clock_ms() when QEMU was started
 * @anonymous: its memory is anonymous memory of QEMU, and not a file
 * @qmp: QEMU's monitor
 * @agent: the agent in the guest
 * @console_in: the guest's console, as bytes
 * @console: the guest's console, as lines
 * @protocol: log of all that went over @qmp and @agent, with the time since @start
 * @trace: QEMU's trace, NULL where the kind of guest has none
 * @reply: answer of the monitor that has not been fetched, or NULL
 * @panicked: QEMU reported a panic of the guest
 * @shutdown: QEMU reported a shutdown
 * @reason: QEMU's reason for the shutdown
 * @unplugged: how many devices the guest has let go
 * @seq: number of the last request to the agent
 * @trouble: why the guest cannot be talked to any more
 * @verdict: what @trouble amounts to; VERDICT_PASS while there is none
 */
struct vm {
	pid_t pid;
	long long start;
	bool anonymous;
	struct channel qmp;
	struct channel agent;
	struct channel console_in;
	struct console console;
	FILE *protocol;
	FILE *trace;
	json_t *reply;
	bool panicked;
	bool shutdown;
	char reason[64];
	unsigned int unplugged;
	unsigned long seq;
	char trouble[512];
	enum verdict verdict;
};

/**
 * vm_log() - write a line to the protocol
 * @vm: the guest
 * @fmt: as in printf(), without newline
 */
void vm_log(struct vm *vm, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * vm_pump() - take in what QEMU sends until something came or time is up
 * @vm: the guest
 * @deadline: a value of clock_ms()
 *
 * Return: 1 if something came in time, 0 if the deadline passed, -1 if QEMU closed
 * the monitor and the console, from which nothing is lost then.
 */
int vm_pump(struct vm *vm, long long deadline);

/**
 * vm_fail() - note why the guest cannot be talked to any more
 * @vm: the guest
 * @verdict: what it looks like from here; a panic, if there was one, wins
 * @fmt: as in printf()
 *
 * The first call counts, later ones follow from it.
 *
 * Return: -1, for the caller to return.
 */
int vm_fail(struct vm *vm, enum verdict verdict, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * vm_flooded() - fail if the guest's kernel complains without end
 * @vm: the guest
 *
 * Return: true if so, with @vm->verdict set.
 */
bool vm_flooded(struct vm *vm);

/**
 * struct wait - a wait for a condition
 * @deadline: when it ends, a value of clock_ms()
 * @pause_ms: time until the next look at the condition
 */
struct wait {
	long long deadline;
	int pause_ms;
};

#define WAIT_FIRST_MS	10
#define WAIT_MOST_MS	100

/**
 * wait_more() - let time pass until a condition is looked at again
 * @vm: the guest
 * @wait: the wait
 *
 * Return: false if time is up or the guest is gone.
 */
bool wait_more(struct vm *vm, struct wait *wait);

/**
 * wait_until() - wait for a condition, in the manner of wait_event_timeout()
 * @vm: the guest; what it sends is taken in meanwhile
 * @limit_ms: how long
 * @condition: an expression; it is evaluated at once, after 10 ms, and then less and
 *	       less often. It may call vm_fail(), which ends the wait.
 *
 * Return: 1 if @condition became true, 0 if time is up, -1 if the guest is gone.
 */
#define wait_until(vm, limit_ms, condition) ({				\
	struct wait wait_ = { clock_ms() + (limit_ms), WAIT_FIRST_MS };	\
	bool met_;							\
									\
	while (!(met_ = (condition)) && wait_more(vm, &wait_))		\
		;							\
	(vm)->verdict == VERDICT_PASS ? met_ : -1;			\
})

#endif /* BALLOON_VM_H */
