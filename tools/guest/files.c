// SPDX-License-Identifier: GPL-2.0
/* Read and write files of the guest, and end a write that blocks. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

void file_read(const char *path, struct reply *reply)
{
	char buf[4096];
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		reply_error(reply, errno, path);
		return;
	}
	while ((got = read(fd, buf, sizeof(buf))) > 0)
		reply_append(reply, buf, got);
	if (got < 0)
		reply_error(reply, errno, path);
	close(fd);
}

void files_read(const char *path, struct reply *reply)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[512];

	if (!dir) {
		reply_error(reply, errno, path);
		return;
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		file_read(name, reply);
	}
	closedir(dir);
}

int file_put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		error = errno;
	close(fd);
	return error;
}

struct write_request {
	const char *path;
	const char *text;
};

static int write_child(const void *arg)
{
	const struct write_request *req = arg;

	return file_put(req->path, req->text);
}

void file_write(const char *path, const char *text, unsigned int limit_ms,
		struct reply *reply)
{
	struct write_request req = { .path = path, .text = text };
	int error = limit_ms ? run_within(write_child, &req, limit_ms) :
			       file_put(path, text);

	if (error)
		reply_error(reply, error, path);
}
