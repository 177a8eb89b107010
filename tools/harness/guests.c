// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "guests.h"

#define VIRTIO_BALLOON "virtio-balloon-pci,id=balloon0"

/*
 * panic=-1 restarts at once, which -no-reboot turns into an end of QEMU: a panic
 * before the pvpanic driver is up is seen too.
 */
#define APPEND(console, agent)						\
	"console=" console " AGENT=/dev/" agent " ignore_loglevel "	\
	"panic=-1 oops=panic page_poison=1"

static const char * const x86_64_devices[] = {
	"-device", "pvpanic-pci",
	NULL
};

/* With this serial number, the kernel takes the machine for VMware's. */
static const char * const x86_64_vmw_devices[] = {
	"-smbios", "type=1,serial=VMware-56 4d 00 00 00 00 00 00-00 00 00 00 00 00 00 01",
	"-device", "pvpanic-pci",
	NULL
};

/*
 * On a busy host the kernel may measure a wrong frequency of an emulated TSC; then
 * its clock runs many times too fast, and it reports lockups.
 */
#define X86_64					\
	.qemu = "qemu-system-x86_64",		\
	.memory_mib = 512,			\
	.more_memory = "",			\
	.cpus = 2,				\
	.append = APPEND("ttyS0", "ttyS1") " tsc=unstable"

/*
 * No SLOF, and no warnings about mitigations that TCG has not. With room for more
 * memory, the blocks are of 256 MiB instead of 1 GiB.
 */
#define PSERIES					\
	.qemu = "qemu-system-ppc64",		\
	.machine = "pseries,x-vof=on,cap-cfpc=broken,cap-sbbc=broken," \
		   "cap-ibs=broken,cap-ccf-assist=off", \
	.memory_mib = 1024,			\
	.more_memory = ",slots=1,maxmem=4G",	\
	.cpus = 2,				\
	.append = APPEND("hvc0", "hvc1")

/* Without the debugging that the other guests are for, and large. */
#define BENCH					\
	.qemu = "qemu-system-x86_64",		\
	.machine = "pc",			\
	.cpu = "max",				\
	.memory_mib = 4096,			\
	.more_memory = "",			\
	.append = "console=ttyS0 AGENT=/dev/ttyS1 ignore_loglevel panic=-1 oops=panic", \
	.bare = true,				\
	.anonymous = true,			\
	.balloon = &balloon_virtio,		\
	.device = VIRTIO_BALLOON,		\
	.devices = x86_64_devices

static const struct guest_kind guests[] = {
	{
		.name = "x86_64",
		X86_64,
		.machine = "pc",
		.cpu = "max",
		.kvm = true,
		.balloon = &balloon_virtio,
		.device = VIRTIO_BALLOON,
		.devices = x86_64_devices,
	},
	{
		.name = "bench",
		BENCH,
		.cpus = 2,
	},
	{
		.name = "bench-icount",
		BENCH,
		.cpus = 1,
		.icount = true,
		.traced = true,
	},
	{
		.name = "x86_64-vmw",
		X86_64,
		.machine = "pc,vmport=on",
		.cpu = "max,-hypervisor",
		.balloon = &balloon_vmw,
		.devices = x86_64_vmw_devices,
	},
	{
		.name = "pseries-virtio",
		PSERIES,
		.balloon = &balloon_virtio,
		.device = VIRTIO_BALLOON,
	},
	{
		.name = "pseries-cmm",
		PSERIES,
		.balloon = &balloon_cmm,
	},
	{
		/* The same machine; the kernel has other pages. */
		.name = "pseries-cmm-4k",
		PSERIES,
		.balloon = &balloon_cmm,
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
