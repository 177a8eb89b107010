// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "guests.h"

static const char * const x86_64_devices[] = {
	"-device", "virtio-balloon-pci,id=balloon0",
	"-device", "pvpanic-pci",
	NULL
};

static const char * const x86_64_vmw_devices[] = {
	"-smbios", "type=1,serial=VMware-56 4d 00 00 00 00 00 00-00 00 00 00 00 00 00 01",
	"-device", "pvpanic-pci",
	NULL
};

static const char * const pseries_virtio_devices[] = {
	"-device", "virtio-balloon-pci,id=balloon0",
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
		.memory_mib = 2048,
		.more_memory = "",
		.cpus = 2,
		.append = X86_64_APPEND,
		.devices = x86_64_devices,
	},
	{
		.name = "x86_64-vmw",
		.qemu = "qemu-system-x86_64",
		/* With the serial number below, the kernel takes this for VMware. */
		.machine = "pc,vmport=on",
		.cpu = "max,-hypervisor",
		.balloon = &balloon_vmw,
		.memory_mib = 2048,
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
		.devices = pseries_virtio_devices,
	},
	{
		.name = "pseries-cmm",
		.qemu = "qemu-system-ppc64",
		.machine = PSERIES,
		.balloon = &balloon_cmm,
		.memory_mib = 2048,
		.more_memory = PSERIES_MEMORY,
		.cpus = 2,
		/* Once a second is as fast as cmm's thread can be made to look. */
		.append = PSERIES_APPEND
			  " cmm.simulate=1 cmm.delay=1 cmm.hotplug_delay=1",
		.devices = no_devices,
	},
};

const struct guest_kind *guest_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(guests) / sizeof(guests[0]); i++)
		if (!strcmp(guests[i].name, name))
			return &guests[i];
	return NULL;
}
