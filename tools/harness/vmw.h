/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a scenario can ask of the hypervisor that tools/guest-modules plays for
 * vmw_balloon.
 *
 * Functions that return an int return 0 to go on, or -1 when the scenario is over.
 */
#ifndef BALLOON_VMW_H
#define BALLOON_VMW_H

#include "test.h"

/* What it can grant, as masks that a real one would grant. */
#define VMW_BASIC		0x22
#define VMW_BATCHED		0x26
#define VMW_BATCHED_2M		0x2e
#define VMW_DOORBELL		0x36

/* Why it refuses a page. */
#define VMW_PPN_INVALID		2
#define VMW_PPN_NOT_LOCKED	4

/**
 * vmw_refuse() - have the hypervisor refuse something that is to come
 * @test: the scenario
 * @fmt: as in printf(); what it comes to, see guest-modules/vmw_host.c
 */
int vmw_refuse(struct test *test, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * vmw_refused() - check that all that vmw_refuse() asked for has happened
 * @test: the scenario
 * @step: the step it belongs to
 */
int vmw_refused(struct test *test, const char *step);

/**
 * vmw_capabilities() - set what the hypervisor grants at the next start
 * @test: the scenario
 * @capabilities: a mask
 */
int vmw_capabilities(struct test *test, unsigned int capabilities);

/**
 * vmw_grant() - reset the driver and wait until it knows what is granted
 * @test: the scenario
 * @capabilities: what is granted from now on, a mask
 */
int vmw_grant(struct test *test, unsigned int capabilities);

/**
 * vmw_number() - read a number from the driver's file in debugfs
 * @test: the scenario
 * @key: how its line begins
 * @number: filled in
 */
int vmw_number(struct test *test, const char *key, long long *number);

/**
 * vmw_ring() - ring the doorbell that the driver has set
 * @test: the scenario
 *
 * Return: 0; ENXIO if there is none; another errno value if that is not known; -1
 * when the scenario is over.
 */
int vmw_ring(struct test *test);

/**
 * vmw_commands() - read how often a command came
 * @test: the scenario
 * @command: its name, see guest-modules/vmw_host.c
 * @number: filled in
 */
int vmw_commands(struct test *test, const char *command, long long *number);

/**
 * vmw_idle() - check that the guest does next to nothing for five seconds
 * @test: the scenario
 * @step: the step it belongs to
 */
int vmw_idle(struct test *test, const char *step);

#endif /* BALLOON_VMW_H */
