/* SPDX-License-Identifier: GPL-2.0 */
/* A run of a scenario: its guest, its balloons, its checks. */
#ifndef BALLOON_RUN_H
#define BALLOON_RUN_H

#include "balloons.h"
#include "qemu.h"
#include "vm.h"

#define CHANGED_MAX	8

struct scenario;

/**
 * struct config - what all runs of a call have in common
 * @vm: the guest; its accelerator may be NULL for the best there is
 * @page_migration: the kernel is built with CONFIG_BALLOON_COMPACTION
 * @lockdep: the kernel's lock checker has to be on
 * @alone: each scenario gets a guest of its own
 */
struct config {
	struct vm_config vm;
	bool page_migration;
	bool lockdep;
	bool alone;
};

/**
 * struct changed - a file of the guest that a scenario has changed
 * @path: the file, a constant string
 * @old: what was in it
 */
struct changed {
	const char *path;
	char *old;
};

/**
 * struct run - a run of a scenario
 * @vm: its guest
 * @scenario: the scenario
 * @config: how the harness was called
 * @page_size: the guest's, in bytes
 * @memory: the guest's memory, in bytes
 * @block: the guest's memory blocks, in bytes
 * @loaded: the driver is loaded
 * @balloon: the guest's balloon
 * @mock: a second balloon, played by mock_virtio; without @kind while there is none
 * @changed: what change_file() has changed
 * @nr_changed: entries in @changed
 * @checks: checks made
 * @failed: of these, how many did not hold
 * @first_failed: the first that did not hold, and what was seen
 */
struct run {
	struct vm *vm;
	const struct scenario *scenario;
	const struct config *config;
	long page_size;
	long long memory;
	long long block;
	bool loaded;
	struct balloon balloon;
	struct balloon mock;
	struct changed changed[CHANGED_MAX];
	int nr_changed;
	int checks;
	int failed;
	char first_failed[256];
};

/**
 * run_carry_out() - run a scenario in a guest that has booted
 * @run: the run
 * @last: power the guest off afterwards; otherwise undo what the scenario did
 */
void run_carry_out(struct run *run, bool last);

#endif /* BALLOON_RUN_H */
