// SPDX-License-Identifier: GPL-2.0
/*
 * One bit for each page frame of the guest, set while the hypervisor has the frame.
 * The driver has no such record, only a count and its lists. So only the ledger shows
 * a page that the driver loses or gives twice.
 */
#include <linux/bitmap.h>
#include <linux/io.h>
#include <linux/mm.h>
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
};

static struct {
	unsigned long *given;
	unsigned long end_pfn;
	unsigned long nr_given;
	unsigned long violations[NR_VIOLATIONS];
	unsigned long nr_violations;
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

unsigned long ledger_given(void)
{
	return ledger.nr_given;
}

void ledger_violation(enum ledger_violation violation, unsigned long number)
{
	if (!ledger.nr_violations++) {
		ledger.first = violation;
		ledger.first_number = number;
	}
	ledger.violations[violation]++;
}

void ledger_show_violations(struct seq_file *file)
{
	int i;

	seq_printf(file, "%lu\n", ledger.nr_violations);
	if (!ledger.nr_violations)
		return;
	seq_printf(file, "first: %s: %#lx\n", violation_names[ledger.first],
		   ledger.first_number);
	for (i = 0; i < NR_VIOLATIONS; i++)
		seq_printf(file, "%s: %lu\n", violation_names[i], ledger.violations[i]);
}
