/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The second balloon: a device that a module of the guest plays for virtio_balloon
 * (tools/guest-modules/virtio_host.c), which misbehaves if a scenario wants it to.
 *
 * Functions that return an int return 0 to go on, or -1 when the scenario is over.
 */
#ifndef BALLOON_SECOND_H
#define BALLOON_SECOND_H

#include "test.h"

/* What it can offer; the module's parameter "features". */
#define SECOND_STATS		0x02
#define SECOND_DEFLATE_ON_OOM	0x04
#define SECOND_HINTS		0x08
#define SECOND_POISON		0x10
#define SECOND_REPORTS		0x20

/* Its queues, as masks. */
#define SECOND_INFLATE_Q	0x01
#define SECOND_DEFLATE_Q	0x02
#define SECOND_STATS_Q		0x04
#define SECOND_HINTS_Q		0x08
#define SECOND_REPORTS_Q	0x10
#define SECOND_ALL_Q		0x1f

/**
 * second_load() - plug it in
 * @test: the scenario
 * @features: what it offers, a mask
 * @params: further parameters of the module, may be empty
 */
int second_load(struct test *test, unsigned int features, const char *params);

/**
 * second_set() - write one of its files in debugfs
 * @test: the scenario
 * @name: which; see guest-modules/virtio_knobs.c
 * @value: what
 */
int second_set(struct test *test, const char *name, long long value);

/**
 * second_number() - read one of its files in debugfs
 * @test: the scenario
 * @name: which
 * @value: filled in
 */
int second_number(struct test *test, const char *name, long long *value);

/**
 * second_await() - wait until one of its files has a value
 * @test: the scenario
 * @step: the step it belongs to
 * @name: which
 * @mask: the bits of the value that matter
 * @value: what they have to be
 */
int second_await(struct test *test, const char *step, const char *name,
		 long long mask, long long value);

/**
 * second_ask() - ask for a size, and do not wait
 * @test: the scenario
 * @mib: MiB that shall be in it
 */
int second_ask(struct test *test, unsigned int mib);

/**
 * second_settle() - wait until the driver says that it has the size asked for
 * @test: the scenario
 * @step: the step it belongs to
 */
int second_settle(struct test *test, const char *step);

/**
 * second_balloon() - ask for a size and wait until it is reached
 * @test: the scenario
 * @step: the step it belongs to
 * @mib: MiB that shall be in it
 */
int second_balloon(struct test *test, const char *step, unsigned int mib);

/**
 * second_agree() - check what it knows against what its driver says
 * @test: the scenario
 * @step: the step it belongs to
 *
 * The driver must have done nothing that it must never do.
 */
int second_agree(struct test *test, const char *step);

#endif /* BALLOON_SECOND_H */
