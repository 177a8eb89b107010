// SPDX-License-Identifier: GPL-2.0
#define _GNU_SOURCE
#include <fnmatch.h>
#include <stddef.h>

#include "faults.h"

#define HOTPLUG_MUTEX "cmm holds hotplug_mutex between memory notifiers, across a lock of the allocator"

#define NOT_COUNTED "vmw_balloon does not count what it deflates when a migration unlocks the old page and the new one is refused"

static const struct known_fault faults[] = {
	{
		.guest = "pseries-cmm*",
		.scenario = "@(run|churn-short|selftest)",
		.check = "health.lockdep",
		.seen = "lock checker off*",
		.what = HOTPLUG_MUTEX,
	},
	{
		.guest = "pseries-cmm*",
		.scenario = "@(run|churn-short|selftest)",
		.check = "health.console",
		.seen = "2 lines of trouble*possible circular locking dependency*",
		.what = HOTPLUG_MUTEX,
	},
	{
		.guest = "pseries-cmm",
		.scenario = "selftest",
		.check = "selftest.@(balloon.offline|status)",
		.seen = "@(failed|1)",
		.what = HOTPLUG_MUTEX,
	},
	{
		.guest = "pseries-cmm*",
		.scenario = "oom-empty",
		.check = "verdict",
		.seen = "panic: *kernel BUG at *mm/balloon_compaction.c*",
		.what = "cmm's OOM notifier asks an empty balloon for pages, and the core does not survive that",
	},
	{
		.guest = "x86_64-vmw",
		.scenario = "vmw-none",
		.check = "none.idle",
		.seen = "the guest was busy *",
		.what = "vmw_balloon inflates by batches of no page, for ever, if it is granted nothing",
	},
	{
		.guest = "x86_64-vmw",
		.scenario = "vmw-unload-2m",
		.check = "verdict",
		.seen = "time-out: no answer to 'rmmod *",
		.what = "vmw_balloon forgets on its way out that there are pages of 2M, and looks for them for ever",
	},
	{
		.guest = "x86_64-vmw",
		.scenario = "vmw-migrate-lock",
		.check = "@(replaced|empty).@(offline|driver|ledger)",
		.seen = "* pages, expected *",
		.what = NOT_COUNTED,
	},
};

const struct known_fault *fault_known(const char *guest, const char *scenario,
				      bool migration, const char *check)
{
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (!fnmatch(faults[i].guest, guest, FNM_EXTMATCH) &&
		    !fnmatch(faults[i].scenario, scenario, FNM_EXTMATCH) &&
		    !fnmatch(faults[i].check, check, FNM_EXTMATCH) &&
		    (migration || !faults[i].migration_only))
			return &faults[i];
	return NULL;
}
