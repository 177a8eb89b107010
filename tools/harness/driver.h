/* SPDX-License-Identifier: GPL-2.0 */
/* The balloon's driver, a module of the guest, comes and goes. */
#ifndef BALLOON_DRIVER_H
#define BALLOON_DRIVER_H

#include "test.h"

/**
 * driver_load() - load the driver with what its kind and the scenario want
 * @test: the scenario
 *
 * Return: 0, a positive errno value of the guest, or -1 with the guest gone.
 */
int driver_load(struct test *test);

/**
 * driver_unload() - unload the driver
 * @test: the scenario
 *
 * Return: as driver_load(); ETIMEDOUT if it did not end in time but could be
 * interrupted.
 */
int driver_unload(struct test *test);

#endif /* BALLOON_DRIVER_H */
