// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "clock.h"

#define READ_MS	60000

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
		if (vm_flooded(vm))
			return -1;
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

static int read_payload(struct vm *vm, char **data, size_t len,
			long long deadline, const char *what)
{
	char *text;

	if (wait_bytes(vm, len + 1, deadline, what))
		return -1;
	text = channel_take(&vm->agent, len + 1);
	text[len] = '\0';
	fputs(text, vm->protocol);
	if (data)
		*data = text;
	else
		free(text);
	return 0;
}

static int read_answer(struct vm *vm, unsigned long seq, char **data,
		       long long deadline, const char *what)
{
	int error = 0, result;
	unsigned long got;
	char *head;
	size_t len;

	while (!(head = channel_take_line(&vm->agent)))
		if (wait_bytes(vm, vm->agent.len + 1, deadline, what))
			return -1;
	vm_log(vm, "agent < %s", head);
	if (sscanf(head, "%lu ok %zu", &got, &len) == 2 && got == seq)
		result = read_payload(vm, data, len, deadline, what);
	else if (sscanf(head, "%lu err %d", &got, &error) == 2 && got == seq &&
		 seq && error > 0)
		result = error;
	else
		result = vm_fail(vm, VERDICT_LOST,
				 "nonsense instead of an answer to '%s': '%.80s'",
				 what, head);
	free(head);
	return result;
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
	vm_log(vm, "agent > %lu %s", vm->seq, what);
	if (vm->agent.fd < 0 || write(vm->agent.fd, line, len) != len)
		return vm_fail(vm, VERDICT_LOST,
			       "the guest ended before '%s' could be asked",
			       what);
	return read_answer(vm, vm->seq, data, clock_ms() + limit_ms, what);
}

char *file_read(struct vm *vm, const char *path)
{
	char *text = NULL;
	int error = agent_call(vm, READ_MS, &text, "read %s", path);

	if (error > 0)
		vm_fail(vm, VERDICT_HARNESS, "guest: %s: %s", path,
			strerror(error));
	return text;
}

bool number_in(const char *text, const char *key, long long *number)
{
	size_t len = strlen(key);
	const char *line, *at;
	char *end;

	for (line = text; line; line = strchr(line, '\n')) {
		at = line + strspn(line, " \n");
		if (!strncmp(at, key, len) && (!len || strchr(" :\t", at[len]))) {
			at += len + strspn(at + len, " :\t");
			*number = strtoll(at, &end, 0);
			return end != at;
		}
		line += *line == '\n';
	}
	return false;
}

int file_number(struct vm *vm, const char *path, const char *key,
		long long *number)
{
	char *text = file_read(vm, path);
	bool found;

	if (!text)
		return -1;
	found = number_in(text, key, number);
	free(text);
	return found ? 0 : vm_fail(vm, VERDICT_HARNESS, "guest: no number %s%s%s",
				   key, *key ? " in " : "", path);
}
