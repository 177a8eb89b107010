// SPDX-License-Identifier: GPL-2.0
/* How many huge pages a process can get. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "agent.h"

/* Of this process, -1 if the kernel does not say. */
static long huge_kib(void)
{
	FILE *file = fopen("/proc/self/smaps_rollup", "r");
	long kib = -1;
	char line[256];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "AnonHugePages: %ld kB", &kib) == 1)
			break;
	return kib;
}

/* Ask for huge pages, use all of the memory, and say how much of it came in them. */
static void take(unsigned long bytes, int out)
{
	long page = sysconf(_SC_PAGESIZE), kib;
	char *mem = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long at;

	if (mem == MAP_FAILED || madvise(mem, bytes, MADV_HUGEPAGE))
		_exit(1);
	for (at = 0; at < bytes; at += page)
		mem[at] = 1;
	kib = huge_kib();
	_exit(kib < 0 || write(out, &kib, sizeof(kib)) != sizeof(kib));
}

void memory_huge(unsigned long bytes, struct reply *reply)
{
	int ends[2];
	pid_t taker;
	long kib;

	if (pipe(ends)) {
		reply_error(reply, errno, "huge");
		return;
	}
	taker = fork();
	if (!taker)
		take(bytes, ends[1]);
	close(ends[1]);
	/* It says nothing if it is killed. */
	if (taker > 0 && read(ends[0], &kib, sizeof(kib)) == sizeof(kib))
		reply_printf(reply, "kib %ld\n", kib);
	else
		reply_error(reply, ENOMEM, "huge");
	close(ends[0]);
	if (taker > 0)
		waitpid(taker, NULL, 0);
}
