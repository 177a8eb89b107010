// SPDX-License-Identifier: GPL-2.0
#include <limits.h>
#include <time.h>

#include "clock.h"

long long clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

int clock_left(long long deadline)
{
	long long left = deadline - clock_ms();

	if (left <= 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
