/* SPDX-License-Identifier: GPL-2.0 */
/* QEMU's process: its accelerator, its command line, its start and its end. */
#ifndef BALLOON_QEMU_H
#define BALLOON_QEMU_H

#include "guests.h"
#include "vm.h"

/**
 * struct vm_config - how to start a guest
 * @guest: the kind of guest
 * @qemu: QEMU's program, NULL for the guest's own
 * @kernel: kernel image
 * @initrd: initramfs
 * @accel: "kvm" or "tcg"
 * @memory_mib: the guest's memory in MiB
 * @append: further words for the kernel's command line, may be empty
 * @append_more: as @append
 * @device: added to the properties of the balloon's device, may be empty
 * @objects: further words for QEMU's command line, ended by NULL, or NULL
 * @dir: directory for everything that is kept of the guest
 */
struct vm_config {
	const struct guest_kind *guest;
	const char *qemu;
	const char *kernel;
	const char *initrd;
	const char *accel;
	unsigned int memory_mib;
	const char *append;
	const char *append_more;
	const char *device;
	const char * const *objects;
	const char *dir;
};

/**
 * qemu_accel() - choose QEMU's accelerator
 * @guest: the kind of guest
 * @why: filled in with the reason for a person to read, a constant string
 *
 * /dev/kvm alone is no promise: nested in some machines it exists, creates a VM
 * and never runs it. The CPU must have the feature too, and a guest that does
 * not come up under "kvm" is started again under "tcg".
 *
 * Return: "kvm" or "tcg".
 */
const char *qemu_accel(const struct guest_kind *guest, const char **why);

/**
 * qemu_start() - start QEMU and greet its monitor
 * @vm: filled in; on failure @vm->trouble says why
 * @config: how; the command line is kept as qemu.cmd in its directory, QEMU's
 *	    complaints as qemu.stderr
 *
 * Return: 0, or -1 with @vm->verdict set. qemu_end() is owed in both cases.
 */
int qemu_start(struct vm *vm, const struct vm_config *config);

/**
 * qemu_end() - end QEMU, if it still runs, and free what the guest used
 * @vm: the guest
 */
void qemu_end(struct vm *vm);

#endif /* BALLOON_QEMU_H */
