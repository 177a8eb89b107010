// SPDX-License-Identifier: GPL-2.0
/*
 * Guests that go wrong on purpose: the harness has to recognise each for what it is.
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

static void own_fail(struct run *run)
{
	check(run, "own", "fail", false, "on purpose");
}

SCENARIO(scenario_own_fail) = {
	.name = "own-fail",
	.proves = "A check that does not hold fails the run.",
	.guests = "x86_64",
	.by_name = true,
	.run = own_fail,
	.expect = VERDICT_FAIL,
};

static void own_warn(struct run *run)
{
	int error = provoke(run, "WARNING");

	check(run, "own", "provoked", !error, "%s",
		   error > 0 ? strerror(error) : "WARN_ON() in the guest");
}

SCENARIO(scenario_own_warn) = {
	.name = "own-warn",
	.proves = "A kernel that warns fails the run, though the guest answers.",
	.guests = "x86_64",
	.by_name = true,
	.run = own_warn,
	.expect = VERDICT_FAIL,
};

static void own_panic(struct run *run)
{
	provoke(run, "PANIC");
}

SCENARIO(scenario_own_panic) = {
	.name = "own-panic",
	.proves = "A kernel that panics is reported as such.",
	.guests = "x86_64",
	.by_name = true,
	.run = own_panic,
	.expect = VERDICT_PANIC,
};

static void own_hang(struct run *run)
{
	agent_call(run->vm, ANSWER_MS, NULL, "misbehave hang");
}

SCENARIO(scenario_own_hang) = {
	.name = "own-hang",
	.proves = "A guest that falls silent is a time-out.",
	.guests = "x86_64",
	.by_name = true,
	.run = own_hang,
	.expect = VERDICT_TIMEOUT,
};

static void own_exit(struct run *run)
{
	if (!agent_call(run->vm, ANSWER_MS, NULL, "poweroff"))
		agent_call(run->vm, ANSWER_MS, NULL, "read /proc/version");
}

SCENARIO(scenario_own_exit) = {
	.name = "own-exit",
	.proves = "A guest that powers off too early is lost.",
	.guests = "x86_64",
	.by_name = true,
	.run = own_exit,
	.expect = VERDICT_LOST,
};

static void own_nonsense(struct run *run)
{
	agent_call(run->vm, ANSWER_MS, NULL, "misbehave nonsense");
}

SCENARIO(scenario_own_nonsense) = {
	.name = "own-nonsense",
	.proves = "A guest that answers nonsense is lost.",
	.guests = "x86_64",
	.by_name = true,
	.run = own_nonsense,
	.expect = VERDICT_LOST,
};
