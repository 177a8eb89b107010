/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VMware's side of the balloon, played inside the guest: what its parts share.
 *
 * vmw_probe.c catches the driver where it calls the hypervisor; vmw_host.c
 * carries out the commands; vmw_ledger.c knows which page frames are locked and
 * what the driver did that no driver should do.
 */
#ifndef VMW_HOST_H
#define VMW_HOST_H

#include <linux/types.h>

struct pt_regs;
struct seq_file;

/**
 * enum host_status - answers to a command, or to one page of a batch
 * @STATUS_SUCCESS: done
 * @STATUS_CMD_INVALID: no such command, or not granted
 * @STATUS_PPN_INVALID: not a page frame of this machine
 * @STATUS_PPN_LOCKED: to be locked, but is locked
 * @STATUS_PPN_UNLOCKED: to be unlocked, but is not locked
 * @STATUS_RESET: the guest has to start over
 * @STATUS_LAST: the largest that fits into the entry of a batch page
 * @STATUS_CAPABILITIES: START is done, and what is granted comes with it
 */
enum host_status {
	STATUS_SUCCESS		= 0,
	STATUS_CMD_INVALID	= 1,
	STATUS_PPN_INVALID	= 2,
	STATUS_PPN_LOCKED	= 3,
	STATUS_PPN_UNLOCKED	= 4,
	STATUS_RESET		= 7,
	STATUS_LAST		= 31,
	STATUS_CAPABILITIES	= 0x03000000,
};

/**
 * enum host_fault - what the driver must never do
 * @FAULT_LOCKED_TWICE: lock a page frame that is locked
 * @FAULT_NOT_LOCKED: unlock a page frame that is not locked
 * @FAULT_RANGE: name a page frame that the machine has not, or a 2M page that
 *		 is not aligned, or more pages than a batch holds
 * @FAULT_UNKNOWN: issue a command that does not exist
 * @FAULT_NOT_GRANTED: issue a command that START did not grant
 * @NR_FAULTS: how many kinds there are
 */
enum host_fault {
	FAULT_LOCKED_TWICE,
	FAULT_NOT_LOCKED,
	FAULT_RANGE,
	FAULT_UNKNOWN,
	FAULT_NOT_GRANTED,
	NR_FAULTS
};

/**
 * host_command() - carry out a command
 * @regs: the driver's registers where it calls the hypervisor; get the answer
 *
 * For any context, but not for one that interrupts another call.
 */
void host_command(struct pt_regs *regs);

/**
 * probe_init() - wait for the driver
 *
 * From now on the driver is attached when it is loaded, or not loaded at all.
 *
 * Return: 0, or a negative errno.
 */
int probe_init(void);

/**
 * probe_exit() - do not wait for the driver any longer
 */
void probe_exit(void);

/**
 * ledger_init() - get an empty ledger for all page frames of the machine
 *
 * Everything is allocated here. None of the other functions sleeps, and the
 * caller keeps them from running at the same time.
 *
 * Return: 0, or -ENOMEM.
 */
int ledger_init(void);

/**
 * ledger_exit() - free the ledger
 */
void ledger_exit(void);

/**
 * ledger_clear() - forget all locks; faults are kept
 */
void ledger_clear(void);

/**
 * ledger_has() - tell whether the machine has these page frames
 * @pfn: the first one
 * @frames: how many; a power of two, to which @pfn has to be aligned
 *
 * Return: true if so; otherwise false, and a fault is recorded.
 */
bool ledger_has(unsigned long pfn, unsigned int frames);

/**
 * ledger_lock() - lock a page
 * @pfn: its first page frame
 * @frames: how many it has
 *
 * Return: the answer for this page. Unless it is STATUS_SUCCESS, nothing
 * changed and a fault is recorded.
 */
enum host_status ledger_lock(unsigned long pfn, unsigned int frames);

/**
 * ledger_unlock() - unlock a page
 * @pfn: its first page frame
 * @frames: how many it has
 *
 * Return: as ledger_lock().
 */
enum host_status ledger_unlock(unsigned long pfn, unsigned int frames);

/**
 * ledger_locked() - count what is locked
 *
 * Return: number of page frames.
 */
unsigned long ledger_locked(void);

/**
 * ledger_fault() - record what the driver must never do
 * @fault: what it did
 * @number: with which page frame or command
 */
void ledger_fault(enum host_fault fault, unsigned long number);

/**
 * ledger_show_faults() - print the faults
 * @file: where to
 *
 * The first line is their number, and the only one as long as that is 0.
 */
void ledger_show_faults(struct seq_file *file);

#endif /* VMW_HOST_H */
