// SPDX-License-Identifier: GPL-2.0
/* Everything at once. */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "scenario.h"
#include "steps.h"

#define CHURN_MS	60000
#define SHORT_MS	15000
#define SWING_MS	1500
#define PAUSE_MS	10

/*
 * Compaction looks at struct pages without a reference, and nothing keeps the block
 * that they are for online meanwhile. What is left there once it is offline does no
 * harm, but what CONFIG_DEBUG_VM writes over it does: mm/compaction.c crashes on it.
 * No balloon has a part in that.
 */
#define OFFLINE_AS_LEFT	"vm_debug=-"

/* Blocks from the second to the last: the first has the kernel in it. */
static int churn_begin(struct run *run)
{
	return guest_do(run, "churn", "begun", 10000, "churn 1 %lld %u %lld",
			run->memory / run->block - 1,
			run->balloon.kind->rest_ms + PAUSE_MS, run->memory / 8);
}

/* Ask for this and that, without waiting for either. */
static int swing(struct run *run, long long limit_ms, int *swings)
{
	long long deadline = clock_ms() + limit_ms;

	for (*swings = 0; clock_left(deadline); (*swings)++) {
		if (set_target(run, &run->balloon, *swings % 2 ?
			       run->memory / 16 : run->memory / 2) ||
		    sleep_ms(run, SWING_MS))
			return -1;
		/* A guest in trouble may not live to the end of all this. */
		if (run->vm->console.bad)
			return check(run, "churn", "quiet", false, "%.150s",
				     run->vm->console.first);
	}
	return 0;
}

/* Has each process ended? The agent says which is stuck, and in what function. */
static int check_ended(struct run *run, int error, char *text)
{
	char *stuck = error ? NULL : strstr(text, "stuck ");
	char *at;

	for (at = stuck; at && *at; at++)
		if (*at == '\n')
			*at = ' ';
	return check(run, "churn", "ended", !error && !stuck, "%.300s",
		     error ? strerror(error) : stuck ? stuck : "all is as it was");
}

static int churn_end(struct run *run, int swings)
{
	long long compactions = 0, offlined = 0, refused = 0, interrupted = 0;
	long long fillings = 0;
	char *text = NULL;
	int error = agent_call(run->vm, 120000, &text, "churn-stop");

	if (error < 0)
		return -1;
	if (!error) {
		number_in(text, "compactions", &compactions);
		number_in(text, "offlined", &offlined);
		number_in(text, "refused", &refused);
		number_in(text, "interrupted", &interrupted);
		number_in(text, "fillings", &fillings);
	}
	error = check_ended(run, error, text);
	free(text);
	return error ||
	       check(run, "churn", "work",
		     compactions && fillings && offlined + refused,
		     "%d targets, %lld compactions, %lld blocks offlined, %lld refused, %lld given up, memory filled %lld times",
		     swings, compactions, offlined, refused, interrupted, fillings);
}

static int churn_for(struct run *run, long long limit_ms)
{
	struct state before, now;
	int swings;

	return baseline(run, &before) ||
	       churn_begin(run) ||
	       swing(run, limit_ms, &swings) ||
	       churn_end(run, swings) ||
	       wait_target(run, &run->balloon, "settled") ||
	       check_agree(run, "settled", &before, &now) ||
	       check_no_leak(run, "settled", &before, &now) ||
	       check(run, "settled", "migrated",
		     (now.migrated > before.migrated) == run->config->page_migration,
		     "%lld balloon pages", now.migrated - before.migrated) ||
	       empty_balloon(run, &before);
}

static int churn_long(struct run *run)
{
	return churn_for(run, CHURN_MS);
}

SCENARIO(churn_long, "churn", "x86_64",
	 "A minute of inflating and deflating against compaction, memory offlining and a process that fills memory loses no page.",
	 .append = OFFLINE_AS_LEFT, .large = true);

static int churn_short(struct run *run)
{
	return churn_for(run, SHORT_MS);
}

SCENARIO(churn_short, "churn-short", "*",
	 "The same as churn, for a quarter of a minute.",
	 .append = OFFLINE_AS_LEFT, .large = true);
