// SPDX-License-Identifier: GPL-2.0
/* Run in a process of its own what may block in the kernel. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>
#include <sys/wait.h>

#include "agent.h"

int run_within(int (*child)(const void *arg), const void *arg,
	       unsigned int limit_ms)
{
	int status, pipefd[2], ready;
	struct pollfd pfd;
	pid_t pid;

	if (pipe(pipefd))
		return errno;
	pid = fork();
	if (!pid) {
		close(pipefd[0]);
		_exit(child(arg));
	}
	/* The child's end closes when the child ends, however it ends. */
	close(pipefd[1]);
	if (pid < 0) {
		close(pipefd[0]);
		return errno;
	}
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

struct program {
	const char *path;
	const char *log;
};

static int program_child(const void *arg)
{
	const struct program *program = arg;
	int fd = open(program->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
		return errno;
	execl(program->path, program->path, (char *)NULL);
	return errno;
}

void program_run(const char *path, const char *log, unsigned int limit_ms,
		 struct reply *reply)
{
	const struct program program = { .path = path, .log = log };
	int status = run_within(program_child, &program, limit_ms);

	if (status)
		reply_error(reply, status, path);
}
