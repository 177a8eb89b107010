// SPDX-License-Identifier: GPL-2.0
/*
 * The device's side of the queues. It reads the driver's descriptors directly, as
 * both sides share the guest's memory.
 */
#include <linux/io.h>
#include <linux/string.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "ledger.h"
#include "mock_virtio.h"

#define USABLE	(VIRTIO_CONFIG_S_DRIVER_OK | VIRTIO_CONFIG_S_NEEDS_RESET)

struct mock_virtio mock_virtio = {
	/* A device that wants stats returns the buffer. This one wants none. */
	.silent = BIT(HOST_STATS),
	.released = __WAIT_QUEUE_HEAD_INITIALIZER(mock_virtio.released),
	.lock = __SPIN_LOCK_UNLOCKED(mock_virtio.lock),
};

static u16 available(const struct vring *vring)
{
	return le16_to_cpu((__force __le16)READ_ONCE(vring->avail->idx));
}

static void take_pfns(const struct vring_desc *desc, enum host_queue queue)
{
	const __le32 *pfns = phys_to_virt(le64_to_cpu((__force __le64)desc->addr));
	u32 i, nr = le32_to_cpu((__force __le32)desc->len) / sizeof(*pfns);

	for (i = 0; i < nr; i++)
		if (queue == HOST_INFLATE)
			ledger_give(le32_to_cpu(pfns[i]), 1);
		else
			ledger_take_back(le32_to_cpu(pfns[i]), 1);
}

/* A buffer of PFNs has one descriptor. The device ignores other buffers' content. */
static void use_buffer(enum host_queue queue, const struct vring *vring)
{
	u16 *used = &mock_virtio.used[queue];
	unsigned int slot = *used % vring->num;
	u32 head = le16_to_cpu((__force __le16)vring->avail->ring[slot]);

	if (queue == HOST_INFLATE || queue == HOST_DEFLATE)
		take_pfns(&vring->desc[head], queue);
	if (test_and_clear_bit(queue, &mock_virtio.wild))
		head = vring->num;
	vring->used->ring[slot].id = (__force __virtio32)cpu_to_le32(head);
	vring->used->ring[slot].len = 0;
	virt_wmb();
	(*used)++;
	vring->used->idx = (__force __virtio16)cpu_to_le16(*used);
}

void host_queues_clear(void)
{
	memset(mock_virtio.used, 0, sizeof(mock_virtio.used));
}

void host_serve(enum host_queue queue)
{
	const struct vring *vring;
	struct virtqueue *vq;
	unsigned long flags;
	bool done = false;

	spin_lock(&mock_virtio.lock);
	vq = mock_virtio.vqs[queue];
	if (vq && !test_bit(queue, &mock_virtio.silent) &&
	    (mock_virtio.status & USABLE) == VIRTIO_CONFIG_S_DRIVER_OK) {
		vring = virtqueue_get_vring(vq);
		while (mock_virtio.used[queue] != available(vring)) {
			virt_rmb();
			use_buffer(queue, vring);
			done = true;
		}
	}
	spin_unlock(&mock_virtio.lock);
	if (!done)
		return;
	/* The driver expects an interrupt. */
	local_irq_save(flags);
	vring_interrupt(0, vq);
	local_irq_restore(flags);
}

unsigned long host_waiting(void)
{
	unsigned long waiting = 0;
	int queue;

	spin_lock(&mock_virtio.lock);
	for (queue = 0; queue < HOST_QUEUES; queue++)
		if (mock_virtio.vqs[queue] && mock_virtio.used[queue] !=
		    available(virtqueue_get_vring(mock_virtio.vqs[queue])))
			__set_bit(queue, &waiting);
	spin_unlock(&mock_virtio.lock);
	return waiting;
}
