// SPDX-License-Identifier: GPL-2.0
/* A process that reads a file from its beginning to its end, again and again. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "agent.h"

static volatile unsigned long *kib_read;
static pid_t streamer;

static int stream(int fd)
{
	static char buf[64 * 1024];
	ssize_t got;

	for (;;) {
		got = read(fd, buf, sizeof(buf));
		if (got < 0)
			return errno;
		if (!got && lseek(fd, 0, SEEK_SET))
			return errno;
		*kib_read += got / 1024;
	}
}

void stream_start(const char *path, struct reply *reply)
{
	int fd;

	if (streamer) {
		reply_error(reply, EBUSY, "stream");
		return;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (!kib_read)
		kib_read = mmap(NULL, sizeof(*kib_read), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fd < 0 || kib_read == MAP_FAILED) {
		reply_error(reply, errno, path);
		return;
	}
	*kib_read = 0;
	streamer = fork();
	if (!streamer)
		_exit(stream(fd));
	if (streamer < 0) {
		streamer = 0;
		reply_error(reply, errno, "stream");
	}
	close(fd);
}

void stream_stop(struct reply *reply)
{
	int status;

	if (!streamer) {
		reply_error(reply, ESRCH, "stream-stop");
		return;
	}
	kill(streamer, SIGKILL);
	if (waitpid(streamer, &status, 0) < 0 || !WIFSIGNALED(status))
		reply_error(reply, ECHILD, "stream-stop");
	else
		reply_printf(reply, "kib %lu\n", *kib_read);
	streamer = 0;
}
