// SPDX-License-Identifier: GPL-2.0
/* One run: load what the scenario needs, run it, check the guest, put it back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "scenario.h"
#include "steps.h"

#define POWEROFF_MS	30000
#define MARK_MS		30000
#define MODULE_MS	20000

/* The tests' own modules are out of tree: that taint means nothing. */
#define TAINT_OUT_OF_TREE	(1LL << 12)

static bool over(const struct run *run)
{
	return run->failed || run->vm->verdict != VERDICT_PASS;
}

/*
 * Write a line to the guest's console and to the protocol, and wait until it comes
 * back: then all that the kernel printed before has come, too. The kernel keeps a
 * line without a newline until another one comes.
 */
static int mark(struct run *run, const char *what)
{
	struct vm *vm = run->vm;
	int error, arrived = 0;
	char line[128];

	snprintf(line, sizeof(line), "balloon-harness: %s %s",
		 run->scenario->name, what);
	vm_log(vm, "====== %s", line);
	vm->console.awaited = line;
	vm->console.arrived = false;
	error = agent_call(vm, MARK_MS, NULL, "write 0 /dev/kmsg %s", line);
	if (!error)
		error = agent_call(vm, MARK_MS, NULL, "write 0 /dev/kmsg ---");
	if (!error)
		arrived = wait_until(vm, MARK_MS, vm->console.arrived);
	vm->console.awaited = NULL;
	if (error)
		return vm_fail(vm, VERDICT_HARNESS, "guest: /dev/kmsg: %s",
			       strerror(error));
	return arrived > 0 ? 0 :
	       vm_fail(vm, VERDICT_TIMEOUT, "the console is silent");
}

static int begin(struct run *run)
{
	const struct balloon_kind *kind = run->balloon.kind;

	if (mark(run, "begins"))
		return -1;
	run->vm->console.forgiven = run->scenario->forgiven;
	if (!run->config->vm.guest->bare &&
	    guest_do(run, "load", "witness", MODULE_MS,
		     "insmod /balloon-witness.ko"))
		return -1;
	if (kind->prepare && kind->prepare(run))
		return -1;
	return load_driver(run);
}

/* Take back what the scenario has done to the guest, up to its driver. */
static int put_back(struct run *run)
{
	int error = agent_call(run->vm, MODULE_MS, NULL, "release");

	if (error < 0 ||
	    check(run, "restore", "release", !error || error == ESRCH, "%s",
		  error ? strerror(error) : "done"))
		return -1;
	while (run->nr_changed) {
		struct changed *changed = &run->changed[--run->nr_changed];

		error = guest_do(run, "restore", "file", MODULE_MS,
				 "write 5000 %s %s", changed->path, changed->old);
		free(changed->old);
		if (error)
			return -1;
	}
	return run->loaded ? unload_driver(run, "restore") : 0;
}

static int remove_module(struct run *run, const char *name)
{
	return guest_do(run, "restore", name, MODULE_MS + 5000, "rmmod %d %s",
			MODULE_MS, name);
}

static int remove_mock(struct run *run, const struct balloon *balloon)
{
	return balloon->kind && balloon->kind->mock ?
	       remove_module(run, balloon->kind->mock) : 0;
}

/* Remove the tests' modules; then the guest is as it was before the scenario. */
static void remove_mocks(struct run *run)
{
	struct state now = { .offline = 0 };

	if (!remove_module(run, "balloon_witness") &&
	    !remove_mock(run, &run->mock) && !remove_mock(run, &run->balloon) &&
	    !look_offline(run, &now))
		check_exact(run, "restore", "offline", now.offline, 0, "pages");
}

/* The kernel complains in its own words long before a count is wrong. */
static void check_health(struct run *run)
{
	long long tainted, lockdep = 1;

	if (run->vm->verdict != VERDICT_PASS ||
	    file_number(run->vm, "/proc/sys/kernel/tainted", "", &tainted) ||
	    (run->config->lockdep &&
	     file_number(run->vm, "/proc/lockdep_stats", "debug_locks", &lockdep)))
		return;
	tainted &= ~TAINT_OUT_OF_TREE;
	check(run, "health", "tainted", !tainted, "%lld", tainted);
	if (run->config->lockdep)
		check(run, "health", "lockdep", lockdep, "lock checker %s",
		      lockdep ? "on" : "off: it has reported something");
	check_violations(run, "health", &run->mock);
	check_violations(run, "health", &run->balloon);
}

/* Power off, and see that this is how QEMU ended. */
static void check_shutdown(struct run *run)
{
	long long deadline = clock_ms() + POWEROFF_MS;
	struct vm *vm = run->vm;

	if (vm->verdict != VERDICT_PASS ||
	    agent_call(vm, POWEROFF_MS, NULL, "poweroff"))
		return;
	while (vm_pump(vm, deadline) > 0)
		;
	check(run, "health", "shutdown", !strcmp(vm->reason, "guest-shutdown"),
	      "%s", vm->shutdown ? vm->reason : "still running after 30 s");
}

static void check_console(struct run *run)
{
	const struct console *con = &run->vm->console;

	/* Where the guest did not live to its end, the verdict says why. */
	if (run->vm->verdict != VERDICT_PASS)
		return;
	check(run, "health", "console", !con->bad, con->bad ?
	      "%u lines of trouble, the first: %.150s" :
	      "no warning, splat or bad page", con->bad, con->first);
}

void run_carry_out(struct run *run, bool last)
{
	if (begin(run))
		return;
	run->scenario->run(run);
	if (!last && !over(run))
		put_back(run);
	check_health(run);
	if (!last && !over(run))
		remove_mocks(run);
	if (run->vm->verdict == VERDICT_PASS)
		mark(run, "ended");
	if (last || run->failed)
		check_shutdown(run);
	check_console(run);
}
