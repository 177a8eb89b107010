// SPDX-License-Identifier: GPL-2.0
/*
 * Guests that go wrong on purpose: the harness has to tell each for what it is.
 * lkdtm, in the guest's kernel, provides the warning and the panic.
 */
#include <string.h>

#include "agent.h"
#include "scenarios.h"

#define ANSWER_MS 5000

static int provoke(struct test *test, const char *what)
{
	return agent_call(&test->vm, ANSWER_MS, NULL,
			  "write 4000 /sys/kernel/debug/provoke-crash/DIRECT %s",
			  what);
}

void scenario_own_fail(struct test *test)
{
	test_check(test, "own", "fail", false, "on purpose");
}

void scenario_own_warn(struct test *test)
{
	int error = provoke(test, "WARNING");

	test_check(test, "own", "provoked", !error, "%s",
		   error > 0 ? strerror(error) : "WARN_ON() in the guest");
}

void scenario_own_panic(struct test *test)
{
	provoke(test, "PANIC");
}

void scenario_own_hang(struct test *test)
{
	agent_call(&test->vm, ANSWER_MS, NULL, "misbehave hang");
}

void scenario_own_exit(struct test *test)
{
	if (!agent_call(&test->vm, ANSWER_MS, NULL, "poweroff"))
		agent_call(&test->vm, ANSWER_MS, NULL, "read /proc/version");
}

void scenario_own_nonsense(struct test *test)
{
	agent_call(&test->vm, ANSWER_MS, NULL, "misbehave nonsense");
}
