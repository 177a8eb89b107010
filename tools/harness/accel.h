/* SPDX-License-Identifier: GPL-2.0 */
/* Hardware virtualisation, where it can be used. */
#ifndef BALLOON_ACCEL_H
#define BALLOON_ACCEL_H

#include "guests.h"

/**
 * accel_choose() - choose QEMU's accelerator
 * @guest: the kind of guest
 * @why: filled in with the reason for a person to read, a constant string
 *
 * /dev/kvm alone is no promise: nested in some machines it exists, creates a VM
 * and never runs it. The CPU must have the feature too, and a guest that does
 * not come up under "kvm" is started again under "tcg" (see test_boot()).
 *
 * Return: "kvm" or "tcg".
 */
const char *accel_choose(const struct guest_kind *guest, const char **why);

#endif /* BALLOON_ACCEL_H */
