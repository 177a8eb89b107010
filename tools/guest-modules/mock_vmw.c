// SPDX-License-Identifier: GPL-2.0
/*
 * VMware's side of the balloon, for a guest that has no VMware around it. What a
 * test can set and read, in debugfs, in "mock-vmw":
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
 *	violations	what the driver must never do; "0" in a good run
 *	commands	how often each command came
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/version.h>
#include <linux/vmw_vmci_api.h>

#include "ledger.h"
#include "mock_vmw.h"

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
	error = probe_init();
	if (error) {
		ledger_exit();
		return error;
	}
	host_dir = debugfs_create_dir("mock-vmw", NULL);
	debugfs_create_ulong("target", 0644, host_dir, &mock_vmw.target);
	debugfs_create_x32("capabilities", 0644, host_dir, &mock_vmw.capabilities);
	debugfs_create_file("refuse", 0644, host_dir, NULL, &refuse_fops);
	debugfs_create_file_unsafe("ring", 0200, host_dir, NULL, &ring_fops);
	debugfs_create_file("locked", 0444, host_dir, NULL, &locked_fops);
	debugfs_create_file("violations", 0444, host_dir, NULL, &violations_fops);
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
