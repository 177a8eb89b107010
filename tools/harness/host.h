/* SPDX-License-Identifier: GPL-2.0 */
/* What a guest costs its host: time of the CPUs, and what the memory alone would cost. */
#ifndef BALLOON_HOST_H
#define BALLOON_HOST_H

#include "vm.h"

/**
 * struct cpu_time - CPU time that QEMU has used, in nanoseconds
 * @guest: by the threads that run the guest's CPUs
 * @main: by the main thread
 */
struct cpu_time {
	long long guest;
	long long main;
};

/**
 * host_cpu_time() - see how much CPU time QEMU has used
 * @vm: the guest
 * @time: filled in
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int host_cpu_time(struct vm *vm, struct cpu_time *time);

/**
 * host_discard() - discard anonymous memory, as QEMU does it, but without a guest
 * @bytes: how much, all of it in use
 * @piece: how much at a time
 *
 * Return: nanoseconds, or -1 if the host lets nobody do that.
 */
long long host_discard(long long bytes, long long piece);

#endif /* BALLOON_HOST_H */
