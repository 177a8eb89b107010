// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
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

/* The number behind a key and what separates the two. */
static int number_in(struct test *test, const char *path, const char *key,
		     const char *separator, long long *number)
{
	char *text = file_read(&test->vm, path), *at;

	if (!text)
		return -1;
	at = strstr(text, key);
	at = at ? strstr(at + strlen(key), separator) : NULL;
	if (at)
		*number = strtoll(at + 1, NULL, 0);
	free(text);
	return at ? 0 : vm_fail(&test->vm, VERDICT_HARNESS,
				"guest: no '%s' in %s", key, path);
}

int vmw_number(struct test *test, const char *key, long long *number)
{
	return number_in(test, "/sys/kernel/debug/vmmemctl", key, ":", number);
}

int vmw_commands(struct test *test, const char *command, long long *number)
{
	return number_in(test, HOST_DIR "commands", command, " ", number);
}

int vmw_ring(struct test *test)
{
	return agent_call(&test->vm, 10000, NULL,
			  "write 5000 " HOST_DIR "ring 1");
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

/* Clock ticks that the guest's CPUs have worked since it booted. */
static int busy_ticks(struct test *test, long long *busy)
{
	char *text = file_read(&test->vm, "/proc/stat");
	long long user, nice, system;

	if (!text)
		return -1;
	if (sscanf(text, "cpu %lld %lld %lld", &user, &nice, &system) != 3)
		return vm_fail(&test->vm, VERDICT_HARNESS,
			       "guest: no cpu line in /proc/stat");
	*busy = user + nice + system;
	free(text);
	return 0;
}

int vmw_idle(struct test *test, const char *step)
{
	long long deadline, before, after;

	if (busy_ticks(test, &before))
		return -1;
	deadline = clock_ms() + 5000;
	while (clock_left(deadline))
		if (step_pause(test))
			return -1;
	if (busy_ticks(test, &after))
		return -1;
	/* A hundred ticks a second; the driver looks at its target once in one. */
	return test_check(test, step, "idle", after - before < 250,
			  "the guest was busy for %lld ms of 5000",
			  (after - before) * 10);
}
