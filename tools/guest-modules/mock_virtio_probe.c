// SPDX-License-Identifier: GPL-2.0
/* Count the blocks that the driver frees when free page hinting ends. */
#include <linux/kprobes.h>
#include <linux/mmzone.h>

#include "mock_virtio.h"

/* free_pages() has two arguments: an address and an order. */
static int watch_free(struct kprobe *probe, struct pt_regs *regs)
{
	if (regs_get_kernel_argument(regs, 1) != MAX_PAGE_ORDER)
		return 0;
	atomic_long_inc(&mock_virtio.blocks_freed);
	if (!(regs->flags & X86_EFLAGS_IF))
		atomic_long_inc(&mock_virtio.blocks_freed_irqs_off);
	return 0;
}

static struct kprobe probe = {
	.symbol_name = "free_pages",
	.pre_handler = watch_free,
};

int host_probe_init(void)
{
	return register_kprobe(&probe);
}

void host_probe_exit(void)
{
	unregister_kprobe(&probe);
}
