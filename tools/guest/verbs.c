// SPDX-License-Identifier: GPL-2.0
/*
 * What the host can ask for. The agent only reads, writes and counts; what the
 * numbers must be is known to the harness alone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

#define WORDS_MAX 4

static void verb_read(char **words, int fd, struct reply *reply)
{
	(void)fd;
	file_read(words[0], reply);
}

static void verb_write(char **words, int fd, struct reply *reply)
{
	(void)fd;
	file_write(words[1], words[2], strtoul(words[0], NULL, 10), reply);
}

static void verb_pageflags(char **words, int fd, struct reply *reply)
{
	(void)fd;
	pageflags_count(strtoul(words[0], NULL, 10),
			strtoul(words[1], NULL, 10), reply);
}

static void verb_hold(char **words, int fd, struct reply *reply)
{
	(void)fd;
	memory_hold(strtoul(words[0], NULL, 10), strtoul(words[1], NULL, 10),
		    reply);
}

static void verb_release(char **words, int fd, struct reply *reply)
{
	(void)words;
	(void)fd;
	memory_release(reply);
}

static void verb_insmod(char **words, int fd, struct reply *reply)
{
	(void)fd;
	module_load(words[0], words[1] ? words[1] : "", reply);
}

static void verb_rmmod(char **words, int fd, struct reply *reply)
{
	(void)fd;
	module_unload(words[1], strtoul(words[0], NULL, 10), reply);
}

static void verb_exec(char **words, int fd, struct reply *reply)
{
	(void)fd;
	program_run(words[1], words[2], strtoul(words[0], NULL, 10), reply);
}

static void verb_churn(char **words, int fd, struct reply *reply)
{
	struct churn churn = {
		.first = strtoul(words[0], NULL, 10),
		.last = strtoul(words[1], NULL, 10),
		.pause_ms = strtoul(words[2], NULL, 10),
		.bytes = strtoul(words[3], NULL, 10),
	};

	(void)fd;
	churn_start(&churn, reply);
}

static void verb_churn_stop(char **words, int fd, struct reply *reply)
{
	(void)words;
	(void)fd;
	churn_stop(reply);
}

/* On purpose: how a guest looks from outside when it goes wrong. */
static void verb_misbehave(char **words, int fd, struct reply *reply)
{
	static const char nonsense[] = "the quick brown fox\n";

	if (!strcmp(words[0], "hang")) {
		for (;;)
			pause();
	} else if (!strcmp(words[0], "nonsense")) {
		if (write(fd, nonsense, sizeof(nonsense) - 1) < 0)
			reply_error(reply, errno, words[0]);
	} else {
		reply_error(reply, EINVAL, words[0]);
	}
}

/* @least to @most words follow the verb; the last of @most takes the rest. */
static const struct verb {
	const char *name;
	int least;
	int most;
	void (*run)(char **words, int fd, struct reply *reply);
} verbs[] = {
	{ "read", 1, 1, verb_read },
	{ "write", 3, 3, verb_write },
	{ "pageflags", 2, 2, verb_pageflags },
	{ "hold", 2, 2, verb_hold },
	{ "release", 0, 0, verb_release },
	{ "insmod", 1, 2, verb_insmod },
	{ "rmmod", 2, 2, verb_rmmod },
	{ "exec", 3, 3, verb_exec },
	{ "churn", 4, 4, verb_churn },
	{ "churn-stop", 0, 0, verb_churn_stop },
	{ "misbehave", 1, 1, verb_misbehave },
};

void verb_run(char *line, int fd, struct reply *reply)
{
	char *name = strtok(line, " "), *words[WORDS_MAX] = { NULL };
	const struct verb *verb = verbs;
	int nr = 0;

	if (!name) {
		reply_error(reply, EINVAL, "no verb");
		return;
	}
	while (strcmp(verb->name, name))
		if (++verb == verbs + sizeof(verbs) / sizeof(verbs[0])) {
			reply_error(reply, EINVAL, name);
			return;
		}
	while (nr < verb->most &&
	       (words[nr] = strtok(NULL, nr == verb->most - 1 ? "" : " ")))
		nr++;
	if (nr < verb->least || strtok(NULL, ""))
		reply_error(reply, EINVAL, name);
	else
		verb->run(words, fd, reply);
}
