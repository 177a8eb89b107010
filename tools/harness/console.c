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
	NULL
};

/* What looks like trouble and is none: QEMU's pseries starts with an empty NVRAM. */
static const char * const harmless[] = {
	"WARNING: nvram corruption detected: 0-length partition",
	NULL
};

/* These words precede the function in which the kernel got into trouble. */
static const char * const places[] = {
	"RIP: 0010:",
	"NIP [",
	NULL
};

/* Where in the line one of the words begins, or NULL. */
static const char *find(const char *line, const char * const *words)
{
	const char *at = NULL;

	for (; words && *words && !at; words++)
		at = strstr(line, *words);
	return at;
}

/* Add the place to the first line of trouble. */
static void find_place(struct console *con)
{
	const char *place = find(con->line, places);
	size_t len = strlen(con->first);

	if (!place)
		return;
	snprintf(con->first + len, sizeof(con->first) - len, ", %s", place);
	con->placed = true;
}

static void console_line(struct console *con)
{
	con->line[con->len] = '\0';
	con->len = 0;
	if (strstr(con->line, "Kernel panic"))
		con->panicked = true;
	if (con->awaited && strstr(con->line, con->awaited))
		con->arrived = true;
	if (con->bad && !con->placed)
		find_place(con);
	if (!find(con->line, trouble) || find(con->line, harmless) ||
	    find(con->line, con->forgiven))
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
