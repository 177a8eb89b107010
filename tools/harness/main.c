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

#include "boot.h"
#include "console.h"
#include "report.h"

#define SCENARIOS_MAX	256
#define EXIT_USAGE	2

static const char usage[] =
"usage: balloon-harness [options] SCENARIO...\n"
"  --kernel FILE    kernel image of the guest\n"
"  --initrd FILE    initramfs of the guest\n"
"  --keep DIR       where consoles, logs and command lines are kept\n"
"  --guest NAME     kind of guest (default x86_64)\n"
"  --qemu FILE      QEMU instead of the guest's own\n"
"  --accel NAME     kvm or tcg (default: kvm where it works)\n"
"  --append WORDS   added to the kernel's command line\n"
"  --no-page-migration\n"
"                   the kernel is built without CONFIG_BALLOON_COMPACTION\n"
"  --no-lockdep     the kernel is built without CONFIG_PROVE_LOCKING\n"
"  --alone          run each scenario in a guest of its own\n"
"  --ktap           print KTAP instead of text for a person\n"
"  --list           print the scenarios that fit, each with its group, and end\n"
"  --judge FILE     search a console's log for trouble and end\n"
"SCENARIO is a name, or \"all\" for those that --list prints. Scenarios that can\n"
"share a guest do, so they are not always run in the order in which they are named.\n"
"Exit status: 0 all ended as they should, 1 not all did, 2 called wrongly.\n";

static int wrong(const char *what, const char *which)
{
	fprintf(stderr, "balloon-harness: %s%s (--help says more)\n", what,
		which);
	return EXIT_USAGE;
}

/* Those that another one implies, and the harness's own, run only when named. */
static bool fits(const struct scenario *scenario, const struct config *config)
{
	return !scenario->by_name &&
	       scenario_fits(scenario, config->vm.guest->name,
			     config->page_migration);
}

/* A scenario's group has the name of the first one that can share a guest with it. */
static int list(const struct config *config)
{
	const struct scenario *scenario = NULL;

	while ((scenario = scenario_next(scenario))) {
		const struct scenario *first = NULL;

		if (!fits(scenario, config))
			continue;
		while ((first = scenario_next(first)))
			if (fits(first, config) && scenario_shares(first, scenario))
				break;
		printf("%-18s %-18s %s\n", scenario->name, first->name,
		       scenario->proves);
	}
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

static int parse(int argc, char **argv, struct config *config, bool *only_list)
{
	int no_page_migration = 0, no_lockdep = 0, alone = 0, ktap = 0, list = 0;
	const struct option options[] = {
		{ "kernel", required_argument, NULL, 'k' },
		{ "initrd", required_argument, NULL, 'i' },
		{ "keep", required_argument, NULL, 'd' },
		{ "guest", required_argument, NULL, 'g' },
		{ "qemu", required_argument, NULL, 'q' },
		{ "accel", required_argument, NULL, 'a' },
		{ "append", required_argument, NULL, 'c' },
		{ "judge", required_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "no-page-migration", no_argument, &no_page_migration, 1 },
		{ "no-lockdep", no_argument, &no_lockdep, 1 },
		{ "alone", no_argument, &alone, 1 },
		{ "ktap", no_argument, &ktap, 1 },
		{ "list", no_argument, &list, 1 },
		{ 0 }
	};
	const char *guest = "x86_64";
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (opt) {
		case 0:
			break;
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
		case 'j':
			exit(judge(optarg));
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default:
			return EXIT_USAGE;
		}
	}
	config->page_migration = !no_page_migration;
	config->lockdep = !no_lockdep;
	config->alone = alone;
	*only_list = list;
	if (ktap)
		report_ktap();
	config->vm.guest = guest_find(guest);
	return config->vm.guest ? 0 : wrong("no such guest: ", guest);
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

/* Look up what is named, or all; sets @nr. */
static int choose(const struct config *config, char **names,
		  const struct scenario **scenarios, int *nr)
{
	const struct scenario *scenario = NULL;

	*nr = 0;
	if (!names[0])
		return wrong("no scenario named", "");
	if (!strcmp(names[0], "all") && !names[1]) {
		while ((scenario = scenario_next(scenario)))
			if (fits(scenario, config) && *nr < SCENARIOS_MAX)
				scenarios[(*nr)++] = scenario;
		return 0;
	}
	for (; *names; names++) {
		scenario = scenario_find(*names);
		if (!scenario)
			return wrong("no such scenario: ", *names);
		if (!scenario_fits(scenario, config->vm.guest->name,
				   config->page_migration))
			return wrong("not for this guest or its kernel: ",
				     *names);
		if (*nr == SCENARIOS_MAX)
			return wrong("too many scenarios: ", *names);
		scenarios[(*nr)++] = scenario;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct config config = { .vm.append = "" };
	const struct scenario *scenarios[SCENARIOS_MAX];
	bool only_list = false;
	int error, nr;

	/* A guest that ends is noticed by reading, not by a signal. */
	signal(SIGPIPE, SIG_IGN);
	error = parse(argc, argv, &config, &only_list);
	if (error)
		return error;
	if (only_list)
		return list(&config);
	error = check_inputs(&config.vm);
	if (!error)
		error = choose(&config, argv + optind, scenarios, &nr);
	if (error)
		return error;
	return boot_all(&config, scenarios, nr) ? 1 : 0;
}
