// SPDX-License-Identifier: GPL-2.0
/*
 * Catch the driver where it calls the hypervisor.
 *
 * The driver has one "inl (%dx)" for all its commands, on a port that QEMU does not
 * have. A kprobe on that instruction executes the command and skips the instruction.
 * So the driver runs unchanged.
 *
 * Load this module before the driver: the probe must exist before the driver's init
 * runs. While the driver is loaded, this module cannot be unloaded.
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
	/* Skip the instruction, which is one byte long. */
	instruction_pointer_set(regs, (unsigned long)probe->addr + 1);
	return 1;
}

/*
 * Nobody calls this, because the probe skips the instruction. But kprobes does not
 * optimize a probe with such a handler into a jump, and a jump could not skip.
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
 * The byte can be part of another instruction. There kprobes does not accept a probe,
 * because it decodes the function from its beginning.
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
	/* Without the mock the driver would read a port that does not exist. */
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
	/* A driver that was loaded before this module is not attached. */
	if (event == MODULE_STATE_GOING && attached) {
		host_detach();
		attached = false;
	}
	return NOTIFY_DONE;
}

/* Run before kprobes' notifier, which expects no probe in a module that goes. */
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
