/* SPDX-License-Identifier: GPL-2.0 */
/* Guests are booted, and scenarios run in them, several in one guest. */
#ifndef BALLOON_BOOT_H
#define BALLOON_BOOT_H

#include "scenario.h"

/**
 * boot_all() - run scenarios, and report what came of them
 * @config: how
 * @scenarios: which; put into the order in which they are run
 * @nr: how many
 *
 * Those that can share a guest do. A guest in which one fails is not used any more.
 *
 * Return: how many did not end as they should.
 */
int boot_all(struct config *config, const struct scenario **scenarios, int nr);

#endif /* BALLOON_BOOT_H */
