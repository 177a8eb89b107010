// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "accel.h"

static bool cpu_has_virtualisation(void)
{
	FILE *file = fopen("/proc/cpuinfo", "r");
	bool found = false;
	char line[8192];

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file))
		found = !strncmp(line, "flags", 5) &&
			(strstr(line, " vmx ") || strstr(line, " svm "));
	fclose(file);
	return found;
}

const char *accel_choose(const struct guest_kind *guest, const char **why)
{
	int fd;

	if (!guest->kvm) {
		*why = "this kind of guest runs under tcg only";
		return "tcg";
	}
	fd = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		*why = "/dev/kvm cannot be opened";
		return "tcg";
	}
	close(fd);
	if (!cpu_has_virtualisation()) {
		*why = "/dev/kvm exists, but the CPU has neither vmx nor svm";
		return "tcg";
	}
	*why = "/dev/kvm can be opened and the CPU has vmx or svm";
	return "kvm";
}
