// SPDX-License-Identifier: GPL-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "clock.h"
#include "qemu.h"
#include "qmp.h"
#include "vm.h"

#define START_MS	30000
#define END_MS		10000
#define LAST_WORDS_MS	1000

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

/* Read what a channel has; false when there is nothing more to come. */
static bool channel_fill(struct channel *ch)
{
	ssize_t got;

	if (ch->size - ch->len < 4096) {
		char *grown = realloc(ch->buf, ch->size * 2 + 8192);

		if (!grown)
			abort();
		ch->buf = grown;
		ch->size = ch->size * 2 + 8192;
	}
	do {
		got = read(ch->fd, ch->buf + ch->len, ch->size - ch->len);
	} while (got < 0 && errno == EINTR);
	if (got <= 0) {
		close(ch->fd);
		ch->fd = -1;
		return false;
	}
	ch->len += got;
	return true;
}

int vm_pump(struct vm *vm, long long deadline)
{
	struct channel *const channels[] = {
		&vm->qmp, &vm->agent, &vm->console_in
	};
	struct pollfd pfd[3];
	int i, ready;

	if (vm->qmp.fd < 0)
		return -1;
	for (i = 0; i < 3; i++) {
		pfd[i].fd = channels[i]->fd;
		pfd[i].events = POLLIN;
	}
	do {
		ready = poll(pfd, 3, clock_left(deadline));
	} while (ready < 0 && errno == EINTR);
	if (ready <= 0)
		return 0;
	/* The console first: it tells why the others fall silent. */
	for (i = 2; i >= 0; i--)
		if (pfd[i].fd >= 0 && pfd[i].revents)
			channel_fill(channels[i]);
	if (vm->console_in.len) {
		console_feed(&vm->console, vm->console_in.buf,
			     vm->console_in.len);
		vm->console_in.len = 0;
	}
	qmp_receive(vm);
	return vm->qmp.fd < 0 ? -1 : 1;
}

static FILE *keep_open(struct vm *vm, const char *name)
{
	char path[sizeof(vm->dir) + 32];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", vm->dir, name);
	file = fopen(path, "w");
	if (!file)
		vm_fail(vm, VERDICT_HARNESS, "%s: %s", path, strerror(errno));
	return file;
}

/* QEMU did not come up: say what it said. */
static int start_failed(struct vm *vm)
{
	char path[sizeof(vm->dir) + 32], last[256] = "", line[256];
	int status = 0;
	FILE *file;

	if (waitpid(vm->pid, &status, WNOHANG) == vm->pid)
		vm->pid = 0;
	snprintf(path, sizeof(path), "%s/qemu.stderr", vm->dir);
	file = fopen(path, "r");
	if (file) {
		while (fgets(line, sizeof(line), file))
			memcpy(last, line, sizeof(last));
		fclose(file);
	}
	last[strcspn(last, "\n")] = '\0';
	return vm_fail(vm, VERDICT_HARNESS, "QEMU did not start: %s",
		       last[0] ? last : "it printed nothing");
}

void vm_init(struct vm *vm)
{
	memset(vm, 0, sizeof(*vm));
	vm->qmp.fd = -1;
	vm->agent.fd = -1;
	vm->console_in.fd = -1;
}

int vm_start(struct vm *vm, const struct vm_config *config)
{
	int pairs[3][2], theirs[3], i;

	vm_init(vm);
	snprintf(vm->dir, sizeof(vm->dir), "%s", config->dir);
	vm->protocol = keep_open(vm, "protocol.log");
	vm->console.log = keep_open(vm, "console.log");
	vm->console.forgiven = config->forgiven;
	if (vm->verdict != VERDICT_PASS)
		return -1;

	for (i = 0; i < 3; i++) {
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pairs[i]))
			return vm_fail(vm, VERDICT_HARNESS, "socketpair: %s",
				       strerror(errno));
		theirs[i] = pairs[i][1];
	}
	vm->qmp.fd = pairs[0][0];
	vm->agent.fd = pairs[1][0];
	vm->console_in.fd = pairs[2][0];
	vm->pid = qemu_spawn(config, theirs);
	for (i = 0; i < 3; i++)
		close(theirs[i]);
	if (vm->pid < 0) {
		vm->pid = 0;
		return vm_fail(vm, VERDICT_HARNESS, "cannot start QEMU: %s",
			       strerror(errno));
	}
	if (qmp_greet(vm, clock_ms() + START_MS))
		return start_failed(vm);
	return 0;
}

static void channel_free(struct channel *ch)
{
	if (ch->fd >= 0)
		close(ch->fd);
	free(ch->buf);
}

void vm_end(struct vm *vm)
{
	long long deadline = clock_ms() + END_MS;

	if (vm->pid && (!vm->shutdown || vm->verdict != VERDICT_PASS))
		kill(vm->pid, SIGKILL);
	/* The monitor's end of file is QEMU's end. */
	while (vm_pump(vm, deadline) >= 0 && clock_left(deadline))
		;
	if (vm->pid) {
		kill(vm->pid, SIGKILL);
		waitpid(vm->pid, NULL, 0);
	}
	channel_free(&vm->qmp);
	channel_free(&vm->agent);
	channel_free(&vm->console_in);
	json_decref(vm->reply);
	if (vm->protocol)
		fclose(vm->protocol);
	if (vm->console.log)
		fclose(vm->console.log);
}
