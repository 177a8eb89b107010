// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "boot.h"
#include "clock.h"
#include "report.h"

#define BOOT_TCG_MS	180000
#define BOOT_KVM_MS	20000

/**
 * struct boot - a guest, and what all runs in it have in common
 * @config: how the harness was called
 * @vm: the guest
 * @dir: what is kept of it
 * @page_size: in bytes; 0 until it has booted
 * @memory: in bytes
 * @block: a memory block, in bytes
 */
struct boot {
	struct config *config;
	struct vm vm;
	char dir[4096];
	long page_size;
	long long memory;
	long long block;
};

static int boot_with(struct boot *boot, const struct vm_config *config)
{
	bool kvm = !strcmp(config->accel, "kvm");
	long page_size;

	report_say("guest %s: %u CPUs, %u MiB, accelerator %s",
		   config->guest->name, config->guest->cpus,
		   config->memory_mib, config->accel);
	if (qemu_start(&boot->vm, config))
		return -1;
	if (agent_wait(&boot->vm, kvm ? BOOT_KVM_MS : BOOT_TCG_MS, &page_size))
		return -1;
	boot->page_size = page_size;
	report_say("up after %.1f s", (clock_ms() - boot->vm.start) / 1000.0);
	return 0;
}

/* Boot as a scenario wants it, under the best accelerator that really works. */
static int boot_guest(struct boot *boot, const struct scenario *scenario)
{
	struct vm_config config = boot->config->vm;
	const char *why;
	char *text;

	config.dir = boot->dir;
	config.memory_mib = config.guest->memory_mib * (scenario->large ? 2 : 1);
	config.append_more = scenario->append ? scenario->append : "";
	config.device = scenario->balloon ? scenario->balloon : "";
	config.objects = scenario->objects;
	boot->memory = config.memory_mib * MIB;
	if (!config.accel) {
		config.accel = qemu_accel(config.guest, &why);
		report_say("accelerator %s: %s", config.accel, why);
	}
	if (boot_with(boot, &config)) {
		if (strcmp(config.accel, "kvm"))
			return -1;
		report_say("no guest under kvm (%s): falling back to tcg",
			   boot->vm.trouble);
		qemu_end(&boot->vm);
		config.accel = "tcg";
		if (boot_with(boot, &config))
			return -1;
	}
	boot->config->vm.accel = config.accel;
	text = file_read(&boot->vm, "/sys/devices/system/memory/block_size_bytes");
	if (!text)
		return -1;
	boot->block = strtoll(text, NULL, 16);
	free(text);
	return 0;
}

static const char *verdict_name(enum verdict verdict)
{
	static const char * const names[] = {
		[VERDICT_PASS] = "pass",
		[VERDICT_FAIL] = "fail",
		[VERDICT_TIMEOUT] = "time-out",
		[VERDICT_LOST] = "lost",
		[VERDICT_PANIC] = "panic",
		[VERDICT_HARNESS] = "harness error",
	};

	return names[verdict];
}

/* In words: the verdict, the time, the reason. */
static void describe(const struct run *run, enum verdict verdict,
		     long long start, char *text, size_t size)
{
	const struct console *con = &run->vm->console;
	bool trouble = run->vm->verdict != VERDICT_PASS;
	const char *how = run->scenario->expect == VERDICT_PASS ? "" :
			  run->scenario->expect == verdict ? " (as it should)" :
			  " (not as it should)";
	int len = snprintf(text, size, "%s%s, %.0f s: ", verdict_name(verdict),
			   how, (clock_ms() - start) / 1000.0);

	if (!trouble && !run->failed)
		len += snprintf(text + len, size - len, "all %d checks held",
				run->checks);
	else
		len += snprintf(text + len, size - len, "%s", trouble ?
				run->vm->trouble : run->first_failed);
	if (trouble && con->bad && verdict != VERDICT_PANIC)
		snprintf(text + len, size - len,
			 "; first line of trouble: %.150s", con->first);
}

/*
 * Run a scenario, as the @first in a guest, or the @last, or neither. A guest in
 * which one has failed is ended. @text is filled in with what came of it.
 */
static enum verdict run_scenario(struct boot *boot,
				 const struct scenario *scenario, bool first,
				 bool last, char *text, size_t size)
{
	struct run run = {
		.vm = &boot->vm,
		.scenario = scenario,
		.config = boot->config,
		.balloon.kind = boot->config->vm.guest->balloon,
	};
	long long start = clock_ms();
	enum verdict verdict;

	if (!first || !boot_guest(boot, scenario)) {
		run.page_size = boot->page_size;
		run.memory = boot->memory;
		run.block = boot->block;
		start = clock_ms();
		run_carry_out(&run, last);
	}
	verdict = boot->vm.verdict;
	if (verdict == VERDICT_PASS && run.failed)
		verdict = VERDICT_FAIL;
	describe(&run, verdict, start, text, size);
	report_say("console, protocol and command line are in %s", boot->dir);
	if (last || verdict != VERDICT_PASS)
		qemu_end(&boot->vm);
	while (run.nr_changed)
		free(run.changed[--run.nr_changed].old);
	return verdict;
}

/* A scenario that has failed is run again, alone; the result is added to @text. */
static void run_again(struct config *config, const struct scenario *scenario,
		      char *text, size_t size)
{
	struct boot boot = { .config = config };
	int len = strlen(text);

	report_say("again, alone in a fresh guest");
	report_quote(true);
	len += snprintf(text + len, size - len, "; alone in a fresh guest: ");
	snprintf(boot.dir, sizeof(boot.dir), "%s/%s-alone", config->vm.dir,
		 scenario->name);
	run_scenario(&boot, scenario, true, true, text + len, size - len);
}

/*
 * Run scenarios one after the other in one guest, until one does not pass. @number
 * is that of the first one. Returns how many were run, and adds to @bad.
 */
static int run_together(struct config *config, const struct scenario **scenarios,
			int nr, int number, int *bad)
{
	struct boot boot = { .config = config };
	enum verdict verdict = VERDICT_PASS;
	char text[2000];
	int i;

	snprintf(boot.dir, sizeof(boot.dir), "%s/%s", config->vm.dir,
		 scenarios[0]->name);
	for (i = 0; i < nr && verdict == VERDICT_PASS; i++) {
		const struct scenario *scenario = scenarios[i];
		bool ok;

		report_scenario(scenario->name, scenario->proves);
		report_quote(scenario->expect != VERDICT_PASS);
		verdict = run_scenario(&boot, scenario, !i, i == nr - 1, text,
				       sizeof(text));
		ok = verdict == scenario->expect;
		if (!ok && nr > 1 && boot.page_size)
			run_again(config, scenario, text, sizeof(text));
		report_scenario_end(number + i, ok, scenario->name, text);
		*bad += !ok;
	}
	return i;
}

/* Put scenarios that can share a guest next to each other, each in its turn. */
static void order(const struct scenario **scenarios, int nr)
{
	const struct scenario *moved;
	int i, j, at;

	for (i = 1; i < nr; i++) {
		moved = scenarios[i];
		for (at = i; at && !scenario_shares(scenarios[at - 1], moved); at--)
			;
		/* Nobody before it shares a guest with it: it stays. */
		if (!at)
			continue;
		while (at && scenario_shares(scenarios[at - 1], moved) &&
		       scenarios[at - 1]->turn > moved->turn)
			at--;
		for (j = i; j > at; j--)
			scenarios[j] = scenarios[j - 1];
		scenarios[at] = moved;
	}
}

int boot_all(struct config *config, const struct scenario **scenarios, int nr)
{
	int i, together, bad = 0;

	report_begin(nr);
	if (!config->alone)
		order(scenarios, nr);
	for (i = 0; i < nr;) {
		for (together = 1; i + together < nr && !config->alone; together++)
			if (scenarios[i + together - 1]->turn == TURN_LAST ||
			    !scenario_shares(scenarios[i], scenarios[i + together]))
				break;
		i += run_together(config, scenarios + i, together, i + 1, &bad);
	}
	return bad;
}
