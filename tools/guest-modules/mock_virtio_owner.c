// SPDX-License-Identifier: GPL-2.0
/*
 * Whose a page is. The ledger says which pages the host has; here is what the driver's
 * buffers name that the host has not used: those pages are the host's too, whatever
 * the driver believes. A host may discard such a page at any time until it says that
 * it has used the buffer, so the mock does that, as late as it can. And pages that the
 * host had when it was reset are remembered until the guest frees them.
 */
#include <linux/bitmap.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/virtio_config.h>

#include "ledger.h"
#include "mock_virtio.h"

#define FRAME_SHIFT	VIRTIO_BALLOON_PFN_SHIFT

/* The queues whose buffers name pages, and what it is to free such a page early. */
static const int freed[HOST_QUEUES] = {
	[HOST_INFLATE]	= VIOLATION_FREED_INFLATING,
	[HOST_DEFLATE]	= VIOLATION_FREED_DEFLATING,
	[HOST_STATS]	= -1,
	[HOST_HINTS]	= VIOLATION_FREED_HINTED,
	[HOST_REPORTS]	= VIOLATION_FREED_REPORTED,
};

/* One bit for each page frame. */
static unsigned long *named[HOST_QUEUES];
static unsigned long *kept;
/* Given, but freed without a word since: the reset finds nothing to free there. */
static unsigned long *untold;

int host_owner_init(void)
{
	size_t longs = BITS_TO_LONGS(ledger_end());
	int queue;

	kept = kvcalloc(longs, sizeof(long), GFP_KERNEL);
	untold = kvcalloc(longs, sizeof(long), GFP_KERNEL);
	if (!kept || !untold) {
		host_owner_exit();
		return -ENOMEM;
	}
	for (queue = 0; queue < HOST_QUEUES; queue++) {
		named[queue] = kvcalloc(longs, sizeof(long), GFP_KERNEL);
		if (!named[queue]) {
			host_owner_exit();
			return -ENOMEM;
		}
	}
	return 0;
}

void host_owner_exit(void)
{
	int queue;

	for (queue = 0; queue < HOST_QUEUES; queue++)
		kvfree(named[queue]);
	kvfree(kept);
	kvfree(untold);
}

/* The driver may use a page again before the host has used the buffer. */
static bool may_free(enum host_queue queue)
{
	return mock_virtio.reads != HOST_READS_WELL ||
	       (queue == HOST_DEFLATE &&
		!__virtio_test_bit(&mock_virtio.vdev,
				    VIRTIO_BALLOON_F_MUST_TELL_HOST));
}

void host_named(enum host_queue queue, unsigned long pfn, unsigned long frames)
{
	if (ledger_has(pfn, frames))
		bitmap_set(named[queue], pfn, frames);
}

/* Pages that the allocator has are nobody's to give. */
static bool is_free(enum host_queue queue, unsigned long pfn)
{
	struct page *page = pfn_to_page(PFN_DOWN(pfn << FRAME_SHIFT));

	/* Page reporting takes free pages out of the allocator's lists, as they are. */
	if (queue == HOST_REPORTS)
		return PageBuddy(page);
	return !may_free(queue) && !page_count(page);
}

/* What a host may do with a page that it was given; nobody sees what it has written. */
static void discard(enum host_queue queue, unsigned long pfn, unsigned long frames)
{
	u32 pattern = 0;

	if (queue == HOST_DEFLATE || !test_bit(queue, &mock_virtio.discards))
		return;
	/* It must not put anything else into a page that is not given for good. */
	if (queue != HOST_INFLATE &&
	    __virtio_test_bit(&mock_virtio.vdev, VIRTIO_BALLOON_F_PAGE_POISON))
		pattern = le32_to_cpu(mock_virtio.config.poison_val);
	memset32(phys_to_virt((phys_addr_t)pfn << FRAME_SHIFT), pattern,
		 (frames << FRAME_SHIFT) / sizeof(pattern));
}

void host_used(enum host_queue queue, unsigned long pfn, unsigned long frames)
{
	unsigned long end = pfn + frames;

	if (!ledger_has(pfn, frames))
		return;
	if (find_next_zero_bit(named[queue], end, pfn) < end)
		ledger_violation(VIOLATION_CHANGED, pfn);
	if (is_free(queue, pfn))
		ledger_violation(VIOLATION_FREE_PAGE, pfn);
	if (queue == HOST_INFLATE) {
		ledger_give(pfn, frames);
		bitmap_clear(untold, pfn, frames);
	} else if (queue == HOST_DEFLATE) {
		ledger_take_back(pfn, frames);
	}
	discard(queue, pfn, frames);
	mock_virtio.frames[queue] += frames;
	bitmap_clear(named[queue], pfn, frames);
}

void host_freed(unsigned long pfn, unsigned long pages)
{
	unsigned long frames = pages << (PAGE_SHIFT - FRAME_SHIFT);
	unsigned long end, at;
	int queue;

	pfn <<= PAGE_SHIFT - FRAME_SHIFT;
	end = min(pfn + frames, ledger_end());
	for (queue = 0; queue < HOST_QUEUES; queue++) {
		at = find_next_bit(named[queue], end, pfn);
		if (at < end && !may_free(queue))
			ledger_violation(freed[queue], at);
	}
	/* The driver owes a device nothing that has failed or lied to it. */
	if (ledger_overlaps(pfn, frames) && !may_free(HOST_DEFLATE) &&
	    !mock_virtio.faulty)
		ledger_violation(VIOLATION_FREED_GIVEN, pfn);
	if (pfn < end && ledger_overlaps(pfn, frames))
		bitmap_set(untold, pfn, end - pfn);
	for (at = pfn; (at = find_next_bit(kept, end, at)) < end; at++)
		clear_bit(at, kept);
}

void host_owner_reset(void)
{
	unsigned long end = ledger_end(), from, to;
	int queue;

	ledger_copy(kept);
	bitmap_andnot(kept, kept, untold, end);
	bitmap_zero(untold, end);
	for (queue = 0; queue < HOST_QUEUES; queue++) {
		/* What it was about to do to pages, it does before it lets go of them. */
		for_each_set_bitrange(from, to, named[queue], end)
			discard(queue, from, to - from);
		if (queue == HOST_INFLATE || queue == HOST_DEFLATE)
			bitmap_or(kept, kept, named[queue], end);
		bitmap_zero(named[queue], end);
	}
	ledger_clear();
}

unsigned long host_kept(void)
{
	return bitmap_weight(kept, ledger_end());
}
