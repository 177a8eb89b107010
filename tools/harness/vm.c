// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "vm.h"

#define LAST_WORDS_MS	1000
#define FLOOD_LINES	1000

void vm_log(struct vm *vm, const char *fmt, ...)
{
	long long ms = clock_ms() - vm->start;
	va_list args;

	fprintf(vm->protocol, "%5lld.%03lld ", ms / 1000, ms % 1000);
	va_start(args, fmt);
	vfprintf(vm->protocol, fmt, args);
	va_end(args);
	fputc('\n', vm->protocol);
}

int vm_fail(struct vm *vm, enum verdict verdict, const char *fmt, ...)
{
	long long deadline = clock_ms() + LAST_WORDS_MS;
	va_list args;

	if (vm->verdict != VERDICT_PASS)
		return -1;
	/*
	 * A panicking guest closes its channels too: let what is still on its
	 * way arrive, so that the cause is named and not a consequence.
	 */
	while (vm_pump(vm, deadline) > 0)
		;
	if (vm->panicked || vm->console.panicked) {
		vm->verdict = VERDICT_PANIC;
		snprintf(vm->trouble, sizeof(vm->trouble),
			 "the guest panicked: %.400s", vm->console.first);
		return -1;
	}
	vm->verdict = verdict;
	va_start(args, fmt);
	vsnprintf(vm->trouble, sizeof(vm->trouble), fmt, args);
	va_end(args);
	return -1;
}

static void note_event(struct vm *vm, const char *event, json_t *message)
{
	const char *text;

	if (!strcmp(event, "GUEST_PANICKED")) {
		vm->panicked = true;
	} else if (!strcmp(event, "DEVICE_DELETED")) {
		/* The device itself, not the bus below it, has a name. */
		vm->unplugged += !json_unpack(message, "{s:{s:s}}", "data",
					      "device", &text);
	} else if (!strcmp(event, "SHUTDOWN")) {
		vm->shutdown = true;
		if (!json_unpack(message, "{s:{s:s}}", "data", "reason", &text))
			snprintf(vm->reason, sizeof(vm->reason), "%s", text);
	}
}

/* Use up the lines of the monitor: events are noted, an answer is kept. */
static void receive_qmp(struct vm *vm)
{
	const char *event;
	json_t *message;
	char *line;

	while ((line = channel_take_line(&vm->qmp))) {
		vm_log(vm, "qmp   < %s", line);
		message = json_loads(line, 0, NULL);
		free(line);
		if (json_unpack(message, "{s:s}", "event", &event)) {
			json_decref(vm->reply);
			vm->reply = message;
			continue;
		}
		note_event(vm, event, message);
		json_decref(message);
	}
}

static bool qemu_ended(const struct vm *vm)
{
	return vm->qmp.fd < 0 && vm->console_in.fd < 0;
}

int vm_pump(struct vm *vm, long long deadline)
{
	struct channel *const channels[] = {
		&vm->qmp, &vm->agent, &vm->console_in
	};
	struct pollfd pfd[3];
	int i, ready, left;

	if (qemu_ended(vm))
		return -1;
	for (i = 0; i < 3; i++) {
		pfd[i].fd = channels[i]->fd;
		pfd[i].events = POLLIN;
	}
	do {
		left = clock_left(deadline);
		ready = poll(pfd, 3, left);
	} while (ready < 0 && errno == EINTR);
	if (ready <= 0)
		return 0;
	/* The console first: it says why the others fall silent. */
	for (i = 2; i >= 0; i--)
		if (pfd[i].fd >= 0 && pfd[i].revents)
			channel_fill(channels[i]);
	if (vm->console_in.len) {
		console_feed(&vm->console, vm->console_in.buf,
			     vm->console_in.len);
		vm->console_in.len = 0;
	}
	receive_qmp(vm);
	/* A guest that never stops talking does not stop the clock. */
	return qemu_ended(vm) ? -1 : left > 0;
}

bool vm_flooded(struct vm *vm)
{
	return vm->console.bad > FLOOD_LINES &&
	       vm_fail(vm, VERDICT_FAIL, "the kernel complains without end");
}

bool wait_more(struct vm *vm, struct wait *wait)
{
	long long until = clock_ms() + wait->pause_ms;
	int came;

	if (vm->verdict != VERDICT_PASS || !clock_left(wait->deadline))
		return false;
	if (vm_flooded(vm))
		return false;
	while ((came = vm_pump(vm, until)) > 0)
		;
	if (came < 0) {
		vm_fail(vm, VERDICT_LOST, "QEMU ended (%s)", vm->reason);
		return false;
	}
	wait->pause_ms *= 2;
	if (wait->pause_ms > WAIT_MOST_MS)
		wait->pause_ms = WAIT_MOST_MS;
	return true;
}
