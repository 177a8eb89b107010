// SPDX-License-Identifier: GPL-2.0
/*
 * Status, reset and configuration of the mock device, as a driver on PCI meets them:
 * a device that was pulled out reads as ones, and one that does not decode its
 * addresses reads as zeroes. What is written to either is lost.
 */
#include <linux/bitmap.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/virtio_config.h>

#include "ledger.h"
#include "mock_virtio.h"

#define CONFIG_BYTES	sizeof(struct virtio_balloon_config)

/**
 * struct life - what the driver has done since it met the device
 * @users: how many are using the device at the moment
 * @has_driver: the driver has said that it is there
 * @resuming: it comes back after the device was suspended
 * @core_resets: the next reset is that of the virtio core, and no driver's
 * @resets: how often it has reset the device
 * @written: bytes of the configuration that it has written
 * @set_up: of these, those that it wrote before DRIVER_OK when it was probed
 */
static struct life {
	atomic_t users;
	bool has_driver;
	bool resuming;
	bool core_resets;
	unsigned int resets;
	DECLARE_BITMAP(written, CONFIG_BYTES);
	DECLARE_BITMAP(set_up, CONFIG_BYTES);
} life;

/* When the guest is shutting down, only the console is left to complain on. */
static void complain(enum ledger_violation violation, unsigned long number)
{
	ledger_violation(violation, number);
	WARN_ONCE(system_state > SYSTEM_RUNNING,
		  "the driver uses a device that was reset\n");
}

void host_use_begins(unsigned int what)
{
	atomic_inc(&life.users);
	if (mock_virtio.reads == HOST_READS_WELL &&
	    !(mock_virtio.status & VIRTIO_CONFIG_S_DRIVER_OK))
		complain(VIOLATION_NOT_READY, what);
}

void host_use_ends(void)
{
	atomic_dec(&life.users);
}

static void take_time(void)
{
	if (mock_virtio.delay_ms)
		msleep(mock_virtio.delay_ms);
	if (cmpxchg(&mock_virtio.hold, HOLD_NEXT, HOLD_HELD) == HOLD_NEXT)
		wait_event(mock_virtio.released, !READ_ONCE(mock_virtio.hold));
}

void host_get(struct virtio_device *vdev, unsigned int offset, void *buf,
	      unsigned int len)
{
	/* A driver may look at the configuration before it sets up anything. */
	if (mock_virtio.reads == HOST_READS_WELL &&
	    !(mock_virtio.status & VIRTIO_CONFIG_S_DRIVER))
		complain(VIOLATION_NOT_READY, HOST_QUEUES + offset);
	if (mock_virtio.reads == HOST_READS_WELL)
		memcpy(buf, (u8 *)&mock_virtio.config + offset, len);
	else
		memset(buf, mock_virtio.reads == HOST_READS_ONES ? 0xff : 0, len);
}

/* Of all fields the driver has to write one before DRIVER_OK. */
static bool is_setting_up(unsigned int offset)
{
	return offset == offsetof(struct virtio_balloon_config, poison_val) &&
	       (mock_virtio.status & VIRTIO_CONFIG_S_FEATURES_OK);
}

void host_set(struct virtio_device *vdev, unsigned int offset, const void *buf,
	      unsigned int len)
{
	if (is_setting_up(offset))
		atomic_inc(&life.users);
	else
		host_use_begins(HOST_QUEUES + offset);
	if (offset == offsetof(struct virtio_balloon_config, actual) &&
	    mock_virtio.reads == HOST_READS_WELL)
		take_time();
	spin_lock(&mock_virtio.lock);
	if (mock_virtio.reads == HOST_READS_WELL && mock_virtio.status) {
		memcpy((u8 *)&mock_virtio.config + offset, buf, len);
		bitmap_set(life.written, offset, len);
	}
	spin_unlock(&mock_virtio.lock);
	host_use_ends();
}

static bool has_queues(void)
{
	int queue;

	for (queue = 0; queue < HOST_QUEUES; queue++)
		if (mock_virtio.vqs[queue])
			return true;
	return false;
}

u8 host_get_status(struct virtio_device *vdev)
{
	if (mock_virtio.reads == HOST_READS_ONES)
		return 0xff;
	return mock_virtio.reads == HOST_READS_WELL ?
	       READ_ONCE(mock_virtio.status) : 0;
}

/* From here on the device may use the queues. */
static void check_set_up(void)
{
	unsigned long byte;

	host_check_queues();
	if (!life.resuming)
		bitmap_copy(life.set_up, life.written, CONFIG_BYTES);
	for_each_andnot_bit(byte, life.set_up, life.written, CONFIG_BYTES)
		if (!(byte % sizeof(__le32)))
			ledger_violation(VIOLATION_CONFIG_LOST, byte);
}

void host_set_status(struct virtio_device *vdev, u8 status)
{
	u8 new;

	if (mock_virtio.reads != HOST_READS_WELL)
		return;
	if (mock_virtio.refuses)
		status &= ~VIRTIO_CONFIG_S_FEATURES_OK;
	spin_lock(&mock_virtio.lock);
	new = status & ~mock_virtio.status;
	if (new & VIRTIO_CONFIG_S_DRIVER) {
		life.has_driver = true;
		life.resets = 0;
	} else if (status == VIRTIO_CONFIG_S_ACKNOWLEDGE) {
		life.has_driver = false;
	}
	if (new & VIRTIO_CONFIG_S_DRIVER_OK)
		check_set_up();
	WRITE_ONCE(mock_virtio.status, status);
	spin_unlock(&mock_virtio.lock);
}

static void check_reset(void)
{
	if (life.core_resets) {
		life.core_resets = false;
		return;
	}
	if (atomic_read(&life.users))
		complain(VIOLATION_RESET_IN_USE, atomic_read(&life.users));
	if (life.has_driver && life.resets++)
		ledger_violation(VIOLATION_RESET_TWICE, life.resets);
}

/* A reset empties the balloon: the guest gets all of its memory back. */
void host_reset(struct virtio_device *vdev)
{
	struct virtio_balloon_config *config = &mock_virtio.config;

	/* vp_reset() waits until the status reads 0. */
	if (mock_virtio.reads == HOST_READS_ONES && has_queues())
		ledger_violation(VIOLATION_RESET_GONE, mock_virtio.status);
	if (mock_virtio.reads != HOST_READS_WELL)
		return;
	spin_lock(&mock_virtio.lock);
	check_reset();
	host_owner_reset();
	WRITE_ONCE(mock_virtio.status, 0);
	config->actual = 0;
	config->free_page_hint_cmd_id = 0;
	config->poison_val = 0;
	bitmap_zero(life.written, CONFIG_BYTES);
	mock_virtio.faulty = false;
	spin_unlock(&mock_virtio.lock);
	/* Callbacks of the driver that are in progress end. */
	synchronize_rcu();
}

void host_resume_begins(void)
{
	life.resuming = true;
	life.core_resets = true;
}

void host_resume_ends(void)
{
	life.resuming = false;
	life.core_resets = false;
}
