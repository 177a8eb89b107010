// SPDX-License-Identifier: GPL-2.0
/* Everything at once. */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "bookkeeping.h"
#include "clock.h"
#include "report.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

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
static int churn_begin(struct test *test)
{
	char *text = file_read(&test->vm, "/sys/devices/system/memory/block_size_bytes");
	long long block;

	if (!text)
		return -1;
	block = strtoll(text, NULL, 16);
	free(text);
	return step_do(test, "churn", "begun", 10000, "churn 1 %lld %u %lld",
		       test->memory / block - 1,
		       test->config->vm.guest->balloon->rest_ms + PAUSE_MS,
		       test->memory / 8);
}

/* Ask for this and that, without waiting for either. */
static int swing(struct test *test, long long limit_ms, int *swings)
{
	long long deadline = clock_ms() + limit_ms;

	for (*swings = 0; clock_left(deadline); (*swings)++) {
		long long turn = clock_ms() + SWING_MS;

		if (step_ask(test, *swings % 2 ? test->memory / 16 :
			     test->memory / 2))
			return -1;
		while (clock_left(turn))
			if (step_pause(test))
				return -1;
		/* A guest in trouble may not live to the end of all this. */
		if (test->config->stop_early && test->vm.console.bad)
			return test_check(test, "churn", "quiet", false, "%.150s",
					  test->vm.console.first);
	}
	return 0;
}

static int churn_end(struct test *test, int swings)
{
	char *text = NULL;
	int error = agent_call(&test->vm, 120000, &text, "churn-stop");
	unsigned long compactions = 0, offlined = 0, refused = 0, fillings = 0;

	if (error < 0)
		return -1;
	if (!error)
		sscanf(text, "compactions %lu offlined %lu refused %lu fillings %lu",
		       &compactions, &offlined, &refused, &fillings);
	free(text);
	if (test_check(test, "churn", "ended", !error, "%s",
		       error ? strerror(error) : "all is as it was"))
		return -1;
	return test_check(test, "churn", "work", compactions && fillings &&
			  offlined + refused,
			  "%d targets, %lu compactions, %lu blocks offlined, %lu refused, memory filled %lu times",
			  swings, compactions, offlined, refused, fillings);
}

static void churn_for(struct test *test, long long limit_ms)
{
	struct state before, now;
	int swings;

	if (step_look(test, &before) ||
	    churn_begin(test) ||
	    swing(test, limit_ms, &swings) ||
	    churn_end(test, swings) ||
	    step_settle(test, "settled") ||
	    step_agree(test, "settled", &before, &now) ||
	    check_no_leak(test, "settled", &before, &now) ||
	    test_check(test, "settled", "migrated",
		       !now.migrated == !test->config->migration,
		       "%lld balloon pages", now.migrated))
		return;
	step_empty(test, &before);
}

static void churn_long(struct test *test)
{
	churn_for(test, CHURN_MS);
}

SCENARIO(scenario_churn) = {
	.name = "churn",
	.proves = "A minute of inflating and deflating against compaction, memory offlining and a process that fills memory loses no page.",
	.guests = "x86_64",
	.append = OFFLINE_AS_LEFT,
	.run = churn_long,
};

static void churn_short(struct test *test)
{
	churn_for(test, SHORT_MS);
}

SCENARIO(scenario_churn_short) = {
	.name = "churn-short",
	.proves = "The same as churn, for a quarter of a minute.",
	.guests = "x86_64-vmw pseries-*",
	.append = OFFLINE_AS_LEFT,
	.run = churn_short,
};
