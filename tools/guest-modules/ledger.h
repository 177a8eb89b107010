/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ledger of a mock hypervisor: it records which page frames the guest has given
 * to the hypervisor, and what the guest's driver did that no driver may do.
 *
 * Only ledger_init() sleeps. The caller serializes the other functions.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <linux/types.h>

struct seq_file;

/**
 * enum ledger_violation - what a driver must not do
 * @VIOLATION_GIVEN_TWICE: give a page frame that the hypervisor has
 * @VIOLATION_NOT_GIVEN: take back a page frame that the hypervisor does not have
 * @VIOLATION_RANGE: name a page frame that the machine does not have, or a large page
 *		     that is not aligned, or more pages than one call allows
 * @VIOLATION_UNKNOWN: issue a command that does not exist
 * @VIOLATION_NOT_GRANTED: issue a command that it was not granted
 * @VIOLATION_NOT_READY: use a device before DRIVER_OK or after a reset
 * @NR_VIOLATIONS: number of kinds
 */
enum ledger_violation {
	VIOLATION_GIVEN_TWICE,
	VIOLATION_NOT_GIVEN,
	VIOLATION_RANGE,
	VIOLATION_UNKNOWN,
	VIOLATION_NOT_GRANTED,
	VIOLATION_NOT_READY,
	NR_VIOLATIONS
};

/**
 * ledger_init() - allocate an empty ledger for all page frames of the machine
 *
 * Return: 0, or -ENOMEM.
 */
int ledger_init(void);

/**
 * ledger_exit() - free the ledger
 */
void ledger_exit(void);

/**
 * ledger_clear() - forget all given page frames, but keep the violations
 */
void ledger_clear(void);

/**
 * ledger_has() - check that the machine has these page frames
 * @pfn: the first one
 * @frames: how many; a power of two, and @pfn must be a multiple of it
 *
 * Return: true if the machine has them; else record a violation and return false.
 */
bool ledger_has(unsigned long pfn, unsigned int frames);

/**
 * ledger_give() - record that the guest gives a page
 * @pfn: its first page frame
 * @frames: how many it has
 *
 * Return: 0; -ERANGE if the machine has no such page, -EEXIST if the hypervisor has
 * a part of it. An error changes no bit and records a violation.
 */
int ledger_give(unsigned long pfn, unsigned int frames);

/**
 * ledger_take_back() - record that the guest takes a page back
 * @pfn: its first page frame
 * @frames: how many it has
 *
 * Return: as ledger_give(), but -ENOENT if the hypervisor does not have all of it.
 */
int ledger_take_back(unsigned long pfn, unsigned int frames);

/**
 * ledger_given() - count the given page frames
 *
 * Return: number of page frames.
 */
unsigned long ledger_given(void);

/**
 * ledger_violation() - record a violation
 * @violation: what it did
 * @number: page frame or command of the violation
 */
void ledger_violation(enum ledger_violation violation, unsigned long number);

/**
 * ledger_show_violations() - print the violations
 * @file: output
 *
 * The first line is their number. If that is 0, no other line follows.
 */
void ledger_show_violations(struct seq_file *file);

#endif /* LEDGER_H */
