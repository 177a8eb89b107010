/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults of the kernel that are known and not mended yet. The check that shows
 * one must fail; when it holds, the mark has to go.
 */
#ifndef BALLOON_FAULTS_H
#define BALLOON_FAULTS_H

/**
 * struct known_fault - a fault and how it shows
 * @guest: name of the kind of guest
 * @scenario: name of the scenario
 * @check: name of the check that fails
 * @seen: pattern, as for fnmatch(), of what that check sees
 * @what: what it is
 */
struct known_fault {
	const char *guest;
	const char *scenario;
	const char *check;
	const char *seen;
	const char *what;
};

/**
 * fault_known() - whether a check shows a known fault
 * @guest: name of the kind of guest
 * @scenario: name of the scenario
 * @check: name of the check
 *
 * Return: the fault, or NULL.
 */
const struct known_fault *fault_known(const char *guest, const char *scenario,
				      const char *check);

#endif /* BALLOON_FAULTS_H */
