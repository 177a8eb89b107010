/* SPDX-License-Identifier: GPL-2.0 */
/* How often the guest leaves its CPU for the balloon's device, and the device interrupts it. */
#ifndef BALLOON_EXITS_H
#define BALLOON_EXITS_H

#include "vm.h"

/**
 * enum exit_kind - what the guest and the device have to do with each other
 * @EXIT_NOTIFY: the guest says that there is a buffer in a queue
 * @EXIT_CONFIG_READ: it reads the balloon's configuration: the target
 * @EXIT_CONFIG_WRITE: it writes there: the size
 * @EXIT_OTHER_READ: it reads another register, like that of the interrupt's cause
 * @EXIT_OTHER_WRITE: it writes to another register
 * @EXIT_INTERRUPT: the device says that it has used a buffer; no exit by itself
 * @EXIT_KINDS: how many kinds there are
 */
enum exit_kind {
	EXIT_NOTIFY,
	EXIT_CONFIG_READ,
	EXIT_CONFIG_WRITE,
	EXIT_OTHER_READ,
	EXIT_OTHER_WRITE,
	EXIT_INTERRUPT,
	EXIT_KINDS,
};

/**
 * exit_kind_name() - a kind in a word
 * @kind: the kind
 *
 * Return: its name, with dashes.
 */
const char *exit_kind_name(enum exit_kind kind);

/**
 * exits_begin() - count from now on
 * @vm: a guest whose kind is traced
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int exits_begin(struct vm *vm);

/**
 * exits_end() - end the count
 * @vm: the guest
 * @count: filled in
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int exits_end(struct vm *vm, long long count[EXIT_KINDS]);

#endif /* BALLOON_EXITS_H */
