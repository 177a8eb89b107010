// SPDX-License-Identifier: GPL-2.0
/* A guest with two NUMA nodes: memory of one of them does not replace the other's. */
#include "agent.h"
#include "scenario.h"
#include "steps.h"

/* What is in the balloon of one of the two nodes, each half of the guest's memory. */
static long long of_node(const struct run *run, const struct state *state, int node)
{
	int half = run->memory / run->block / 2, i;
	long long pages = 0;

	for (i = 0; i < half; i++)
		pages += state->blocks[node * half + i];
	return pages;
}

static int check_kept(struct run *run, const char *step, const struct state *before,
		      int node, struct state *now)
{
	*now = (struct state){ 0 };
	return look_offline(run, now) ||
	       check_exact(run, step, "kept", of_node(run, now, node),
			   of_node(run, before, node),
			   "pages in the balloon, of the other node");
}

static int oom_of_node(struct run *run)
{
	struct state whole, before, now;
	long long pages, wanted;
	int node;

	if (baseline(run, &whole) ||
	    inflate(run, &whole, run->memory / 2) ||
	    look(run, &before))
		return -1;
	/* The one of which nothing is left to be had but what is in the balloon. */
	node = of_node(run, &before, 1) > of_node(run, &before, 0);
	pages = of_node(run, &before, node);
	wanted = pages / 2;
	if (check(run, "inflated", "both", of_node(run, &before, !node) > 0,
		  "%lld pages of node %d in the balloon, %lld of node %d", pages,
		  node, of_node(run, &before, !node), !node))
		return -1;

	return hold_memory_on(run, 1 << node, wanted * run->page_size) ||
	       check_kept(run, "bound", &before, !node, &now) ||
	       check(run, "bound", "deflated",
		     of_node(run, &now, node) < pages - wanted / 2,
		     "%lld pages of node %d in the balloon, were %lld",
		     of_node(run, &now, node), node, pages) ||
	       release_memory(run) ||
	       exhaust_memory(run, 1 << node) ||
	       check_kept(run, "kill", &before, !node, &now) ||
	       check_exact(run, "kill", "empty", of_node(run, &now, node), 0,
			   "pages in the balloon, of the node") ||
	       empty_balloon(run, &whole);
}

SCENARIO(oom_of_node, "nodes-oom", "x86_64",
	 "With deflate-on-oom, a process that is bound to a NUMA node gets what the balloon has of that node, and no page of another.",
	 .balloon = ",deflate-on-oom=on", .append = "numa=fake=2U",
	 .managed = true, .page_migration_only = true, .forgiven = out_of_memory);
