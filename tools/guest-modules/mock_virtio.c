// SPDX-License-Identifier: GPL-2.0
/*
 * A virtio balloon device inside the guest. QEMU allows one balloon, and that one
 * behaves well. The mock records which page frames the guest has given, and it
 * misbehaves when a test asks for it (mock_virtio_knobs.c).
 */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "ledger.h"
#include "mock_virtio.h"

static unsigned long features;
module_param(features, ulong, 0444);
MODULE_PARM_DESC(features, "Mask of features to offer besides MUST_TELL_HOST");

static bool must_tell = true;
module_param(must_tell, bool, 0444);
MODULE_PARM_DESC(must_tell, "Offer MUST_TELL_HOST");

static unsigned int queue_size = 128;
module_param(queue_size, uint, 0444);
MODULE_PARM_DESC(queue_size, "Buffers of each queue, a power of two");

/* Queues that were deleted, until the next ones are created: somebody may use them. */
static struct virtqueue *dead[HOST_QUEUES];

static bool host_notify(struct virtqueue *vq)
{
	unsigned int i = 0;

	while (i < HOST_QUEUES && vq != READ_ONCE(mock_virtio.vqs[i]))
		i++;
	if (i == HOST_QUEUES) {
		ledger_violation(VIOLATION_DEAD_QUEUE, vq->index);
		return true;
	}
	host_use_begins(i);
	if (mock_virtio.reads == HOST_READS_WELL)
		host_serve(i);
	host_use_ends();
	return true;
}

static void bury_queues(void)
{
	int i;

	for (i = 0; i < HOST_QUEUES; i++)
		if (dead[i])
			vring_del_virtqueue(dead[i]);
	memset(dead, 0, sizeof(dead));
}

static void host_del_vqs(struct virtio_device *vdev)
{
	int i;

	bury_queues();
	spin_lock(&mock_virtio.lock);
	if (mock_virtio.reads == HOST_READS_WELL &&
	    (mock_virtio.status & VIRTIO_CONFIG_S_DRIVER_OK))
		ledger_violation(VIOLATION_NOT_RESET, mock_virtio.status);
	memcpy(dead, mock_virtio.vqs, sizeof(dead));
	memset(mock_virtio.vqs, 0, sizeof(mock_virtio.vqs));
	spin_unlock(&mock_virtio.lock);
	/* Who uses one now would use free memory; let that be seen. */
	for (i = 0; i < HOST_QUEUES; i++)
		if (dead[i])
			__virtqueue_unbreak(dead[i]);
}

static int host_find_vqs(struct virtio_device *vdev, unsigned int nvqs,
			 struct virtqueue *vqs[],
			 struct virtqueue_info vqs_info[],
			 struct irq_affinity *desc)
{
	unsigned int i;

	bury_queues();
	host_queues_clear();
	/* As many would vp_find_vqs() ask for at first: one is for the configuration. */
	mock_virtio.vectors = 1;
	for (i = 0; i < nvqs; i++) {
		vqs[i] = NULL;
		if (!vqs_info[i].name)
			continue;
		mock_virtio.vectors += !!vqs_info[i].callback;
		if (i < HOST_QUEUES)
			vqs[i] = vring_create_virtqueue(i, queue_size, PAGE_SIZE,
							vdev, true, true, false,
							host_notify,
							vqs_info[i].callback,
							vqs_info[i].name);
		if (!vqs[i]) {
			host_del_vqs(vdev);
			return -ENOMEM;
		}
		mock_virtio.vqs[i] = vqs[i];
	}
	return 0;
}

static u64 host_get_features(struct virtio_device *vdev)
{
	return BIT_ULL(VIRTIO_F_VERSION_1) |
	       (must_tell ? BIT_ULL(VIRTIO_BALLOON_F_MUST_TELL_HOST) : 0) |
	       features;
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

/* The device is static; host_init() registers it once. */
static void host_release(struct device *dev)
{
}

static int __init register_host(void)
{
	struct virtio_device *vdev = &mock_virtio.vdev;
	int error;

	mock_virtio.parent = root_device_register("mock-virtio");
	if (IS_ERR(mock_virtio.parent))
		return PTR_ERR(mock_virtio.parent);
	host_pm_init();
	vdev->dev.parent = mock_virtio.parent;
	vdev->dev.release = host_release;
	vdev->id.device = VIRTIO_ID_BALLOON;
	vdev->config = &host_ops;
	error = register_virtio_device(vdev);
	if (error) {
		put_device(&vdev->dev);
		root_device_unregister(mock_virtio.parent);
	}
	return error;
}

static int __init host_init(void)
{
	int error = ledger_init();

	if (error)
		return error;
	error = host_owner_init();
	if (error)
		goto out_ledger;
	error = host_queues_init();
	if (error)
		goto out_owner;
	error = host_probe_init();
	if (error)
		goto out_queues;
	error = register_host();
	if (error)
		goto out_probe;
	host_knobs_init();
	return 0;

out_probe:
	host_probe_exit();
out_queues:
	host_queues_exit();
out_owner:
	host_owner_exit();
out_ledger:
	ledger_exit();
	return error;
}
module_init(host_init);

static void __exit host_exit(void)
{
	host_knobs_exit();
	/* Removing the device waits for a write of "actual" that is held. */
	host_hold(false);
	unregister_virtio_device(&mock_virtio.vdev);
	host_queues_exit();
	bury_queues();
	host_probe_exit();
	root_device_unregister(mock_virtio.parent);
	host_owner_exit();
	ledger_exit();
}
module_exit(host_exit);

MODULE_DESCRIPTION("Mock virtio balloon device for tests");
MODULE_LICENSE("GPL");
