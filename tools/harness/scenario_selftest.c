// SPDX-License-Identifier: GPL-2.0
/* The kernel's own selftest, run in the guest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "bookkeeping.h"
#include "report.h"
#include "scenarios.h"
#include "steps.h"

/* Put there by build_guest in tools/scripts/lib-guest.sh. */
#define PROGRAM		"/balloon_test"
#define LOG		"/balloon_test.log"
#define LIMIT_MS	600000

/* A line of TAP: "ok 1 balloon.counters", "not ok 2 ..." or "ok 3 ... # SKIP why". */
static int check_line(struct test *test, const char *line, int *results)
{
	bool ok = !strncmp(line, "ok ", 3);
	const char *why;
	char name[64];

	if (sscanf(line, ok ? "ok %*d %63s" : "not ok %*d %63s", name) != 1)
		return 0;
	(*results)++;
	/* A guest with a balloon has no reason to skip anything. */
	why = strstr(line, "# ");
	return test_check(test, "selftest", name, ok && !why, "%s",
			  why ? why + 2 : ok ? "passed" : "failed");
}

static int check_log(struct test *test, char *text)
{
	int planned = 0, results = 0;
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n"))) {
		report_say("%s", line);
		sscanf(line, "1..%d", &planned);
		if (check_line(test, line, &results))
			return -1;
	}
	return test_check(test, "selftest", "plan", planned && planned == results,
			  "%d results, %d planned", results, planned);
}

static int run_program(struct test *test)
{
	int status = agent_call(&test->vm, LIMIT_MS + 10000, NULL, "exec %d %s %s",
				LIMIT_MS, PROGRAM, LOG);
	char *text;
	int error;

	if (status < 0)
		return -1;
	text = file_read(&test->vm, LOG);
	if (!text)
		return -1;
	error = check_log(test, text);
	free(text);
	if (error)
		return -1;
	return test_check(test, "selftest", "status", !status, "%d", status);
}

static void selftest(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    step_ask(test, test->memory / 2) ||
	    step_settle(test, "inflate") ||
	    run_program(test) ||
	    step_settle(test, "kept") ||
	    step_agree(test, "kept", &before, &now) ||
	    check_no_leak(test, "kept", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_selftest) = {
	.name = "selftest",
	.proves = "The kernel's selftest of the balloon passes, and leaves the guest as it was.",
	.guests = "x86_64 pseries-cmm",
	.run = selftest,
};
