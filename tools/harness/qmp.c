// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "qmp.h"

#define CALL_MS 60000

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
		if (!came && !vm->reply) {
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
	vm_log(vm, "qmp   > %s", text);
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

int qmp_do(struct vm *vm, const char *command, json_t *arguments)
{
	json_t *result = qmp_call(vm, command, arguments);

	json_decref(result);
	return result ? 0 : -1;
}

int qmp_greet(struct vm *vm, long long deadline)
{
	while (!vm->reply)
		if (vm_pump(vm, deadline) <= 0 && !vm->reply)
			return -1;
	json_decref(vm->reply);
	vm->reply = NULL;
	return qmp_do(vm, "qmp_capabilities", NULL);
}
