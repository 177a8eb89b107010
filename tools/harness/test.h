/* SPDX-License-Identifier: GPL-2.0 */
/* A scenario at work: its guest, its checks, its verdict. */
#ifndef BALLOON_TEST_H
#define BALLOON_TEST_H

#include <stdbool.h>

#include "state.h"
#include "vm.h"

struct scenario;

/**
 * struct test_config - what all scenarios of a call have in common
 * @vm: the guest; its accelerator may be NULL for the best there is
 * @migration: the kernel is built with CONFIG_BALLOON_COMPACTION
 * @stop_early: end a scenario at its first failed check
 */
struct test_config {
	struct vm_config vm;
	bool migration;
	bool stop_early;
};

/**
 * struct test - a scenario at work
 * @vm: its guest
 * @scenario: which it is
 * @config: how it was called
 * @page_size: the guest's, in bytes
 * @memory: the guest's memory, in bytes
 * @loaded: the driver is there
 * @asked: bytes in the balloon that the host last asked for
 * @deflating: that was less than before
 * @beside: pages that a second balloon has
 * @asked_inflate: pages that the host has asked to inflate, in all
 * @asked_deflate: pages that the host has asked to deflate, in all
 * @checks: checks made
 * @failed: of these, how many did not hold
 * @first_failed: name of the first that did not hold
 */
struct test {
	struct vm vm;
	const struct scenario *scenario;
	const struct test_config *config;
	long page_size;
	long long memory;
	bool loaded;
	long long asked;
	bool deflating;
	long long beside;
	long long asked_inflate;
	long long asked_deflate;
	int checks;
	int failed;
	char first_failed[64];
};

/**
 * test_check() - record a check
 * @test: the scenario
 * @step: the step it belongs to
 * @what: what is checked; the check's name is "step.what"
 * @ok: whether it holds
 * @fmt: what was seen, as in printf()
 *
 * Return: 0 to go on; -1 if the scenario shall end here.
 */
int test_check(struct test *test, const char *step, const char *what, bool ok,
	       const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/**
 * test_run() - run one scenario in a guest of its own
 * @scenario: which
 * @config: how
 * @number: its number in this call, from 1
 *
 * Return: whether it ended as @scenario->expect says.
 */
bool test_run(const struct scenario *scenario, const struct test_config *config,
	      int number);

#endif /* BALLOON_TEST_H */
