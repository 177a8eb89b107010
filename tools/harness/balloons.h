/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kinds of balloon: how the host asks for a size, and how it learns what it
 * got. Adding one is adding a record in balloons.c.
 */
#ifndef BALLOON_BALLOONS_H
#define BALLOON_BALLOONS_H

#include <stdbool.h>

struct run;

/**
 * struct balloon_kind - what differs between balloons
 * @module: the driver's module, without ".ko"
 * @params: what the module is loaded with, may be empty
 * @mock: the module that plays the hypervisor or the device, or NULL
 * @mock_dir: that module's directory in the guest's debugfs; its file "locked" has
 *	      the number of page frames (of 4K) that the hypervisor has, and
 *	      "violations" what it holds against the driver, "0" if nothing
 * @prepare: makes ready what the driver needs, may be NULL; returns 0, or -1 with
 *	     the guest's verdict set
 * @set: ask for a size in bytes; returns 0, or -1 with the guest's verdict set
 * @inflated: bytes that the driver says are in the balloon, or -1 with the guest's
 *	      verdict set
 * @slack: bytes by which the driver may stay above a target that is not 0 when it
 *	   deflates
 * @rest_ms: the driver does nothing for so long after memory was taken offline
 * @host_takes: the host gives up the memory of pages in the balloon
 * @unmanaged: pages in the balloon do not count as managed by the guest
 */
struct balloon_kind {
	const char *module;
	const char *params;
	const char *mock;
	const char *mock_dir;
	int (*prepare)(struct run *run);
	int (*set)(struct run *run, long long bytes);
	long long (*inflated)(struct run *run);
	long long slack;
	unsigned int rest_ms;
	bool host_takes;
	bool unmanaged;
};

/**
 * struct balloon - a balloon of a guest
 * @kind: what it is
 * @asked: bytes in it that the host last asked for
 * @deflating: that was less than before
 * @inflate: bytes that the host has asked to inflate, in all
 * @deflate: bytes that the host has asked to deflate, in all
 */
struct balloon {
	const struct balloon_kind *kind;
	long long asked;
	bool deflating;
	long long inflate;
	long long deflate;
};

/* virtio-balloon: over QEMU's monitor. */
extern const struct balloon_kind balloon_virtio;

/* A second one, for the same driver: mock_virtio, a module of the guest, plays it. */
extern const struct balloon_kind balloon_mock_virtio;

/* pseries cmm with simulate=1: the guest's sysfs plays the hypervisor. */
extern const struct balloon_kind balloon_cmm;

/* vmw_balloon: mock_vmw, a module of the guest, plays VMware. */
extern const struct balloon_kind balloon_vmw;

#endif /* BALLOON_BALLOONS_H */
