/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests to the agent in the guest. The protocol stands in
 * tools/guest/agent.h.
 */
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

#endif /* BALLOON_HARNESS_AGENT_H */
