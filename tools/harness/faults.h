/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults of the kernel that are known and not mended yet. The check that shows
 * one must fail; when it holds, the mark has to go.
 */
#ifndef BALLOON_FAULTS_H
#define BALLOON_FAULTS_H

#include <stdbool.h>

/**
 * struct known_fault - a fault and how it shows; all but the last are patterns,
 * as for fnmatch()
 * @guest: the kinds of guest
 * @scenario: the scenarios
 * @check: the checks that fail, or "verdict" if the guest does not live to fail
 *	   one
 * @seen: what that check sees, or the verdict, a colon and what came of the
 *	  guest
 * @migration_only: only where the kernel can migrate balloon pages
 * @what: what it is
 */
struct known_fault {
	const char *guest;
	const char *scenario;
	const char *check;
	const char *seen;
	bool migration_only;
	const char *what;
};

/**
 * fault_known() - whether a check shows a known fault
 * @guest: name of the kind of guest
 * @scenario: name of the scenario
 * @migration: the guest's kernel can migrate balloon pages
 * @check: name of the check
 *
 * Return: the fault, or NULL.
 */
const struct known_fault *fault_known(const char *guest, const char *scenario,
				      bool migration, const char *check);

#endif /* BALLOON_FAULTS_H */
