/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Steps whose time is measured, in the guest by its clock and on the host. Nothing else is
 * done to the guest meanwhile. They return what those in steps.h do.
 */
#ifndef BALLOON_TIMED_H
#define BALLOON_TIMED_H

#include "host.h"
#include "state.h"

/**
 * struct timed - what a step took
 * @ns: nanoseconds of the guest's clock
 * @cpu: time of the host's CPUs
 * @pages: pages of the guest that were inflated, deflated, migrated or taken
 */
struct timed {
	long long ns;
	struct cpu_time cpu;
	long long pages;
};

/**
 * timed_resize() - ask for a size of the guest's balloon, and wait until it is reached
 * @run: the run
 * @step: the step
 * @bytes: what shall be in the balloon
 * @timed: filled in
 */
int timed_resize(struct run *run, const char *step, long long bytes,
		 struct timed *timed);

/**
 * timed_offline() - take a memory block offline in which every page is the balloon's
 * @run: the run
 * @step: the step
 * @timed: filled in
 */
int timed_offline(struct run *run, const char *step, struct timed *timed);

/**
 * timed_hold() - have a process of the guest take memory, and hold it
 * @run: the run
 * @step: the step
 * @bytes: how much
 * @timed: filled in
 */
int timed_hold(struct run *run, const char *step, long long bytes,
	       struct timed *timed);

/**
 * timed_report() - report as a figure what one page took
 * @step: the figure's name
 * @timed: what was measured
 * @unit: its unit in words
 */
void timed_report(const char *step, const struct timed *timed, const char *unit);

#endif /* BALLOON_TIMED_H */
