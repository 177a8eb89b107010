// SPDX-License-Identifier: GPL-2.0
/*
 * VMware's side of the balloon, for a guest that has no VMware around it: the
 * commands, and what a test can tell and ask the hypervisor in debugfs, in
 * "vmw-host":
 *
 *	target		what the balloon should have, in 4K pages
 *	capabilities	what START grants, as a mask; from the next START on
 *	refuse		"lock N STATUS [COUNT]": from the N-th page on that is
 *			locked, counted from 1, COUNT (else 1) get STATUS;
 *			"unlock N STATUS [COUNT]": the same for unlocking;
 *			"reset N": the N-th command from now answers RESET;
 *			"none": none of these
 *	ring		written to: ring the doorbell that the driver has set, by
 *			way of VMCI; ENXIO if there is none
 *	locked		how many page frames are locked
 *	errors		what the driver must never do; "0" in a good run
 *	commands	how often each command came
 */
#include <linux/debugfs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/version.h>
#include <linux/vmw_vmci_api.h>
#include <linux/vmw_vmci_defs.h>

#include "ledger.h"
#include "vmw_host.h"

#define HOST_MAGIC		0x456c6d6f
#define HOST_PORT		0x5670

/* What the driver names to take back its doorbell. */
#define NO_DOORBELL		U32_MAX

#define CAP_BASIC		BIT(1)
#define CAP_BATCHED		BIT(2)
#define CAP_BATCHED_2M		BIT(3)
#define CAP_DOORBELL		BIT(4)
#define CAP_64_BIT_TARGET	BIT(5)

#define FRAMES_2M		512
#define BATCH_MAX		(PAGE_SIZE / sizeof(u64))
#define BATCH_STATUS		GENMASK_ULL(4, 0)

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

/*
 * @needs is the capability that has to be granted, @frames the size of the
 * pages in question, 0 if the command is about none.
 */
static const struct {
	const char *name;
	u32 needs;
	unsigned int frames;
	bool batched;
	bool unlock;
} commands[NR_CMDS] = {
	[CMD_START]		= { "start" },
	[CMD_GET_TARGET]	= { "target" },
	[CMD_LOCK]		= { "lock", CAP_BASIC, 1 },
	[CMD_UNLOCK]		= { "unlock", CAP_BASIC, 1, false, true },
	[CMD_GUEST_ID]		= { "guest-id" },
	[CMD_BATCHED_LOCK]	= { "batched-lock", CAP_BATCHED, 1, true },
	[CMD_BATCHED_UNLOCK]	= { "batched-unlock", CAP_BATCHED, 1,
				    true, true },
	[CMD_BATCHED_2M_LOCK]	= { "batched-2m-lock", CAP_BATCHED_2M,
				    FRAMES_2M, true },
	[CMD_BATCHED_2M_UNLOCK]	= { "batched-2m-unlock", CAP_BATCHED_2M,
				    FRAMES_2M, true, true },
	[CMD_DOORBELL_SET]	= { "doorbell-set", CAP_DOORBELL },
};

static struct {
	/* A single word each: debugfs changes them without the lock. */
	unsigned long target;
	u32 capabilities;
	/* What the last START granted. */
	unsigned long granted;
	struct vmci_handle doorbell;
	unsigned long seen[NR_CMDS];
} host = {
	.doorbell = { .context = VMCI_INVALID_ID, .resource = VMCI_INVALID_ID },
	.capabilities = CAP_BASIC | CAP_BATCHED | CAP_BATCHED_2M |
			CAP_64_BIT_TARGET,
};

/*
 * Commands come from several CPUs. The probe is a trap that can hit anywhere,
 * as an NMI can, and lockdep does not let it take a lock that others take as
 * well. Here that is safe, because interrupts are off and what runs under the
 * lock does not run into the probe: a lock that lockdep does not know.
 */
static arch_spinlock_t host_spinlock = __ARCH_SPIN_LOCK_UNLOCKED;

unsigned long host_lock(void)
{
	unsigned long flags;

	local_irq_save(flags);
	arch_spin_lock(&host_spinlock);
	return flags;
}

void host_unlock(unsigned long flags)
{
	arch_spin_unlock(&host_spinlock);
	local_irq_restore(flags);
}

static enum host_status page_status(int error)
{
	switch (error) {
	case 0:
		return STATUS_SUCCESS;
	case -EEXIST:
		return STATUS_PPN_LOCKED;
	case -ENOENT:
		return STATUS_PPN_UNLOCKED;
	default:
		return STATUS_PPN_INVALID;
	}
}

static enum host_status page_command(unsigned long cmd, unsigned long pfn)
{
	bool unlock = commands[cmd].unlock;
	enum host_status status;

	status = refuse_next(unlock ? REFUSE_UNLOCK : REFUSE_LOCK);
	if (status)
		return status;
	if (unlock)
		return page_status(ledger_take_back(pfn, commands[cmd].frames));
	return page_status(ledger_give(pfn, commands[cmd].frames));
}

/* The batch is good even if none of its pages is: each has its own status. */
static enum host_status batch_command(unsigned long cmd, unsigned long pfn,
				      unsigned long nr_pages)
{
	unsigned long i;
	u64 *entries;

	if (nr_pages > BATCH_MAX) {
		ledger_fault(FAULT_RANGE, nr_pages);
		return STATUS_PPN_INVALID;
	}
	if (!ledger_has(pfn, 1))
		return STATUS_PPN_INVALID;
	entries = phys_to_virt(PFN_PHYS(pfn));
	for (i = 0; i < nr_pages; i++) {
		entries[i] &= ~BATCH_STATUS;
		entries[i] |= page_command(cmd, PHYS_PFN(entries[i]));
	}
	return STATUS_SUCCESS;
}

/*
 * From here on no page is locked. The driver counts on that: told to reset, it
 * frees all pages without unlocking any and then starts over; on its way out it
 * starts once more, with no capabilities, and frees what is left after that.
 */
static enum host_status start_command(struct pt_regs *regs)
{
	host.granted = READ_ONCE(host.capabilities) & regs->bx;
	ledger_clear();
	regs->cx = host.granted;
	return STATUS_CAPABILITIES;
}

/*
 * A doorbell is taken back before each START, when nothing is granted yet, and
 * whether or not there is one: the driver may always do that.
 */
static bool granted(unsigned long cmd, const struct pt_regs *regs)
{
	if (cmd == CMD_DOORBELL_SET && (u32)regs->bx == NO_DOORBELL)
		return true;
	return !(commands[cmd].needs & ~host.granted);
}

static enum host_status carry_out(struct pt_regs *regs)
{
	unsigned long cmd = regs->cx;
	enum host_status status;

	if (regs->ax != HOST_MAGIC || regs->dx != HOST_PORT ||
	    cmd >= NR_CMDS || !commands[cmd].name) {
		ledger_fault(FAULT_UNKNOWN, cmd);
		return STATUS_CMD_INVALID;
	}
	host.seen[cmd]++;
	status = refuse_next(REFUSE_RESET);
	if (status)
		return status;
	if (!granted(cmd, regs)) {
		ledger_fault(FAULT_NOT_GRANTED, cmd);
		return STATUS_CMD_INVALID;
	}
	if (cmd == CMD_START)
		return start_command(regs);
	if (cmd == CMD_DOORBELL_SET)
		host.doorbell = vmci_make_handle(regs->bx, regs->si);
	else if (commands[cmd].batched)
		status = batch_command(cmd, regs->bx, regs->si);
	else if (commands[cmd].frames)
		status = page_command(cmd, regs->bx);
	/* Whatever is about pages returns the target, too. */
	if (!status && (commands[cmd].frames || cmd == CMD_GET_TARGET))
		regs->bx = READ_ONCE(host.target);
	return status;
}

void host_command(struct pt_regs *regs)
{
	unsigned long flags = host_lock();

	regs->ax = carry_out(regs);
	host_unlock(flags);
}

/*
 * The guest has no VMCI device. Its VMCI then takes itself for that of a host,
 * and brings to a doorbell what comes from the same host. In 7.3 nobody in the
 * kernel can ring any more.
 */
static int ring(struct vmci_handle doorbell)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(7, 3, 0)
	return vmci_doorbell_notify(doorbell, VMCI_NO_PRIVILEGE_FLAGS);
#else
	return VMCI_ERROR_UNAVAILABLE;
#endif
}

static int ring_set(void *unused, u64 value)
{
	struct vmci_handle doorbell;
	unsigned long flags;

	flags = host_lock();
	doorbell = host.doorbell;
	host_unlock(flags);
	if (vmci_handle_is_invalid(doorbell) || ring(doorbell) < VMCI_SUCCESS)
		return -ENXIO;
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(ring_fops, NULL, ring_set, "%llu\n");

static int locked_show(struct seq_file *file, void *unused)
{
	unsigned long flags, locked;

	flags = host_lock();
	locked = ledger_given();
	host_unlock(flags);
	seq_printf(file, "%lu\n", locked);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(locked);

static int errors_show(struct seq_file *file, void *unused)
{
	unsigned long flags = host_lock();

	ledger_show_faults(file);
	host_unlock(flags);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(errors);

static int commands_show(struct seq_file *file, void *unused)
{
	int cmd;

	for (cmd = 0; cmd < NR_CMDS; cmd++)
		if (commands[cmd].name)
			seq_printf(file, "%s %lu\n", commands[cmd].name,
				   READ_ONCE(host.seen[cmd]));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(commands);

static struct dentry *host_dir;

static int __init host_init(void)
{
	int error = ledger_init();

	if (error)
		return error;
	error = probe_init();
	if (error) {
		ledger_exit();
		return error;
	}
	host_dir = debugfs_create_dir("vmw-host", NULL);
	debugfs_create_ulong("target", 0644, host_dir, &host.target);
	debugfs_create_x32("capabilities", 0644, host_dir, &host.capabilities);
	debugfs_create_file("refuse", 0644, host_dir, NULL, &refuse_fops);
	debugfs_create_file_unsafe("ring", 0200, host_dir, NULL, &ring_fops);
	debugfs_create_file("locked", 0444, host_dir, NULL, &locked_fops);
	debugfs_create_file("errors", 0444, host_dir, NULL, &errors_fops);
	debugfs_create_file("commands", 0444, host_dir, NULL, &commands_fops);
	return 0;
}
module_init(host_init);

static void __exit host_exit(void)
{
	debugfs_remove(host_dir);
	probe_exit();
	ledger_exit();
}
module_exit(host_exit);

MODULE_DESCRIPTION("Plays VMware's balloon hypervisor for tests");
MODULE_LICENSE("GPL");
