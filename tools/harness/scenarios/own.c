// SPDX-License-Identifier: GPL-2.0
/*
 * Guests that go wrong on purpose: the harness has to report how each one ended.
 * lkdtm, in the guest's kernel, provides the warning and the panic.
 */
#include <string.h>

#include "agent.h"
#include "check.h"
#include "scenario.h"

#define ANSWER_MS 5000

static int provoke(struct run *run, const char *what)
{
	return agent_call(run->vm, ANSWER_MS, NULL,
			  "write 4000 /sys/kernel/debug/provoke-crash/DIRECT %s",
			  what);
}

static int own_fail(struct run *run)
{
	return check(run, "own", "fail", false, "on purpose");
}

SCENARIO(own_fail, "own-fail", "x86_64",
	 "A check that does not hold fails the run.",
	 .by_name = true, .expect = VERDICT_FAIL);

static int own_warn(struct run *run)
{
	int error = provoke(run, "WARNING");

	return check(run, "own", "provoked", !error, "%s",
		     error > 0 ? strerror(error) : "WARN_ON() in the guest");
}

SCENARIO(own_warn, "own-warn", "x86_64",
	 "A kernel that warns fails the run, though the guest answers.",
	 .by_name = true, .expect = VERDICT_FAIL);

static int own_panic(struct run *run)
{
	return provoke(run, "PANIC");
}

SCENARIO(own_panic, "own-panic", "x86_64",
	 "A kernel that panics is reported as such.",
	 .by_name = true, .expect = VERDICT_PANIC);

static int own_hang(struct run *run)
{
	return agent_call(run->vm, ANSWER_MS, NULL, "misbehave hang");
}

SCENARIO(own_hang, "own-hang", "x86_64",
	 "A guest that falls silent is a time-out.",
	 .by_name = true, .expect = VERDICT_TIMEOUT);

static int own_exit(struct run *run)
{
	return agent_call(run->vm, ANSWER_MS, NULL, "poweroff") ||
	       agent_call(run->vm, ANSWER_MS, NULL, "read /proc/version");
}

SCENARIO(own_exit, "own-exit", "x86_64",
	 "A guest that powers off too early is lost.",
	 .by_name = true, .expect = VERDICT_LOST);

static int own_nonsense(struct run *run)
{
	return agent_call(run->vm, ANSWER_MS, NULL, "misbehave nonsense");
}

SCENARIO(own_nonsense, "own-nonsense", "x86_64",
	 "A guest that answers nonsense is lost.",
	 .by_name = true, .expect = VERDICT_LOST);
