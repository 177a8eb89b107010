// SPDX-License-Identifier: GPL-2.0
/* Count pages that have a flag, in the kernel's list of all page frames. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "agent.h"

#define BATCH 8192

static const char kpageflags[] = "/proc/kpageflags";

void pageflags_count(unsigned int bit, unsigned long group, struct reply *reply)
{
	static uint64_t flags[BATCH];
	unsigned long pfn = 0, count = 0;
	ssize_t got;
	int fd;

	if (bit > 63 || !group) {
		reply_error(reply, EINVAL, "pageflags");
		return;
	}
	fd = open(kpageflags, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		reply_error(reply, errno, kpageflags);
		return;
	}
	while ((got = read(fd, flags, sizeof(flags))) > 0) {
		size_t i, pages = got / sizeof(flags[0]);

		for (i = 0; i < pages; i++) {
			count += flags[i] >> bit & 1;
			pfn++;
			if (pfn % group)
				continue;
			if (count)
				reply_printf(reply, "%lu %lu\n",
					     pfn / group - 1, count);
			count = 0;
		}
	}
	if (got < 0)
		reply_error(reply, errno, kpageflags);
	else if (count)
		reply_printf(reply, "%lu %lu\n", pfn / group, count);
	close(fd);
}
