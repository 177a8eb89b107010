// SPDX-License-Identifier: GPL-2.0
/*
 * Watch the driver remove its file in debugfs, which it does when it goes: with the
 * file go the statistics that all its commands count into.
 */
#include <linux/kprobes.h>
#include <linux/string.h>

#include "mock_vmw.h"

/* Called when anybody removes a file by its name. */
static int unload_trap(struct kprobe *probe, struct pt_regs *regs)
{
	const char *name = (const char *)regs_get_kernel_argument(regs, 0);

	if (!strcmp(name, "vmmemctl")) {
		mock_vmw.unloads++;
		if (READ_ONCE(mock_vmw.granted))
			mock_vmw.unloads_early++;
	}
	return 0;
}

static struct kprobe unload_probe = {
	.symbol_name = "debugfs_lookup_and_remove",
	.pre_handler = unload_trap,
};

int unload_init(void)
{
	return register_kprobe(&unload_probe);
}

void unload_exit(void)
{
	unregister_kprobe(&unload_probe);
}
