// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of the guest: mount the file systems that the agent reads, open the agent's
 * channel and serve it. The kernel passes AGENT=/dev/... from its command line.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <termios.h>
#include <unistd.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>

#include "agent.h"

static void die(const char *what)
{
	fprintf(stderr, "init: %s: %s\n", what, strerror(errno));
	/* When PID 1 ends, the kernel panics, and the host sees that at once. */
	exit(1);
}

static void mount_one(const char *type, const char *where)
{
	mkdir(where, 0755);
	if (mount(type, where, type, 0, NULL) && errno != EBUSY)
		die(where);
}

static int open_channel(void)
{
	const char *path = getenv("AGENT");
	struct termios tio;
	int fd;

	if (!path) {
		errno = ENOENT;
		die("no AGENT= on the kernel's command line");
	}
	fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		die(path);
	if (tcgetattr(fd, &tio))
		die(path);
	cfmakeraw(&tio);
	tio.c_cflag |= CLOCAL;
	cfsetspeed(&tio, B115200);
	if (tcsetattr(fd, TCSAFLUSH, &tio))
		die(path);
	return fd;
}

int main(void)
{
	mount_one("devtmpfs", "/dev");
	mount_one("proc", "/proc");
	mount_one("sysfs", "/sys");
	mount_one("debugfs", "/sys/kernel/debug");
	mount_one("tracefs", "/sys/kernel/tracing");

	agent_serve(open_channel());

	sync();
	reboot(RB_POWER_OFF);
	die("power off");
}
