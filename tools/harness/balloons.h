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
 * @module: the driver's module
 * @params: what the module is loaded with, may be empty
 * @prepare: makes ready what the driver needs in a guest that has booted, may be
 *	     NULL; returns 0, or -1 with @vm->verdict set
 * @set: ask for a size, in bytes, of a guest with so many bytes of memory;
 *	 returns 0, or -1 with @vm->verdict set
 * @inflated: bytes that the driver says are in the balloon, or -1 with
 *	      @vm->verdict set
 * @ledger: a file in the guest with the number of pages that the played
 *	    hypervisor has, or NULL
 * @faults: a file in the guest with what that hypervisor holds against the
 *	    driver, "0" if nothing, or NULL
 * @slack: bytes by which the driver may stay above a target that is not 0 when it
 *	   deflates
 * @rest_ms: the driver does nothing for so long after memory was taken offline
 * @host_takes: the host gives up the memory of pages in the balloon
 * @unmanaged: pages in the balloon do not count as managed by the guest
 */
struct balloon_kind {
	const char *module;
	const char *params;
	int (*prepare)(struct vm *vm);
	int (*set)(struct vm *vm, long long memory, long long bytes);
	long long (*inflated)(struct vm *vm, long long memory);
	const char *ledger;
	const char *faults;
	long long slack;
	unsigned int rest_ms;
	bool host_takes;
	bool unmanaged;
};

/* virtio-balloon: over QEMU's monitor. */
extern const struct balloon_kind balloon_virtio;

/* pseries cmm with simulate=1: the guest's sysfs plays the hypervisor. */
extern const struct balloon_kind balloon_cmm;

/* vmw_balloon: a module of the guest (tools/guest-modules) plays VMware. */
extern const struct balloon_kind balloon_vmw;

#endif /* BALLOON_BALLOONS_H */
