/* SPDX-License-Identifier: GPL-2.0 */
/* How a run of a scenario ended. */
#ifndef BALLOON_VERDICT_H
#define BALLOON_VERDICT_H

/**
 * enum verdict - how a run of a scenario ended
 * @VERDICT_PASS: every check held
 * @VERDICT_FAIL: a check did not hold; the guest kept answering
 * @VERDICT_PANIC: the guest's kernel panicked
 * @VERDICT_TIMEOUT: the guest is there but did not answer or arrive in time
 * @VERDICT_LOST: the guest ended, or answered what is no answer
 * @VERDICT_HARNESS: the host's side is at fault (no QEMU, no kernel, ...)
 *
 * A later one is the stronger one: it replaces an earlier one in a run.
 */
enum verdict {
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_TIMEOUT,
	VERDICT_LOST,
	VERDICT_PANIC,
	VERDICT_HARNESS,
};

/**
 * verdict_name() - the word that stands for a verdict in reports
 * @verdict: the verdict
 *
 * Return: a constant string.
 */
const char *verdict_name(enum verdict verdict);

#endif /* BALLOON_VERDICT_H */
