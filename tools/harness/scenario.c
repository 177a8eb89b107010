// SPDX-License-Identifier: GPL-2.0
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "scenario.h"

/* The linker provides these for a section with the name of a C identifier. */
extern const struct scenario * const __start_scenarios[];
extern const struct scenario * const __stop_scenarios[];

const struct scenario *scenario_next(const struct scenario *last)
{
	const struct scenario * const *entry = __start_scenarios;

	if (last) {
		while (*entry != last)
			entry++;
		entry++;
	}
	return entry == __stop_scenarios ? NULL : *entry;
}

const struct scenario *scenario_find(const char *name)
{
	const struct scenario *scenario = NULL;

	while ((scenario = scenario_next(scenario)))
		if (!strcmp(scenario->name, name))
			break;
	return scenario;
}

bool scenario_fits(const struct scenario *scenario, const char *guest,
		   bool page_migration)
{
	char words[256], *word, *rest = NULL;

	if (scenario->page_migration_only && !page_migration)
		return false;
	snprintf(words, sizeof(words), "%s", scenario->guests);
	for (word = strtok_r(words, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		if (!fnmatch(word, guest, 0))
			return true;
	return false;
}

static bool same(const char *one, const char *other)
{
	return !strcmp(one ? one : "", other ? other : "");
}

bool scenario_shares(const struct scenario *one, const struct scenario *other)
{
	if (one != other &&
	    (one->turn == TURN_ALONE || other->turn == TURN_ALONE))
		return false;
	return same(one->balloon, other->balloon) &&
	       one->objects == other->objects &&
	       same(one->append, other->append) && one->large == other->large;
}
