// SPDX-License-Identifier: GPL-2.0
/* The device goes and comes. */
#include "clock.h"
#include "qmp.h"
#include "scenario.h"
#include "steps.h"

#define UNPLUG_MS	60000

/* Ask the guest to let go of its balloon, and wait until it has. */
static int unplug(struct run *run)
{
	unsigned int before = run->vm->unplugged;
	int gone;

	if (qmp_do(run->vm, "device_del", json_pack("{s:s}", "id", "balloon0")))
		return -1;
	gone = wait_until(run->vm, UNPLUG_MS, run->vm->unplugged != before);
	if (gone < 0)
		return -1;
	run->loaded = !gone;
	return check(run, "unplug", "done", gone,
		     "the guest has %slet go of the device", gone ? "" : "not ");
}

static int plug(struct run *run)
{
	if (qmp_do(run->vm, "device_add",
		   json_pack("{s:s,s:s}", "driver", "virtio-balloon-pci", "id",
			     "balloon0")))
		return -1;
	/* A new device wants nothing of the guest yet. */
	run->balloon.asked = 0;
	run->loaded = true;
	return 0;
}

static int unplug_and_plug(struct run *run, const struct state *before)
{
	return unplug(run) ||
	       check_empty(run, "unplugged", before) ||
	       plug(run) ||
	       set_target(run, &run->balloon, run->memory / 4) ||
	       wait_agree(run, "again", before) ||
	       empty_balloon(run, before);
}

static int unplug_inflated(struct run *run)
{
	struct state before;

	return baseline(run, &before) || inflate(run, &before, run->memory / 4) ||
	       unplug_and_plug(run, &before);
}

SCENARIO(unplug_inflated, "unplug", "x86_64",
	 "Unplugging an inflated balloon gives every page back; plugged in again, it inflates again.");

static int unplug_inflating(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       set_target(run, &run->balloon, run->memory / 4 * 3) ||
	       wait_passed(run, "inflate", run->memory / 8) ||
	       unplug_and_plug(run, &before);
}

SCENARIO(unplug_inflating, "unplug-inflating", "x86_64",
	 "Unplugging a balloon while it inflates gives every page back.");
