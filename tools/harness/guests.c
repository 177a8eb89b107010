// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "guests.h"

#define VIRTIO_BALLOON "virtio-balloon-pci,id=balloon0"

static const char * const x86_64_devices[] = {
	"-device", "pvpanic-pci",
	NULL
};

static const char * const x86_64_vmw_devices[] = {
	"-smbios", "type=1,serial=VMware-56 4d 00 00 00 00 00 00-00 00 00 00 00 00 00 01",
	"-device", "pvpanic-pci",
	NULL
};

static const char * const no_devices[] = { NULL };

/*
 * panic=-1 restarts at once, which -no-reboot turns into an end of QEMU: a panic
 * before the pvpanic driver is up is seen too.
 */
#define X86_64_APPEND "console=ttyS0 AGENT=/dev/ttyS1 ignore_loglevel " \
		      "panic=-1 oops=panic page_poison=1"

/* No SLOF, and no warnings about mitigations that TCG has not. */
#define PSERIES "pseries,x-vof=on,cap-cfpc=broken,cap-sbbc=broken," \
		"cap-ibs=broken,cap-ccf-assist=off"
/* With room for more, memory comes in blocks of 256 MiB instead of 1 GiB. */
#define PSERIES_MEMORY ",slots=1,maxmem=4G"
#define PSERIES_APPEND "console=hvc0 AGENT=/dev/hvc1 ignore_loglevel " \
		       "panic=-1 oops=panic page_poison=1"

static const struct guest_kind guests[] = {
	{
		.name = "x86_64",
		.qemu = "qemu-system-x86_64",
		.machine = "pc",
		.cpu = "max",
		.kvm = true,
		.balloon = &balloon_virtio,
		.memory_mib = 1024,
		.more_memory = "",
		.cpus = 2,
		.append = X86_64_APPEND,
		.device = VIRTIO_BALLOON,
		.devices = x86_64_devices,
	},
	{
		.name = "x86_64-vmw",
		.qemu = "qemu-system-x86_64",
		/* With the serial number below, the kernel takes this for VMware. */
		.machine = "pc,vmport=on",
		.cpu = "max,-hypervisor",
		.balloon = &balloon_vmw,
		.memory_mib = 1024,
		.more_memory = "",
		.cpus = 2,
		.append = X86_64_APPEND,
		.devices = x86_64_vmw_devices,
	},
	{
		.name = "pseries-virtio",
		.qemu = "qemu-system-ppc64",
		.machine = PSERIES,
		.balloon = &balloon_virtio,
		.memory_mib = 2048,
		.more_memory = PSERIES_MEMORY,
		.cpus = 2,
		.append = PSERIES_APPEND,
		.device = VIRTIO_BALLOON,
		.devices = no_devices,
	},
	{
		.name = "pseries-cmm",
		.qemu = "qemu-system-ppc64",
		.machine = PSERIES,
		.balloon = &balloon_cmm,
		.memory_mib = 2048,
		.more_memory = PSERIES_MEMORY,
		.cpus = 2,
		.append = PSERIES_APPEND,
		.devices = no_devices,
	},
	{
		/* The same machine; the kernel has other pages. */
		.name = "pseries-cmm-4k",
		.qemu = "qemu-system-ppc64",
		.machine = PSERIES,
		.balloon = &balloon_cmm,
		.memory_mib = 2048,
		.more_memory = PSERIES_MEMORY,
		.cpus = 2,
		.append = PSERIES_APPEND,
		.devices = no_devices,
	},
};

const struct guest_kind *guest_next(const struct guest_kind *last)
{
	const struct guest_kind *next = last ? last + 1 : guests;

	return next == guests + sizeof(guests) / sizeof(guests[0]) ? NULL : next;
}

const struct guest_kind *guest_find(const char *name)
{
	const struct guest_kind *guest = NULL;

	while ((guest = guest_next(guest)))
		if (!strcmp(guest->name, name))
			break;
	return guest;
}
