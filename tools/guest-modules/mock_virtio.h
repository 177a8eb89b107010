/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the mock virtio balloon device share.
 *
 * Each part calls only parts that this list names after it: mock_virtio.c (module and
 * queues as the driver gets them), mock_virtio_pm.c (suspend), mock_virtio_device.c
 * (status, reset, configuration), mock_virtio_knobs.c (debugfs), mock_virtio_queues.c
 * (the buffers, and struct mock_virtio), mock_virtio_probe.c (sees what is freed),
 * mock_virtio_owner.c (whose a page is), ledger.c.
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

/* What the driver reads from the device. */
enum host_reads {
	HOST_READS_WELL,
	HOST_READS_ONES,	/* it was pulled out */
	HOST_READS_ZEROES,	/* it does not decode its addresses */
};

/**
 * struct mock_virtio - the device
 * @vdev: the device that the driver sees
 * @parent: the device's parent
 * @config: what the driver reads and writes
 * @status: status that the driver has set, and NEEDS_RESET
 * @reads: what the driver reads; unless that is well, what it writes is lost
 * @refuses: the device does not accept the features that the driver asks for
 * @faulty: the device has broken the rules, so that it can expect nothing
 * @vqs: queues that the driver has asked for, the others NULL
 * @seen: number of buffers of each queue that the device has seen
 * @used: of these, how many it has used
 * @vectors: MSI-X vectors that a device on PCI would need for @vqs
 * @frames: page frames that the used buffers of each queue named
 * @silent: queues that the device ignores, one bit each
 * @wild: queues that return a buffer once that they never got, one bit each
 * @slow_ms: how long the device takes to use a buffer
 * @slow_queues: queues where it does, one bit each
 * @late_ms: how long after it has used a buffer the device interrupts
 * @discards: queues whose pages it discards when it uses their buffer, one bit each
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
	u8 reads;
	bool refuses;
	bool faulty;
	struct virtqueue *vqs[HOST_QUEUES];
	u16 seen[HOST_QUEUES];
	u16 used[HOST_QUEUES];
	u32 vectors;
	u64 frames[HOST_QUEUES];
	unsigned long silent;
	unsigned long wild;
	u32 slow_ms;
	unsigned long slow_queues;
	u32 late_ms;
	unsigned long discards;
	u32 delay_ms;
	enum host_hold hold;
	wait_queue_head_t released;
	atomic_long_t blocks_freed;
	atomic_long_t blocks_freed_irqs_off;
	spinlock_t lock;
};

extern struct mock_virtio mock_virtio;

/* The part of struct virtio_config_ops that is in mock_virtio_device.c. */
void host_get(struct virtio_device *vdev, unsigned int offset, void *buf,
	      unsigned int len);
void host_set(struct virtio_device *vdev, unsigned int offset, const void *buf,
	      unsigned int len);
u8 host_get_status(struct virtio_device *vdev);
void host_set_status(struct virtio_device *vdev, u8 status);
void host_reset(struct virtio_device *vdev);

/**
 * host_resume_begins() - the device comes back from suspend
 *
 * The next reset is that of the virtio core, and the driver has to set up what it has
 * set up before.
 */
void host_resume_begins(void);

/**
 * host_resume_ends() - the device has come back, or has failed to
 */
void host_resume_ends(void);

/**
 * host_use_begins() - the driver begins to use the device
 * @what: what it uses, a queue or HOST_QUEUES
 *
 * Records a violation if the device is not ready for that.
 */
void host_use_begins(unsigned int what);

/**
 * host_use_ends() - the driver has used the device
 */
void host_use_ends(void);

/**
 * host_queues_init() - make ready what serves the queues
 *
 * Return: 0, or -ENOMEM.
 */
int host_queues_init(void);

/**
 * host_queues_exit() - end it
 */
void host_queues_exit(void);

/**
 * host_queues_clear() - forget the used buffers
 *
 * Context: the queues are empty.
 */
void host_queues_clear(void);

/**
 * host_check_queues() - record a violation for each queue that has a buffer
 *
 * Context: @mock_virtio.lock is held.
 */
void host_check_queues(void);

/**
 * host_serve() - use all buffers that the driver has put into a queue
 * @queue: which
 *
 * It then interrupts the driver. If the queue is silent or the driver is not ready,
 * it does nothing; if the queue is slow, it does that later.
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
 * host_owner_init() - allocate what host_named() and host_kept() remember
 *
 * Return: 0, or -ENOMEM.
 */
int host_owner_init(void);

/**
 * host_owner_exit() - free it
 */
void host_owner_exit(void);

/**
 * host_named() - note that a buffer names memory
 * @queue: where the buffer is
 * @pfn: the first page frame
 * @frames: how many
 *
 * Context: @mock_virtio.lock is held.
 */
void host_named(enum host_queue queue, unsigned long pfn, unsigned long frames);

/**
 * host_used() - do what a buffer asks for, with memory that host_named() was told of
 * @queue: where the buffer is
 * @pfn: the first page frame
 * @frames: how many
 *
 * Context: @mock_virtio.lock is held.
 */
void host_used(enum host_queue queue, unsigned long pfn, unsigned long frames);

/**
 * host_freed() - check that the guest may free a page
 * @pfn: number of its first page, as the kernel counts
 * @pages: how many it has
 *
 * Context: any, and at any time.
 */
void host_freed(unsigned long pfn, unsigned long pages);

/**
 * host_owner_reset() - let go of all pages
 *
 * Context: @mock_virtio.lock is held.
 */
void host_owner_reset(void);

/**
 * host_kept() - count what the guest has not freed since the host let go of it
 *
 * It is exact only where freed pages are watched, on x86.
 *
 * Return: number of page frames that were given, or named by a buffer, at a reset.
 */
unsigned long host_kept(void);

/**
 * host_pm_init() - have the device suspended and resumed with the guest
 */
#ifdef CONFIG_PM_SLEEP
void host_pm_init(void);
#else
static inline void host_pm_init(void)
{
}
#endif

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
 * host_probe_init() - begin to watch what is freed, on x86
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
 * host_probe_exit() - stop that
 */
#ifdef CONFIG_X86
void host_probe_exit(void);
#else
static inline void host_probe_exit(void)
{
}
#endif

#endif /* MOCK_VIRTIO_H */
