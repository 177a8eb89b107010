/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the mock virtio balloon device share.
 *
 * Each part calls only parts that this list names after it: mock_virtio.c (the
 * device), mock_virtio_knobs.c (debugfs), mock_virtio_probe.c (counts freed blocks),
 * mock_virtio_queues.c (the queues, and struct mock_virtio), ledger.c.
 */
#ifndef MOCK_VIRTIO_H
#define MOCK_VIRTIO_H

#include <linux/spinlock.h>
#include <linux/virtio.h>
#include <linux/virtio_balloon.h>
#include <linux/wait.h>

/* The driver uses these numbers even if it does not ask for every queue. */
enum host_queue {
	HOST_INFLATE,
	HOST_DEFLATE,
	HOST_STATS,
	HOST_HINTS,
	HOST_REPORTS,
	HOST_QUEUES
};

/* Whether the next write of "actual" waits. */
enum host_hold {
	HOLD_NOTHING,
	HOLD_NEXT,
	HOLD_HELD
};

/**
 * struct mock_virtio - the device
 * @vdev: the device that the driver sees
 * @parent: the device's parent
 * @config: what the driver reads and writes
 * @status: status that the driver has set, and NEEDS_RESET
 * @vqs: queues that the driver has asked for, the others NULL
 * @used: number of used buffers of each queue
 * @silent: queues that the device ignores, one bit each
 * @wild: queues that return a buffer once that they never got, one bit each
 * @delay_ms: how long a write of "actual" takes
 * @hold: whether the next write of "actual" waits
 * @released: for the write that waits for @hold
 * @blocks_freed: blocks of the largest order that the kernel has freed
 * @blocks_freed_irqs_off: of these, how many with interrupts off
 * @lock: protects queues, @status and ledger; taken with interrupts on
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
 * host_queues_clear() - forget the used buffers
 *
 * Context: the queues are empty.
 */
void host_queues_clear(void);

/**
 * host_serve() - use all buffers that the driver has put into a queue
 * @queue: which
 *
 * It then interrupts the driver. If the queue is silent or the driver is not ready,
 * it does nothing.
 *
 * Context: takes @mock_virtio.lock; interrupts are on.
 */
void host_serve(enum host_queue queue);

/**
 * host_waiting() - find the queues where the driver waits
 *
 * Context: takes @mock_virtio.lock; interrupts are on.
 *
 * Return: the queues with buffers that the device has not used, one bit each.
 */
unsigned long host_waiting(void);

/**
 * host_hold() - make the next write of "actual" wait, or end such a wait
 * @hold: true to make it wait
 */
void host_hold(bool hold);

/**
 * host_knobs_init() - create the files in debugfs
 */
void host_knobs_init(void);

/**
 * host_knobs_exit() - remove the files in debugfs
 */
void host_knobs_exit(void);

/**
 * host_probe_init() - begin to count freed blocks, on x86
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
 * host_probe_exit() - stop counting
 */
#ifdef CONFIG_X86
void host_probe_exit(void);
#else
static inline void host_probe_exit(void)
{
}
#endif

#endif /* MOCK_VIRTIO_H */
