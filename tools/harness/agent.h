/* SPDX-License-Identifier: GPL-2.0 */
/* Requests to the agent in the guest; tools/guest/agent.h describes the protocol. */
#ifndef BALLOON_HARNESS_AGENT_H
#define BALLOON_HARNESS_AGENT_H

#include "vm.h"

/**
 * agent_wait() - wait for the agent's greeting
 * @vm: the guest
 * @limit_ms: how long
 * @page_size: filled in with the guest's, in bytes
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int agent_wait(struct vm *vm, int limit_ms, long *page_size);

/**
 * agent_call() - have the agent do something
 * @vm: the guest
 * @limit_ms: how long the answer may take
 * @data: where the payload goes, NUL-terminated, to be freed by the caller; may
 *	  be NULL
 * @fmt: the request, as in printf(), without sequence number and newline
 *
 * Return: 0; a positive errno value of the guest if the agent could not do it;
 * -1 with @vm->verdict set if the guest cannot be talked to any more.
 */
int agent_call(struct vm *vm, int limit_ms, char **data, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/**
 * file_read() - read a file of the guest
 * @vm: the guest
 * @path: the file
 *
 * Return: its text, to be freed by the caller, or NULL with @vm->verdict set.
 */
char *file_read(struct vm *vm, const char *path);

/**
 * number_in() - find a number in the text of a file
 * @text: the text
 * @key: how the line with the number begins, blanks aside; "" for the first line
 * @number: filled in with the first number behind @key, decimal or with 0x
 *
 * Return: whether there is one.
 */
bool number_in(const char *text, const char *key, long long *number);

/**
 * file_number() - read a number from a file of the guest
 * @vm: the guest
 * @path: the file
 * @key: as in number_in()
 * @number: filled in
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int file_number(struct vm *vm, const char *path, const char *key,
		long long *number);

#endif /* BALLOON_HARNESS_AGENT_H */
