/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VMware's side of the balloon, played inside the guest: what its parts share.
 *
 * vmw_probe.c catches the driver where it calls the hypervisor; vmw_host.c
 * carries out the commands; vmw_refuse.c knows which ones it refuses, ledger.c
 * which page frames are locked.
 */
#ifndef VMW_HOST_H
#define VMW_HOST_H

#include <linux/types.h>

struct file_operations;
struct pt_regs;

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
 * enum host_refusal - what can be refused
 * @REFUSE_LOCK: to lock a page
 * @REFUSE_UNLOCK: to unlock a page
 * @REFUSE_RESET: any command, which is answered with a reset
 * @NR_REFUSALS: how many kinds there are
 */
enum host_refusal {
	REFUSE_LOCK,
	REFUSE_UNLOCK,
	REFUSE_RESET,
	NR_REFUSALS
};

/**
 * refuse_next() - tell whether the next one is refused
 * @what: what it is
 *
 * Call with host_lock() held.
 *
 * Return: STATUS_SUCCESS if it is not, otherwise the answer.
 */
enum host_status refuse_next(enum host_refusal what);

/* The file "refuse" in debugfs. */
extern const struct file_operations refuse_fops;

/**
 * host_lock() - keep commands out
 *
 * For any context, but not for one that interrupts another call.
 *
 * Return: what host_unlock() wants.
 */
unsigned long host_lock(void);

/**
 * host_unlock() - let commands in again
 * @flags: from host_lock()
 */
void host_unlock(unsigned long flags);

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

#endif /* VMW_HOST_H */
