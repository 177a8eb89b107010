// SPDX-License-Identifier: GPL-2.0
/*
 * The hypervisor's ledger: one bit for each page frame of the guest, set while
 * the guest has it locked. The driver has no such record, only a count and its
 * lists: a page that it loses or hands over twice shows here alone.
 */
#include <linux/bitmap.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "vmw_host.h"

static const char * const fault_names[NR_FAULTS] = {
	[FAULT_LOCKED_TWICE]	= "pfn locked twice",
	[FAULT_NOT_LOCKED]	= "pfn unlocked that is not locked",
	[FAULT_RANGE]		= "pfn out of range",
	[FAULT_UNKNOWN]		= "unknown command",
	[FAULT_NOT_GRANTED]	= "command not granted",
};

static struct {
	unsigned long *locked;
	unsigned long end_pfn;
	unsigned long nr_locked;
	unsigned long faults[NR_FAULTS];
	unsigned long nr_faults;
	enum host_fault first;
	unsigned long first_number;
} ledger;

int ledger_init(void)
{
	/* max_pfn is not for modules, but the direct map ends with it. */
	ledger.end_pfn = PHYS_PFN(virt_to_phys(high_memory - 1)) + 1;
	ledger.locked = kvcalloc(BITS_TO_LONGS(ledger.end_pfn), sizeof(long),
				 GFP_KERNEL);
	return ledger.locked ? 0 : -ENOMEM;
}

void ledger_exit(void)
{
	kvfree(ledger.locked);
}

void ledger_clear(void)
{
	bitmap_zero(ledger.locked, ledger.end_pfn);
	ledger.nr_locked = 0;
}

bool ledger_has(unsigned long pfn, unsigned int frames)
{
	if (IS_ALIGNED(pfn, frames) && pfn < ledger.end_pfn &&
	    frames <= ledger.end_pfn - pfn)
		return true;
	ledger_fault(FAULT_RANGE, pfn);
	return false;
}

enum host_status ledger_lock(unsigned long pfn, unsigned int frames)
{
	unsigned long end = pfn + frames, taken;

	if (!ledger_has(pfn, frames))
		return STATUS_PPN_INVALID;
	taken = find_next_bit(ledger.locked, end, pfn);
	if (taken < end) {
		ledger_fault(FAULT_LOCKED_TWICE, taken);
		return STATUS_PPN_LOCKED;
	}
	bitmap_set(ledger.locked, pfn, frames);
	ledger.nr_locked += frames;
	return STATUS_SUCCESS;
}

enum host_status ledger_unlock(unsigned long pfn, unsigned int frames)
{
	unsigned long end = pfn + frames, free;

	if (!ledger_has(pfn, frames))
		return STATUS_PPN_INVALID;
	free = find_next_zero_bit(ledger.locked, end, pfn);
	if (free < end) {
		ledger_fault(FAULT_NOT_LOCKED, free);
		return STATUS_PPN_UNLOCKED;
	}
	bitmap_clear(ledger.locked, pfn, frames);
	ledger.nr_locked -= frames;
	return STATUS_SUCCESS;
}

unsigned long ledger_locked(void)
{
	return ledger.nr_locked;
}

void ledger_fault(enum host_fault fault, unsigned long number)
{
	if (!ledger.nr_faults++) {
		ledger.first = fault;
		ledger.first_number = number;
	}
	ledger.faults[fault]++;
}

void ledger_show_faults(struct seq_file *file)
{
	int i;

	seq_printf(file, "%lu\n", ledger.nr_faults);
	if (!ledger.nr_faults)
		return;
	seq_printf(file, "first: %s: %#lx\n", fault_names[ledger.first],
		   ledger.first_number);
	for (i = 0; i < NR_FAULTS; i++)
		seq_printf(file, "%s: %lu\n", fault_names[i], ledger.faults[i]);
}
