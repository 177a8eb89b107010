/* SPDX-License-Identifier: GPL-2.0 */
/* What the harness prints: for a person, or as KTAP. */
#ifndef BALLOON_REPORT_H
#define BALLOON_REPORT_H

#include <stdbool.h>

/**
 * report_ktap() - print KTAP from now on
 */
void report_ktap(void);

/**
 * report_begin() - begin the report of several scenarios
 * @scenarios: how many
 */
void report_begin(int scenarios);

/**
 * report_scenario() - begin the report of a scenario
 * @name: its name
 * @proves: the sentence that says what it proves
 */
void report_scenario(const char *name, const char *proves);

/**
 * report_quote() - print checks as diagnostics from now on, not as results
 * @on: true for a scenario that has to fail, and for one that is repeated: only its
 *	end counts
 */
void report_quote(bool on);

/**
 * report_say() - say what is going on
 * @fmt: as in printf(), one line without newline
 */
void report_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * report_figure() - report what was measured
 * @step: in which step
 * @what: what, "" for the step itself; the figure's name is both with a dash between
 * @value: the figure
 * @unit: its unit in words
 */
void report_figure(const char *step, const char *what, double value,
		   const char *unit);

/**
 * report_check() - report a check
 * @number: of the check in its scenario, from 1
 * @ok: whether it held
 * @name: its name
 * @detail: what was seen
 */
void report_check(int number, bool ok, const char *name, const char *detail);

/**
 * report_scenario_end() - end the report of a scenario
 * @number: of the scenario, from 1
 * @ok: whether it ended as it should
 * @name: its name
 * @detail: how it ended
 */
void report_scenario_end(int number, bool ok, const char *name,
			 const char *detail);

#endif /* BALLOON_REPORT_H */
