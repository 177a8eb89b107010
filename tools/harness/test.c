// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "accel.h"
#include "agent.h"
#include "clock.h"
#include "driver.h"
#include "report.h"
#include "scenarios.h"
#include "units.h"

#define BOOT_TCG_MS	180000
#define BOOT_KVM_MS	20000

/* The tests' own modules are out of tree: that taint tells nothing. */
#define TAINT_OUT_OF_TREE	(1LL << 12)

int test_check(struct test *test, const char *step, const char *what, bool ok,
	       const char *fmt, ...)
{
	char name[64], seen[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(seen, sizeof(seen), fmt, args);
	va_end(args);
	snprintf(name, sizeof(name), "%.31s.%.31s", step, what);
	report_check(++test->checks, ok, name, seen);
	if (ok)
		return 0;
	if (!test->failed++)
		snprintf(test->first_failed, sizeof(test->first_failed), "%s",
			 name);
	return test->config->stop_early ? -1 : 0;
}

static int boot_with(struct test *test, const struct vm_config *config)
{
	bool kvm = !strcmp(config->accel, "kvm");
	long long start = clock_ms();

	report_say("guest %s: %u CPUs, %u MiB, accelerator %s",
		   config->guest->name, config->guest->cpus,
		   config->guest->memory_mib, config->accel);
	if (vm_start(&test->vm, config) ||
	    agent_wait(&test->vm, kvm ? BOOT_KVM_MS : BOOT_TCG_MS,
		       &test->page_size))
		return -1;
	report_say("up after %.1f s", (clock_ms() - start) / 1000.0);
	return 0;
}

/* Boot, under the best accelerator that really works. */
static int test_boot(struct test *test)
{
	struct vm_config config = test->config->vm;
	const char *why;

	if (!config.accel) {
		config.accel = accel_choose(config.guest, &why);
		report_say("accelerator %s: %s", config.accel, why);
	}
	if (!boot_with(test, &config))
		return 0;
	if (strcmp(config.accel, "kvm"))
		return -1;
	report_say("no guest under kvm (%s): falling back to tcg",
		   test->vm.trouble);
	vm_end(&test->vm);
	config.accel = "tcg";
	return boot_with(test, &config);
}

static int test_prepare(struct test *test)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	int error;

	if (balloon->prepare && balloon->prepare(&test->vm))
		return -1;
	error = driver_load(test);
	if (error > 0)
		return vm_fail(&test->vm, VERDICT_HARNESS, "guest: no %s: %s",
			       balloon->module, strerror(error));
	return error;
}

/* The kernel complains in its own words long before a count is wrong. */
static void check_health(struct test *test)
{
	const char *faults = test->config->vm.guest->balloon->faults;
	struct vm *vm = &test->vm;
	long long tainted;
	bool lockdep;
	char *text;

	if (vm->verdict != VERDICT_PASS || health_read(vm, &tainted, &lockdep))
		return;
	tainted &= ~TAINT_OUT_OF_TREE;
	if (test_check(test, "health", "tainted", !tainted, "%lld", tainted) ||
	    test_check(test, "health", "lockdep", lockdep, "lock checker %s",
		       lockdep ? "on" : "off: it has reported something") ||
	    !faults)
		return;
	text = file_read(vm, faults);
	if (!text)
		return;
	text[strcspn(text, "\n")] = '\0';
	test_check(test, "health", "host", !strcmp(text, "0"),
		   "the played hypervisor's complaints: %s", text);
	free(text);
}

/* Power off, and see that this is how QEMU ended. */
static void check_shutdown(struct test *test)
{
	long long deadline = clock_ms() + 30000;
	struct vm *vm = &test->vm;

	if (vm->verdict != VERDICT_PASS ||
	    agent_call(vm, 30000, NULL, "poweroff"))
		return;
	while (vm_pump(vm, deadline) > 0)
		;
	test_check(test, "health", "shutdown", !strcmp(vm->reason, "guest-shutdown"),
		   "%s", vm->shutdown ? vm->reason : "still running after 30 s");
}

static void check_console(struct test *test)
{
	const struct console *con = &test->vm.console;

	/* Where the guest did not live to its end, the verdict tells of it. */
	if (test->vm.verdict != VERDICT_PASS)
		return;
	test_check(test, "health", "console", !con->bad, con->bad ?
		   "%u lines of trouble, the first: %.150s" :
		   "no warning, splat or bad page", con->bad, con->first);
}

static enum verdict judge(const struct test *test)
{
	if (test->vm.verdict != VERDICT_PASS)
		return test->vm.verdict;
	return test->failed ? VERDICT_FAIL : VERDICT_PASS;
}

static void describe(const struct test *test, char *text, size_t size)
{
	const struct console *con = &test->vm.console;

	if (test->vm.verdict == VERDICT_PANIC || (test->vm.verdict && !con->bad))
		snprintf(text, size, "%s", test->vm.trouble);
	else if (test->vm.verdict)
		snprintf(text, size, "%s; first line of trouble: %.150s",
			 test->vm.trouble, con->first);
	else if (test->failed)
		snprintf(text, size, "%d of %d checks failed, the first: %s",
			 test->failed, test->checks, test->first_failed);
	else
		snprintf(text, size, "all %d checks held", test->checks);
}

static void carry_out(struct test *test)
{
	const char *dir = test->config->vm.dir;

	if (mkdir(dir, 0755) && errno != EEXIST) {
		vm_fail(&test->vm, VERDICT_HARNESS, "%s: %s", dir,
			strerror(errno));
		return;
	}
	if (test_boot(test) || test_prepare(test))
		return;
	test->scenario->run(test);
	check_health(test);
	check_shutdown(test);
	check_console(test);
}

bool test_run(const struct scenario *scenario, const struct test_config *config,
	      int number)
{
	struct test_config own = *config;
	struct test test = { .scenario = scenario, .config = &own };
	char text[1000], line[1100], dir[4096];
	long long start = clock_ms();
	enum verdict verdict;
	bool ok;

	vm_init(&test.vm);
	report_scenario(scenario->name, scenario->proves,
			scenario->expect != VERDICT_PASS);
	snprintf(dir, sizeof(dir), "%s/%s", config->vm.dir, scenario->name);
	own.vm.dir = dir;
	own.vm.append_more = scenario->append ? scenario->append : "";
	own.vm.forgiven = scenario->forgiven;
	own.vm.device = scenario->balloon ? scenario->balloon : "";
	own.vm.objects = scenario->objects;
	test.memory = config->vm.guest->memory_mib * MIB;
	carry_out(&test);
	vm_end(&test.vm);
	verdict = judge(&test);
	describe(&test, text, sizeof(text));
	ok = verdict == scenario->expect;
	report_say("console, protocol and command line are in %s", dir);
	snprintf(line, sizeof(line), "%s%s, %.0f s: %s", verdict_name(verdict),
		 scenario->expect == VERDICT_PASS ? "" :
		 ok ? " (as it should)" : " (not as it should)",
		 (clock_ms() - start) / 1000.0, text);
	report_scenario_end(number, ok, scenario->name, test.checks, line);
	return ok;
}
