/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a scenario can ask of mock_vmw, a module of the guest that plays the hypervisor
 * for vmw_balloon (tools/guest-modules/mock_vmw.c).
 *
 * Functions that return an int return 0 to go on, and not 0 when the scenario is over.
 */
#ifndef BALLOON_MOCK_VMW_H
#define BALLOON_MOCK_VMW_H

#include "run.h"

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
 * @run: the run
 * @fmt: as in printf(); what it comes to, tools/guest-modules/ has the list
 */
int vmw_refuse(struct run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * vmw_refused() - check that all that vmw_refuse() asked for has happened
 * @run: the run
 * @step: the step it belongs to
 */
int vmw_refused(struct run *run, const char *step);

/**
 * vmw_capabilities() - set what the hypervisor grants at the next start
 * @run: the run
 * @capabilities: a mask
 */
int vmw_capabilities(struct run *run, unsigned int capabilities);

/**
 * vmw_grant() - reset the driver and wait until it knows what is granted
 * @run: the run
 * @capabilities: what is granted from now on, a mask
 */
int vmw_grant(struct run *run, unsigned int capabilities);

/**
 * vmw_number() - read a number from the driver's file in debugfs
 * @run: the run
 * @key: how its line begins
 * @number: filled in
 */
int vmw_number(struct run *run, const char *key, long long *number);

/**
 * vmw_ring() - ring the doorbell that the driver has set
 * @run: the run
 *
 * Return: 0; ENXIO if there is none; another errno value if that is not known; -1
 * when the scenario is over.
 */
int vmw_ring(struct run *run);

/**
 * vmw_commands() - read how often a command came
 * @run: the run
 * @command: its name, tools/guest-modules/ has the list
 * @number: filled in
 */
int vmw_commands(struct run *run, const char *command, long long *number);

/**
 * vmw_unloaded() - check how the driver went
 * @run: the run
 * @step: the step it belongs to
 *
 * It must end the protocol before it removes its file in debugfs: every command counts
 * into the statistics that go with the file.
 */
int vmw_unloaded(struct run *run, const char *step);

/**
 * vmw_idle() - check that the guest does next to nothing for five seconds
 * @run: the run
 * @step: the step it belongs to
 */
int vmw_idle(struct run *run, const char *step);

#endif /* BALLOON_MOCK_VMW_H */
