// SPDX-License-Identifier: GPL-2.0
/* Counted in QEMU's trace, which is on only while something is measured. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "exits.h"
#include "qmp.h"

/*
 * How a line of the trace begins, and the name of the memory region that it is about.
 * The first that fits counts. A write to the region of the notifications is one that
 * virtio_queue_notify reports, too.
 */
static const struct {
	const char *event;
	const char *region;
	enum exit_kind kind;
} lines[] = {
	{ "virtio_queue_notify ", "", EXIT_NOTIFY },
	{ "virtio_notify ", "", EXIT_INTERRUPT },
	{ "memory_region_ops_read ", "'virtio-pci-device", EXIT_CONFIG_READ },
	{ "memory_region_ops_write ", "'virtio-pci-device", EXIT_CONFIG_WRITE },
	{ "memory_region_ops_write ", "'virtio-pci-notify", EXIT_KINDS },
	{ "memory_region_ops_read ", "'virtio-pci", EXIT_OTHER_READ },
	{ "memory_region_ops_write ", "'virtio-pci", EXIT_OTHER_WRITE },
	{ "memory_region_ops_read ", "'msix", EXIT_OTHER_READ },
	{ "memory_region_ops_write ", "'msix", EXIT_OTHER_WRITE },
};

const char *exit_kind_name(enum exit_kind kind)
{
	static const char * const names[EXIT_KINDS] = {
		[EXIT_NOTIFY] = "notifications",
		[EXIT_CONFIG_READ] = "config-reads",
		[EXIT_CONFIG_WRITE] = "config-writes",
		[EXIT_OTHER_READ] = "other-reads",
		[EXIT_OTHER_WRITE] = "other-writes",
		[EXIT_INTERRUPT] = "interrupts",
	};

	return names[kind];
}

static int trace(struct vm *vm, bool on)
{
	static const char * const events[] = {
		"virtio_queue_notify", "virtio_notify",
		"memory_region_ops_read", "memory_region_ops_write",
	};
	size_t i;

	for (i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (qmp_do(vm, "trace-event-set-state",
			   json_pack("{s:s,s:b}", "name", events[i],
				     "enable", on)))
			return -1;
	return 0;
}

static enum exit_kind kind_of(const char *line)
{
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (!strncmp(line, lines[i].event, strlen(lines[i].event)) &&
		    strstr(line, lines[i].region))
			return lines[i].kind;
	return EXIT_KINDS;
}

int exits_begin(struct vm *vm)
{
	if (!vm->trace || fseek(vm->trace, 0, SEEK_END))
		return vm_fail(vm, VERDICT_HARNESS, "QEMU's trace: %s",
			       vm->trace ? strerror(errno) : "there is none");
	return trace(vm, true);
}

int exits_end(struct vm *vm, long long count[EXIT_KINDS])
{
	enum exit_kind kind;
	char line[512];

	memset(count, 0, EXIT_KINDS * sizeof(*count));
	if (trace(vm, false))
		return -1;
	while (fgets(line, sizeof(line), vm->trace)) {
		kind = kind_of(line);
		if (kind != EXIT_KINDS)
			count[kind]++;
	}
	return 0;
}
