// SPDX-License-Identifier: GPL-2.0
/*
 * Churn: processes that compact memory, take memory blocks offline and online, and
 * fill and free memory, until the host ends them.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "agent.h"

#define NR_CHURNERS	3
#define SETTLE_US	10000

struct counts {
	volatile int stop;
	volatile unsigned long compactions;
	volatile unsigned long offlined;
	volatile unsigned long refused;
	volatile unsigned long fillings;
	volatile int stuck;
};

static struct counts *counts;
static pid_t churners[NR_CHURNERS];

static void compact(const struct churn *churn)
{
	(void)churn;
	while (!counts->stop) {
		if (!file_put("/proc/sys/vm/compact_memory", "1"))
			counts->compactions++;
		usleep(SETTLE_US);
	}
}

/* If the kernel cannot empty a block now, try again in the next round. */
static void offline(const struct churn *churn)
{
	unsigned int block = churn->first;
	char path[64];

	while (!counts->stop) {
		snprintf(path, sizeof(path),
			 "/sys/devices/system/memory/memory%u/state", block);
		if (!file_put(path, "offline")) {
			counts->offlined++;
			if (file_put(path, "online"))
				counts->stuck = block;
		} else {
			counts->refused++;
		}
		block = block == churn->last ? churn->first : block + 1;
		usleep(churn->pause_ms * 1000);
	}
}

static void fill(const struct churn *churn)
{
	long page = sysconf(_SC_PAGESIZE);
	unsigned long at;
	char *mem;

	while (!counts->stop) {
		mem = mmap(NULL, churn->bytes, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (mem == MAP_FAILED)
			_exit(1);
		for (at = 0; at < churn->bytes && !counts->stop; at += page)
			mem[at] = 1;
		munmap(mem, churn->bytes);
		counts->fillings++;
	}
}

void churn_start(const struct churn *churn, struct reply *reply)
{
	static void (*const work[NR_CHURNERS])(const struct churn *churn) = {
		compact, offline, fill
	};
	int i;

	if (counts || churn->last < churn->first) {
		reply_error(reply, counts ? EBUSY : EINVAL, "churn");
		return;
	}
	counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED) {
		counts = NULL;
		reply_error(reply, errno, "churn");
		return;
	}
	counts->stuck = -1;
	for (i = 0; i < NR_CHURNERS; i++) {
		churners[i] = fork();
		if (!churners[i]) {
			work[i](churn);
			_exit(0);
		}
		if (churners[i] < 0)
			reply_error(reply, errno, "churn");
	}
}

void churn_stop(struct reply *reply)
{
	int i, status;

	if (!counts) {
		reply_error(reply, ESRCH, "churn-stop");
		return;
	}
	counts->stop = 1;
	for (i = 0; i < NR_CHURNERS; i++) {
		if (churners[i] < 0)
			continue;
		if (waitpid(churners[i], &status, 0) < 0 || status)
			reply_error(reply, ECHILD, "churn-stop");
	}
	if (counts->stuck >= 0)
		reply_error(reply, EBUSY, "a block that is not online again");
	reply_printf(reply, "compactions %lu\nofflined %lu\nrefused %lu\nfillings %lu\n",
		     counts->compactions, counts->offlined, counts->refused,
		     counts->fillings);
	munmap(counts, sizeof(*counts));
	counts = NULL;
}
