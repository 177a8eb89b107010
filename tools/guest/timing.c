// SPDX-License-Identifier: GPL-2.0
/*
 * How long the guest takes for something, by its own clock. In a guest with one CPU whose
 * clock counts instructions, that is the number of its instructions.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/wait.h>

#include "agent.h"

#define TRACING		"/sys/kernel/tracing/"
#define LONGEST		TRACING "tracing_max_latency"
#define SETTLE_US	100000

static pid_t watcher;
static int results;

long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* The number behind KEY in /proc/vmstat, -1 if there is none. */
static long long count(int fd, const char *key)
{
	static char text[32768];
	ssize_t got = pread(fd, text, sizeof(text) - 1, 0);
	char *at;

	if (got <= 0)
		return -1;
	text[got] = '\0';
	at = strstr(text, key);
	return at ? atoll(at + strlen(key)) : -1;
}

/*
 * A kernel with a tracer of latencies traces what is measured and nothing else: what the
 * agent's serial port does to interrupts is long, too.
 */
static void trace_begin(bool traced)
{
	if (traced) {
		file_put(LONGEST, "0");
		file_put(TRACING "tracing_on", "1");
	}
}

static void trace_end(bool traced)
{
	if (traced)
		file_put(TRACING "tracing_on", "0");
}

static void pause_for(unsigned int us)
{
	if (us)
		usleep(us);
}

/*
 * It has the lowest priority, so it runs only where the CPU would be idle. It sees the
 * count for the last time before the work begins, and then when it is done.
 *
 * The clock that counts instructions jumps when the CPU is idle, so there it never pauses.
 * Where the host's CPU time counts, it pauses.
 */
static void watch(int out, const char *key, long long more,
		  unsigned int pause_us)
{
	const struct sched_param param = { .sched_priority = 0 };
	int fd = open("/proc/vmstat", O_RDONLY);
	long long first, seen, begun, look;
	bool traced = !access(LONGEST, W_OK);
	char line[64];

	first = count(fd, key);
	/* From here on the work may begin. */
	if (write(out, "\n", 1) < 0)
		_exit(1);
	sched_setscheduler(0, SCHED_IDLE, &param);
	/* The answer is still on its way through the port. */
	if (traced)
		usleep(SETTLE_US);
	trace_begin(traced);
	look = now_ns();
	/* The work may begin when the last count without it was read already. */
	do {
		begun = look;
		pause_for(pause_us);
		look = now_ns();
		seen = count(fd, key);
	} while (seen == first);
	while (seen >= 0 && seen - first < more) {
		pause_for(pause_us);
		seen = count(fd, key);
	}
	snprintf(line, sizeof(line), "ns %lld\ncount %lld\n", now_ns() - begun,
		 seen - first);
	trace_end(traced);
	if (write(out, line, strlen(line)) < 0)
		_exit(1);
	_exit(0);
}

void watch_start(const char *key, unsigned long more, unsigned int pause_us,
		 struct reply *reply)
{
	char name[64], ready;
	int ends[2];

	if (watcher || pipe(ends)) {
		reply_error(reply, EBUSY, "watch");
		return;
	}
	snprintf(name, sizeof(name), "%s ", key);
	watcher = fork();
	if (!watcher)
		watch(ends[1], name, more, pause_us);
	close(ends[1]);
	results = ends[0];
	if (watcher < 0 || read(results, &ready, 1) != 1)
		reply_error(reply, ECHILD, "watch");
}

void watch_wait(struct reply *reply)
{
	char line[64];
	ssize_t got;

	if (!watcher) {
		reply_error(reply, ESRCH, "watched");
		return;
	}
	got = read(results, line, sizeof(line));
	if (got > 0)
		reply_append(reply, line, got);
	else
		reply_error(reply, ECHILD, "watched");
	close(results);
	waitpid(watcher, NULL, 0);
	watcher = 0;
}

void timed_write(const char *path, const char *text, struct reply *reply)
{
	bool traced = !access(LONGEST, W_OK);
	long long start, took;
	int error;

	trace_begin(traced);
	start = now_ns();
	error = file_put(path, text);
	took = now_ns() - start;
	trace_end(traced);
	if (error)
		reply_error(reply, error, path);
	else
		reply_printf(reply, "ns %lld\n", took);
}
