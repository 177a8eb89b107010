// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "mock_vmw.h"
#include "steps.h"

#define MOCK_DIR	"/sys/kernel/debug/mock-vmw/"
#define GRANT_MS	20000
#define IDLE_MS		5000

int vmw_refuse(struct run *run, const char *fmt, ...)
{
	char text[64];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return guest_do(run, "refuse", "set", 10000,
			"write 5000 " MOCK_DIR "refuse %s", text);
}

int vmw_refused(struct run *run, const char *step)
{
	char *text = file_read(run->vm, MOCK_DIR "refuse");
	int over;

	if (!text)
		return -1;
	text[strcspn(text, "\n")] = '\0';
	over = check(run, step, "refused", !text[0], "still to come: %s",
		     text[0] ? text : "nothing");
	free(text);
	return over;
}

int vmw_number(struct run *run, const char *key, long long *number)
{
	return file_number(run->vm, "/sys/kernel/debug/vmmemctl", key, number);
}

int vmw_commands(struct run *run, const char *command, long long *number)
{
	return file_number(run->vm, MOCK_DIR "commands", command, number);
}

int vmw_unloaded(struct run *run, const char *step)
{
	long long unloads = 0, early = 0;

	return file_number(run->vm, MOCK_DIR "unloads", "", &unloads) ||
	       file_number(run->vm, MOCK_DIR "unloads-early", "", &early) ||
	       check(run, step, "gone", unloads > 0, "%lld times", unloads) ||
	       check_exact(run, step, "early", early, 0,
			   "times before the protocol was ended");
}

int vmw_ring(struct run *run)
{
	return agent_call(run->vm, 10000, NULL,
			  "write 5000 " MOCK_DIR "ring 1");
}

int vmw_capabilities(struct run *run, unsigned int capabilities)
{
	return guest_do(run, "grant", "set", 10000,
			"write 5000 " MOCK_DIR "capabilities %#x", capabilities);
}

int vmw_grant(struct run *run, unsigned int capabilities)
{
	long long used = -1;

	return vmw_capabilities(run, capabilities) ||
	       vmw_refuse(run, "reset 1") ||
	       wait_until(run->vm, GRANT_MS,
			  !vmw_number(run, "used capabilities", &used) &&
			  used == capabilities) < 0 ||
	       check_exact(run, "grant", "used", used, capabilities,
			   "is the mask of capabilities");
}

/* Clock ticks that the guest's CPUs have worked since it booted. */
static int busy_ticks(struct run *run, long long *busy)
{
	char *text = file_read(run->vm, "/proc/stat");
	long long user, nice, system;
	bool found;

	if (!text)
		return -1;
	found = sscanf(text, "cpu %lld %lld %lld", &user, &nice, &system) == 3;
	free(text);
	if (!found)
		return vm_fail(run->vm, VERDICT_HARNESS,
			       "guest: no cpu line in /proc/stat");
	*busy = user + nice + system;
	return 0;
}

int vmw_idle(struct run *run, const char *step)
{
	long long before = 0, after = 0;

	if (busy_ticks(run, &before) || sleep_ms(run, IDLE_MS) ||
	    busy_ticks(run, &after))
		return -1;
	/* A hundred ticks a second; the driver looks at its target once in one. */
	return check(run, step, "idle", after - before < IDLE_MS / 20,
		     "the guest was busy for %lld ms of %d",
		     (after - before) * 10, IDLE_MS);
}
