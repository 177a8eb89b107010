/* SPDX-License-Identifier: GPL-2.0 */
/* The kinds of guest. Adding one is adding a record in guests.c. */
#ifndef BALLOON_GUESTS_H
#define BALLOON_GUESTS_H

#include "balloons.h"

/**
 * struct guest_kind - what differs between guests
 * @name: as on the command line
 * @qemu: QEMU's program
 * @machine: QEMU's -M
 * @cpu: QEMU's -cpu, NULL for the machine's own
 * @bare: its kernel has no probes, and so none of the tests' own modules
 * @anonymous: its memory is anonymous memory of QEMU, which the host may have in huge
 *	       pages, as that of most guests in use; else it is a file
 * @icount: its clock counts instructions, a nanosecond each
 * @traced: what it does to its devices can be counted
 * @kvm: runs under KVM, too, where the host has it
 * @balloon: its balloon
 * @memory_mib: the guest's memory in MiB, four memory blocks; twice that for
 *		scenarios that are @large
 * @more_memory: what follows it on QEMU's command line
 * @cpus: number of virtual CPUs
 * @append: the kernel's command line: console, agent's channel, debugging
 * @device: QEMU's device that is the balloon, or NULL; a scenario may add
 *	    properties
 * @devices: further words for QEMU's command line, ended by NULL, or NULL
 */
struct guest_kind {
	const char *name;
	const char *qemu;
	const char *machine;
	const char *cpu;
	bool bare;
	bool anonymous;
	bool icount;
	bool traced;
	bool kvm;
	const struct balloon_kind *balloon;
	unsigned int memory_mib;
	const char *more_memory;
	unsigned int cpus;
	const char *append;
	const char *device;
	const char * const *devices;
};

/**
 * guest_find() - look up a kind of guest
 * @name: its name
 *
 * Return: the record, or NULL.
 */
const struct guest_kind *guest_find(const char *name);

#endif /* BALLOON_GUESTS_H */
