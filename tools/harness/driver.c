// SPDX-License-Identifier: GPL-2.0
#include "agent.h"
#include "driver.h"
#include "scenarios.h"

#define LOAD_MS		30000
#define UNLOAD_MS	20000

int driver_load(struct test *test)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	const char *params = test->scenario->params;
	int error = agent_call(&test->vm, LOAD_MS, NULL, "insmod /%s.ko %s %s",
			       balloon->module, balloon->params,
			       params ? params : "");

	test->loaded = !error;
	return error;
}

int driver_unload(struct test *test)
{
	const struct balloon_kind *balloon = test->config->vm.guest->balloon;
	int error = agent_call(&test->vm, UNLOAD_MS + 5000, NULL, "rmmod %d %s",
			       UNLOAD_MS, balloon->module);

	test->loaded = error;
	return error;
}
