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

#define SETTLE_US	10000
/* Offlining tries for ever until a signal comes (memory-hotplug.rst). */
#define OFFLINE_S	10
/* When a churner that was told to stop is stuck. */
#define STOP_MS		60000

struct counts {
	volatile int stop;
	volatile unsigned long compactions;
	volatile unsigned long offlined;
	volatile unsigned long refused;
	volatile unsigned long interrupted;
	volatile unsigned long fillings;
	volatile int stuck;
};

static struct counts *counts;

static void compact(const struct churn *churn)
{
	(void)churn;
	while (!counts->stop) {
		if (!file_put("/proc/sys/vm/compact_memory", "1"))
			counts->compactions++;
		usleep(SETTLE_US);
	}
}

static void interrupt(int signal)
{
	(void)signal;
}

/* If the kernel cannot empty a block now, try again in the next round. */
static void offline(const struct churn *churn)
{
	const struct sigaction action = { .sa_handler = interrupt };
	unsigned int block = churn->first;
	char path[64];
	int error;

	sigaction(SIGALRM, &action, NULL);
	while (!counts->stop) {
		snprintf(path, sizeof(path),
			 "/sys/devices/system/memory/memory%u/state", block);
		alarm(OFFLINE_S);
		error = file_put(path, "offline");
		alarm(0);
		if (!error) {
			counts->offlined++;
			if (file_put(path, "online"))
				counts->stuck = block;
		} else if (error == EINTR) {
			counts->interrupted++;
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

static struct churner {
	const char *name;
	void (*work)(const struct churn *churn);
	pid_t pid;
} churners[] = {
	{ .name = "compact", .work = compact },
	{ .name = "offline", .work = offline },
	{ .name = "fill", .work = fill },
};

#define NR_CHURNERS	(sizeof(churners) / sizeof(churners[0]))

void churn_start(const struct churn *churn, struct reply *reply)
{
	size_t i;

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
		churners[i].pid = fork();
		if (!churners[i].pid) {
			churners[i].work(churn);
			_exit(0);
		}
		if (churners[i].pid < 0)
			reply_error(reply, errno, "churn");
	}
}

/* Wait for a churner to end; after the deadline, say where in the kernel it is. */
static void reap(const struct churner *churner, int *left_ms, struct reply *reply)
{
	char path[64];
	int status;
	pid_t got;

	while (!(got = waitpid(churner->pid, &status, WNOHANG)) && *left_ms > 0) {
		usleep(SETTLE_US);
		*left_ms -= SETTLE_US / 1000;
	}
	if (!got) {
		reply_printf(reply, "stuck %s\n", churner->name);
		snprintf(path, sizeof(path), "/proc/%d/stack", churner->pid);
		file_read(path, reply);
	} else if (got < 0 || status) {
		reply_error(reply, ECHILD, churner->name);
	}
}

void churn_stop(struct reply *reply)
{
	int left_ms = STOP_MS;
	size_t i;

	if (!counts) {
		reply_error(reply, ESRCH, "churn-stop");
		return;
	}
	counts->stop = 1;
	for (i = 0; i < NR_CHURNERS; i++) {
		if (churners[i].pid > 0)
			reap(&churners[i], &left_ms, reply);
	}
	if (counts->stuck >= 0)
		reply_error(reply, EBUSY, "a block that is not online again");
	reply_printf(reply, "compactions %lu\nofflined %lu\nrefused %lu\ninterrupted %lu\nfillings %lu\n",
		     counts->compactions, counts->offlined, counts->refused,
		     counts->interrupted, counts->fillings);
	munmap(counts, sizeof(*counts));
	counts = NULL;
}
