// SPDX-License-Identifier: GPL-2.0
/* The least that a guest can do. */
#include "agent.h"
#include "scenarios.h"

#define ANSWER_MS 5000

void scenario_boot(struct test *test)
{
	int error = agent_call(&test->vm, ANSWER_MS, NULL, "read /proc/version");

	test_check(test, "boot", "answer", !error, "the agent answers");
}
