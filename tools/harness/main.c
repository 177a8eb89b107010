// SPDX-License-Identifier: GPL-2.0
/* balloon-harness: runs scenarios in guests and says what came of them. */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "scenarios.h"

#define EXIT_USAGE 2

static const char usage[] =
"usage: balloon-harness [options] SCENARIO...\n"
"  --kernel FILE    kernel image of the guest\n"
"  --initrd FILE    initramfs of the guest\n"
"  --keep DIR       where consoles, logs and command lines are kept\n"
"  --guest NAME     kind of guest (default x86_64)\n"
"  --qemu FILE      QEMU instead of the guest's own\n"
"  --accel NAME     kvm or tcg (default: kvm where it works)\n"
"  --append WORDS   added to the kernel's command line\n"
"  --no-migration   the kernel is built without CONFIG_BALLOON_COMPACTION\n"
"  --stop-early     end a scenario at its first failed check\n"
"  --ktap           print KTAP instead of text for a person\n"
"  --list           print the scenarios and end\n"
"Exit status: 0 all ended as they should, 1 not all did, 2 called wrongly.\n";

static int wrong(const char *what, const char *which)
{
	fprintf(stderr, "balloon-harness: %s%s (--help says more)\n", what,
		which);
	return EXIT_USAGE;
}

static int list(void)
{
	int i;

	for (i = 0; i < nr_scenarios; i++)
		printf("%-14s %s\n", scenarios[i].name, scenarios[i].proves);
	return 0;
}

static int parse(int argc, char **argv, struct test_config *config)
{
	static const struct option options[] = {
		{ "kernel", required_argument, NULL, 'k' },
		{ "initrd", required_argument, NULL, 'i' },
		{ "keep", required_argument, NULL, 'd' },
		{ "guest", required_argument, NULL, 'g' },
		{ "qemu", required_argument, NULL, 'q' },
		{ "accel", required_argument, NULL, 'a' },
		{ "append", required_argument, NULL, 'c' },
		{ "no-migration", no_argument, NULL, 'm' },
		{ "stop-early", no_argument, NULL, 's' },
		{ "ktap", no_argument, NULL, 't' },
		{ "list", no_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *guest = "x86_64";
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (opt) {
		case 'k':
			config->vm.kernel = optarg;
			break;
		case 'i':
			config->vm.initrd = optarg;
			break;
		case 'd':
			config->vm.dir = optarg;
			break;
		case 'g':
			guest = optarg;
			break;
		case 'q':
			config->vm.qemu = optarg;
			break;
		case 'a':
			if (strcmp(optarg, "kvm") && strcmp(optarg, "tcg"))
				return wrong("no such accelerator: ", optarg);
			config->vm.accel = optarg;
			break;
		case 'c':
			config->vm.append = optarg;
			break;
		case 'm':
			config->migration = false;
			break;
		case 's':
			config->stop_early = true;
			break;
		case 't':
			report_ktap();
			break;
		case 'l':
			exit(list());
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default:
			return EXIT_USAGE;
		}
	}
	config->vm.guest = guest_find(guest);
	if (!config->vm.guest)
		return wrong("no such guest: ", guest);
	return 0;
}

static int check_inputs(const struct vm_config *vm)
{
	if (!vm->kernel || !vm->initrd || !vm->dir)
		return wrong("--kernel, --initrd and --keep are needed", "");
	if (access(vm->kernel, R_OK))
		return wrong("cannot read the kernel: ", vm->kernel);
	if (access(vm->initrd, R_OK))
		return wrong("cannot read the initramfs: ", vm->initrd);
	if (access(vm->dir, W_OK))
		return wrong("cannot write to ", vm->dir);
	return 0;
}

int main(int argc, char **argv)
{
	struct test_config config = {
		.vm = { .append = "" },
		.migration = true,
	};
	int i, error, bad = 0;

	/* A guest that ends is noticed by reading, not by a signal. */
	signal(SIGPIPE, SIG_IGN);
	error = parse(argc, argv, &config);
	if (!error)
		error = check_inputs(&config.vm);
	if (error)
		return error;
	if (optind == argc)
		return wrong("no scenario named", "");
	for (i = optind; i < argc; i++)
		if (!scenario_find(argv[i]))
			return wrong("no such scenario: ", argv[i]);

	report_begin(argc - optind);
	for (i = optind; i < argc; i++)
		bad += !test_run(scenario_find(argv[i]), &config,
				 i - optind + 1);
	return bad ? 1 : 0;
}
