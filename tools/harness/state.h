/* SPDX-License-Identifier: GPL-2.0 */
/* What the guest and the host say of the balloon at one moment. */
#ifndef BALLOON_STATE_H
#define BALLOON_STATE_H

#include "run.h"

#define ZONES_MAX	8
#define BLOCKS_MAX	128

/**
 * struct zone_state - one zone of the guest
 * @name: "DMA32", ...
 * @managed: pages given to the page allocator
 */
struct zone_state {
	char name[16];
	long long managed;
};

/**
 * struct state - the balloon as every witness sees it; counts are in pages of
 * the guest unless they say otherwise
 * @inflated: balloon_inflate in /proc/vmstat
 * @deflated: balloon_deflate in /proc/vmstat
 * @migrated: balloon_migrate in /proc/vmstat, 0 where the kernel has none
 * @offline: pages flagged offline in /proc/kpageflags
 * @blocks: of these, pages in each memory block
 * @free: free pages, those in per-CPU lists included
 * @used: pages that /proc/meminfo names a use for
 * @memtotal: MemTotal in /proc/meminfo
 * @managed: managed pages of all zones
 * @zones: the zones
 * @nr_zones: entries in @zones
 * @driver: bytes in the balloon, as the driver reports it; 0 without driver
 * @ledger: pages that a mock hypervisor has, 0 where there is none
 * @resident_kib: the guest's memory that is resident on the host
 */
struct state {
	long long inflated;
	long long deflated;
	long long migrated;
	long long offline;
	long long blocks[BLOCKS_MAX];
	long long free;
	long long used;
	long long memtotal;
	long long managed;
	struct zone_state zones[ZONES_MAX];
	int nr_zones;
	long long driver;
	long long ledger;
	long long resident_kib;
};

/**
 * look_offline() - count the pages that are flagged offline
 * @run: the run
 * @state: the counts of @offline and @blocks are added to it
 *
 * Return: 0, or -1 with the guest's verdict set.
 */
int look_offline(struct run *run, struct state *state);

/**
 * look() - ask every witness
 * @run: the run
 * @state: filled in
 *
 * Return: 0, or -1 with the guest's verdict set.
 */
int look(struct run *run, struct state *state);

/**
 * host_resident_kib() - how much of the guest's memory is resident
 * @vm: the guest
 *
 * Return: KiB, or -1 with @vm->verdict set.
 */
long long host_resident_kib(struct vm *vm);

/**
 * host_huge_kib() - how much of the guest's memory is in huge pages of the host
 * @vm: the guest
 *
 * Return: KiB, or -1 with @vm->verdict set.
 */
long long host_huge_kib(struct vm *vm);

/**
 * vmstat_sum() - add up lines of /proc/vmstat
 * @vm: the guest
 * @key: how the lines begin
 * @sum: filled in
 *
 * Return: 0, or -1 with @vm->verdict set.
 */
int vmstat_sum(struct vm *vm, const char *key, long long *sum);

#endif /* BALLOON_STATE_H */
