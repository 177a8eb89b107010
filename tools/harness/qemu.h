/* SPDX-License-Identifier: GPL-2.0 */
/* QEMU's command line. */
#ifndef BALLOON_QEMU_H
#define BALLOON_QEMU_H

#include <sys/types.h>

#include "vm.h"

/**
 * qemu_spawn() - start QEMU
 * @config: what to start; the command line is kept as qemu.cmd in its directory,
 *	    QEMU's complaints as qemu.stderr
 * @fds: QEMU's ends of the monitor, the agent's channel and the console
 *
 * Return: the process, or -1 with errno set.
 */
pid_t qemu_spawn(const struct vm_config *config, const int fds[3]);

#endif /* BALLOON_QEMU_H */
