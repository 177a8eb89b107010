// SPDX-License-Identifier: GPL-2.0
/* The commands of VMware's balloon. */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/seq_file.h>

#include "ledger.h"
#include "mock_vmw.h"

#define HOST_MAGIC		0x456c6d6f
#define HOST_PORT		0x5670

/* The driver passes this instead of a doorbell to remove its doorbell. */
#define NO_DOORBELL		U32_MAX

#define CAP_BASIC		BIT(1)
#define CAP_BATCHED		BIT(2)
#define CAP_BATCHED_2M		BIT(3)
#define CAP_DOORBELL		BIT(4)
#define CAP_64_BIT_TARGET	BIT(5)

#define FRAMES_2M		512
#define BATCH_MAX		(PAGE_SIZE / sizeof(u64))
#define BATCH_STATUS		GENMASK_ULL(4, 0)

/*
 * @needs is the capability that the command needs, @frames the size of its pages, 0
 * if it has none.
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

struct mock_vmw mock_vmw = {
	.doorbell = { .context = VMCI_INVALID_ID, .resource = VMCI_INVALID_ID },
	.capabilities = CAP_BASIC | CAP_BATCHED | CAP_BATCHED_2M |
			CAP_64_BIT_TARGET,
};

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

/* Each page of a batch has its own status, so a batch succeeds even if no page does. */
static enum host_status batch_command(unsigned long cmd, unsigned long pfn,
				      unsigned long nr_pages)
{
	unsigned long i;
	u64 *entries;

	if (nr_pages > BATCH_MAX) {
		ledger_violation(VIOLATION_RANGE, nr_pages);
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
 * START unlocks all pages. The driver relies on that: after a reset it frees all pages
 * without unlocking them and starts over; on unload it starts once more, without
 * capabilities, and then frees the remaining pages.
 */
static enum host_status start_command(struct pt_regs *regs)
{
	mock_vmw.granted = READ_ONCE(mock_vmw.capabilities) & regs->bx;
	ledger_clear();
	regs->cx = mock_vmw.granted;
	return STATUS_CAPABILITIES;
}

/*
 * The driver may always remove its doorbell. It does so before each START, when nothing
 * is granted, whether or not it has set a doorbell.
 */
static bool granted(unsigned long cmd, const struct pt_regs *regs)
{
	if (cmd == CMD_DOORBELL_SET && (u32)regs->bx == NO_DOORBELL)
		return true;
	return !(commands[cmd].needs & ~mock_vmw.granted);
}

static enum host_status execute(struct pt_regs *regs)
{
	unsigned long cmd = regs->cx;
	enum host_status status;

	if (regs->ax != HOST_MAGIC || regs->dx != HOST_PORT ||
	    cmd >= NR_CMDS || !commands[cmd].name) {
		ledger_violation(VIOLATION_UNKNOWN, cmd);
		return STATUS_CMD_INVALID;
	}
	mock_vmw.seen[cmd]++;
	status = refuse_next(REFUSE_RESET);
	if (status)
		return status;
	if (!granted(cmd, regs)) {
		ledger_violation(VIOLATION_NOT_GRANTED, cmd);
		return STATUS_CMD_INVALID;
	}
	if (cmd == CMD_START)
		return start_command(regs);
	if (cmd == CMD_DOORBELL_SET)
		mock_vmw.doorbell = vmci_make_handle(regs->bx, regs->si);
	else if (commands[cmd].batched)
		status = batch_command(cmd, regs->bx, regs->si);
	else if (commands[cmd].frames)
		status = page_command(cmd, regs->bx);
	/* Commands that have pages return the target, too. */
	if (!status && (commands[cmd].frames || cmd == CMD_GET_TARGET))
		regs->bx = READ_ONCE(mock_vmw.target);
	return status;
}

void host_command(struct pt_regs *regs)
{
	unsigned long flags = host_lock();

	regs->ax = execute(regs);
	host_unlock(flags);
}

void host_show_commands(struct seq_file *file)
{
	int cmd;

	for (cmd = 0; cmd < NR_CMDS; cmd++)
		if (commands[cmd].name)
			seq_printf(file, "%s %lu\n", commands[cmd].name,
				   READ_ONCE(mock_vmw.seen[cmd]));
}
