// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bookkeeping.h"
#include "clock.h"
#include "steps.h"
#include "vmw.h"

#define HOST_DIR	"/sys/kernel/debug/vmw-host/"
#define GRANT_MS	20000

int vmw_refuse(struct test *test, const char *fmt, ...)
{
	char text[64];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return step_do(test, "refuse", "set", 10000,
		       "write 5000 " HOST_DIR "refuse %s", text);
}

int vmw_refused(struct test *test, const char *step)
{
	char *text = file_read(&test->vm, HOST_DIR "refuse");
	int over;

	if (!text)
		return -1;
	text[strcspn(text, "\n")] = '\0';
	over = test_check(test, step, "refused", !text[0], "still to come: %s",
			  text[0] ? text : "nothing");
	free(text);
	return over;
}

int vmw_number(struct test *test, const char *key, long long *number)
{
	char *text = file_read(&test->vm, "/sys/kernel/debug/vmmemctl"), *at;

	if (!text)
		return -1;
	at = strstr(text, key);
	at = at ? strchr(at, ':') : NULL;
	if (at)
		*number = strtoll(at + 1, NULL, 0);
	free(text);
	return at ? 0 : vm_fail(&test->vm, VERDICT_HARNESS,
				"guest: no '%s' in vmmemctl", key);
}

int vmw_capabilities(struct test *test, unsigned int capabilities)
{
	return step_do(test, "grant", "set", 10000,
		       "write 5000 " HOST_DIR "capabilities %#x", capabilities);
}

int vmw_grant(struct test *test, unsigned int capabilities)
{
	long long deadline = clock_ms() + GRANT_MS, used = -1;

	if (vmw_capabilities(test, capabilities) ||
	    vmw_refuse(test, "reset 1"))
		return -1;
	do {
		if (step_pause(test) ||
		    vmw_number(test, "used capabilities", &used))
			return -1;
	} while (used != capabilities && clock_left(deadline));
	return check_exact(test, "grant", "used", used, capabilities,
			   "is the mask of capabilities");
}
