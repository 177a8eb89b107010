// SPDX-License-Identifier: GPL-2.0
/* VMware starts over, again and again, and the driver comes and goes. */
#include <errno.h>

#include "bookkeeping.h"
#include "clock.h"
#include "scenarios.h"
#include "steps.h"
#include "units.h"
#include "vmw.h"

#define ROUNDS		80
#define RESET_MS	10000
#define POP_MS		5000
#define NO_BLOCK	100000

static void revoked(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    step_balloon(test, "inflate", 64) ||
	    step_agree(test, "inflated", &before, &now) ||
	    vmw_grant(test, 0) ||
	    vmw_idle(test, "revoked") ||
	    check_no_leak(test, "revoked", &before, &now) ||
	    vmw_capabilities(test, VMW_BASIC) ||
	    step_settle(test, "granted") ||
	    step_agree(test, "granted", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_revoked) = {
	.name = "vmw-revoked",
	.proves = "After a reset to nothing the driver does not use what it was granted before.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = revoked,
};

/* The driver learns of it when it asks for the target, and resets next time. */
static int reset_once(struct test *test)
{
	long long deadline = clock_ms() + RESET_MS, before, now;

	if (vmw_number(test, "\nreset", &before) ||
	    vmw_refuse(test, "reset 1"))
		return -1;
	do {
		if (vmw_ring(test) < 0 || vmw_number(test, "\nreset", &now))
			return -1;
	} while (now == before && clock_left(deadline));
	return check_exact(test, "reset", "counted", now, before + 1, "resets");
}

static void reset_often(struct test *test)
{
	struct state before, now;
	int i;

	if (step_look(test, &before) || vmw_grant(test, VMW_DOORBELL))
		return;
	for (i = 0; i < ROUNDS; i++)
		if (reset_once(test))
			return;
	if (step_agree(test, "reset", &before, &now) ||
	    check_no_leak(test, "reset", &before, &now) ||
	    step_balloon(test, "inflate", 64) ||
	    step_agree(test, "inflated", &before, &now))
		return;
	step_empty(test, &before);
}

SCENARIO(scenario_vmw_reset_often) = {
	.name = "vmw-reset-often",
	.proves = "A reset costs no page.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = reset_often,
};

/* Until the driver has talked to its host it has nothing to lose. */
static int load_once(struct test *test)
{
	long long deadline = clock_ms() + RESET_MS, used;

	if (step_load(test))
		return -1;
	do {
		if (vmw_number(test, "used capabilities", &used))
			return -1;
	} while (!used && clock_left(deadline));
	return check_exact(test, "load", "used", used, VMW_BATCHED,
			   "is the mask of capabilities");
}

static void reload(struct test *test)
{
	struct state before, now;
	int i;

	if (step_look(test, &before))
		return;
	for (i = 0; i < ROUNDS; i++)
		if (step_unload(test) || load_once(test))
			return;
	if (step_agree(test, "loaded", &before, &now))
		return;
	check_no_leak(test, "loaded", &before, &now);
}

SCENARIO(scenario_vmw_reload) = {
	.name = "vmw-reload",
	.proves = "Loading and unloading the driver costs no page.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = reload,
};

/* Wait until a reset has begun: first of all the driver takes its doorbell back. */
static int reset_begins(struct test *test)
{
	long long deadline = clock_ms() + POP_MS, before, now;

	if (vmw_commands(test, "doorbell-set", &before) ||
	    vmw_refuse(test, "reset 1"))
		return -1;
	do {
		if (vmw_commands(test, "doorbell-set", &now))
			return -1;
	} while (now == before && clock_left(deadline));
	return test_check(test, "reset", "begun", now > before,
			  "%lld doorbells set or taken back", now - before);
}

static void unload_doorbell(struct test *test)
{
	struct state before, now;
	int error;

	if (step_look(test, &before) ||
	    vmw_grant(test, VMW_DOORBELL) ||
	    step_balloon(test, "inflate", test->memory / MIB / 2) ||
	    step_agree(test, "inflated", &before, &now))
		return;
	error = vmw_ring(test);
	if (error < 0 || check_exact(test, "loaded", "ring", error, 0, "is the error") ||
	    reset_begins(test) ||
	    step_unload(test))
		return;
	error = vmw_ring(test);
	if (error < 0 ||
	    check_exact(test, "unloaded", "ring", error, ENXIO, "is the error") ||
	    step_agree(test, "unloaded", &before, &now))
		return;
	check_no_leak(test, "unloaded", &before, &now);
}

SCENARIO(scenario_vmw_unload_doorbell) = {
	.name = "vmw-unload-doorbell",
	.proves = "The doorbell goes with the driver, even if that was about to set it.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = unload_doorbell,
};

/*
 * No memory goes offline here: that isolates a block full of pages, and for as
 * long as it takes to try each of them the driver cannot go.
 */
static void unload_churn(struct test *test)
{
	struct state before, now;

	if (step_look(test, &before) ||
	    step_fragment(test, test->memory / MIB / 8) ||
	    step_balloon(test, "inflate", test->memory / MIB / 2) ||
	    step_agree(test, "inflated", &before, &now) ||
	    step_release(test) ||
	    step_do(test, "churn", "begun", 10000, "churn %u %u 1000 %lld",
		    NO_BLOCK, NO_BLOCK, test->memory / 8) ||
	    step_pause(test) || step_pause(test) ||
	    step_unload(test) ||
	    step_do(test, "churn", "ended", 120000, "churn-stop") ||
	    step_agree(test, "unloaded", &before, &now))
		return;
	check_no_leak(test, "unloaded", &before, &now);
}

SCENARIO(scenario_vmw_unload_churn) = {
	.name = "vmw-unload-churn",
	.proves = "The driver can be unloaded while its pages are being migrated, and its host is left alone then.",
	.guests = "x86_64-vmw",
	.migration_only = true,
	.run = unload_churn,
};
