// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "qmp.h"

#define CALL_MS 60000

static void note_event(struct vm *vm, const char *event, json_t *message)
{
	const char *reason;

	if (!strcmp(event, "GUEST_PANICKED")) {
		vm->panicked = true;
	} else if (!strcmp(event, "DEVICE_DELETED")) {
		/* The device itself, not the bus below it, has a name. */
		vm->unplugged += !json_unpack(message, "{s:{s:s}}", "data",
					      "device", &reason);
	} else if (!strcmp(event, "SHUTDOWN")) {
		vm->shutdown = true;
		if (!json_unpack(message, "{s:{s:s}}", "data", "reason",
				 &reason))
			snprintf(vm->reason, sizeof(vm->reason), "%s", reason);
	}
}

static void receive_line(struct vm *vm, const char *line)
{
	json_t *message = json_loads(line, 0, NULL);
	const char *event;

	fprintf(vm->protocol, "qmp   < %s\n", line);
	if (!message)
		return;
	if (!json_unpack(message, "{s:s}", "event", &event)) {
		note_event(vm, event, message);
		json_decref(message);
		return;
	}
	json_decref(vm->reply);
	vm->reply = message;
}

void qmp_receive(struct vm *vm)
{
	struct channel *ch = &vm->qmp;
	char *end;

	while (ch->len && (end = memchr(ch->buf, '\n', ch->len))) {
		size_t used = end + 1 - ch->buf;

		*end = '\0';
		if (end > ch->buf && end[-1] == '\r')
			end[-1] = '\0';
		receive_line(vm, ch->buf);
		memmove(ch->buf, end + 1, ch->len - used);
		ch->len -= used;
	}
}

static json_t *wait_reply(struct vm *vm, long long deadline)
{
	json_t *reply;

	while (!vm->reply) {
		int came = vm_pump(vm, deadline);

		if (came < 0) {
			vm_fail(vm, VERDICT_LOST, "QEMU ended (%s)",
				vm->reason[0] ? vm->reason : "no reason given");
			return NULL;
		}
		if (!came) {
			vm_fail(vm, VERDICT_HARNESS, "QEMU's monitor is silent");
			return NULL;
		}
	}
	reply = vm->reply;
	vm->reply = NULL;
	return reply;
}

static int send_command(struct vm *vm, json_t *command)
{
	char *text = json_dumps(command, JSON_COMPACT);
	ssize_t done;
	size_t len;

	if (!text)
		return -1;
	len = strlen(text);
	fprintf(vm->protocol, "qmp   > %s\n", text);
	done = vm->qmp.fd < 0 ? -1 : write(vm->qmp.fd, text, len);
	free(text);
	return done == (ssize_t)len ? 0 : -1;
}

json_t *qmp_call(struct vm *vm, const char *command, json_t *arguments)
{
	json_t *message = json_pack("{s:s}", "execute", command);
	json_t *reply, *result;
	int sent;

	if (arguments)
		json_object_set_new(message, "arguments", arguments);
	sent = send_command(vm, message);
	json_decref(message);
	if (sent) {
		vm_fail(vm, VERDICT_LOST, "QEMU ended before '%s'", command);
		return NULL;
	}
	reply = wait_reply(vm, clock_ms() + CALL_MS);
	if (!reply)
		return NULL;
	result = json_incref(json_object_get(reply, "return"));
	if (!result) {
		const char *desc = "no description";

		json_unpack(reply, "{s:{s:s}}", "error", "desc", &desc);
		vm_fail(vm, VERDICT_HARNESS, "QEMU refused '%s': %s", command,
			desc);
	}
	json_decref(reply);
	return result;
}

int qmp_greet(struct vm *vm, long long deadline)
{
	json_t *reply;

	while (!vm->reply)
		if (vm_pump(vm, deadline) <= 0)
			return -1;
	json_decref(vm->reply);
	vm->reply = NULL;
	reply = qmp_call(vm, "qmp_capabilities", NULL);
	json_decref(reply);
	return reply ? 0 : -1;
}

int qmp_balloon_set(struct vm *vm, unsigned long long bytes)
{
	json_t *result = qmp_call(vm, "balloon",
				  json_pack("{s:I}", "value",
					    (json_int_t)bytes));

	json_decref(result);
	return result ? 0 : -1;
}

long long qmp_balloon_actual(struct vm *vm)
{
	json_t *result = qmp_call(vm, "query-balloon", NULL);
	json_int_t actual = -1;

	if (!result)
		return -1;
	if (json_unpack(result, "{s:I}", "actual", &actual))
		vm_fail(vm, VERDICT_HARNESS, "query-balloon: no 'actual'");
	json_decref(result);
	return actual;
}
