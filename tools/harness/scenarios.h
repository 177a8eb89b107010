/* SPDX-License-Identifier: GPL-2.0 */
/* The list of scenarios. Adding one is adding a record in scenarios.c. */
#ifndef BALLOON_SCENARIOS_H
#define BALLOON_SCENARIOS_H

#include "test.h"

extern const struct scenario scenarios[];
extern const int nr_scenarios;

/* In scenario_run.c. */
void scenario_run(struct test *test);

/* In scenario_boot.c. */
void scenario_boot(struct test *test);

/* In scenario_own.c. */
void scenario_own_fail(struct test *test);
void scenario_own_warn(struct test *test);
void scenario_own_panic(struct test *test);
void scenario_own_hang(struct test *test);
void scenario_own_exit(struct test *test);
void scenario_own_nonsense(struct test *test);

/**
 * scenario_find() - look up a scenario
 * @name: its name
 *
 * Return: the record, or NULL.
 */
const struct scenario *scenario_find(const char *name);

#endif /* BALLOON_SCENARIOS_H */
