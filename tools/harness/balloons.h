/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kinds of balloon: how the host asks for a size, and how it learns what it
 * got. Adding one is adding a record in balloons.c.
 */
#ifndef BALLOON_BALLOONS_H
#define BALLOON_BALLOONS_H

#include <stdbool.h>

struct vm;

/**
 * struct balloon_kind - what differs between balloons
 * @prepare: makes the balloon ready in a guest that has booted, may be NULL;
 *	     returns 0, or -1 with @vm->verdict set
 * @set: ask for a size; returns 0, or -1 with @vm->verdict set
 * @inflated: MiB that the driver says are in the balloon, or -1 with
 *	      @vm->verdict set
 * @ledger: a file in the guest with the number of pages that the played
 *	    hypervisor has, or NULL
 * @faults: a file in the guest with what that hypervisor holds against the
 *	    driver, "0" if nothing, or NULL
 * @host_takes: the host gives up the memory of pages in the balloon
 * @unmanaged: pages in the balloon do not count as managed by the guest
 */
struct balloon_kind {
	int (*prepare)(struct vm *vm);
	int (*set)(struct vm *vm, unsigned int memory_mib,
		   unsigned int balloon_mib);
	long long (*inflated)(struct vm *vm, unsigned int memory_mib);
	const char *ledger;
	const char *faults;
	bool host_takes;
	bool unmanaged;
};

/* virtio-balloon: over QEMU's monitor. */
extern const struct balloon_kind balloon_virtio;

/* pseries cmm with cmm.simulate=1: the guest's sysfs plays the hypervisor. */
extern const struct balloon_kind balloon_cmm;

/* vmw_balloon: a module of the guest (tools/guest-modules) plays VMware. */
extern const struct balloon_kind balloon_vmw;

#endif /* BALLOON_BALLOONS_H */
