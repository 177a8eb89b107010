// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "check.h"
#include "clock.h"
#include "shown.h"

#define SHOWN_MS	20000

static int read_all(struct run *run, char **text)
{
	return agent_call(run->vm, SHOWN_MS, text,
			  "read-all /sys/kernel/debug/virtio_balloon");
}

/* Returns how many lines there are. */
static int sum_in(char *text, const char *key, long long *sum)
{
	size_t length = strlen(key);
	char *line, *rest = text;
	int lines = 0;

	*sum = 0;
	while ((line = strsep(&rest, "\n"))) {
		if (strncmp(line, key, length) || line[length] != ':')
			continue;
		*sum += strtoll(line + length + 1, NULL, 0);
		lines++;
	}
	return lines;
}

/*
 * Add up one number of all devices. Returns a positive errno value if there is no such
 * directory, or no file in it.
 */
static int shown_sum(struct run *run, const char *key, long long *sum)
{
	char *text;
	int error = read_all(run, &text);

	if (error)
		return error;
	if (!sum_in(text, key, sum))
		error = ENODATA;
	free(text);
	return error;
}

int check_shown(struct run *run, const char *step, long long frames)
{
	long long size, inflated, deflated;
	int error = shown_sum(run, "size", &size);

	if (error == ENOENT || error == ENODATA)
		return 0;
	if (!error)
		error = shown_sum(run, "inflated", &inflated);
	if (!error)
		error = shown_sum(run, "deflated", &deflated);
	if (error)
		return error < 0 ||
		       check(run, step, "shown", false, "%s", strerror(error));
	return check_exact(run, step, "shown-size", size, frames, "frames") ||
	       check_exact(run, step, "shown-counts", inflated - deflated,
			   frames, "frames");
}

static bool shown_within(struct run *run, const char *key, long long least,
			 long long most, long long *sum)
{
	return !shown_sum(run, key, sum) && *sum >= least && *sum <= most;
}

int wait_shown(struct run *run, const char *step, const char *key,
	       long long least, long long most)
{
	long long sum = -1;

	return wait_until(run->vm, SHOWN_MS,
			  shown_within(run, key, least, most, &sum)) < 0 ||
	       check(run, step, key, sum >= least && sum <= most,
		     "%lld, expected %lld to %lld", sum, least, most);
}

static bool shows(struct run *run, const char *line)
{
	bool found;
	char *text;

	if (read_all(run, &text))
		return false;
	found = strstr(text, line);
	free(text);
	return found;
}

int wait_shown_state(struct run *run, const char *step, const char *state)
{
	char line[32];
	int found;

	snprintf(line, sizeof(line), "state: %s\n", state);
	found = wait_until(run->vm, SHOWN_MS, shows(run, line));
	return found < 0 ||
	       check(run, step, "state", found, "%s: %s", state,
		     found ? "shown" : "not shown");
}
