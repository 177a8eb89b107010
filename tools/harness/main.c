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

#include "console.h"
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
"  --list           print the scenarios that fit and end\n"
"  --judge FILE     search a console's log for trouble and end\n"
"SCENARIO is a name, or \"all\" for those that fit guest and kernel.\n"
"Exit status: 0 all ended as they should, 1 not all did, 2 called wrongly.\n";

static int wrong(const char *what, const char *which)
{
	fprintf(stderr, "balloon-harness: %s%s (--help says more)\n", what,
		which);
	return EXIT_USAGE;
}

/* The harness's own scenarios, which end badly, run only when they are named. */
static bool fits(const struct scenario *scenario,
		 const struct test_config *config)
{
	return scenario->expect == VERDICT_PASS &&
	       scenario_fits(scenario, config->vm.guest->name,
			     config->migration);
}

static int list(const struct test_config *config)
{
	const struct scenario *scenario = NULL;

	while ((scenario = scenario_next(scenario)))
		if (fits(scenario, config))
			printf("%-16s %s\n", scenario->name, scenario->proves);
	return 0;
}

static int judge(const char *path)
{
	struct console con = { .log = NULL };
	FILE *file = fopen(path, "r");
	char buf[4096];
	size_t len;

	if (!file)
		return wrong("cannot read ", path);
	while ((len = fread(buf, 1, sizeof(buf), file)))
		console_feed(&con, buf, len);
	fclose(file);
	puts(con.bad ? con.first : "no warning, splat or bad page");
	return con.bad ? 1 : 0;
}

static int parse(int argc, char **argv, struct test_config *config,
		 bool *only_list)
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
		{ "judge", required_argument, NULL, 'j' },
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
			*only_list = true;
			break;
		case 'j':
			exit(judge(optarg));
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

static int run_all(const struct test_config *config)
{
	const struct scenario *scenario = NULL;
	int number = 0, bad = 0;

	while ((scenario = scenario_next(scenario)))
		number += fits(scenario, config);
	report_begin(number);
	number = 0;
	while ((scenario = scenario_next(scenario)))
		if (fits(scenario, config))
			bad += !test_run(scenario, config, ++number);
	return bad;
}

static int run_named(const struct test_config *config, char **names, int nr)
{
	int i, bad = 0;

	report_begin(nr);
	for (i = 0; i < nr; i++)
		bad += !test_run(scenario_find(names[i]), config, i + 1);
	return bad;
}

static int check_names(const struct test_config *config, char **names, int nr)
{
	const char *guest = config->vm.guest->name;
	int i;

	if (!nr)
		return wrong("no scenario named", "");
	for (i = 0; i < nr; i++) {
		if (!scenario_find(names[i]))
			return wrong("no such scenario: ", names[i]);
		if (!scenario_fits(scenario_find(names[i]), guest,
				   config->migration))
			return wrong("not for this guest or its kernel: ",
				     names[i]);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct test_config config = {
		.vm = { .append = "" },
		.migration = true,
	};
	bool only_list = false, all;
	int error;

	/* A guest that ends is noticed by reading, not by a signal. */
	signal(SIGPIPE, SIG_IGN);
	error = parse(argc, argv, &config, &only_list);
	if (error)
		return error;
	if (only_list)
		return list(&config);
	error = check_inputs(&config.vm);
	if (error)
		return error;
	argv += optind;
	argc -= optind;
	all = argc == 1 && !strcmp(argv[0], "all");
	error = all ? 0 : check_names(&config, argv, argc);
	if (error)
		return error;
	return (all ? run_all(&config) : run_named(&config, argv, argc)) ? 1 : 0;
}
