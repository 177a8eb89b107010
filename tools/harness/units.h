/* SPDX-License-Identifier: GPL-2.0 */
/* Units that several parts count in. */
#ifndef BALLOON_UNITS_H
#define BALLOON_UNITS_H

#define KIB	1024LL
#define MIB	(1024 * KIB)

#endif /* BALLOON_UNITS_H */
