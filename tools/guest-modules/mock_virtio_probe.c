// SPDX-License-Identifier: GPL-2.0
/* See what pages the guest frees, at the functions of the allocator that free them. */
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/version.h>
#if __has_include(<linux/folio_batch.h>)
#include <linux/folio_batch.h>
#else
#include <linux/pagevec.h>
#endif

#include "mock_virtio.h"

/*
 * __free_pages(page, order), which is also behind free_pages(), is how the driver frees
 * its blocks when free page hinting ends.
 */
static int watch_blocks(struct kprobe *probe, struct pt_regs *regs)
{
	if ((unsigned int)regs_get_kernel_argument(regs, 1) != MAX_PAGE_ORDER)
		return 0;
	atomic_long_inc(&mock_virtio.blocks_freed);
	if (!(regs->flags & X86_EFLAGS_IF))
		atomic_long_inc(&mock_virtio.blocks_freed_irqs_off);
	return 0;
}

/* Both functions below begin with page and order. */
static int watch_pages(struct kprobe *probe, struct pt_regs *regs)
{
	struct page *page = (struct page *)regs_get_kernel_argument(regs, 0);

	host_freed(page_to_pfn(page),
		   1UL << (unsigned int)regs_get_kernel_argument(regs, 1));
	return 0;
}

static struct kprobe blocks = {
	.symbol_name = "__free_pages",
	.pre_handler = watch_blocks,
};

/* By this one all pages are freed, but not those that are freed together. */
static struct kprobe pages = {
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
	.symbol_name = "free_unref_page",
#else
	.symbol_name = "__free_frozen_pages",
#endif
	.pre_handler = watch_pages,
};

/* By this one they are freed together, as by put_pages_list(). */
static int watch_folios(struct kprobe *probe, struct pt_regs *regs)
{
	struct folio_batch *batch = (void *)regs_get_kernel_argument(regs, 0);
	unsigned int i;

	for (i = 0; i < folio_batch_count(batch); i++)
		host_freed(folio_pfn(batch->folios[i]),
			   folio_nr_pages(batch->folios[i]));
	return 0;
}

static struct kprobe folios = {
	.symbol_name = "free_unref_folios",
	.pre_handler = watch_folios,
};

/* So page reporting lets go of a page. */
static struct kprobe reported = {
	.symbol_name = "__putback_isolated_page",
	.pre_handler = watch_pages,
};

static struct kprobe *probes[] = { &blocks, &pages, &folios, &reported };

int host_probe_init(void)
{
	return register_kprobes(probes, ARRAY_SIZE(probes));
}

void host_probe_exit(void)
{
	unregister_kprobes(probes, ARRAY_SIZE(probes));
}
