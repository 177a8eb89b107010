/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the mock VMware share.
 *
 * Each part calls only parts that this list names after it: mock_vmw.c (debugfs),
 * mock_vmw_probe.c (catches the driver's calls), mock_vmw_unload.c (watches the driver
 * go), mock_vmw_commands.c (executes the
 * commands), mock_vmw_refuse.c (refuses commands, and has the lock), ledger.c (records
 * locked page frames).
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
 * @target: what the balloon should have, in 4K pages; debugfs sets it without the lock
 * @capabilities: mask that the next START grants; debugfs sets it without the lock
 * @granted: mask that the last START granted
 * @doorbell: doorbell that the driver has set
 * @seen: how often the driver issued each command
 * @unloads: how often the driver removed its file in debugfs, and with it its statistics
 * @unloads_early: how often it did so while it could still issue commands
 */
struct mock_vmw {
	unsigned long target;
	u32 capabilities;
	unsigned long granted;
	struct vmci_handle doorbell;
	unsigned long seen[NR_CMDS];
	u32 unloads;
	u32 unloads_early;
};

extern struct mock_vmw mock_vmw;

/**
 * enum host_status - answers to a command, or to one page of a batch
 * @STATUS_SUCCESS: done
 * @STATUS_CMD_INVALID: no such command, or not granted
 * @STATUS_PPN_INVALID: not a page frame of this machine
 * @STATUS_PPN_LOCKED: the page to lock is already locked
 * @STATUS_PPN_UNLOCKED: the page to unlock is not locked
 * @STATUS_RESET: the driver must start over
 * @STATUS_LAST: the largest status that an entry of a batch page can have
 * @STATUS_CAPABILITIES: START is done and returns the granted capabilities
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
 * enum host_refusal - what the hypervisor can refuse
 * @REFUSE_LOCK: to lock a page
 * @REFUSE_UNLOCK: to unlock a page
 * @REFUSE_RESET: any command; the answer is a reset
 * @NR_REFUSALS: number of kinds
 */
enum host_refusal {
	REFUSE_LOCK,
	REFUSE_UNLOCK,
	REFUSE_RESET,
	NR_REFUSALS
};

/**
 * refuse_next() - find the answer to the next command or page
 * @what: kind of refusal
 *
 * Context: the caller holds host_lock().
 *
 * Return: STATUS_SUCCESS to carry it out, else the status that refuses it.
 */
enum host_status refuse_next(enum host_refusal what);

/* The file "refuse" in debugfs. */
extern const struct file_operations refuse_fops;

/**
 * host_lock() - take the lock that protects the hypervisor's state
 *
 * Context: any, but a caller must not interrupt the holder of the lock.
 *
 * Return: flags for host_unlock().
 */
unsigned long host_lock(void);

/**
 * host_unlock() - release the lock
 * @flags: from host_lock()
 */
void host_unlock(unsigned long flags);

/**
 * host_command() - execute a command
 * @regs: the driver's registers at the call; they receive the answer
 *
 * Context: as host_lock().
 */
void host_command(struct pt_regs *regs);

/**
 * host_show_commands() - print how often the driver issued each command
 * @file: output
 */
void host_show_commands(struct seq_file *file);

/**
 * probe_init() - attach the mock to the driver whenever the driver is loaded
 *
 * If attaching fails, the driver is not loaded.
 *
 * Return: 0, or a negative errno.
 */
int probe_init(void);

/**
 * probe_exit() - stop attaching
 */
void probe_exit(void);

/**
 * unload_init() - begin to watch the driver remove its file in debugfs
 *
 * Return: 0, or a negative errno.
 */
int unload_init(void);

/**
 * unload_exit() - stop watching
 */
void unload_exit(void);

#endif /* MOCK_VMW_H */
