/* SPDX-License-Identifier: GPL-2.0 */
/* The guest's console: kept in a file and searched for what no run may print. */
#ifndef BALLOON_CONSOLE_H
#define BALLOON_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * struct console - what the guest printed
 * @log: everything, as it came, or NULL
 * @forgiven: a line with one of these words is no trouble; ended by NULL, or NULL
 * @awaited: a line that has been written to the console, or NULL
 * @arrived: it has come back
 * @line: the line that is being received
 * @len: bytes in @line
 * @bad: how many lines report trouble
 * @panicked: a line reports a panic
 * @placed: @first ends with the function
 * @first: the first of the @bad lines, and the function if a later line names one
 */
struct console {
	FILE *log;
	const char * const *forgiven;
	const char *awaited;
	bool arrived;
	char line[512];
	size_t len;
	unsigned int bad;
	bool panicked;
	bool placed;
	char first[512];
};

/**
 * console_feed() - take in bytes from the guest's console
 * @con: the console
 * @data: the bytes
 * @len: how many
 */
void console_feed(struct console *con, const char *data, size_t len);

#endif /* BALLOON_CONSOLE_H */
