/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Scenarios: what is shown in a guest. Adding one is writing a function in
 * scenarios/ and its record, with SCENARIO(), behind it.
 */
#ifndef BALLOON_SCENARIO_H
#define BALLOON_SCENARIO_H

#include "run.h"

/**
 * enum turn - when a scenario has its turn among those that share a guest
 * @TURN_ALONE: in a guest of its own; it takes most memory blocks offline, and
 *		afterwards none is free of pages of the kernel, or it needs free
 *		pages that were not reported to a host before
 * @TURN_FIRST: first; it takes memory blocks offline
 * @TURN_ANY: after those
 * @TURN_LATE: after those; it presses the guest so hard that pages of the kernel may
 *	       end up in any memory block, which cannot go offline then
 * @TURN_LAST: last of all; it leaves the guest in a state that no other can use
 */
enum turn {
	TURN_ALONE = -2,
	TURN_FIRST,
	TURN_ANY,
	TURN_LATE,
	TURN_LAST,
};

/**
 * struct scenario - something that is shown in a guest
 * @name: as on the command line
 * @proves: one sentence
 * @guests: the kinds of guest that it is for, as words, each a pattern for
 *	    fnmatch()
 * @balloon: added to the properties of QEMU's balloon device, or NULL
 * @objects: further words for QEMU's command line, ended by NULL, or NULL
 * @append: added to the kernel's command line, or NULL
 * @large: the guest has twice the memory
 * @turn: when it has its turn
 * @params: added to the parameters of the driver's module, or NULL
 * @page_migration_only: only for a kernel that can migrate balloon pages. The scenario
 *			 is about that, or the option makes no difference to it.
 * @by_name: runs only if it is named: another scenario implies it, or it is the
 *	     harness's own
 * @managed: pages in the balloon count as managed by the guest, whatever the
 *	     kind of balloon says
 * @lazy: the guest does not touch all of its memory when it boots
 * @forgiven: words of lines that the guest may print though they look like trouble,
 *	      ended by NULL, or NULL
 * @run: carries it out in a guest that has booted and loaded the driver; what it
 *	 returns is of no interest, the checks and the guest say all
 * @expect: how it has to end; all but the harness's own end in VERDICT_PASS
 *
 * Scenarios share a guest if they agree in @balloon, @objects, @append and @large,
 * and none of them is to be alone.
 * What a scenario loads or changes by the steps is put back after it; what it does
 * in another way, it has to put back.
 */
struct scenario {
	const char *name;
	const char *proves;
	const char *guests;
	const char *balloon;
	const char * const *objects;
	const char *append;
	bool large;
	enum turn turn;
	const char *params;
	bool page_migration_only;
	bool by_name;
	bool managed;
	bool lazy;
	const char * const *forgiven;
	int (*run)(struct run *run);
	enum verdict expect;
};

/**
 * SCENARIO() - define a scenario
 * @function: @run in struct scenario
 * @name_: its name
 * @guests_: the guests that it is for
 * @proves_: what it proves
 *
 * Further fields of struct scenario may follow. It is found by way of a section of
 * the program.
 */
#define SCENARIO(function, name_, guests_, proves_, ...)		\
	SCENARIO_(__LINE__, .run = function, .name = name_,		\
		  .guests = guests_, .proves = proves_, ##__VA_ARGS__)
#define SCENARIO_(line, ...) SCENARIO__(line, __VA_ARGS__)
#define SCENARIO__(line, ...)						\
	static const struct scenario scenario_##line = { __VA_ARGS__ };	\
	static const struct scenario * const entry_##line		\
	__attribute__((used, section("scenarios"))) = &scenario_##line

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
 * @page_migration: the guest's kernel can migrate balloon pages
 *
 * Return: true if so.
 */
bool scenario_fits(const struct scenario *scenario, const char *guest,
		   bool page_migration);

/**
 * scenario_next() - go through all scenarios
 * @last: the one before, NULL to begin
 *
 * Return: the next one, or NULL after the last.
 */
const struct scenario *scenario_next(const struct scenario *last);

/**
 * scenario_shares() - whether two scenarios can share a guest
 * @one: a scenario
 * @other: another one
 *
 * Return: true if so.
 */
bool scenario_shares(const struct scenario *one, const struct scenario *other);

#endif /* BALLOON_SCENARIO_H */
