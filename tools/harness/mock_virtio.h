/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a scenario can ask of mock_virtio, a module of the guest that plays a second
 * balloon device for virtio_balloon (tools/guest-modules/mock_virtio.c). It misbehaves
 * on request. Its balloon is @mock in struct run, for set_target() and the like.
 *
 * Functions that return an int return 0 to go on, and not 0 when the scenario is over.
 */
#ifndef BALLOON_MOCK_VIRTIO_H
#define BALLOON_MOCK_VIRTIO_H

#include "state.h"

/*
 * What it can offer besides MUST_TELL_HOST; the module's parameter "features". With
 * its parameter "must_tell=0", it offers that neither.
 */
#define MOCK_STATS		0x02
#define MOCK_DEFLATE_ON_OOM	0x04
#define MOCK_HINTS		0x08
#define MOCK_POISON		0x10
#define MOCK_REPORTS		0x20

/* Its queues, as masks. */
#define MOCK_INFLATE_Q		0x01
#define MOCK_DEFLATE_Q		0x02
#define MOCK_STATS_Q		0x04
#define MOCK_HINTS_Q		0x08
#define MOCK_REPORTS_Q		0x10
#define MOCK_ALL_Q		0x1f

/* What the driver can be made to read. */
#define MOCK_READS_WELL		0
#define MOCK_READS_ONES		1
#define MOCK_READS_ZEROES	2

/* Commands for free page hinting; any from the first one on begins. */
#define MOCK_HINTS_BEGIN	0x80000000LL
#define MOCK_HINTS_DONE		1

/**
 * mock_plug() - plug it in
 * @run: the run
 * @features: what it offers, a mask
 * @params: further parameters of the module, may be empty
 */
int mock_plug(struct run *run, unsigned int features, const char *params);

/**
 * mock_pull() - pull it out
 * @run: the run
 */
int mock_pull(struct run *run);

/**
 * mock_set() - write one of its files in debugfs
 * @run: the run
 * @name: which; tools/guest-modules/ has the list
 * @value: what
 */
int mock_set(struct run *run, const char *name, long long value);

/**
 * mock_number() - read one of its files in debugfs
 * @run: the run
 * @name: which
 * @value: filled in
 */
int mock_number(struct run *run, const char *name, long long *value);

/**
 * mock_again() - load the driver again, after it was unloaded
 * @run: the run
 * @before: the state with an empty balloon
 *
 * The device does what it should from then on. Checks that all pages are back, also
 * those of buffers that the device had not used, and that the driver works again.
 */
int mock_again(struct run *run, const struct state *before);

/**
 * mock_rebind() - unload the driver, and mock_again()
 * @run: the run
 * @before: the state with an empty balloon
 */
int mock_rebind(struct run *run, const struct state *before);

/**
 * mock_wait() - wait until one of its files has a value
 * @run: the run
 * @step: the step it belongs to
 * @name: which
 * @mask: the bits of the value that matter
 * @value: what they have to be
 */
int mock_wait(struct run *run, const char *step, const char *name,
	      long long mask, long long value);

#endif /* BALLOON_MOCK_VIRTIO_H */
