// SPDX-License-Identifier: GPL-2.0
/* Free page hints: what the host need not send when the guest moves to another host. */
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "qmp.h"
#include "scenario.h"
#include "steps.h"

#define MIGRATE_MS	90000
#define RETURN_MS	20000

/* Whether it has ended; @status is how. */
static bool sent_all(struct run *run, char status[32], long long *sent)
{
	json_t *info = qmp_call(run->vm, "query-migrate", NULL);
	json_int_t bytes = 0;
	const char *text = "none";

	if (!info)
		return false;
	json_unpack(info, "{s:s}", "status", &text);
	snprintf(status, 32, "%s", text);
	json_unpack(info, "{s:{s:I}}", "ram", "transferred", &bytes);
	json_decref(info);
	*sent = bytes;
	return !strcmp(status, "completed") || !strcmp(status, "failed");
}

/* Migrate the guest to nowhere; @sent is how many bytes were sent. */
static int send_guest(struct run *run, long long *sent)
{
	char status[32] = "";

	/* Slow enough for the guest to hint at memory before that is sent. */
	return qmp_do(run->vm, "migrate-set-parameters",
		      json_pack("{s:I}", "max-bandwidth",
				(json_int_t)(64 * MIB))) ||
	       qmp_do(run->vm, "migrate", json_pack("{s:s}", "uri",
						    "exec:cat >/dev/null")) ||
	       wait_until(run->vm, MIGRATE_MS, sent_all(run, status, sent)) < 0 ||
	       check(run, "send", "done", !strcmp(status, "completed"),
		     "%s, %lld MiB", status, *sent / MIB);
}

static int wait_returned(struct run *run, const struct state *before)
{
	struct state now;

	/* There is no destination: the source goes on. */
	return qmp_do(run->vm, "cont", NULL) ||
	       wait_until(run->vm, RETURN_MS, !look(run, &now) &&
			  now.free >= before->free - 1024) < 0 ||
	       check_whole(run, "sent", before);
}

static int hinting(struct run *run)
{
	struct state before;
	long long sent = 0;

	/* Memory that was used once is sent, unless the host knows better. */
	return baseline(run, &before) ||
	       hold_memory(run, run->memory / 2) ||
	       release_memory(run) ||
	       send_guest(run, &sent) ||
	       check(run, "send", "hinted", sent < run->memory / 4,
		     "%lld MiB were sent of a guest that has used %lld",
		     sent / MIB, run->memory / 2 / MIB) ||
	       wait_returned(run, &before) ||
	       inflate(run, &before, run->memory / 4) ||
	       empty_balloon(run, &before);
}

static const char * const hinting_objects[] = {
	"-object", "iothread,id=io0", NULL
};

SCENARIO(hinting, "hinting", "x86_64",
	 "Free page hints spare the host from sending free memory, and every page comes back to the guest.",
	 .balloon = ",free-page-hint=on,iothread=io0",
	 .objects = hinting_objects, .append = "page_poison=0",
	 .lazy = true, .page_migration_only = true);
