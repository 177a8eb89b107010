// SPDX-License-Identifier: GPL-2.0
/*
 * A virtio balloon device that is played inside the guest: QEMU has one, and not
 * more than one. Unlike QEMU, this one knows of each page frame whether the guest
 * has given it. In debugfs, in "virtio-host":
 *
 *	target		what the balloon should have, in 4K pages
 *	actual		what the driver says it has, in 4K pages
 *	locked		how many page frames the guest has given
 *	errors		what the driver must never do; "0" in a good run
 */
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/virtio.h>
#include <linux/virtio_balloon.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "ledger.h"

/* Inflate and deflate; what else there may be hangs on features not offered. */
#define NR_QUEUES	2
#define QUEUE_SIZE	128

#define FEATURES	(BIT_ULL(VIRTIO_F_VERSION_1) | \
			 BIT_ULL(VIRTIO_BALLOON_F_MUST_TELL_HOST))

static struct {
	struct virtio_device vdev;
	struct device *parent;
	struct dentry *dir;
	struct virtio_balloon_config config;
	u8 status;
	struct virtqueue *vqs[NR_QUEUES];
	/* Buffers used up; the device's side of each queue. */
	u16 used[NR_QUEUES];
	/* Keeps queues and ledger in order; taken with interrupts on only. */
	spinlock_t lock;
} host = {
	.lock = __SPIN_LOCK_UNLOCKED(host.lock),
};

static void take_pfns(const __le32 *pfns, unsigned int nr, bool deflate)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		unsigned long pfn = le32_to_cpu(pfns[i]);

		if (deflate)
			ledger_take_back(pfn, 1);
		else
			ledger_give(pfn, 1);
	}
}

/*
 * The driver's descriptors are read where they lie: nothing is between the two
 * but memory. A buffer has one descriptor.
 */
static bool host_notify(struct virtqueue *vq)
{
	const struct vring *vring = virtqueue_get_vring(vq);
	u16 *used = &host.used[vq->index];

	spin_lock(&host.lock);
	while (*used != le16_to_cpu((__force __le16)READ_ONCE(vring->avail->idx))) {
		unsigned int slot = *used % vring->num;
		const struct vring_desc *desc;
		u16 head;

		virt_rmb();
		head = le16_to_cpu((__force __le16)vring->avail->ring[slot]);
		desc = &vring->desc[head];
		take_pfns(phys_to_virt(le64_to_cpu((__force __le64)desc->addr)),
			  le32_to_cpu((__force __le32)desc->len) / sizeof(__le32),
			  vq->index);
		vring->used->ring[slot].id = (__force __virtio32)cpu_to_le32(head);
		vring->used->ring[slot].len = 0;
		virt_wmb();
		(*used)++;
		vring->used->idx = (__force __virtio16)cpu_to_le16(*used);
	}
	spin_unlock(&host.lock);
	vring_interrupt(0, vq);
	return true;
}

static void host_get(struct virtio_device *vdev, unsigned int offset, void *buf,
		     unsigned int len)
{
	memcpy(buf, (u8 *)&host.config + offset, len);
}

static void host_set(struct virtio_device *vdev, unsigned int offset,
		     const void *buf, unsigned int len)
{
	memcpy((u8 *)&host.config + offset, buf, len);
}

static u8 host_get_status(struct virtio_device *vdev)
{
	return host.status;
}

static void host_set_status(struct virtio_device *vdev, u8 status)
{
	host.status = status;
}

/* A balloon that is reset is empty: the guest has all of its memory. */
static void host_reset(struct virtio_device *vdev)
{
	host.status = 0;
	spin_lock(&host.lock);
	ledger_clear();
	spin_unlock(&host.lock);
}

static void host_del_vqs(struct virtio_device *vdev)
{
	int i;

	for (i = 0; i < NR_QUEUES; i++) {
		if (host.vqs[i])
			vring_del_virtqueue(host.vqs[i]);
		host.vqs[i] = NULL;
	}
}

static int host_find_vqs(struct virtio_device *vdev, unsigned int nvqs,
			 struct virtqueue *vqs[],
			 struct virtqueue_info vqs_info[],
			 struct irq_affinity *desc)
{
	unsigned int i;

	for (i = 0; i < nvqs; i++) {
		vqs[i] = NULL;
		if (!vqs_info[i].name)
			continue;
		if (i < NR_QUEUES)
			vqs[i] = vring_create_virtqueue(i, QUEUE_SIZE, PAGE_SIZE,
							vdev, true, true, false,
							host_notify,
							vqs_info[i].callback,
							vqs_info[i].name);
		if (!vqs[i]) {
			host_del_vqs(vdev);
			return -ENOMEM;
		}
		host.vqs[i] = vqs[i];
		host.used[i] = 0;
	}
	return 0;
}

static u64 host_get_features(struct virtio_device *vdev)
{
	return FEATURES;
}

static int host_finalize_features(struct virtio_device *vdev)
{
	vring_transport_features(vdev);
	return 0;
}

static const struct virtio_config_ops host_ops = {
	.get = host_get,
	.set = host_set,
	.get_status = host_get_status,
	.set_status = host_set_status,
	.reset = host_reset,
	.find_vqs = host_find_vqs,
	.del_vqs = host_del_vqs,
	.get_features = host_get_features,
	.finalize_features = host_finalize_features,
};

static int target_get(void *unused, u64 *pages)
{
	*pages = le32_to_cpu((__force __le32)host.config.num_pages);
	return 0;
}

static int target_set(void *unused, u64 pages)
{
	host.config.num_pages = (__force __u32)cpu_to_le32(pages);
	virtio_config_changed(&host.vdev);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(target_fops, target_get, target_set, "%llu\n");

static int actual_get(void *unused, u64 *pages)
{
	*pages = le32_to_cpu((__force __le32)host.config.actual);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(actual_fops, actual_get, NULL, "%llu\n");

static int locked_get(void *unused, u64 *frames)
{
	spin_lock(&host.lock);
	*frames = ledger_given();
	spin_unlock(&host.lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(locked_fops, locked_get, NULL, "%llu\n");

static int errors_show(struct seq_file *file, void *unused)
{
	spin_lock(&host.lock);
	ledger_show_faults(file);
	spin_unlock(&host.lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(errors);

/* The device is static, and registered once. */
static void host_release(struct device *dev)
{
}

static int __init host_init(void)
{
	int error = ledger_init();

	if (error)
		return error;
	host.parent = root_device_register("virtio-host");
	if (IS_ERR(host.parent)) {
		error = PTR_ERR(host.parent);
		goto out_ledger;
	}
	host.vdev.dev.parent = host.parent;
	host.vdev.dev.release = host_release;
	host.vdev.id.device = VIRTIO_ID_BALLOON;
	host.vdev.config = &host_ops;
	error = register_virtio_device(&host.vdev);
	if (error) {
		put_device(&host.vdev.dev);
		goto out_parent;
	}
	host.dir = debugfs_create_dir("virtio-host", NULL);
	debugfs_create_file("target", 0644, host.dir, NULL, &target_fops);
	debugfs_create_file("actual", 0444, host.dir, NULL, &actual_fops);
	debugfs_create_file("locked", 0444, host.dir, NULL, &locked_fops);
	debugfs_create_file("errors", 0444, host.dir, NULL, &errors_fops);
	return 0;

out_parent:
	root_device_unregister(host.parent);
out_ledger:
	ledger_exit();
	return error;
}
module_init(host_init);

static void __exit host_exit(void)
{
	debugfs_remove(host.dir);
	unregister_virtio_device(&host.vdev);
	root_device_unregister(host.parent);
	ledger_exit();
}
module_exit(host_exit);

MODULE_DESCRIPTION("Plays a second virtio balloon device for tests");
MODULE_LICENSE("GPL");
