/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ledger of a mock hypervisor: it records which page frames the guest has given
 * to the hypervisor, and what the guest's driver did that no driver may do.
 *
 * Only ledger_init() sleeps. The caller serializes the other functions, except
 * ledger_overlaps() and ledger_violation(), which may run in any context and at any
 * time.
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
 * @VIOLATION_FREE_PAGE: name a page frame that is free, where the page must be the
 *			 driver's
 * @VIOLATION_CHANGED: change a buffer that the device has not used
 * @VIOLATION_FREED_GIVEN: free a page that the hypervisor has
 * @VIOLATION_FREED_INFLATING: free a page that a buffer names which the device has not
 *			       used, here one of the inflate queue
 * @VIOLATION_FREED_DEFLATING: the same, of the deflate queue, where the host must be told
 * @VIOLATION_FREED_HINTED: the same, of the queue for hints
 * @VIOLATION_FREED_REPORTED: the same, of the queue for reports
 * @VIOLATION_LONG_BUFFER: name page frames in a buffer that some hosts do not read to its
 *	end, because it is long or in several pieces
 * @VIOLATION_EARLY_BUFFER: put a buffer into a queue before DRIVER_OK
 * @VIOLATION_RESET_IN_USE: reset a device while somebody else uses it
 * @VIOLATION_RESET_TWICE: reset a device again that was reset and not set up since
 * @VIOLATION_RESET_GONE: reset a device that is gone; on PCI this would never end
 * @VIOLATION_NOT_RESET: delete queues that the device may still read
 * @VIOLATION_DEAD_QUEUE: use a queue that was deleted
 * @VIOLATION_CONFIG_LOST: resume without writing to the configuration what was written
 *			   when the device was set up first
 * @NR_VIOLATIONS: number of kinds
 */
enum ledger_violation {
	VIOLATION_GIVEN_TWICE,
	VIOLATION_NOT_GIVEN,
	VIOLATION_RANGE,
	VIOLATION_UNKNOWN,
	VIOLATION_NOT_GRANTED,
	VIOLATION_NOT_READY,
	VIOLATION_FREE_PAGE,
	VIOLATION_CHANGED,
	VIOLATION_FREED_GIVEN,
	VIOLATION_FREED_INFLATING,
	VIOLATION_FREED_DEFLATING,
	VIOLATION_FREED_HINTED,
	VIOLATION_FREED_REPORTED,
	VIOLATION_LONG_BUFFER,
	VIOLATION_EARLY_BUFFER,
	VIOLATION_RESET_IN_USE,
	VIOLATION_RESET_TWICE,
	VIOLATION_RESET_GONE,
	VIOLATION_NOT_RESET,
	VIOLATION_DEAD_QUEUE,
	VIOLATION_CONFIG_LOST,
	NR_VIOLATIONS
};

/**
 * ledger_init() - allocate an empty ledger for all page frames of the machine
 *
 * Return: 0, or -ENOMEM.
 */
int ledger_init(void);

/**
 * ledger_exit() - free the ledger, and warn if there were violations
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
 * ledger_overlaps() - whether a part of a page is given
 * @pfn: its first page frame; it may be out of range
 * @frames: how many it has
 *
 * Return: true if so.
 */
bool ledger_overlaps(unsigned long pfn, unsigned long frames);

/**
 * ledger_copy() - add the given page frames to a bitmap
 * @bitmap: has ledger_end() bits
 */
void ledger_copy(unsigned long *bitmap);

/**
 * ledger_end() - how many page frames the machine has
 *
 * Return: the first number that is out of range.
 */
unsigned long ledger_end(void);

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
 * The first line is "0", or their number and the first of them; then a line for each
 * kind follows.
 */
void ledger_show_violations(struct seq_file *file);

#endif /* LEDGER_H */
