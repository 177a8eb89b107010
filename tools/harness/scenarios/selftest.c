// SPDX-License-Identifier: GPL-2.0
/* The kernel's own selftest, run in the guest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "report.h"
#include "scenario.h"
#include "steps.h"

/* Put there by build_guest in tools/scripts/lib-guest.sh. */
#define PROGRAM		"/balloon_test"
#define LOG		"/balloon_test.log"
#define LIMIT_MS	600000

/*
 * A guest with a balloon has no reason to skip anything, except that vmw_balloon has no
 * device from which it could be unbound, so that its balloon stays as it is, and that
 * only virtio_balloon has a file in debugfs for each device.
 */
static bool may_skip(const struct run *run, const char *name)
{
	const char *module = run->balloon.kind->module;

	return (!strcmp(module, "vmw_balloon") &&
		(!strcmp(name, "balloon.rebind") ||
		 !strcmp(name, "balloon.events"))) ||
	       (strcmp(module, "virtio_balloon") &&
		!strcmp(name, "balloon.debugfs"));
}

/* A line of TAP: "ok 1 balloon.counters", "not ok 2 ..." or "ok 3 ... # SKIP why". */
static int check_line(struct run *run, const char *line, int *results)
{
	bool ok = !strncmp(line, "ok ", 3);
	const char *why;
	char name[64];

	if (sscanf(line, ok ? "ok %*d %63s" : "not ok %*d %63s", name) != 1)
		return 0;
	(*results)++;
	why = strstr(line, "# ");
	return check(run, "selftest", name,
		     ok && (!why || may_skip(run, name)), "%s%s",
		     why ? "not run: " : "",
		     why ? why + 2 : ok ? "passed" : "failed");
}

static int check_log(struct run *run, char *text)
{
	int planned = 0, results = 0;
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n"))) {
		report_say("%s", line);
		sscanf(line, "1..%d", &planned);
		if (check_line(run, line, &results))
			return -1;
	}
	return check(run, "selftest", "plan", planned && planned == results,
		     "%d results, %d planned", results, planned);
}

static int run_program(struct run *run)
{
	int status = agent_call(run->vm, LIMIT_MS + 10000, NULL, "exec %d %s %s",
				LIMIT_MS, PROGRAM, LOG);
	char *text;
	int error;

	if (status < 0)
		return -1;
	text = file_read(run->vm, LOG);
	if (!text)
		return -1;
	error = check_log(run, text);
	free(text);
	return error ||
	       check(run, "selftest", "status", !status, "%d", status);
}

static int selftest(struct run *run)
{
	struct state before;

	/*
	 * The program inflates into gaps again, so that compaction has pages to move, but
	 * not where it cannot unbind a device.
	 */
	return baseline(run, &before) ||
	       fragment_memory(run, run->memory / 8) ||
	       set_target(run, &run->balloon, run->memory / 4) ||
	       wait_target(run, &run->balloon, "inflate") ||
	       release_memory(run) ||
	       run_program(run) ||
	       wait_target(run, &run->balloon, "kept") ||
	       check_whole(run, "kept", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(selftest, "selftest", "x86_64 x86_64-vmw pseries-cmm pseries-virtio",
	 "The kernel's selftest of the balloon passes, and leaves the guest as it was.",
	 .turn = TURN_ALONE, .large = true);
