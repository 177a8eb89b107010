// SPDX-License-Identifier: GPL-2.0
/* Suspend and resume, which a device leaves to its parent, the transport's device. */
#include <linux/pm.h>
#include <linux/pm_domain.h>

#include "mock_virtio.h"

static int host_suspend(struct device *parent)
{
	return virtio_device_freeze(&mock_virtio.vdev);
}

static int host_resume(struct device *parent)
{
	int error;

	host_resume_begins();
	error = virtio_device_restore(&mock_virtio.vdev);
	host_resume_ends();
	return error;
}

/* A domain, because the parent has no driver. */
static struct dev_pm_domain domain = {
	.ops = {
		SYSTEM_SLEEP_PM_OPS(host_suspend, host_resume)
	},
};

void host_pm_init(void)
{
	dev_pm_domain_set(mock_virtio.parent, &domain);
}
