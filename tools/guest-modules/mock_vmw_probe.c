// SPDX-License-Identifier: GPL-2.0
/*
 * The way from the driver to the hypervisor that is played here.
 *
 * The driver has one "inl (%dx)" for all its commands, on a port that QEMU does
 * not know. A kprobe on that instruction has the command carried out and skips
 * the instruction. So the driver runs as it was built.
 *
 * This module has to be loaded before the driver: the probe must be in place
 * before the driver's init runs.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/module.h>

#include "mock_vmw.h"

#define HOST_DRIVER	"vmw_balloon"
#define OPCODE_INL_DX	0xed

static int host_trap(struct kprobe *probe, struct pt_regs *regs)
{
	host_command(regs);
	/* Behind the instruction, which is one byte; and do not run it. */
	instruction_pointer_set(regs, (unsigned long)probe->addr + 1);
	return 1;
}

/*
 * Never called, as the instruction is skipped. But a probe that has such a
 * handler is not optimized into a jump, which would not let it skip anything.
 */
static void host_no_jump(struct kprobe *probe, struct pt_regs *regs,
			 unsigned long flags)
{
}

static struct kprobe host_probe;

static int probe_at(u8 *addr)
{
	host_probe = (struct kprobe) {
		.addr = addr,
		.pre_handler = host_trap,
		.post_handler = host_no_jump,
	};
	return register_kprobe(&host_probe);
}

/*
 * The byte alone can be part of another instruction. There kprobes, which
 * decodes the function from its beginning, does not accept a probe.
 */
static int host_attach(struct module *driver)
{
	u8 *text = driver->mem[MOD_TEXT].base, *found = NULL;
	unsigned int i, count = 0;
	int error;

	for (i = 0; i < driver->mem[MOD_TEXT].size; i++) {
		if (text[i] != OPCODE_INL_DX || probe_at(text + i))
			continue;
		unregister_kprobe(&host_probe);
		found = text + i;
		count++;
	}
	if (count != 1) {
		pr_err("%u inl (%%dx) in %s, want 1\n", count, driver->name);
		return -ENOEXEC;
	}
	error = probe_at(found);
	if (error)
		return error;
	/* Without its hypervisor the driver would read the bare port. */
	__module_get(THIS_MODULE);
	pr_info("%s is attached at %pS\n", driver->name, found);
	return 0;
}

static void host_detach(void)
{
	unregister_kprobe(&host_probe);
	module_put(THIS_MODULE);
}

static int module_event(struct notifier_block *nb, unsigned long event,
			void *data)
{
	static bool attached;
	struct module *module = data;
	int error;

	if (strcmp(module->name, HOST_DRIVER))
		return NOTIFY_DONE;
	if (event == MODULE_STATE_COMING) {
		error = host_attach(module);
		attached = !error;
		return notifier_from_errno(error);
	}
	/* A driver that was here first goes without ever having come. */
	if (event == MODULE_STATE_GOING && attached) {
		host_detach();
		attached = false;
	}
	return NOTIFY_DONE;
}

/* Ahead of kprobes' own, which would find a probe left in a module that goes. */
static struct notifier_block module_events = {
	.notifier_call = module_event,
	.priority = 1,
};

int probe_init(void)
{
	return register_module_notifier(&module_events);
}

void probe_exit(void)
{
	unregister_module_notifier(&module_events);
}
