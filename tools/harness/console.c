// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "console.h"

/* What the kernel prints when it warns, complains about locks or pages, or dies. */
static const char * const trouble[] = {
	"WARNING:",
	"BUG:",
	"kernel BUG at",
	"Oops:",
	"Call Trace:",
	"Bad page state",
	"Bad page map",
	"list_add corruption",
	"list_del corruption",
	"pagealloc: memory corruption",
	"pagealloc: single bit error",
	"general protection fault",
	"INFO: task ",
	"INFO: lockdep is turned off",
	"self-detected stall",
	"detected stalls",
	"soft lockup",
	"Out of memory:",
	"Kernel panic",
};

/* What looks like it and is none: QEMU's pseries starts with an empty NVRAM. */
static const char * const harmless[] = {
	"WARNING: nvram corruption detected: 0-length partition",
};

/* What stands before the function in which the kernel got into trouble. */
static const char * const places[] = {
	"RIP: 0010:",
	"NIP [",
};

static bool contains(const char *line, const char * const *words, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strstr(line, words[i]))
			return true;
	return false;
}

static bool forgiven(const struct console *con)
{
	const char * const *word;

	for (word = con->forgiven; word && *word; word++)
		if (strstr(con->line, *word))
			return true;
	return false;
}

#define CONTAINS(line, words) \
	contains(line, words, sizeof(words) / sizeof((words)[0]))

/* Let the first line of trouble tell where, too. */
static void find_place(struct console *con)
{
	size_t i, len = strlen(con->first);
	const char *place;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		place = strstr(con->line, places[i]);
		if (!place)
			continue;
		snprintf(con->first + len, sizeof(con->first) - len, ", %s", place);
		con->placed = true;
		return;
	}
}

static void console_line(struct console *con)
{
	con->line[con->len] = '\0';
	con->len = 0;
	if (strstr(con->line, "Kernel panic"))
		con->panicked = true;
	if (con->bad && !con->placed)
		find_place(con);
	if (!CONTAINS(con->line, trouble) || CONTAINS(con->line, harmless) ||
	    forgiven(con))
		return;
	if (!con->bad++)
		memcpy(con->first, con->line, sizeof(con->first));
}

void console_feed(struct console *con, const char *data, size_t len)
{
	size_t i;

	if (con->log) {
		fwrite(data, 1, len, con->log);
		fflush(con->log);
	}
	for (i = 0; i < len; i++) {
		if (data[i] == '\n' || con->len == sizeof(con->line) - 1)
			console_line(con);
		if (data[i] != '\n' && data[i] != '\r')
			con->line[con->len++] = data[i];
	}
}
