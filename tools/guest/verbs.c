// SPDX-License-Identifier: GPL-2.0
/*
 * What the host can ask for. The agent only reads, writes and counts; the harness
 * alone knows what the numbers must be.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

#define WORDS_MAX 4

/* The arguments of a request: its words, and the values of those that are numbers. */
struct args {
	char *words[WORDS_MAX];
	unsigned long numbers[WORDS_MAX];
	int fd;
};

static void verb_read(const struct args *args, struct reply *reply)
{
	file_read(args->words[0], reply);
}

static void verb_read_all(const struct args *args, struct reply *reply)
{
	files_read(args->words[0], reply);
}

static void verb_write(const struct args *args, struct reply *reply)
{
	file_write(args->words[1], args->words[2], args->numbers[0], reply);
}

static void verb_pageflags(const struct args *args, struct reply *reply)
{
	pageflags_count(args->numbers[0], args->numbers[1], reply);
}

static void verb_hold(const struct args *args, struct reply *reply)
{
	memory_hold(args->numbers[0], args->numbers[1], args->numbers[2], reply);
}

static void verb_verify(const struct args *args, struct reply *reply)
{
	(void)args;
	memory_verify(reply);
}

static void verb_release(const struct args *args, struct reply *reply)
{
	(void)args;
	memory_release(reply);
}

static void verb_huge(const struct args *args, struct reply *reply)
{
	memory_huge(args->numbers[0], reply);
}

static void verb_insmod(const struct args *args, struct reply *reply)
{
	module_load(args->words[0], args->words[1] ? args->words[1] : "", reply);
}

static void verb_rmmod(const struct args *args, struct reply *reply)
{
	module_unload(args->words[1], args->numbers[0], reply);
}

static void verb_exec(const struct args *args, struct reply *reply)
{
	program_run(args->words[1], args->words[2], args->numbers[0], reply);
}

static void verb_churn(const struct args *args, struct reply *reply)
{
	const struct churn churn = {
		.first = args->numbers[0],
		.last = args->numbers[1],
		.pause_ms = args->numbers[2],
		.bytes = args->numbers[3],
	};

	churn_start(&churn, reply);
}

static void verb_churn_stop(const struct args *args, struct reply *reply)
{
	(void)args;
	churn_stop(reply);
}

static void verb_stream(const struct args *args, struct reply *reply)
{
	stream_start(args->words[0], reply);
}

static void verb_stream_stop(const struct args *args, struct reply *reply)
{
	(void)args;
	stream_stop(reply);
}

static void verb_timed_write(const struct args *args, struct reply *reply)
{
	timed_write(args->words[0], args->words[1], reply);
}

static void verb_watch(const struct args *args, struct reply *reply)
{
	watch_start(args->words[1], args->numbers[0], args->numbers[2], reply);
}

static void verb_watched(const struct args *args, struct reply *reply)
{
	(void)args;
	watch_wait(reply);
}

/* Act like a broken guest, so that the harness can be tested. */
static void verb_misbehave(const struct args *args, struct reply *reply)
{
	static const char nonsense[] = "the quick brown fox\n";
	const char *how = args->words[0];

	if (!strcmp(how, "hang")) {
		for (;;)
			pause();
	} else if (!strcmp(how, "nonsense")) {
		if (write(args->fd, nonsense, sizeof(nonsense) - 1) < 0)
			reply_error(reply, errno, how);
	} else {
		reply_error(reply, EINVAL, how);
	}
}

/*
 * @args has a letter for each argument: n is a number that fits into an int, l a long
 * one, w a word, r the rest of the line, and R a rest that may be missing.
 */
static const struct verb {
	const char *name;
	const char *args;
	void (*run)(const struct args *args, struct reply *reply);
} verbs[] = {
	{ "read", "r", verb_read },
	{ "read-all", "r", verb_read_all },
	{ "write", "nwr", verb_write },
	{ "pageflags", "nn", verb_pageflags },
	{ "hold", "lnl", verb_hold },
	{ "verify", "", verb_verify },
	{ "release", "", verb_release },
	{ "huge", "l", verb_huge },
	{ "insmod", "wR", verb_insmod },
	{ "rmmod", "nw", verb_rmmod },
	{ "exec", "nww", verb_exec },
	{ "churn", "nnnl", verb_churn },
	{ "churn-stop", "", verb_churn_stop },
	{ "stream", "r", verb_stream },
	{ "stream-stop", "", verb_stream_stop },
	{ "timed-write", "wr", verb_timed_write },
	{ "watch", "lwn", verb_watch },
	{ "watched", "", verb_watched },
	{ "misbehave", "w", verb_misbehave },
};

/* Decimal digits only: strtoul() alone accepts signs, and turns no digits into 0. */
static bool number(const char *word, unsigned long most, unsigned long *value)
{
	char *end;

	errno = 0;
	*value = strtoul(word, &end, 10);
	return isdigit((unsigned char)word[0]) && !*end && !errno && *value <= most;
}

/* Split the rest of the line into @args; false if the verb has other arguments. */
static bool parse(const char *letters, struct args *args)
{
	int i;

	for (i = 0; letters[i]; i++) {
		args->words[i] = strtok(NULL, strchr("rR", letters[i]) ? "" : " ");
		if (!args->words[i])
			return letters[i] == 'R';
		if (strchr("nl", letters[i]) &&
		    !number(args->words[i], letters[i] == 'n' ? INT_MAX : LONG_MAX,
			    &args->numbers[i]))
			return false;
	}
	return !strtok(NULL, "");
}

void verb_run(char *line, int fd, struct reply *reply)
{
	struct args args = { .fd = fd };
	const char *name = strtok(line, " ");
	size_t i;

	for (i = 0; name && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].name, name))
			continue;
		if (parse(verbs[i].args, &args))
			verbs[i].run(&args, reply);
		else
			reply_error(reply, EINVAL, name);
		return;
	}
	reply_error(reply, EINVAL, name ? name : "no verb");
}
