// SPDX-License-Identifier: GPL-2.0
/* VMware starts over, again and again, and the driver comes and goes. */
#include <errno.h>

#include "clock.h"
#include "mock_vmw.h"
#include "scenario.h"
#include "steps.h"

#define ROUNDS		80
#define RESET_MS	10000
#define POP_MS		5000
#define NO_BLOCK	100000

static void revoked(struct run *run)
{
	struct state before, now;

	if (baseline(run, &before) ||
	    inflate(run, &before, 64 * MIB) ||
	    vmw_grant(run, 0) ||
	    vmw_idle(run, "revoked") ||
	    look(run, &now) ||
	    check_no_leak(run, "revoked", &before, &now) ||
	    vmw_capabilities(run, VMW_BASIC) ||
	    wait_agree(run, "granted", &before))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_vmw_revoked) = {
	.name = "vmw-revoked",
	.proves = "After a reset to nothing the driver does not use what it was granted before.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = revoked,
};

/* The driver learns of it when it asks for the target, and resets next time. */
static int reset_once(struct run *run)
{
	long long before, now = 0;

	if (vmw_number(run, "reset", &before) ||
	    vmw_refuse(run, "reset 1") ||
	    wait_until(run->vm, RESET_MS, vmw_ring(run) >= 0 &&
		       !vmw_number(run, "reset", &now) && now != before) < 0)
		return -1;
	return check_exact(run, "reset", "counted", now, before + 1, "resets");
}

static void reset_often(struct run *run)
{
	struct state before;
	int i;

	if (baseline(run, &before) || vmw_grant(run, VMW_DOORBELL))
		return;
	for (i = 0; i < ROUNDS; i++)
		if (reset_once(run))
			return;
	if (check_whole(run, "reset", &before) ||
	    inflate(run, &before, 64 * MIB))
		return;
	empty_balloon(run, &before);
}

SCENARIO(scenario_vmw_reset_often) = {
	.name = "vmw-reset-often",
	.proves = "A reset costs no page.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = reset_often,
};

/* Until the driver has talked to its host it has nothing to lose. */
static int load_once(struct run *run)
{
	long long used = 0;

	if (load_driver(run) ||
	    wait_until(run->vm, RESET_MS,
		       !vmw_number(run, "used capabilities", &used) && used) < 0)
		return -1;
	return check_exact(run, "load", "used", used, VMW_BATCHED,
			   "is the mask of capabilities");
}

static void reload(struct run *run)
{
	struct state before;
	int i;

	if (baseline(run, &before))
		return;
	for (i = 0; i < ROUNDS; i++)
		if (unload_driver(run, "unload") || load_once(run))
			return;
	check_whole(run, "loaded", &before);
}

SCENARIO(scenario_vmw_reload) = {
	.name = "vmw-reload",
	.proves = "Loading and unloading the driver costs no page.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = reload,
};

/* Wait until a reset has begun: first of all the driver takes its doorbell back. */
static int reset_begins(struct run *run)
{
	long long before, now = 0;

	if (vmw_commands(run, "doorbell-set", &before) ||
	    vmw_refuse(run, "reset 1") ||
	    wait_until(run->vm, POP_MS,
		       !vmw_commands(run, "doorbell-set", &now) &&
		       now != before) < 0)
		return -1;
	return check(run, "reset", "begun", now > before,
		     "%lld doorbells set or taken back", now - before);
}

static void unload_doorbell(struct run *run)
{
	struct state before;
	int error;

	if (baseline(run, &before) ||
	    vmw_grant(run, VMW_DOORBELL) ||
	    inflate(run, &before, run->memory / 2))
		return;
	error = vmw_ring(run);
	if (error < 0 ||
	    check_exact(run, "loaded", "ring", error, 0, "is the error") ||
	    reset_begins(run) ||
	    unload_driver(run, "unload"))
		return;
	error = vmw_ring(run);
	if (error < 0 ||
	    check_exact(run, "unloaded", "ring", error, ENXIO, "is the error"))
		return;
	check_whole(run, "unloaded", &before);
}

SCENARIO(scenario_vmw_unload_doorbell) = {
	.name = "vmw-unload-doorbell",
	.proves = "The doorbell goes with the driver, even if that was about to set it.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = unload_doorbell,
};

/*
 * No memory goes offline here: that isolates a block full of pages, and for as
 * long as it takes to try each of them the driver cannot go.
 */
static void unload_churn(struct run *run)
{
	struct state before;

	if (baseline(run, &before) ||
	    fragment_memory(run, run->memory / 8) ||
	    inflate(run, &before, run->memory / 2) ||
	    release_memory(run) ||
	    guest_do(run, "churn", "begun", 10000, "churn %u %u 1000 %lld",
		    NO_BLOCK, NO_BLOCK, run->memory / 8) ||
	    sleep_ms(run, 200) ||
	    unload_driver(run, "unload") ||
	    guest_do(run, "churn", "ended", 120000, "churn-stop"))
		return;
	check_whole(run, "unloaded", &before);
}

SCENARIO(scenario_vmw_unload_churn) = {
	.name = "vmw-unload-churn",
	.proves = "The driver can be unloaded while its pages are being migrated, and its host is left alone then.",
	.guests = "x86_64-vmw",
	.page_migration_only = true,
	.run = unload_churn,
};
