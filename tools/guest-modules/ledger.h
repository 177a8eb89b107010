/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ledger of a hypervisor that is played inside the guest: which page frames
 * the guest has given away, and what its driver did that no driver should do.
 *
 * Only ledger_init() sleeps. The caller keeps the others from running at the same
 * time.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <linux/types.h>

struct seq_file;

/**
 * enum ledger_violation - what a driver must never do
 * @VIOLATION_GIVEN_TWICE: give a page frame that it has given
 * @VIOLATION_NOT_GIVEN: take back a page frame that it has not given
 * @VIOLATION_RANGE: name a page frame that the machine has not, or a large page that
 *		 is not aligned, or more pages than one call may have
 * @VIOLATION_UNKNOWN: issue a command that does not exist
 * @VIOLATION_NOT_GRANTED: issue a command that it was not granted
 * @VIOLATION_NOT_READY: use a device that it has not made ready, or has reset
 * @NR_VIOLATIONS: how many kinds there are
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
 * ledger_init() - get an empty ledger for all page frames of the machine
 *
 * Return: 0, or -ENOMEM.
 */
int ledger_init(void);

/**
 * ledger_exit() - free the ledger
 */
void ledger_exit(void);

/**
 * ledger_clear() - forget what was given; violations are kept
 */
void ledger_clear(void);

/**
 * ledger_has() - tell whether the machine has these page frames
 * @pfn: the first one
 * @frames: how many; a power of two, to which @pfn has to be aligned
 *
 * Return: true if so; otherwise false, and a violation is recorded.
 */
bool ledger_has(unsigned long pfn, unsigned int frames);

/**
 * ledger_give() - note that the guest gives a page
 * @pfn: its first page frame
 * @frames: how many it has
 *
 * Return: 0; -ERANGE if the machine has no such page, -EEXIST if a part of it was
 * given before. Then nothing changed and a violation is recorded.
 */
int ledger_give(unsigned long pfn, unsigned int frames);

/**
 * ledger_take_back() - note that the guest takes a page back
 * @pfn: its first page frame
 * @frames: how many it has
 *
 * Return: as ledger_give(), with -ENOENT if a part of it was not given.
 */
int ledger_take_back(unsigned long pfn, unsigned int frames);

/**
 * ledger_given() - count what the guest has given
 *
 * Return: number of page frames.
 */
unsigned long ledger_given(void);

/**
 * ledger_violation() - record what the driver must never do
 * @violation: what it did
 * @number: with which page frame or command
 */
void ledger_violation(enum ledger_violation violation, unsigned long number);

/**
 * ledger_show_violations() - print the violations
 * @file: where to
 *
 * The first line is their number, and the only one as long as that is 0.
 */
void ledger_show_violations(struct seq_file *file);

#endif /* LEDGER_H */
