// SPDX-License-Identifier: GPL-2.0
/*
 * Two balloons: QEMU's, and one whose device a module of the guest plays
 * (tools/guest-modules/virtio_host.c), which knows of each page frame whether it
 * has it.
 */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "bookkeeping.h"
#include "clock.h"
#include "report.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

#define HOST_DIR	"/sys/kernel/debug/virtio-host/"
#define SECOND_MS	60000

static int number(struct test *test, const char *name, long long *value)
{
	char path[64], *text;

	snprintf(path, sizeof(path), HOST_DIR "%s", name);
	text = file_read(&test->vm, path);
	if (!text)
		return -1;
	*value = strtoll(text, NULL, 10);
	free(text);
	return 0;
}

/* What the second device knows has to be what its driver says, without a fault. */
static int agree(struct test *test, const char *step)
{
	long long frames = test->beside * test->page_size / 4096;
	long long actual, locked, errors;

	if (number(test, "actual", &actual) || number(test, "locked", &locked) ||
	    number(test, "errors", &errors) ||
	    check_exact(test, step, "actual", actual, frames, "frames") ||
	    check_exact(test, step, "locked", locked, frames, "frames"))
		return -1;
	return check_exact(test, step, "errors", errors, 0, "complaints");
}

static int wait_second(struct test *test, const char *step)
{
	long long deadline = clock_ms() + SECOND_MS, actual;
	long long frames = test->beside * test->page_size / 4096;

	do {
		if (step_pause(test) || number(test, "actual", &actual))
			return -1;
	} while (actual != frames && clock_left(deadline));
	return agree(test, step);
}

static int second(struct test *test, const char *step, unsigned int mib)
{
	report_say("target of the second: %u MiB", mib);
	test->beside = mib * MIB / test->page_size;
	if (step_do(test, step, "set", 10000, "write 5000 " HOST_DIR
		    "target %lld", mib * MIB / 4096))
		return -1;
	return wait_second(test, step);
}

/* The driver goes and comes: both balloons are emptied and inflate again. */
static int reload(struct test *test, const struct state *before)
{
	long long beside = test->beside;
	struct state now;

	if (step_unload(test))
		return -1;
	test->beside = 0;
	if (step_agree(test, "unloaded", before, &now) ||
	    check_exact(test, "unloaded", "none", now.offline, 0, "pages") ||
	    agree(test, "second-unloaded") ||
	    step_load(test))
		return -1;
	test->beside = beside;
	if (step_settle(test, "again") || wait_second(test, "second-again"))
		return -1;
	return step_agree(test, "again", before, &now);
}

static void two(struct test *test)
{
	unsigned int mib = test->memory / MIB / 4;
	struct state before, now;
	long long moved;

	if (step_do(test, "second", "loaded", 30000, "insmod /virtio-host.ko") ||
	    step_look(test, &before) ||
	    step_fragment(test, mib / 2) ||
	    step_balloon(test, "inflate", mib) ||
	    second(test, "second", mib) ||
	    step_agree(test, "both", &before, &now) ||
	    step_compact(test, 1, &moved) ||
	    step_offline(test, &moved) ||
	    step_agree(test, "migrated", &before, &now) ||
	    agree(test, "second-migrated") ||
	    reload(test, &before) ||
	    step_balloon(test, "first-empty", 0) ||
	    agree(test, "second-stays") ||
	    step_balloon(test, "first-again", mib / 2) ||
	    second(test, "second-empty", 0))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_two) = {
	.name = "two",
	.proves = "Two balloons of one driver inflate, migrate and deflate without touching each other's pages.",
	.guests = "x86_64",
	.run = two,
};
