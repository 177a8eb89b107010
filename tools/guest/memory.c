// SPDX-License-Identifier: GPL-2.0
/* Memory that a process of the guest holds, so that free memory has gaps. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "agent.h"

static pid_t holder;

static int hold(unsigned long bytes)
{
	long page = sysconf(_SC_PAGESIZE);
	unsigned long at;
	char *mem;

	mem = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED)
		return errno;
	for (at = 0; at < bytes; at += page)
		mem[at] = 1;
	for (at = page; at + 2 * page <= bytes; at += 3 * page)
		if (madvise(mem + at, 2 * page, MADV_DONTNEED))
			return errno;
	return 0;
}

void memory_hold(unsigned long bytes, struct reply *reply)
{
	int pipefd[2], error = EIO;

	if (holder || pipe(pipefd)) {
		reply_error(reply, holder ? EBUSY : errno, "hold");
		return;
	}
	holder = fork();
	if (!holder) {
		error = hold(bytes);
		if (write(pipefd[1], &error, sizeof(error)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	close(pipefd[1]);
	if (holder < 0 || read(pipefd[0], &error, sizeof(error)) < 0)
		error = errno;
	close(pipefd[0]);
	if (error) {
		memory_release(reply);
		reply_error(reply, error, "hold");
	}
}

void memory_release(struct reply *reply)
{
	if (holder <= 0) {
		holder = 0;
		reply_error(reply, ESRCH, "release");
		return;
	}
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	holder = 0;
}
