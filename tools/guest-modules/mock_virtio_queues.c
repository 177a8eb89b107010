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
	.slow_queues = BIT(HOST_QUEUES) - 1,
	.discards = BIT(HOST_QUEUES) - 1,
	.released = __WAIT_QUEUE_HEAD_INITIALIZER(mock_virtio.released),
	.lock = __SPIN_LOCK_UNLOCKED(mock_virtio.lock),
};

static struct workqueue_struct *answers;

static struct answer {
	struct delayed_work work;
	struct delayed_work interrupt;
	enum host_queue queue;
} answer[HOST_QUEUES];

static u16 available(const struct vring *vring)
{
	return le16_to_cpu((__force __le16)READ_ONCE(vring->avail->idx));
}

static u32 head_of(const struct vring *vring, u16 nr)
{
	return le16_to_cpu((__force __le16)vring->avail->ring[nr % vring->num]);
}

/* Firecracker drops a longer one unread; Cloud Hypervisor reads one descriptor of it. */
#define PFNS_READ	256

typedef void (*page_fn)(enum host_queue queue, unsigned long pfn,
			unsigned long frames);

static bool names_pfns(enum host_queue queue)
{
	return queue == HOST_INFLATE || queue == HOST_DEFLATE;
}

/* A buffer of PFNs has one descriptor. */
static void walk_pfns(enum host_queue queue, const struct vring_desc *desc,
		      page_fn fn)
{
	const __le32 *pfns = phys_to_virt(le64_to_cpu((__force __le64)desc->addr));
	u32 i, nr = le32_to_cpu((__force __le32)desc->len) / sizeof(*pfns);

	for (i = 0; i < nr; i++)
		fn(queue, le32_to_cpu(pfns[i]), 1);
}

/* Hints and reports are the memory itself, which the device may write to. */
static void walk_blocks(enum host_queue queue, const struct vring *vring,
			u32 head, page_fn fn)
{
	const struct vring_desc *desc;
	u16 flags;

	do {
		desc = &vring->desc[head];
		flags = le16_to_cpu((__force __le16)desc->flags);
		if (flags & VRING_DESC_F_WRITE)
			fn(queue, le64_to_cpu((__force __le64)desc->addr) >>
			   VIRTIO_BALLOON_PFN_SHIFT,
			   le32_to_cpu((__force __le32)desc->len) >>
			   VIRTIO_BALLOON_PFN_SHIFT);
		head = le16_to_cpu((__force __le16)desc->next);
	} while (flags & VRING_DESC_F_NEXT);
}

/* Call a function for all memory that a buffer names. */
static void walk_buffer(enum host_queue queue, const struct vring *vring,
			u32 head, page_fn fn)
{
	if (names_pfns(queue))
		walk_pfns(queue, &vring->desc[head], fn);
	else if (queue != HOST_STATS)
		walk_blocks(queue, vring, head, fn);
}

static void check_length(const struct vring_desc *desc)
{
	u32 nr = le32_to_cpu((__force __le32)desc->len) / sizeof(__le32);

	if (nr > PFNS_READ ||
	    le16_to_cpu((__force __le16)desc->flags) & VRING_DESC_F_NEXT)
		ledger_violation(VIOLATION_LONG_BUFFER, nr);
}

/* See the buffers that are new. */
static void see(enum host_queue queue, const struct vring *vring)
{
	u16 *seen = &mock_virtio.seen[queue];

	for (; *seen != available(vring); (*seen)++) {
		virt_rmb();
		if (names_pfns(queue))
			check_length(&vring->desc[head_of(vring, *seen)]);
		walk_buffer(queue, vring, head_of(vring, *seen), host_named);
	}
}

static void use_buffer(enum host_queue queue, const struct vring *vring)
{
	u16 *used = &mock_virtio.used[queue];
	unsigned int slot = *used % vring->num;
	u32 head = head_of(vring, *used);

	walk_buffer(queue, vring, head, host_used);
	if (test_and_clear_bit(queue, &mock_virtio.wild)) {
		mock_virtio.faulty = true;
		head = vring->num;
	}
	vring->used->ring[slot].id = (__force __virtio32)cpu_to_le32(head);
	vring->used->ring[slot].len = 0;
	virt_wmb();
	(*used)++;
	vring->used->idx = (__force __virtio16)cpu_to_le16(*used);
}

void host_queues_clear(void)
{
	memset(mock_virtio.used, 0, sizeof(mock_virtio.used));
	memset(mock_virtio.seen, 0, sizeof(mock_virtio.seen));
}

static bool usable(enum host_queue queue)
{
	return mock_virtio.vqs[queue] && mock_virtio.reads == HOST_READS_WELL &&
	       (mock_virtio.status & USABLE) == VIRTIO_CONFIG_S_DRIVER_OK;
}

/* Does the driver want to know that buffers were used? */
static bool wants_interrupt(const struct vring *vring)
{
	/* It sets the flag, and then looks for used buffers; so the other way round here. */
	virt_mb();
	return !(READ_ONCE(vring->avail->flags) &
		 (__force __virtio16)cpu_to_le16(VRING_AVAIL_F_NO_INTERRUPT));
}

static void interrupt(struct virtqueue *vq)
{
	unsigned long flags;

	/* The driver expects them to be off. */
	local_irq_save(flags);
	vring_interrupt(0, vq);
	local_irq_restore(flags);
}

static void interrupt_late(struct work_struct *work)
{
	struct answer *late = container_of(to_delayed_work(work), struct answer,
					   interrupt);
	struct virtqueue *vq;

	rcu_read_lock();
	spin_lock(&mock_virtio.lock);
	vq = usable(late->queue) ? mock_virtio.vqs[late->queue] : NULL;
	spin_unlock(&mock_virtio.lock);
	if (vq)
		interrupt(vq);
	rcu_read_unlock();
}

/* Use up to @most buffers, and interrupt the driver; true if it has left some. */
static bool serve(enum host_queue queue, unsigned int most)
{
	const struct vring *vring;
	struct virtqueue *vq;
	bool tell = false, more = false;

	/* For the reset: after it, no callback of the driver is in progress. */
	rcu_read_lock();
	spin_lock(&mock_virtio.lock);
	vq = mock_virtio.vqs[queue];
	if (usable(queue) && !test_bit(queue, &mock_virtio.silent)) {
		vring = virtqueue_get_vring(vq);
		see(queue, vring);
		for (; most && mock_virtio.used[queue] != mock_virtio.seen[queue];
		     most--) {
			use_buffer(queue, vring);
			tell = true;
		}
		tell = tell && wants_interrupt(vring);
		more = mock_virtio.used[queue] != mock_virtio.seen[queue];
	}
	spin_unlock(&mock_virtio.lock);
	if (tell && READ_ONCE(mock_virtio.late_ms))
		queue_delayed_work(answers, &answer[queue].interrupt,
				   msecs_to_jiffies(mock_virtio.late_ms));
	else if (tell)
		interrupt(vq);
	rcu_read_unlock();
	return more;
}

static bool is_slow(enum host_queue queue)
{
	return READ_ONCE(mock_virtio.slow_ms) &&
	       test_bit(queue, &mock_virtio.slow_queues);
}

/* An answer takes its time, also that to a buffer that waits behind another. */
static void serve_later(enum host_queue queue)
{
	queue_delayed_work(answers, &answer[queue].work,
			   msecs_to_jiffies(mock_virtio.slow_ms));
}

static void serve_late(struct work_struct *work)
{
	struct answer *late = container_of(to_delayed_work(work), struct answer,
					   work);

	if (!is_slow(late->queue))
		serve(late->queue, UINT_MAX);
	else if (serve(late->queue, 1))
		serve_later(late->queue);
}

void host_serve(enum host_queue queue)
{
	spin_lock(&mock_virtio.lock);
	if (usable(queue))
		see(queue, virtqueue_get_vring(mock_virtio.vqs[queue]));
	spin_unlock(&mock_virtio.lock);
	if (is_slow(queue))
		serve_later(queue);
	else
		serve(queue, UINT_MAX);
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

void host_check_queues(void)
{
	int queue;

	for (queue = 0; queue < HOST_QUEUES; queue++)
		if (mock_virtio.vqs[queue] &&
		    available(virtqueue_get_vring(mock_virtio.vqs[queue])))
			ledger_violation(VIOLATION_EARLY_BUFFER, queue);
}

int host_queues_init(void)
{
	int queue;

	for (queue = 0; queue < HOST_QUEUES; queue++) {
		answer[queue].queue = queue;
		INIT_DELAYED_WORK(&answer[queue].work, serve_late);
		INIT_DELAYED_WORK(&answer[queue].interrupt, interrupt_late);
	}
	/* When memory is short, and while the guest is suspended, the host lives. */
	answers = alloc_workqueue("mock_virtio", WQ_MEM_RECLAIM | WQ_UNBOUND, 0);
	return answers ? 0 : -ENOMEM;
}

void host_queues_exit(void)
{
	int queue;

	for (queue = 0; queue < HOST_QUEUES; queue++) {
		cancel_delayed_work_sync(&answer[queue].work);
		cancel_delayed_work_sync(&answer[queue].interrupt);
	}
	destroy_workqueue(answers);
}
