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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "clock.h"
#include "qemu.h"
#include "qmp.h"

#define ARGS_MAX	64
#define START_MS	30000
#define END_MS		10000
#define TRACE		"qemu.trace"

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

#define add_option(args, name, ...) do {				\
	add(args, name);						\
	add_format(args, __VA_ARGS__);					\
} while (0)

static void add_all(struct args *args, const char * const *words)
{
	while (words && *words)
		add(args, *words++);
}

/* Monitor, console and agent, each with a socket of its own. */
static void add_channels(struct args *args, const int fds[3])
{
	add_option(args, "-chardev", "socket,id=qmp,fd=%d", fds[0]);
	add_option(args, "-mon", "chardev=qmp,mode=control");
	add_option(args, "-chardev", "socket,id=console,fd=%d", fds[2]);
	add_option(args, "-serial", "chardev:console");
	add_option(args, "-chardev", "socket,id=agent,fd=%d", fds[1]);
	add_option(args, "-serial", "chardev:agent");
}

static void build(struct args *args, const struct vm_config *config,
		  const int fds[3])
{
	static const char * const always[] = {
		"-name", "balloon,debug-threads=on", "-nodefaults",
		"-no-user-config", "-no-reboot", "-display", "none", NULL
	};
	const struct guest_kind *guest = config->guest;

	add(args, config->qemu ? config->qemu : guest->qemu);
	add_all(args, always);
	add_option(args, "-M", "%s,memory-backend=ram0", guest->machine);
	add_option(args, "-accel", "%s%s", config->accel,
		   strcmp(config->accel, "tcg") || guest->icount ? "" :
		   ",thread=multi");
	if (guest->icount)
		add_option(args, "-icount", "shift=0,sleep=off");
	if (guest->cpu)
		add_option(args, "-cpu", "%s", guest->cpu);
	add_option(args, "-smp", "%u", guest->cpus);
	/* A file of its own makes the guest's memory easy to find in smaps. */
	add_option(args, "-object", "memory-backend-%s,id=ram0,size=%uM",
		   guest->anonymous ? "ram" : "memfd,share=on",
		   config->memory_mib);
	add_option(args, "-m", "%uM%s", config->memory_mib, guest->more_memory);
	add_option(args, "-kernel", "%s", config->kernel);
	add_option(args, "-initrd", "%s", config->initrd);
	add_option(args, "-append", "%s %s %s", guest->append, config->append,
		   config->append_more);
	if (guest->traced)
		add_option(args, "-D", "%s/" TRACE, config->dir);
	add_channels(args, fds);
	add_all(args, config->objects);
	if (guest->device)
		add_option(args, "-device", "%s%s", guest->device,
			   config->device);
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

static pid_t spawn(const struct vm_config *config, const int fds[3])
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

const char *qemu_accel(const struct guest_kind *guest, const char **why)
{
	*why = "/dev/kvm exists and the CPU has vmx or svm";
	if (!guest->kvm)
		*why = "this kind of guest runs under tcg only";
	else if (access("/dev/kvm", R_OK | W_OK))
		*why = "/dev/kvm cannot be opened";
	else if (!cpu_has_virtualisation())
		*why = "/dev/kvm exists, but the CPU has neither vmx nor svm";
	else
		return "kvm";
	return "tcg";
}

static FILE *keep_open(struct vm *vm, const char *dir, const char *name,
		       const char *mode)
{
	char path[4352];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, mode);
	if (file)
		setlinebuf(file);
	else
		vm_fail(vm, VERDICT_HARNESS, "%s: %s", path, strerror(errno));
	return file;
}

/* QEMU did not come up: say what it said. */
static int start_failed(struct vm *vm, const char *dir)
{
	char path[4352], last[256] = "", line[256];
	FILE *file;

	if (waitpid(vm->pid, NULL, WNOHANG) == vm->pid)
		vm->pid = 0;
	snprintf(path, sizeof(path), "%s/qemu.stderr", dir);
	file = fopen(path, "r");
	if (file) {
		while (fgets(line, sizeof(line), file))
			memcpy(last, line, sizeof(last));
		fclose(file);
	}
	last[strcspn(last, "\n")] = '\0';
	return vm_fail(vm, VERDICT_HARNESS, "QEMU did not start: %s",
		       last[0] ? last : "it printed nothing");
}

int qemu_start(struct vm *vm, const struct vm_config *config)
{
	struct channel *const channels[] = {
		&vm->qmp, &vm->agent, &vm->console_in
	};
	int pair[2], theirs[3], i;

	memset(vm, 0, sizeof(*vm));
	vm->start = clock_ms();
	vm->anonymous = config->guest->anonymous;
	for (i = 0; i < 3; i++)
		channels[i]->fd = -1;
	if (mkdir(config->dir, 0755) && errno != EEXIST)
		return vm_fail(vm, VERDICT_HARNESS, "%s: %s", config->dir,
			       strerror(errno));
	vm->protocol = keep_open(vm, config->dir, "protocol.log", "w");
	vm->console.log = keep_open(vm, config->dir, "console.log", "w");
	/* QEMU writes it, and the harness reads it meanwhile. */
	if (config->guest->traced)
		vm->trace = keep_open(vm, config->dir, TRACE, "w+");
	if (vm->verdict != VERDICT_PASS)
		return -1;

	for (i = 0; i < 3; i++) {
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
			return vm_fail(vm, VERDICT_HARNESS, "socketpair: %s",
				       strerror(errno));
		channels[i]->fd = pair[0];
		theirs[i] = pair[1];
	}
	vm->pid = spawn(config, theirs);
	for (i = 0; i < 3; i++)
		close(theirs[i]);
	if (vm->pid < 0) {
		vm->pid = 0;
		return vm_fail(vm, VERDICT_HARNESS, "cannot start QEMU: %s",
			       strerror(errno));
	}
	if (qmp_greet(vm, clock_ms() + START_MS))
		return start_failed(vm, config->dir);
	return 0;
}

void qemu_end(struct vm *vm)
{
	long long deadline = clock_ms() + END_MS;

	if (vm->pid && (!vm->shutdown || vm->verdict != VERDICT_PASS))
		kill(vm->pid, SIGKILL);
	/* The monitor's end of file is QEMU's end. */
	while (vm_pump(vm, deadline) > 0)
		;
	if (vm->pid) {
		kill(vm->pid, SIGKILL);
		waitpid(vm->pid, NULL, 0);
	}
	channel_free(&vm->qmp);
	channel_free(&vm->agent);
	channel_free(&vm->console_in);
	json_decref(vm->reply);
	if (vm->protocol)
		fclose(vm->protocol);
	if (vm->trace)
		fclose(vm->trace);
	if (vm->console.log)
		fclose(vm->console.log);
}
