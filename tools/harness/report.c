// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>

#include "report.h"

static bool ktap;
static bool quoted;
static int results;

void report_ktap(void)
{
	ktap = true;
}

void report_begin(int scenarios)
{
	if (ktap)
		printf("KTAP version 1\n1..%d\n", scenarios);
	fflush(stdout);
}

void report_quote(bool on)
{
	quoted = on;
}

void report_scenario(const char *name, const char *proves)
{
	quoted = false;
	results = 0;
	if (ktap)
		printf("    KTAP version 1\n    # Subtest: %s\n    # %s\n", name,
		       proves);
	else
		printf("%s: %s\n", name, proves);
	fflush(stdout);
}

void report_say(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	printf(ktap ? "    # " : "  ");
	vprintf(fmt, args);
	printf("\n");
	va_end(args);
	fflush(stdout);
}

void report_figure(const char *step, const char *what, double value,
		   const char *unit)
{
	report_say("figure %s%s%s %.3f %s", step, *what ? "-" : "", what, value,
		   unit);
}

void report_check(int number, bool ok, const char *name, const char *detail)
{
	results += !quoted;
	if (ktap)
		printf("    %s%s %d %s # %s\n", quoted ? "# " : "",
		       ok ? "ok" : "not ok", number, name, detail);
	else
		printf("    %s %-22s %s\n", ok ? "ok  " : "FAIL", name, detail);
	fflush(stdout);
}

void report_scenario_end(int number, bool ok, const char *name,
			 const char *detail)
{
	if (ktap)
		printf("    1..%d\n%s %d %s # %s\n", results, ok ? "ok" : "not ok",
		       number, name, detail);
	else
		printf("%s: %s\n", name, detail);
	fflush(stdout);
}
