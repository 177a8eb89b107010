/* SPDX-License-Identifier: GPL-2.0 */
/* Commands to QEMU's monitor, in QEMU's machine protocol. */
#ifndef BALLOON_QMP_H
#define BALLOON_QMP_H

#include "vm.h"

/**
 * qmp_greet() - wait for the monitor and open it for commands
 * @vm: the guest
 * @deadline: a value of clock_ms()
 *
 * Return: 0, or -1.
 */
int qmp_greet(struct vm *vm, long long deadline);

/**
 * qmp_call() - give the monitor a command
 * @vm: the guest
 * @command: its name
 * @arguments: its arguments, or NULL; the reference is taken
 *
 * Return: what the command returned, a new reference, or NULL with @vm->verdict
 * set.
 */
json_t *qmp_call(struct vm *vm, const char *command, json_t *arguments);

/**
 * qmp_do() - give the monitor a command that returns nothing of interest
 * @vm: the guest
 * @command: its name
 * @arguments: its arguments, or NULL; the reference is taken
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int qmp_do(struct vm *vm, const char *command, json_t *arguments);

#endif /* BALLOON_QMP_H */
