/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A virtio balloon device that is played inside the guest: what its parts share.
 */
#ifndef MOCK_VIRTIO_H
#define MOCK_VIRTIO_H

#include <linux/spinlock.h>
#include <linux/virtio.h>
#include <linux/virtio_balloon.h>
#include <linux/wait.h>

/* As the driver counts them, whether it has asked for them or not. */
enum host_queue {
	HOST_INFLATE,
	HOST_DEFLATE,
	HOST_STATS,
	HOST_HINTS,
	HOST_REPORTS,
	HOST_QUEUES
};

/* What becomes of the next write of "actual". */
enum host_hold {
	HOLD_NOTHING,
	HOLD_NEXT,
	HOLD_HELD
};

/**
 * struct mock_virtio - the device
 * @vdev: as the driver sees it
 * @parent: where it is plugged in
 * @config: what the driver reads and writes
 * @status: the driver's, and whether the device needs a reset
 * @vqs: what the driver has asked for, the others NULL
 * @used: buffers used up; the device's side of each queue
 * @silent: queues that are not looked at, one bit each
 * @wild: queues that answer once with a buffer that they never got, one bit each
 * @delay_ms: how long it takes until a write of "actual" arrives
 * @hold: whether it gets through
 * @released: who waits for @hold
 * @blocks_freed: blocks of the largest order that were freed, by whomever
 * @blocks_freed_irqs_off: of these, how many with interrupts off
 * @lock: keeps queues, @status and ledger in order; taken with interrupts on
 */
struct mock_virtio {
	struct virtio_device vdev;
	struct device *parent;
	struct virtio_balloon_config config;
	u8 status;
	struct virtqueue *vqs[HOST_QUEUES];
	u16 used[HOST_QUEUES];
	unsigned long silent;
	unsigned long wild;
	u32 delay_ms;
	enum host_hold hold;
	wait_queue_head_t released;
	atomic_long_t blocks_freed;
	atomic_long_t blocks_freed_irqs_off;
	spinlock_t lock;
};

extern struct mock_virtio mock_virtio;

/**
 * host_queues_clear() - forget what was used
 *
 * Context: nothing is in the queues yet.
 */
void host_queues_clear(void);

/**
 * host_serve() - use what the driver has put into a queue, and tell it
 * @queue: which
 *
 * Nothing, if the queue is silent or the driver is not ready.
 *
 * Context: takes @mock_virtio.lock; interrupts are on.
 */
void host_serve(enum host_queue queue);

/**
 * host_waiting() - tell where the driver waits
 *
 * Context: takes @mock_virtio.lock; interrupts are on.
 *
 * Return: the queues with buffers that are not used, one bit each.
 */
unsigned long host_waiting(void);

/**
 * host_knobs_init() - make the files in debugfs
 */
void host_knobs_init(void);

/**
 * host_knobs_exit() - remove them
 */
void host_knobs_exit(void);

/**
 * host_probe_init() - begin to count what is freed, where the kernel can be probed
 *
 * Return: 0, or what register_kprobe() returns.
 */
#ifdef CONFIG_X86
int host_probe_init(void);
#else
static inline int host_probe_init(void)
{
	return 0;
}
#endif

/**
 * host_probe_exit() - end that
 */
#ifdef CONFIG_X86
void host_probe_exit(void);
#else
static inline void host_probe_exit(void)
{
}
#endif

#endif /* MOCK_VIRTIO_H */
