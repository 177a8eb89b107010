/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Scenarios: what is shown in a guest. Adding one is writing a function in a
 * scenario_*.c and its record, with SCENARIO(), behind it.
 */
#ifndef BALLOON_SCENARIOS_H
#define BALLOON_SCENARIOS_H

#include <stdbool.h>

#include "test.h"

/**
 * struct scenario - something that is shown in a guest
 * @name: as on the command line
 * @proves: one sentence
 * @guests: the kinds of guest that it is for, as words, each a pattern for
 *	    fnmatch()
 * @balloon: added to the properties of QEMU's balloon device, or NULL
 * @objects: further words for QEMU's command line, ended by NULL, or NULL
 * @append: added to the kernel's command line, or NULL
 * @params: added to the parameters of the driver's module, or NULL
 * @migration_only: only for a kernel that can migrate balloon pages, because it is
 *		    about that, or because that makes no difference to it
 * @managed: pages in the balloon count as managed by the guest, whatever the
 *	     kind of balloon says
 * @lazy: the guest does not touch all of its memory when it boots
 * @forgiven: what the guest may print though it tells of trouble elsewhere, ended
 *	      by NULL, or NULL
 * @run: carries it out in a guest that has booted and loaded the driver; a
 *	 return before the end means that a check failed for good or the guest is
 *	 gone
 * @expect: how it has to end; all but the harness's own end in VERDICT_PASS
 */
struct scenario {
	const char *name;
	const char *proves;
	const char *guests;
	const char *balloon;
	const char * const *objects;
	const char *append;
	const char *params;
	bool migration_only;
	bool managed;
	bool lazy;
	const char * const *forgiven;
	void (*run)(struct test *test);
	enum verdict expect;
};

/* What SCENARIO() defines is found by way of a section of the program. */
#define SCENARIO(symbol)						\
	static const struct scenario symbol;				\
	static const struct scenario * const symbol##_entry		\
	__attribute__((used, section("scenarios"))) = &symbol;		\
	static const struct scenario symbol

/**
 * scenario_find() - look up a scenario
 * @name: its name
 *
 * Return: the record, or NULL.
 */
const struct scenario *scenario_find(const char *name);

/**
 * scenario_fits() - whether a scenario is for a guest
 * @scenario: the scenario
 * @guest: name of the kind of guest
 * @migration: the guest's kernel can migrate balloon pages
 *
 * Return: true if so.
 */
bool scenario_fits(const struct scenario *scenario, const char *guest,
		   bool migration);

/**
 * scenario_next() - go through all scenarios
 * @last: the one before, NULL to begin
 *
 * Return: the next one, or NULL after the last.
 */
const struct scenario *scenario_next(const struct scenario *last);

#endif /* BALLOON_SCENARIOS_H */
