// SPDX-License-Identifier: GPL-2.0
/*
 * VMware's side of the balloon, for a guest that does not run on VMware. A test sets
 * and reads these files in the debugfs directory "mock-vmw":
 *
 *	target		what the balloon should have, in 4K pages
 *	capabilities	mask that the next START grants
 *	refuse		"lock N STATUS [COUNT]": answer STATUS when the driver locks
 *			the N-th page from now, and COUNT - 1 pages after it;
 *			"unlock N STATUS [COUNT]": the same for unlocking;
 *			"reset N": answer RESET to the N-th command from now;
 *			"none": refuse nothing
 *	ring		a write rings the doorbell that the driver has set, through
 *			VMCI; ENXIO if the driver has set none
 *	locked		how many page frames are locked
 *	violations	what the driver did that it must not do; "0" in a good run
 *	commands	how often the driver issued each command
 *	unloads		how often the driver has removed its file in debugfs
 *	unloads-early	how often it did so while it could still issue commands, which
 *			count into the statistics behind the file
 */
#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/vmw_vmci_api.h>

#include "ledger.h"
#include "mock_vmw.h"

/*
 * The guest has no VMCI device. Its VMCI driver then acts as a host, which delivers
 * its own notifications to its own doorbells, with a function that is not exported: a
 * probe finds it.
 */
static int ring(struct vmci_handle doorbell)
{
	struct kprobe probe = { .symbol_name = "vmci_dbell_host_context_notify" };
	int (*notify)(u32 src_cid, struct vmci_handle handle);

	if (register_kprobe(&probe))
		return VMCI_ERROR_UNAVAILABLE;
	notify = (void *)probe.addr;
	unregister_kprobe(&probe);
	return notify(VMCI_HOST_CONTEXT_ID, doorbell);
}

static int ring_set(void *unused, u64 value)
{
	struct vmci_handle doorbell;
	unsigned long flags;

	flags = host_lock();
	doorbell = mock_vmw.doorbell;
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

static int violations_show(struct seq_file *file, void *unused)
{
	unsigned long flags = host_lock();

	ledger_show_violations(file);
	host_unlock(flags);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(violations);

static int commands_show(struct seq_file *file, void *unused)
{
	host_show_commands(file);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(commands);

static struct dentry *host_dir;

static int __init host_init(void)
{
	int error = ledger_init();

	if (error)
		return error;
	error = unload_init();
	if (error)
		goto no_unload;
	error = probe_init();
	if (error)
		goto no_probe;
	host_dir = debugfs_create_dir("mock-vmw", NULL);
	debugfs_create_ulong("target", 0644, host_dir, &mock_vmw.target);
	debugfs_create_x32("capabilities", 0644, host_dir, &mock_vmw.capabilities);
	debugfs_create_file("refuse", 0644, host_dir, NULL, &refuse_fops);
	debugfs_create_file_unsafe("ring", 0200, host_dir, NULL, &ring_fops);
	debugfs_create_file("locked", 0444, host_dir, NULL, &locked_fops);
	debugfs_create_file("violations", 0444, host_dir, NULL, &violations_fops);
	debugfs_create_file("commands", 0444, host_dir, NULL, &commands_fops);
	debugfs_create_u32("unloads", 0444, host_dir, &mock_vmw.unloads);
	debugfs_create_u32("unloads-early", 0444, host_dir, &mock_vmw.unloads_early);
	return 0;

no_probe:
	unload_exit();
no_unload:
	ledger_exit();
	return error;
}
module_init(host_init);

static void __exit host_exit(void)
{
	debugfs_remove(host_dir);
	probe_exit();
	unload_exit();
	ledger_exit();
}
module_exit(host_exit);

MODULE_DESCRIPTION("Mock of VMware's balloon hypervisor for tests");
MODULE_LICENSE("GPL");
