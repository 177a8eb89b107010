/* SPDX-License-Identifier: GPL-2.0 */
/* QEMU's machine protocol. */
#ifndef BALLOON_QMP_H
#define BALLOON_QMP_H

#include <jansson.h>

#include "vm.h"

/**
 * qmp_receive() - use up the lines that the monitor has sent
 * @vm: the guest; events are noted in it, an answer becomes @vm->reply
 */
void qmp_receive(struct vm *vm);

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
 * qmp_balloon_set() - ask for a size of the guest
 * @vm: the guest
 * @bytes: memory that the guest shall keep
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int qmp_balloon_set(struct vm *vm, unsigned long long bytes);

/**
 * qmp_balloon_actual() - the size that the guest's driver has reported
 * @vm: the guest
 *
 * Return: bytes that the guest keeps, or -1 with @vm->verdict set.
 */
long long qmp_balloon_actual(struct vm *vm);

#endif /* BALLOON_QMP_H */
