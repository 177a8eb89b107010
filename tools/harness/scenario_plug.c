// SPDX-License-Identifier: GPL-2.0
/* The device goes, comes, and sleeps. */
#include "bookkeeping.h"
#include "clock.h"
#include "qmp.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"

#define UNPLUG_MS	60000
#define SUSPEND_MS	60000

/* Ask the guest to let go of its balloon, and wait until it has. */
static int unplug(struct test *test)
{
	long long deadline = clock_ms() + UNPLUG_MS;
	json_t *result = qmp_call(&test->vm, "device_del",
				  json_pack("{s:s}", "id", "balloon0"));

	json_decref(result);
	if (!result)
		return -1;
	while (!test->vm.unplugged && clock_left(deadline))
		if (step_pause(test))
			return -1;
	test->loaded = !test->vm.unplugged;
	return test_check(test, "unplug", "done", test->vm.unplugged,
			  "the guest has %slet go of the device",
			  test->vm.unplugged ? "" : "not ");
}

static int plug(struct test *test)
{
	json_t *result = qmp_call(&test->vm, "device_add",
				  json_pack("{s:s,s:s}", "driver",
					    "virtio-balloon-pci", "id",
					    "balloon0"));

	json_decref(result);
	/* A new device wants nothing of the guest yet. */
	test->asked = 0;
	test->loaded = result;
	return result ? 0 : -1;
}

static void unplug_and_plug(struct test *test, const struct state *before)
{
	struct state now;

	if (unplug(test) ||
	    step_agree(test, "unplugged", before, &now) ||
	    check_exact(test, "unplugged", "none", now.offline, 0, "pages") ||
	    check_no_leak(test, "unplugged", before, &now) ||
	    plug(test) ||
	    step_balloon(test, "again", test->memory / MIB / 4) ||
	    step_agree(test, "again", before, &now))
		return;
	step_empty(test, before);
}

static void unplug_inflated(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", &before, &now))
		return;
	unplug_and_plug(test, &before);
}

SCENARIO(scenario_unplug) = {
	.name = "unplug",
	.proves = "Unplugging an inflated balloon gives every page back; plugged in again, it inflates again.",
	.guests = "x86_64",
	.run = unplug_inflated,
};

static void unplug_inflating(struct test *test)
{
	struct state before;

	if (step_look(test, &before) ||
	    step_ask(test, test->memory / 4 * 3) ||
	    step_pass(test, "inflate", test->memory / MIB / 8))
		return;
	unplug_and_plug(test, &before);
}

SCENARIO(scenario_unplug_inflating) = {
	.name = "unplug-inflating",
	.proves = "Unplugging a balloon while it inflates gives every page back.",
	.guests = "x86_64",
	.run = unplug_inflating,
};

static void suspend(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", test->memory / MIB / 4) ||
	    step_agree(test, "inflated", &before, &now) ||
	    step_do(test, "suspend", "level", 10000,
		    "write 5000 /sys/power/pm_test devices") ||
	    step_do(test, "suspend", "done", SUSPEND_MS + 5000,
		    "write %d /sys/power/state freeze", SUSPEND_MS) ||
	    step_settle(test, "resumed") ||
	    step_agree(test, "resumed", &before, &now) ||
	    check_no_leak(test, "resumed", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_suspend) = {
	.name = "suspend",
	.proves = "A balloon survives that its device is suspended and resumed.",
	.guests = "x86_64",
	.append = "suspend.pm_test_delay=1",
	.run = suspend,
};
