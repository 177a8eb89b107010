// SPDX-License-Identifier: GPL-2.0
/* Hold memory in a process of its own, whole or with gaps. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "agent.h"

static pid_t holder;

/* The kernel refuses a single mapping that is larger than its memory. */
#define PIECE (64UL << 20)

static int hold_piece(unsigned long bytes, unsigned int every)
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
	if (every == 1)
		return 0;
	for (at = page; at + (every - 1) * page <= bytes; at += every * page)
		if (madvise(mem + at, (every - 1) * page, MADV_DONTNEED))
			return errno;
	return 0;
}

static int hold(unsigned long bytes, unsigned int every)
{
	int error = 0;

	while (bytes && !error) {
		unsigned long piece = bytes < PIECE ? bytes : PIECE;

		error = hold_piece(piece, every);
		bytes -= piece;
	}
	return error;
}

void memory_hold(unsigned long bytes, unsigned int every, struct reply *reply)
{
	int pipefd[2], error = ENOMEM;

	if (holder || !every || pipe(pipefd)) {
		reply_error(reply, holder ? EBUSY : every ? errno : EINVAL,
			    "hold");
		return;
	}
	holder = fork();
	if (!holder) {
		error = hold(bytes, every);
		if (write(pipefd[1], &error, sizeof(error)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	close(pipefd[1]);
	/* A holder that the OOM killer ends writes nothing: that is ENOMEM. */
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
