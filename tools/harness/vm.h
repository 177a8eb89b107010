/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One guest under QEMU: started, supervised, ended.
 *
 * QEMU gets three connected sockets (monitor, agent, console); nothing is
 * looked up by name. All input is taken in by vm_pump(), whoever waits for it.
 */
#ifndef BALLOON_VM_H
#define BALLOON_VM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>
#include <jansson.h>

#include "console.h"
#include "guests.h"
#include "verdict.h"

/**
 * struct vm_config - how to start a guest
 * @guest: the kind of guest
 * @qemu: QEMU's program, NULL for the guest's own
 * @kernel: kernel image
 * @initrd: initramfs
 * @accel: "kvm" or "tcg"
 * @append: further words for the kernel's command line, may be empty
 * @append_more: as @append
 * @device: added to the properties of the balloon's device, may be empty
 * @objects: further words for QEMU's command line, ended by NULL, or NULL
 * @forgiven: as in struct console
 * @dir: directory for everything that is kept of the run
 */
struct vm_config {
	const struct guest_kind *guest;
	const char *qemu;
	const char *kernel;
	const char *initrd;
	const char *accel;
	const char *append;
	const char *append_more;
	const char *device;
	const char * const *objects;
	const char * const *forgiven;
	const char *dir;
};

/**
 * struct channel - a socket to QEMU and what has come from it
 * @fd: the socket, -1 when the other side has closed it
 * @buf: what has not been used yet
 * @len: bytes in @buf
 * @size: bytes allocated for @buf
 */
struct channel {
	int fd;
	char *buf;
	size_t len;
	size_t size;
};

/**
 * struct vm - a running guest
 * @pid: QEMU's process, 0 when it has been waited for
 * @qmp: QEMU's monitor
 * @agent: the agent in the guest
 * @console_in: the guest's console, as bytes
 * @console: the guest's console, as lines
 * @protocol: log of all that went over @qmp and @agent
 * @reply: answer of the monitor that has not been fetched, or NULL
 * @panicked: QEMU told of a guest panic
 * @shutdown: QEMU told of a shutdown
 * @reason: QEMU's reason for the shutdown
 * @unplugged: how many devices QEMU told that the guest has let go
 * @seq: number of the last request to the agent
 * @dir: directory for everything that is kept of the run
 * @trouble: why the guest cannot be talked to any more
 * @verdict: what @trouble amounts to; VERDICT_PASS while there is none
 */
struct vm {
	pid_t pid;
	struct channel qmp;
	struct channel agent;
	struct channel console_in;
	struct console console;
	FILE *protocol;
	json_t *reply;
	bool panicked;
	bool shutdown;
	char reason[64];
	unsigned int unplugged;
	unsigned long seq;
	char dir[4096];
	char trouble[512];
	enum verdict verdict;
};

/**
 * vm_init() - make a guest that does not run
 * @vm: filled in; vm_fail() and vm_end() can be called on it
 */
void vm_init(struct vm *vm);

/**
 * vm_start() - start QEMU and greet its monitor
 * @vm: filled in; on failure @vm->trouble says why
 * @config: how
 *
 * Return: 0, or -1 with @vm->verdict set. vm_end() is owed in both cases.
 */
int vm_start(struct vm *vm, const struct vm_config *config);

/**
 * vm_pump() - take in what QEMU sends until something came or time is up
 * @vm: the guest
 * @deadline: a value of clock_ms()
 *
 * Return: 1 if something came, 0 if the deadline passed, -1 if QEMU closed the
 * monitor.
 */
int vm_pump(struct vm *vm, long long deadline);

/**
 * vm_fail() - note why the guest cannot be talked to any more
 * @vm: the guest
 * @verdict: what it looks like from here; a panic, if there was one, wins
 * @fmt: as in printf()
 *
 * The first call counts, later ones follow from it.
 *
 * Return: -1, for the caller to return.
 */
int vm_fail(struct vm *vm, enum verdict verdict, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * vm_end() - end QEMU, if it still runs, and free what the guest used
 * @vm: the guest
 */
void vm_end(struct vm *vm);

#endif /* BALLOON_VM_H */
