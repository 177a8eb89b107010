// SPDX-License-Identifier: GPL-2.0
/*
 * The files of the mock device, in the debugfs directory "mock-virtio". Queues are
 * bits: 1 inflate, 2 deflate, 4 stats, 8 hints, 16 reports.
 *
 *	target		what the balloon should have, in 4K pages
 *	jump		while it is not 0, the target is now as it was set and now so much
 *			more, in 4K pages
 *	actual		what the driver says it has, in 4K pages
 *	hints		the host's command for free page hinting
 *	locked		how many page frames the guest has given
 *	hinted		how many the device was hinted, in all
 *	reported	how many were reported to it, in all
 *	kept		how many it had given at a reset and has not freed since (x86)
 *	violations	what the driver did that it must not do; "0" in a good run
 *	status		the device's status; 0 after a reset
 *	vectors		MSI-X vectors that the driver would get on PCI: one for the
 *			configuration, and one for each queue with a callback
 *	waiting		queues with buffers that the device has not used
 *	silent		queues that the device ignores
 *	slow		how long the device takes to use a buffer, in ms
 *	slow-queues	queues where it does; at first all
 *	late		how long after it has used a buffer the device interrupts, in ms
 *	discards	queues whose pages the device discards when it uses a buffer; at
 *			first all
 *	wild		queues that return a buffer once that they never got
 *	delay		how long a write of "actual" takes, in ms
 *	hold		1: the next write of "actual" will wait; 2: it waits; write 0
 *			to end the wait
 *	gone		a write breaks the device, as a surprise removal does
 *	reads		what the driver reads from the device: 0 what there is, 1 ones, as
 *			if it was pulled out, 2 zeroes, as if it was disabled
 *	refuses		1: the device does not accept the driver's features
 *	freed		blocks of the largest order that the kernel has freed (x86)
 *	freed-irqs-off	how many of these it freed with interrupts off
 *	failed		a write makes the device need a reset and say so
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/virtio_config.h>
#include <linux/workqueue.h>

#include "ledger.h"
#include "mock_virtio.h"

#define JUMP_MS	20

static struct dentry *dir;

static int le32_get(void *number, u64 *value)
{
	*value = le32_to_cpu(*(__le32 *)number);
	return 0;
}

static int le32_set(void *number, u64 value)
{
	*(__le32 *)number = cpu_to_le32(value);
	virtio_config_changed(&mock_virtio.vdev);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(le32_fops, le32_get, le32_set, "%llu\n");
DEFINE_DEBUGFS_ATTRIBUTE(le32_ro_fops, le32_get, NULL, "%llu\n");

static void jump(struct work_struct *work);
static DECLARE_DELAYED_WORK(jump_work, jump);
static u32 jump_frames;
static bool jumped;

static void jump_to(bool up)
{
	struct virtio_balloon_config *config = &mock_virtio.config;
	u32 target = le32_to_cpu(config->num_pages);

	if (up != jumped)
		config->num_pages = cpu_to_le32(up ? target + jump_frames :
						target - jump_frames);
	jumped = up;
	virtio_config_changed(&mock_virtio.vdev);
}

static void jump(struct work_struct *work)
{
	jump_to(!jumped);
	schedule_delayed_work(&jump_work, msecs_to_jiffies(JUMP_MS));
}

static int jump_get(void *unused, u64 *frames)
{
	*frames = jump_frames;
	return 0;
}

static int jump_set(void *unused, u64 frames)
{
	cancel_delayed_work_sync(&jump_work);
	jump_to(false);
	jump_frames = frames;
	if (frames)
		schedule_delayed_work(&jump_work, 0);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(jump_fops, jump_get, jump_set, "%llu\n");

static int locked_get(void *unused, u64 *frames)
{
	spin_lock(&mock_virtio.lock);
	*frames = ledger_given();
	spin_unlock(&mock_virtio.lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(locked_fops, locked_get, NULL, "%llu\n");

static int kept_get(void *unused, u64 *frames)
{
	spin_lock(&mock_virtio.lock);
	*frames = host_kept();
	spin_unlock(&mock_virtio.lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(kept_fops, kept_get, NULL, "%llu\n");

static int violations_show(struct seq_file *file, void *unused)
{
	spin_lock(&mock_virtio.lock);
	ledger_show_violations(file);
	spin_unlock(&mock_virtio.lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(violations);

static int waiting_get(void *unused, u64 *queues)
{
	*queues = host_waiting();
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(waiting_fops, waiting_get, NULL, "%llu\n");

static int silent_get(void *unused, u64 *queues)
{
	*queues = READ_ONCE(mock_virtio.silent);
	return 0;
}

static int silent_set(void *unused, u64 queues)
{
	int queue;

	WRITE_ONCE(mock_virtio.silent, queues);
	for (queue = 0; queue < HOST_QUEUES; queue++)
		host_serve(queue);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(silent_fops, silent_get, silent_set, "%llu\n");

static int hold_get(void *unused, u64 *hold)
{
	*hold = READ_ONCE(mock_virtio.hold);
	return 0;
}

void host_hold(bool hold)
{
	WRITE_ONCE(mock_virtio.hold, hold ? HOLD_NEXT : HOLD_NOTHING);
	wake_up(&mock_virtio.released);
}

static int hold_set(void *unused, u64 hold)
{
	host_hold(hold);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(hold_fops, hold_get, hold_set, "%llu\n");

static int count_get(void *count, u64 *value)
{
	*value = atomic_long_read(count);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(count_fops, count_get, NULL, "%llu\n");

static int gone_set(void *unused, u64 value)
{
	mock_virtio.faulty = true;
	virtio_break_device(&mock_virtio.vdev);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(gone_fops, NULL, gone_set, "%llu\n");

static int failed_set(void *unused, u64 value)
{
	spin_lock(&mock_virtio.lock);
	mock_virtio.faulty = true;
	mock_virtio.status |= VIRTIO_CONFIG_S_NEEDS_RESET;
	spin_unlock(&mock_virtio.lock);
	virtio_config_changed(&mock_virtio.vdev);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(failed_fops, NULL, failed_set, "%llu\n");

void host_knobs_init(void)
{
	struct virtio_balloon_config *config = &mock_virtio.config;

	dir = debugfs_create_dir("mock-virtio", NULL);
	debugfs_create_file("target", 0644, dir, &config->num_pages, &le32_fops);
	debugfs_create_file("jump", 0644, dir, NULL, &jump_fops);
	debugfs_create_file("actual", 0444, dir, &config->actual, &le32_ro_fops);
	debugfs_create_file("hints", 0644, dir, &config->free_page_hint_cmd_id,
			    &le32_fops);
	debugfs_create_file("locked", 0444, dir, NULL, &locked_fops);
	debugfs_create_u64("hinted", 0444, dir, &mock_virtio.frames[HOST_HINTS]);
	debugfs_create_u64("reported", 0444, dir,
			   &mock_virtio.frames[HOST_REPORTS]);
	debugfs_create_file("kept", 0444, dir, NULL, &kept_fops);
	debugfs_create_file("violations", 0444, dir, NULL, &violations_fops);
	debugfs_create_u8("status", 0444, dir, &mock_virtio.status);
	debugfs_create_u32("vectors", 0444, dir, &mock_virtio.vectors);
	debugfs_create_file("waiting", 0444, dir, NULL, &waiting_fops);
	debugfs_create_file("silent", 0644, dir, NULL, &silent_fops);
	debugfs_create_u32("slow", 0644, dir, &mock_virtio.slow_ms);
	debugfs_create_u32("late", 0644, dir, &mock_virtio.late_ms);
	debugfs_create_ulong("slow-queues", 0644, dir, &mock_virtio.slow_queues);
	debugfs_create_ulong("discards", 0644, dir, &mock_virtio.discards);
	debugfs_create_u8("reads", 0644, dir, &mock_virtio.reads);
	debugfs_create_bool("refuses", 0644, dir, &mock_virtio.refuses);
	debugfs_create_ulong("wild", 0644, dir, &mock_virtio.wild);
	debugfs_create_u32("delay", 0644, dir, &mock_virtio.delay_ms);
	debugfs_create_file("hold", 0644, dir, NULL, &hold_fops);
	debugfs_create_file("freed", 0444, dir, &mock_virtio.blocks_freed,
			    &count_fops);
	debugfs_create_file("freed-irqs-off", 0444, dir,
			    &mock_virtio.blocks_freed_irqs_off, &count_fops);
	debugfs_create_file("gone", 0200, dir, NULL, &gone_fops);
	debugfs_create_file("failed", 0200, dir, NULL, &failed_fops);
}

void host_knobs_exit(void)
{
	debugfs_remove(dir);
	cancel_delayed_work_sync(&jump_work);
}
