/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What virtio_balloon shows of its devices in /sys/kernel/debug/virtio_balloon: one more
 * witness. All numbers of pages are in units of 4K.
 */
#ifndef BALLOON_SHOWN_H
#define BALLOON_SHOWN_H

#include "run.h"

/**
 * check_shown() - check that the files agree with the other witnesses
 * @run: the run
 * @step: the step it belongs to
 * @frames: what is in all balloons
 *
 * Checks nothing where there are no such files: with another driver, or with a kernel
 * that is older than them.
 */
int check_shown(struct run *run, const char *step, long long frames);

/**
 * wait_shown() - wait until one number of all devices is large enough, or small enough
 * @run: the run
 * @step: the step it belongs to
 * @key: which
 * @least: what the sum must be at least
 * @most: what it must be at most
 */
int wait_shown(struct run *run, const char *step, const char *key,
	       long long least, long long most);

/**
 * wait_shown_state() - wait until a device has a state
 * @run: the run
 * @step: the step it belongs to
 * @state: which, as in the files
 */
int wait_shown_state(struct run *run, const char *step, const char *state);

#endif /* BALLOON_SHOWN_H */
