// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>

#include "agent.h"
#include "bookkeeping.h"
#include "clock.h"
#include "report.h"
#include "second.h"
#include "steps.h"
#include "units.h"

#define HOST_DIR	"/sys/kernel/debug/virtio-host/"
#define SECOND_MS	60000

int second_load(struct test *test, unsigned int features, const char *params)
{
	return step_do(test, "second", "loaded", 30000,
		       "insmod /virtio-host.ko features=%#x %s", features,
		       params);
}

int second_set(struct test *test, const char *name, long long value)
{
	return step_do(test, "second", name, 10000, "write 5000 " HOST_DIR
		       "%s %lld", name, value);
}

int second_number(struct test *test, const char *name, long long *value)
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

int second_await(struct test *test, const char *step, const char *name,
		 long long mask, long long value)
{
	long long deadline = clock_ms() + SECOND_MS, now;

	do {
		if (step_pause(test) || second_number(test, name, &now))
			return -1;
	} while ((now & mask) != value && clock_left(deadline));
	return test_check(test, step, name, (now & mask) == value,
			  "%#llx, expected %#llx", now & mask, value);
}

int second_ask(struct test *test, unsigned int mib)
{
	report_say("target of the second: %u MiB", mib);
	test->beside = mib * MIB / test->page_size;
	return second_set(test, "target", mib * MIB / 4096);
}

int second_agree(struct test *test, const char *step)
{
	long long frames = test->beside * test->page_size / 4096;
	long long actual, locked, errors;

	if (second_number(test, "actual", &actual) ||
	    second_number(test, "locked", &locked) ||
	    second_number(test, "errors", &errors) ||
	    check_exact(test, step, "actual", actual, frames, "frames") ||
	    check_exact(test, step, "locked", locked, frames, "frames"))
		return -1;
	return check_exact(test, step, "errors", errors, 0, "complaints");
}

int second_settle(struct test *test, const char *step)
{
	if (second_await(test, step, "actual", -1,
			 test->beside * test->page_size / 4096))
		return -1;
	return second_agree(test, step);
}

int second_balloon(struct test *test, const char *step, unsigned int mib)
{
	return second_ask(test, mib) ? -1 : second_settle(test, step);
}
