// SPDX-License-Identifier: GPL-2.0
/* What may block in the kernel runs in a process of its own. */
#include <errno.h>
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
