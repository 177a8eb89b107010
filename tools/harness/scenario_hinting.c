// SPDX-License-Identifier: GPL-2.0
/* The host is told what it need not send when the guest moves to another one. */
#include <string.h>

#include "bookkeeping.h"
#include "clock.h"
#include "qmp.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

#define MIGRATE_MS	90000

static int command(struct test *test, const char *name, json_t *arguments)
{
	json_t *result = qmp_call(&test->vm, name, arguments);

	json_decref(result);
	return result ? 0 : -1;
}

/* Send the guest to nowhere; @sent is how many bytes of it went there. */
static int send_guest(struct test *test, long long *sent)
{
	long long deadline = clock_ms() + MIGRATE_MS;
	char status[32] = "";
	json_int_t bytes = 0;

	if (command(test, "migrate-set-parameters",
		    json_pack("{s:I}", "max-bandwidth",
			      (json_int_t)(1024 * MIB))) ||
	    command(test, "migrate", json_pack("{s:s}", "uri",
					       "exec:cat >/dev/null")))
		return -1;
	do {
		json_t *info = qmp_call(&test->vm, "query-migrate", NULL);
		const char *text = "none";

		if (!info)
			return -1;
		json_unpack(info, "{s:s}", "status", &text);
		snprintf(status, sizeof(status), "%s", text);
		json_unpack(info, "{s:{s:I}}", "ram", "transferred", &bytes);
		json_decref(info);
		if (step_pause(test))
			return -1;
	} while (strcmp(status, "completed") && strcmp(status, "failed") &&
		 clock_left(deadline));
	*sent = bytes;
	return test_check(test, "send", "done", !strcmp(status, "completed"),
			  "%s, %lld MiB", status, *sent / MIB);
}

static int wait_returned(struct test *test, const struct state *before)
{
	long long deadline = clock_ms() + 20000;
	struct state now;

	/* Here, not at the destination: the source runs on. */
	if (command(test, "cont", NULL))
		return -1;
	do {
		if (step_pause(test) || test_state(test, &now))
			return -1;
	} while (now.free < before->free - 1024 && clock_left(deadline));
	if (step_agree(test, "sent", before, &now))
		return -1;
	return check_no_leak(test, "sent", before, &now);
}

static void hinting(struct test *test)
{
	struct state before, now;
	long long sent;

	/* Memory that was used once is sent, unless the host knows better. */
	if (step_look(test, &before) ||
	    step_hold(test, test->memory / 2) ||
	    step_release(test) ||
	    send_guest(test, &sent) ||
	    test_check(test, "send", "hinted", sent < test->memory / 4,
		       "%lld MiB were sent of a guest that has used %lld",
		       sent / MIB, test->memory / 2 / MIB) ||
	    wait_returned(test, &before) ||
	    step_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", &before, &now))
		return;
	step_empty(test, &before);
}

static const char * const hinting_objects[] = {
	"-object", "iothread,id=io0", NULL
};

SCENARIO(scenario_hinting) = {
	.name = "hinting",
	.proves = "Free page hints spare the host from sending free memory, and every page comes back to the guest.",
	.guests = "x86_64",
	.balloon = ",free-page-hint=on,iothread=io0",
	.objects = hinting_objects,
	.append = "page_poison=0",
	.lazy = true,
	.migration_only = true,
	.run = hinting,
};
