// SPDX-License-Identifier: GPL-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/prctl.h>

#include "qemu.h"

#define ARGS_MAX 64

struct args {
	const char *argv[ARGS_MAX + 1];
	char *owned[ARGS_MAX];
	int argc;
	int nr_owned;
};

static void add(struct args *args, const char *arg)
{
	if (args->argc == ARGS_MAX)
		abort();
	args->argv[args->argc++] = arg;
	args->argv[args->argc] = NULL;
}

#define add_format(args, ...) do {					\
	char *text;							\
									\
	if (asprintf(&text, __VA_ARGS__) < 0)				\
		abort();						\
	(args)->owned[(args)->nr_owned++] = text;			\
	add(args, text);						\
} while (0)

static void add_all(struct args *args, const char * const *words)
{
	while (words && *words)
		add(args, *words++);
}

static void build(struct args *args, const struct vm_config *config,
		  const int fds[3])
{
	const struct guest_kind *guest = config->guest;

	add(args, config->qemu ? config->qemu : guest->qemu);
	add(args, "-name");
	add(args, "balloon,debug-threads=on");
	add(args, "-nodefaults");
	add(args, "-no-user-config");
	add(args, "-no-reboot");
	add(args, "-display");
	add(args, "none");
	add(args, "-M");
	add_format(args, "%s,memory-backend=ram0", guest->machine);
	add(args, "-accel");
	add(args, strcmp(config->accel, "tcg") ? config->accel :
		  "tcg,thread=multi");
	if (guest->cpu) {
		add(args, "-cpu");
		add(args, guest->cpu);
	}
	add(args, "-smp");
	add_format(args, "%u", guest->cpus);
	/* A file of its own makes the guest's memory easy to tell in smaps. */
	add(args, "-object");
	add_format(args, "memory-backend-memfd,id=ram0,share=on,size=%uM",
		   guest->memory_mib);
	add(args, "-m");
	add_format(args, "%uM%s", guest->memory_mib, guest->more_memory);
	add(args, "-kernel");
	add(args, config->kernel);
	add(args, "-initrd");
	add(args, config->initrd);
	add(args, "-append");
	add_format(args, "%s %s %s", guest->append, config->append,
		   config->append_more);
	add(args, "-chardev");
	add_format(args, "socket,id=qmp,fd=%d", fds[0]);
	add(args, "-mon");
	add(args, "chardev=qmp,mode=control");
	add(args, "-chardev");
	add_format(args, "socket,id=console,fd=%d", fds[2]);
	add(args, "-serial");
	add(args, "chardev:console");
	add(args, "-chardev");
	add_format(args, "socket,id=agent,fd=%d", fds[1]);
	add(args, "-serial");
	add(args, "chardev:agent");
	add_all(args, config->objects);
	if (guest->device) {
		add(args, "-device");
		add_format(args, "%s%s", guest->device, config->device);
	}
	add_all(args, guest->devices);
}

/* Kept so that a person can start the same guest again. */
static void keep_command(const struct args *args, const char *dir)
{
	char path[4352];
	FILE *file;
	int i;

	snprintf(path, sizeof(path), "%s/qemu.cmd", dir);
	file = fopen(path, "w");
	if (!file)
		return;
	for (i = 0; i < args->argc; i++)
		fprintf(file, strchr(args->argv[i], ' ') ? "'%s'%s" : "%s%s",
			args->argv[i], i == args->argc - 1 ? "\n" : " ");
	fclose(file);
}

static void child(const struct args *args, const char *dir, const int fds[3])
{
	char path[4352];
	int i, fd;

	/* A harness that is killed must not leave its guests behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < 3; i++)
		fcntl(fds[i], F_SETFD, 0);
	snprintf(path, sizeof(path), "%s/qemu.stderr", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd >= 0)
		dup2(fd, STDERR_FILENO);
	fd = open("/dev/null", O_RDWR);
	if (fd >= 0) {
		dup2(fd, STDIN_FILENO);
		dup2(fd, STDOUT_FILENO);
	}
	execvp(args->argv[0], (char * const *)args->argv);
	fprintf(stderr, "%s: %s\n", args->argv[0], strerror(errno));
	_exit(127);
}

pid_t qemu_spawn(const struct vm_config *config, const int fds[3])
{
	struct args args = { 0 };
	pid_t pid;
	int i;

	build(&args, config, fds);
	keep_command(&args, config->dir);
	pid = fork();
	if (!pid)
		child(&args, config->dir, fds);
	for (i = 0; i < args.nr_owned; i++)
		free(args.owned[i]);
	return pid;
}
