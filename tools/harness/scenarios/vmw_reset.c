// SPDX-License-Identifier: GPL-2.0
/* VMware starts over, again and again, and the driver comes and goes. */
#include <errno.h>

#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

/* So many that a page lost in each round exceeds what comes and goes by itself. */
#define ROUNDS		128
#define RESET_MS	10000
#define POP_MS		5000
#define NO_BLOCK	100000

static int revoked(struct run *run)
{
	struct state before, now;

	return baseline(run, &before) ||
	       inflate(run, &before, 64 * MIB) ||
	       vmw_grant(run, 0) ||
	       vmw_idle(run, "revoked") ||
	       look(run, &now) ||
	       check_no_leak(run, "revoked", &before, &now) ||
	       vmw_capabilities(run, VMW_BASIC) ||
	       wait_agree(run, "granted", &before) ||
	       empty_balloon(run, &before);
}

SCENARIO(revoked, "vmw-revoked", "x86_64-vmw",
	 "After a reset to nothing the driver does not use what it was granted before.",
	 .page_migration_only = true);

/* The driver learns of it when it asks for the target, and resets next time. */
static int reset_once(struct run *run)
{
	long long before, now = 0;

	return vmw_number(run, "reset", &before) ||
	       vmw_refuse(run, "reset 1") ||
	       wait_until(run->vm, RESET_MS, vmw_ring(run) >= 0 &&
			  !vmw_number(run, "reset", &now) && now != before) < 0 ||
	       check_exact(run, "reset", "counted", now, before + 1, "resets");
}

static int reset_often(struct run *run)
{
	struct state before;
	int i;

	if (baseline(run, &before) || vmw_grant(run, VMW_DOORBELL))
		return -1;
	for (i = 0; i < ROUNDS; i++)
		if (reset_once(run))
			return -1;
	return check_whole(run, "reset", &before) ||
	       inflate(run, &before, 64 * MIB) ||
	       empty_balloon(run, &before);
}

SCENARIO(reset_often, "vmw-reset-often", "x86_64-vmw",
	 "A reset costs no page.",
	 .page_migration_only = true);

/* Until the driver has talked to its host it has nothing to lose. */
static int load_once(struct run *run)
{
	long long used = 0;

	return load_driver(run) ||
	       wait_until(run->vm, RESET_MS,
			  !vmw_number(run, "used capabilities", &used) && used) < 0 ||
	       check_exact(run, "load", "used", used, VMW_BATCHED,
			   "is the mask of capabilities");
}

static int reload(struct run *run)
{
	struct state before;
	int i;

	if (baseline(run, &before))
		return -1;
	for (i = 0; i < ROUNDS; i++)
		if (unload_driver(run, "unload") || load_once(run))
			return -1;
	return check_whole(run, "loaded", &before);
}

SCENARIO(reload, "vmw-reload", "x86_64-vmw",
	 "Loading and unloading the driver costs no page.",
	 .page_migration_only = true);

/* Wait until a reset has begun: first of all the driver takes its doorbell back. */
static int reset_begins(struct run *run)
{
	long long before, now = 0;

	return vmw_commands(run, "doorbell-set", &before) ||
	       vmw_refuse(run, "reset 1") ||
	       wait_until(run->vm, POP_MS,
			  !vmw_commands(run, "doorbell-set", &now) &&
			  now != before) < 0 ||
	       check(run, "reset", "begun", now > before,
		     "%lld doorbells set or taken back", now - before);
}

static int unload_doorbell(struct run *run)
{
	struct state before;
	int error;

	if (baseline(run, &before) ||
	    vmw_grant(run, VMW_DOORBELL) ||
	    inflate(run, &before, run->memory / 2))
		return -1;
	error = vmw_ring(run);
	if (error < 0 ||
	    check_exact(run, "loaded", "ring", error, 0, "is the error") ||
	    reset_begins(run) ||
	    unload_driver(run, "unload"))
		return -1;
	error = vmw_ring(run);
	return error < 0 ||
	       check_exact(run, "unloaded", "ring", error, ENXIO, "is the error") ||
	       check_whole(run, "unloaded", &before);
}

SCENARIO(unload_doorbell, "vmw-unload-doorbell", "x86_64-vmw",
	 "The doorbell goes with the driver, even if that was about to set it.",
	 .page_migration_only = true);

/*
 * No memory goes offline here: that isolates a block full of pages, and for as
 * long as it takes to try each of them the driver cannot go.
 */
static int unload_churn(struct run *run)
{
	struct state before;

	return baseline(run, &before) ||
	       fragment_memory(run, run->memory / 8) ||
	       inflate(run, &before, run->memory / 2) ||
	       release_memory(run) ||
	       guest_do(run, "churn", "begun", 10000, "churn %u %u 1000 %lld",
			NO_BLOCK, NO_BLOCK, run->memory / 8) ||
	       sleep_ms(run, 200) ||
	       unload_driver(run, "unload") ||
	       guest_do(run, "churn", "ended", 120000, "churn-stop") ||
	       vmw_unloaded(run, "unloaded") ||
	       check_whole(run, "unloaded", &before);
}

SCENARIO(unload_churn, "vmw-unload-churn", "x86_64-vmw",
	 "The driver can be unloaded while its pages are being migrated, and its host is left alone then.",
	 .page_migration_only = true);
