// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "faults.h"

#define HOTPLUG_MUTEX "cmm holds hotplug_mutex between memory notifiers, across a lock of the allocator"

static const struct known_fault faults[] = {
	{
		.guest = "pseries-cmm",
		.scenario = "run",
		.check = "health.lockdep",
		.seen = "lock checker off*",
		.what = HOTPLUG_MUTEX,
	},
	{
		.guest = "pseries-cmm",
		.scenario = "run",
		.check = "health.console",
		.seen = "2 lines of trouble*possible circular locking dependency*",
		.what = HOTPLUG_MUTEX,
	},
};

const struct known_fault *fault_known(const char *guest, const char *scenario,
				      const char *check)
{
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (!strcmp(faults[i].guest, guest) &&
		    !strcmp(faults[i].scenario, scenario) &&
		    !strcmp(faults[i].check, check))
			return &faults[i];
	return NULL;
}
