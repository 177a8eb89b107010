// SPDX-License-Identifier: GPL-2.0
#include "verdict.h"

const char *verdict_name(enum verdict verdict)
{
	static const char * const names[] = {
		[VERDICT_PASS] = "pass",
		[VERDICT_FAIL] = "fail",
		[VERDICT_TIMEOUT] = "time-out",
		[VERDICT_LOST] = "lost",
		[VERDICT_PANIC] = "panic",
		[VERDICT_HARNESS] = "harness error",
	};

	return names[verdict];
}
