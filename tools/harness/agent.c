// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "clock.h"

static int wait_bytes(struct vm *vm, size_t len, long long deadline,
		      const char *what)
{
	while (vm->agent.len < len) {
		int came;

		if (vm->agent.fd < 0)
			return vm_fail(vm, VERDICT_LOST,
				       "the guest ended instead of answering '%s'",
				       what);
		came = vm_pump(vm, deadline);
		if (vm->agent.len >= len)
			break;
		if (came < 0)
			return vm_fail(vm, VERDICT_LOST,
				       "the guest ended (%s) instead of answering '%s'",
				       vm->reason[0] ? vm->reason : "no reason given",
				       what);
		if (!came)
			return vm_fail(vm, VERDICT_TIMEOUT,
				       "no answer to '%s' in time", what);
	}
	return 0;
}

static void use_bytes(struct channel *ch, size_t len)
{
	memmove(ch->buf, ch->buf + len, ch->len - len);
	ch->len -= len;
}

/* The first line of an answer, without its newline. */
static int read_head(struct vm *vm, char *head, size_t size, long long deadline,
		     const char *what)
{
	struct channel *ch = &vm->agent;
	char *end;
	size_t len;

	while (!ch->len || !(end = memchr(ch->buf, '\n', ch->len)))
		if (wait_bytes(vm, ch->len + 1, deadline, what))
			return -1;
	len = end - ch->buf;
	if (len >= size)
		return vm_fail(vm, VERDICT_LOST,
			       "nonsense instead of an answer to '%s'", what);
	memcpy(head, ch->buf, len);
	head[len] = '\0';
	use_bytes(ch, len + 1);
	fprintf(vm->protocol, "agent < %s\n", head);
	return 0;
}

static int read_payload(struct vm *vm, char **data, size_t len,
			long long deadline, const char *what)
{
	if (wait_bytes(vm, len + 1, deadline, what))
		return -1;
	fprintf(vm->protocol, "%.*s", (int)len, vm->agent.buf);
	if (data) {
		*data = strndup(vm->agent.buf, len);
		if (!*data)
			abort();
	}
	use_bytes(&vm->agent, len + 1);
	return 0;
}

static int read_answer(struct vm *vm, unsigned long seq, char **data,
		       long long deadline, const char *what)
{
	unsigned long got;
	char head[512];
	size_t len;
	int error;

	if (read_head(vm, head, sizeof(head), deadline, what))
		return -1;
	if (sscanf(head, "%lu ok %zu", &got, &len) == 2 && got == seq)
		return read_payload(vm, data, len, deadline, what);
	if (sscanf(head, "%lu err %d", &got, &error) == 2 && got == seq &&
	    seq && error > 0)
		return error;
	return vm_fail(vm, VERDICT_LOST,
		       "nonsense instead of an answer to '%s': '%.80s'", what,
		       head);
}

int agent_wait(struct vm *vm, int limit_ms, long *page_size)
{
	char *text = NULL;
	int known;

	if (read_answer(vm, 0, &text, clock_ms() + limit_ms, "hello"))
		return -1;
	known = sscanf(text, "balloon-agent 1 page_size %ld", page_size);
	free(text);
	if (known != 1)
		return vm_fail(vm, VERDICT_LOST, "nonsense as a greeting");
	return 0;
}

int agent_call(struct vm *vm, int limit_ms, char **data, const char *fmt, ...)
{
	char what[512], line[600];
	va_list args;
	int len;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	len = snprintf(line, sizeof(line), "%lu %s\n", ++vm->seq, what);
	fprintf(vm->protocol, "agent > %s", line);
	if (vm->agent.fd < 0 || write(vm->agent.fd, line, len) != len)
		return vm_fail(vm, VERDICT_LOST,
			       "the guest ended before '%s' could be asked",
			       what);
	return read_answer(vm, vm->seq, data, clock_ms() + limit_ms, what);
}
