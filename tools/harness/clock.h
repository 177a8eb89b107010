/* SPDX-License-Identifier: GPL-2.0 */
/* Deadlines on the monotonic clock, and the units that all parts count in. */
#ifndef BALLOON_CLOCK_H
#define BALLOON_CLOCK_H

#include <limits.h>
#include <time.h>

#define KIB	1024LL
#define MIB	(1024 * KIB)

/**
 * clock_ns() - the present time, to measure with
 *
 * Return: nanoseconds since some fixed point in the past.
 */
static inline long long clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/**
 * clock_ms() - the present time
 *
 * Return: milliseconds since some fixed point in the past.
 */
static inline long long clock_ms(void)
{
	return clock_ns() / 1000000;
}

/**
 * clock_left() - the time until a deadline
 * @deadline: a value of clock_ms()
 *
 * Return: milliseconds, 0 if the deadline has passed; fits poll()'s argument.
 */
static inline int clock_left(long long deadline)
{
	long long left = deadline - clock_ms();

	return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

#endif /* BALLOON_CLOCK_H */
