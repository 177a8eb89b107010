/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VMware's side of the balloon, played inside the guest: what its parts share.
 *
 * Each part calls only those behind it: mock_vmw.c (debugfs), mock_vmw_probe.c (catches
 * the driver where it calls the hypervisor), mock_vmw_commands.c (carries the commands
 * out), mock_vmw_refuse.c (which ones are refused, and the lock), ledger.c (which page
 * frames are locked).
 */
#ifndef MOCK_VMW_H
#define MOCK_VMW_H

#include <linux/types.h>
#include <linux/vmw_vmci_defs.h>

struct file_operations;
struct pt_regs;
struct seq_file;

enum {
	CMD_START,
	CMD_GET_TARGET,
	CMD_LOCK,
	CMD_UNLOCK,
	CMD_GUEST_ID,
	/* There is no command 5. */
	CMD_BATCHED_LOCK = 6,
	CMD_BATCHED_UNLOCK,
	CMD_BATCHED_2M_LOCK,
	CMD_BATCHED_2M_UNLOCK,
	CMD_DOORBELL_SET,
	NR_CMDS
};

/**
 * struct mock_vmw - the hypervisor
 * @target: what the balloon should have, in 4K pages; debugfs changes it without a lock
 * @capabilities: what the next START grants, a mask; likewise
 * @granted: what the last START granted
 * @doorbell: the one that the driver has set
 * @seen: how often each command came
 */
struct mock_vmw {
	unsigned long target;
	u32 capabilities;
	unsigned long granted;
	struct vmci_handle doorbell;
	unsigned long seen[NR_CMDS];
};

extern struct mock_vmw mock_vmw;

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
 * host_show_commands() - print how often each command came
 * @file: where to
 */
void host_show_commands(struct seq_file *file);

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

#endif /* MOCK_VMW_H */
