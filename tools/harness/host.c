// SPDX-License-Identifier: GPL-2.0
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>

#include "clock.h"
#include "host.h"

/* Add what a thread has used; @tid is its entry in /proc/PID/task. */
static int add_thread(struct vm *vm, const char *tid, struct cpu_time *time)
{
	unsigned long user, kernel;
	char path[320], line[512];
	long long ns;
	char *at;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%s/stat", (int)vm->pid, tid);
	file = fopen(path, "r");
	/* A thread of QEMU's pool may end at any time. */
	if (!file)
		return 0;
	at = fgets(line, sizeof(line), file);
	fclose(file);
	/* The name, in brackets, may have blanks. */
	at = at ? strrchr(line, ')') : NULL;
	if (!at || sscanf(at, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
			  &user, &kernel) != 2)
		return vm_fail(vm, VERDICT_HARNESS, "%s: not understood", path);
	ns = (user + kernel) * (1000000000LL / sysconf(_SC_CLK_TCK));
	if (strstr(line, "(CPU "))
		time->guest += ns;
	else if (atoi(tid) == vm->pid)
		time->main += ns;
	return 0;
}

int host_cpu_time(struct vm *vm, struct cpu_time *time)
{
	struct dirent *entry;
	int error = 0;
	char path[64];
	DIR *dir;

	memset(time, 0, sizeof(*time));
	snprintf(path, sizeof(path), "/proc/%d/task", (int)vm->pid);
	dir = opendir(path);
	if (!dir)
		return vm_fail(vm, VERDICT_HARNESS, "%s: cannot be read", path);
	while (!error && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			error = add_thread(vm, entry->d_name, time);
	closedir(dir);
	return error;
}

/* A guest's memory begins at a multiple of this, so that huge pages fit. */
#define HUGE	(2 * MIB)

long long host_discard(long long bytes, long long piece)
{
	long long at, start, took = -1;
	char *map, *mem;

	map = mmap(NULL, bytes + HUGE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return -1;
	mem = map + HUGE - (unsigned long)map % HUGE;
	/* QEMU asks for huge pages, too; not every kernel has them. */
	madvise(mem, bytes, MADV_HUGEPAGE);
	memset(mem, 1, bytes);
	start = clock_ns();
	for (at = 0; at < bytes; at += piece)
		if (madvise(mem + at, piece, MADV_DONTNEED))
			break;
	if (at >= bytes)
		took = clock_ns() - start;
	munmap(map, bytes + HUGE);
	return took;
}
