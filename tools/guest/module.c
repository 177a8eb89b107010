// SPDX-License-Identifier: GPL-2.0
/* Load and unload kernel modules. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/syscall.h>

#include "agent.h"

void module_load(const char *path, const char *params, struct reply *reply)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		reply_error(reply, errno, path);
		return;
	}
	if (syscall(SYS_finit_module, fd, params, 0))
		reply_error(reply, errno, path);
	close(fd);
}

static int unload_child(const void *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
}

void module_unload(const char *name, unsigned int limit_ms, struct reply *reply)
{
	int error = run_within(unload_child, name, limit_ms);

	if (error)
		reply_error(reply, error, name);
}
