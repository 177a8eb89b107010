// SPDX-License-Identifier: GPL-2.0
/*
 * A virtio balloon device inside the guest. QEMU allows one balloon, and that one
 * behaves well. The mock records which page frames the guest has given, and it
 * misbehaves when a test asks for it (mock_virtio_knobs.c).
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/module.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "ledger.h"
#include "mock_virtio.h"

#define FEATURES	(BIT_ULL(VIRTIO_F_VERSION_1) | \
			 BIT_ULL(VIRTIO_BALLOON_F_MUST_TELL_HOST))

static unsigned long features;
module_param(features, ulong, 0444);
MODULE_PARM_DESC(features, "Mask of features to offer besides MUST_TELL_HOST");

static unsigned int queue_size = 128;
module_param(queue_size, uint, 0444);
MODULE_PARM_DESC(queue_size, "Buffers of each queue, a power of two");

/* A driver must not use a device after the reset, at shutdown either: it may hang. */
static void check_ready(unsigned int what)
{
	if (mock_virtio.status & VIRTIO_CONFIG_S_DRIVER_OK)
		return;
	WARN_ONCE(!mock_virtio.status, "the driver uses a device that was reset\n");
	spin_lock(&mock_virtio.lock);
	ledger_violation(VIOLATION_NOT_READY, what);
	spin_unlock(&mock_virtio.lock);
}

static void take_time(unsigned int times)
{
	if (mock_virtio.delay_ms)
		msleep(times * mock_virtio.delay_ms);
}

static bool host_notify(struct virtqueue *vq)
{
	check_ready(vq->index);
	host_serve(vq->index);
	return true;
}

static void host_get(struct virtio_device *vdev, unsigned int offset, void *buf,
		     unsigned int len)
{
	memcpy(buf, (u8 *)&mock_virtio.config + offset, len);
}

static void host_set(struct virtio_device *vdev, unsigned int offset,
		     const void *buf, unsigned int len)
{
	/* The driver writes the other field before DRIVER_OK. */
	if (offset == offsetof(struct virtio_balloon_config, actual)) {
		take_time(1);
		check_ready(HOST_QUEUES);
		if (cmpxchg(&mock_virtio.hold, HOLD_NEXT, HOLD_HELD) == HOLD_NEXT)
			wait_event(mock_virtio.released,
				   !READ_ONCE(mock_virtio.hold));
	}
	memcpy((u8 *)&mock_virtio.config + offset, buf, len);
}

static u8 host_get_status(struct virtio_device *vdev)
{
	return READ_ONCE(mock_virtio.status);
}

static void host_set_status(struct virtio_device *vdev, u8 status)
{
	WRITE_ONCE(mock_virtio.status, status);
}

/* A reset empties the balloon: the guest gets all of its memory back. */
static void host_reset(struct virtio_device *vdev)
{
	spin_lock(&mock_virtio.lock);
	WRITE_ONCE(mock_virtio.status, 0);
	mock_virtio.config.actual = 0;
	ledger_clear();
	spin_unlock(&mock_virtio.lock);
	/* Outlast a write of "actual" that began before: check_ready() sees it. */
	take_time(2);
}

static void host_del_vqs(struct virtio_device *vdev)
{
	struct virtqueue *vqs[HOST_QUEUES];
	int i;

	spin_lock(&mock_virtio.lock);
	memcpy(vqs, mock_virtio.vqs, sizeof(vqs));
	memset(mock_virtio.vqs, 0, sizeof(mock_virtio.vqs));
	spin_unlock(&mock_virtio.lock);
	for (i = 0; i < HOST_QUEUES; i++)
		if (vqs[i])
			vring_del_virtqueue(vqs[i]);
}

static int host_find_vqs(struct virtio_device *vdev, unsigned int nvqs,
			 struct virtqueue *vqs[],
			 struct virtqueue_info vqs_info[],
			 struct irq_affinity *desc)
{
	unsigned int i;

	host_queues_clear();
	for (i = 0; i < nvqs; i++) {
		vqs[i] = NULL;
		if (!vqs_info[i].name)
			continue;
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
	return FEATURES | features;
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

static int __init host_init(void)
{
	struct virtio_device *vdev = &mock_virtio.vdev;
	int error = ledger_init();

	if (error)
		return error;
	mock_virtio.parent = root_device_register("mock-virtio");
	if (IS_ERR(mock_virtio.parent)) {
		error = PTR_ERR(mock_virtio.parent);
		goto out_ledger;
	}
	vdev->dev.parent = mock_virtio.parent;
	vdev->dev.release = host_release;
	vdev->id.device = VIRTIO_ID_BALLOON;
	vdev->config = &host_ops;
	error = host_probe_init();
	if (error)
		goto out_parent;
	error = register_virtio_device(vdev);
	if (error) {
		put_device(&vdev->dev);
		goto out_probe;
	}
	host_knobs_init();
	return 0;

out_probe:
	host_probe_exit();
out_parent:
	root_device_unregister(mock_virtio.parent);
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
	host_probe_exit();
	root_device_unregister(mock_virtio.parent);
	ledger_exit();
}
module_exit(host_exit);

MODULE_DESCRIPTION("Mock virtio balloon device for tests");
MODULE_LICENSE("GPL");
