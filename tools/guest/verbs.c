// SPDX-License-Identifier: GPL-2.0
/*
 * What the host can ask for. The agent only reads, writes and counts; what the
 * numbers must be is known to the harness alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

#include "agent.h"

static void file_read(const char *path, struct reply *reply)
{
	char buf[4096];
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		reply_error(reply, errno, path);
		return;
	}
	while ((got = read(fd, buf, sizeof(buf))) > 0)
		reply_append(reply, buf, got);
	if (got < 0)
		reply_error(reply, errno, path);
	close(fd);
}

/*
 * Run @child in a process of its own, so that what blocks in the kernel cannot
 * silence the agent. @child returns an errno value, which travels back as the
 * exit status.
 */
static int run_within(int (*child)(const void *arg), const void *arg,
		      unsigned int limit_ms)
{
	int status, pipefd[2], ready;
	struct pollfd pfd;
	pid_t pid;

	if (pipe(pipefd))
		return errno;
	pid = fork();
	if (pid < 0)
		return errno;
	if (!pid) {
		close(pipefd[0]);
		_exit(child(arg));
	}
	/* The child's end closes when it ends, however it ends. */
	close(pipefd[1]);
	pfd.fd = pipefd[0];
	pfd.events = POLLIN;
	ready = poll(&pfd, 1, limit_ms);
	close(pipefd[0]);
	if (!ready)
		kill(pid, SIGKILL);
	if (waitpid(pid, &status, 0) < 0)
		return errno;
	if (!ready)
		return ETIMEDOUT;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return EINTR;
}

struct write_request {
	const char *path;
	const char *text;
};

static int write_child(const void *arg)
{
	const struct write_request *req = arg;
	int fd = open(req->path, O_WRONLY);

	if (fd < 0)
		return errno;
	if (write(fd, req->text, strlen(req->text)) < 0)
		return errno;
	return 0;
}

void file_write(const char *path, const char *text, unsigned int limit_ms,
		struct reply *reply)
{
	struct write_request req = { .path = path, .text = text };
	int error = run_within(write_child, &req, limit_ms);

	if (error)
		reply_error(reply, error, path);
}

/* On purpose: how a guest looks from outside when it goes wrong. */
static void misbehave(const char *how, int fd, struct reply *reply)
{
	static const char nonsense[] = "the quick brown fox\n";

	if (!strcmp(how, "hang")) {
		for (;;)
			pause();
	} else if (!strcmp(how, "nonsense")) {
		if (write(fd, nonsense, sizeof(nonsense) - 1) < 0)
			reply_error(reply, errno, how);
	} else {
		reply_error(reply, EINVAL, how);
	}
}

void verb_run(char *line, int fd, struct reply *reply)
{
	char *verb = strtok(line, " ");
	char *first = strtok(NULL, " ");
	char *second = strtok(NULL, " ");
	char *rest = strtok(NULL, "");

	if (!verb) {
		reply_error(reply, EINVAL, "no verb");
	} else if (!strcmp(verb, "read") && first && !second) {
		file_read(first, reply);
	} else if (!strcmp(verb, "write") && rest) {
		file_write(second, rest, strtoul(first, NULL, 10), reply);
	} else if (!strcmp(verb, "pageflags") && second && !rest) {
		pageflags_count(strtoul(first, NULL, 10),
				strtoul(second, NULL, 10), reply);
	} else if (!strcmp(verb, "hold") && first && !second) {
		memory_hold(strtoul(first, NULL, 10), reply);
	} else if (!strcmp(verb, "release") && !first) {
		memory_release(reply);
	} else if (!strcmp(verb, "insmod") && first && !rest) {
		module_load(first, second ? second : "", reply);
	} else if (!strcmp(verb, "rmmod") && first && !second) {
		module_unload(first, reply);
	} else if (!strcmp(verb, "misbehave") && first && !second) {
		misbehave(first, fd, reply);
	} else {
		reply_error(reply, EINVAL, verb);
	}
}
