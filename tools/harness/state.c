// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "state.h"

#define READ_MS		60000
#define KPF_OFFLINE	23	/* include/uapi/linux/kernel-page-flags.h */

static int read_vmstat(struct vm *vm, struct state *state)
{
	char *text = file_read(vm, "/proc/vmstat");
	bool found;

	if (!text)
		return -1;
	found = number_in(text, "balloon_inflate", &state->inflated) &&
		number_in(text, "balloon_deflate", &state->deflated);
	number_in(text, "balloon_migrate", &state->migrated);
	free(text);
	if (!found)
		return vm_fail(vm, VERDICT_HARNESS,
			       "guest: no balloon counters in /proc/vmstat");
	return 0;
}

static int read_meminfo(struct vm *vm, long page_size, struct state *state)
{
	/* No page is in two of these; kernel stacks may be in VmallocUsed. */
	static const char * const uses[] = {
		"AnonPages", "Buffers", "Cached", "SwapCached", "Slab",
		"PageTables", "SecPageTables", "Percpu", "VmallocUsed",
	};
	char *text = file_read(vm, "/proc/meminfo");
	long long kib;
	bool found;
	size_t i;

	if (!text)
		return -1;
	found = number_in(text, "MemTotal", &kib);
	if (found)
		state->memtotal = kib * KIB / page_size;
	for (i = 0; i < sizeof(uses) / sizeof(uses[0]); i++)
		if (number_in(text, uses[i], &kib))
			state->used += kib * KIB / page_size;
	free(text);
	if (!found)
		return vm_fail(vm, VERDICT_HARNESS,
			       "guest: no MemTotal in /proc/meminfo");
	return 0;
}

/* One line of /proc/zoneinfo. */
static void zoneinfo_line(struct state *state, const char *line)
{
	struct zone_state *zone;
	char name[16];
	long long nr;

	if (sscanf(line, "Node %*d, zone %15s", name) == 1) {
		if (state->nr_zones == ZONES_MAX)
			return;
		zone = &state->zones[state->nr_zones++];
		snprintf(zone->name, sizeof(zone->name), "%s", name);
		return;
	}
	if (!state->nr_zones)
		return;
	zone = &state->zones[state->nr_zones - 1];
	if (sscanf(line, " managed %lld", &nr) == 1) {
		zone->managed = nr;
		state->managed += nr;
	} else if (sscanf(line, " pages free %lld", &nr) == 1 ||
		   sscanf(line, " count: %lld", &nr) == 1) {
		state->free += nr;
	}
}

static int read_zoneinfo(struct vm *vm, struct state *state)
{
	char *text, *line, *rest = NULL;

	/* Fold the per-CPU differences in, or the counts lag behind. */
	if (agent_call(vm, READ_MS, NULL, "write 0 /proc/sys/vm/stat_refresh 1"))
		return vm_fail(vm, VERDICT_HARNESS, "guest: no stat_refresh");
	text = file_read(vm, "/proc/zoneinfo");
	if (!text)
		return -1;
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		zoneinfo_line(state, line);
	free(text);
	if (!state->nr_zones)
		return vm_fail(vm, VERDICT_HARNESS, "guest: no zones");
	return 0;
}

int look_offline(struct run *run, struct state *state)
{
	char *text, *line, *rest = NULL;
	long long block, count;

	if (agent_call(run->vm, READ_MS, &text, "pageflags %d %lld", KPF_OFFLINE,
		       run->block / run->page_size))
		return vm_fail(run->vm, VERDICT_HARNESS, "guest: no kpageflags");
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (sscanf(line, "%lld %lld", &block, &count) != 2 ||
		    block < 0 || block >= BLOCKS_MAX)
			break;
		state->blocks[block] = count;
		state->offline += count;
	}
	free(text);
	return line ? vm_fail(run->vm, VERDICT_HARNESS, "guest: too many memory blocks") : 0;
}

static int read_ledger(struct run *run, struct state *state)
{
	const char *dir = run->balloon.kind->mock_dir;
	char path[64];

	if (!dir)
		return 0;
	snprintf(path, sizeof(path), "%slocked", dir);
	return file_number(run->vm, path, "", &state->ledger);
}

int look(struct run *run, struct state *state)
{
	memset(state, 0, sizeof(*state));
	if (read_vmstat(run->vm, state) ||
	    read_meminfo(run->vm, run->page_size, state) ||
	    read_zoneinfo(run->vm, state) || look_offline(run, state))
		return -1;
	if (run->loaded)
		state->driver = run->balloon.kind->inflated(run);
	if (state->driver < 0 || read_ledger(run, state))
		return -1;
	state->resident_kib = host_resident_kib(run->vm);
	return state->resident_kib < 0 ? -1 : 0;
}

/*
 * Whether a line of smaps begins a mapping, and sets @ours if that is the guest's memory:
 * "7f..-7f.. rw-s ... /memfd:memory-backend-memfd (deleted)", or the largest of all.
 */
static bool smaps_mapping(struct vm *vm, const char *line, bool *ours,
			  unsigned long long *largest)
{
	unsigned long long from, to;

	if (strstr(line, "kB") || sscanf(line, "%llx-%llx ", &from, &to) != 2)
		return false;
	*ours = vm->anonymous ? to - from > *largest :
		!!strstr(line, "memory-backend-memfd");
	if (*ours)
		*largest = to - from;
	return true;
}

/* Add up what QEMU's smaps say of the guest's memory, in the lines of a name. */
static long long smaps_kib(struct vm *vm, const char *name)
{
	unsigned long long largest = 0;
	size_t len = strlen(name);
	long long sum = 0, kib;
	bool ours = false;
	char line[512];
	int found = 0;
	FILE *file;

	snprintf(line, sizeof(line), "/proc/%d/smaps", (int)vm->pid);
	file = fopen(line, "r");
	if (!file)
		return vm_fail(vm, VERDICT_HARNESS, "%s: cannot be read", line);
	while (fgets(line, sizeof(line), file)) {
		if (smaps_mapping(vm, line, &ours, &largest)) {
			/* Of anonymous memory, only the last that is the largest. */
			if (ours && vm->anonymous)
				sum = 0;
		} else if (ours && !strncmp(line, name, len) &&
			   sscanf(line + len, " %lld kB", &kib) == 1) {
			sum += kib, found++;
		}
	}
	fclose(file);
	if (!found)
		return vm_fail(vm, VERDICT_HARNESS,
			       "the guest's memory is not in QEMU's smaps");
	return sum;
}

long long host_resident_kib(struct vm *vm)
{
	return smaps_kib(vm, "Rss:");
}

long long host_huge_kib(struct vm *vm)
{
	return smaps_kib(vm, vm->anonymous ? "AnonHugePages:" : "ShmemPmdMapped:");
}

int vmstat_sum(struct vm *vm, const char *key, long long *sum)
{
	char *text = file_read(vm, "/proc/vmstat"), *at;

	if (!text)
		return -1;
	*sum = 0;
	for (at = text; (at = strstr(at, key)); at++)
		*sum += strtoll(strchr(at, ' '), NULL, 10);
	free(text);
	return 0;
}
