/* SPDX-License-Identifier: GPL-2.0 */
/* Deadlines on the monotonic clock, in milliseconds. */
#ifndef BALLOON_CLOCK_H
#define BALLOON_CLOCK_H

/**
 * clock_ms() - now
 *
 * Return: milliseconds since some fixed point in the past.
 */
long long clock_ms(void);

/**
 * clock_left() - the time until a deadline
 * @deadline: a value of clock_ms()
 *
 * Return: milliseconds, 0 if the deadline has passed; fits poll()'s argument.
 */
int clock_left(long long deadline);

#endif /* BALLOON_CLOCK_H */
