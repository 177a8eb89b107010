// SPDX-License-Identifier: GPL-2.0
/*
 * One bit for each page frame of the guest, set while the hypervisor has the frame.
 * The driver has no such record, only a count and its lists. So only the ledger shows
 * a page that the driver loses or gives twice.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "ledger.h"

/* Both protocols count in frames of 4K, whatever the guest's page size is. */
#define FRAME_SHIFT 12

static const char * const violation_names[NR_VIOLATIONS] = {
	[VIOLATION_GIVEN_TWICE]	= "pfn given twice",
	[VIOLATION_NOT_GIVEN]	= "pfn taken back that is not given",
	[VIOLATION_RANGE]	= "pfn out of range",
	[VIOLATION_UNKNOWN]	= "unknown command",
	[VIOLATION_NOT_GRANTED]	= "command not granted",
	[VIOLATION_NOT_READY]	= "device not ready",
	[VIOLATION_FREE_PAGE]	= "pfn of free memory",
	[VIOLATION_CHANGED]	= "buffer changed while it was the device's",
	[VIOLATION_FREED_GIVEN]	= "page freed that is given",
	[VIOLATION_FREED_INFLATING] = "page freed while it is inflated",
	[VIOLATION_FREED_DEFLATING] = "page freed while it is deflated",
	[VIOLATION_FREED_HINTED] = "page freed while it is hinted",
	[VIOLATION_FREED_REPORTED] = "page freed while it is reported",
	[VIOLATION_LONG_BUFFER]	= "buffer that some hosts do not read",
	[VIOLATION_EARLY_BUFFER] = "queue has a buffer before DRIVER_OK",
	[VIOLATION_RESET_IN_USE] = "device reset while it is used",
	[VIOLATION_RESET_TWICE]	= "device reset twice",
	[VIOLATION_RESET_GONE]	= "device reset that is gone",
	[VIOLATION_NOT_RESET]	= "queues deleted before a reset",
	[VIOLATION_DEAD_QUEUE]	= "queue used that was deleted",
	[VIOLATION_CONFIG_LOST]	= "configuration not written again after a reset",
};

static struct {
	unsigned long *given;
	unsigned long end_pfn;
	unsigned long nr_given;
	atomic_long_t violations[NR_VIOLATIONS];
	atomic_long_t nr_violations;
	enum ledger_violation first;
	unsigned long first_number;
} ledger;

int ledger_init(void)
{
	/* Modules cannot read max_pfn, but the direct map ends there. */
	ledger.end_pfn = (virt_to_phys(high_memory - 1) >> FRAME_SHIFT) + 1;
	ledger.given = kvcalloc(BITS_TO_LONGS(ledger.end_pfn), sizeof(long),
				GFP_KERNEL);
	return ledger.given ? 0 : -ENOMEM;
}

void ledger_exit(void)
{
	/* What nobody can read any more, the console says. */
	WARN(atomic_long_read(&ledger.nr_violations), "first violation: %s: %#lx\n",
	     violation_names[ledger.first], ledger.first_number);
	kvfree(ledger.given);
}

void ledger_clear(void)
{
	bitmap_zero(ledger.given, ledger.end_pfn);
	ledger.nr_given = 0;
}

bool ledger_has(unsigned long pfn, unsigned int frames)
{
	if (IS_ALIGNED(pfn, frames) && pfn < ledger.end_pfn &&
	    frames <= ledger.end_pfn - pfn)
		return true;
	ledger_violation(VIOLATION_RANGE, pfn);
	return false;
}

int ledger_give(unsigned long pfn, unsigned int frames)
{
	unsigned long end = pfn + frames, taken;

	if (!ledger_has(pfn, frames))
		return -ERANGE;
	taken = find_next_bit(ledger.given, end, pfn);
	if (taken < end) {
		ledger_violation(VIOLATION_GIVEN_TWICE, taken);
		return -EEXIST;
	}
	bitmap_set(ledger.given, pfn, frames);
	ledger.nr_given += frames;
	return 0;
}

int ledger_take_back(unsigned long pfn, unsigned int frames)
{
	unsigned long end = pfn + frames, free;

	if (!ledger_has(pfn, frames))
		return -ERANGE;
	free = find_next_zero_bit(ledger.given, end, pfn);
	if (free < end) {
		ledger_violation(VIOLATION_NOT_GIVEN, free);
		return -ENOENT;
	}
	bitmap_clear(ledger.given, pfn, frames);
	ledger.nr_given -= frames;
	return 0;
}

bool ledger_overlaps(unsigned long pfn, unsigned long frames)
{
	unsigned long end = min(pfn + frames, ledger.end_pfn);

	return find_next_bit(ledger.given, end, pfn) < end;
}

void ledger_copy(unsigned long *bitmap)
{
	bitmap_or(bitmap, bitmap, ledger.given, ledger.end_pfn);
}

unsigned long ledger_end(void)
{
	return ledger.end_pfn;
}

unsigned long ledger_given(void)
{
	return ledger.nr_given;
}

void ledger_violation(enum ledger_violation violation, unsigned long number)
{
	if (atomic_long_inc_return(&ledger.nr_violations) == 1) {
		ledger.first = violation;
		ledger.first_number = number;
		pr_info("violation: %s: %#lx, by %s\n", violation_names[violation],
			number, current->comm);
	}
	atomic_long_inc(&ledger.violations[violation]);
}

void ledger_show_violations(struct seq_file *file)
{
	long nr = atomic_long_read(&ledger.nr_violations);
	int i;

	if (!nr) {
		seq_puts(file, "0\n");
		return;
	}
	seq_printf(file, "%ld, first: %s: %#lx\n", nr, violation_names[ledger.first],
		   ledger.first_number);
	for (i = 0; i < NR_VIOLATIONS; i++)
		if (atomic_long_read(&ledger.violations[i]))
			seq_printf(file, "%s: %ld\n", violation_names[i],
				   atomic_long_read(&ledger.violations[i]));
}
