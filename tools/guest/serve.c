// SPDX-License-Identifier: GPL-2.0
/* The agent's protocol: read a request line, run its verb, send the answer. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

#define REQUEST_MAX 1024

static bool write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t done = write(fd, data, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		data += done;
		len -= done;
	}
	return true;
}

static bool answer(int fd, const char *seq, const struct reply *reply)
{
	char head[256];

	if (reply->error) {
		snprintf(head, sizeof(head), "%.20s err %d %s\n", seq,
			 reply->error, reply->text);
		return write_all(fd, head, strlen(head));
	}
	snprintf(head, sizeof(head), "%.20s ok %zu\n", seq, reply->len);
	return write_all(fd, head, strlen(head)) &&
	       write_all(fd, reply->data, reply->len) &&
	       write_all(fd, "\n", 1);
}

/* Read single bytes: requests are short, and this reads nothing ahead. */
static bool read_line(int fd, char *line, size_t size)
{
	size_t len = 0;

	for (;;) {
		char c;
		ssize_t got = read(fd, &c, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		if (c == '\n') {
			line[len] = '\0';
			return true;
		}
		if (len < size - 1)
			line[len++] = c;
	}
}

void agent_serve(int fd)
{
	struct reply reply = { 0 };
	char line[REQUEST_MAX];

	reply_printf(&reply, "balloon-agent 1 page_size %ld cpus %ld\n",
		     sysconf(_SC_PAGESIZE), sysconf(_SC_NPROCESSORS_ONLN));
	if (!answer(fd, "0", &reply))
		return;
	while (read_line(fd, line, sizeof(line))) {
		char *seq = strtok(line, " ");
		char *rest = strtok(NULL, "");

		if (!seq)
			continue;
		reply.len = 0;
		reply.error = 0;
		if (rest && !strcmp(rest, "poweroff")) {
			answer(fd, seq, &reply);
			/* Wait until the FIFO is empty: then the answer is sent. */
			fsync(fd);
			return;
		}
		if (rest)
			verb_run(rest, fd, &reply);
		else
			reply_error(&reply, EINVAL, "no verb");
		if (!answer(fd, seq, &reply))
			return;
	}
}
