#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# initrd.sh OUT [FILE...]: make $OUT/initrd from the guest's programs, and files of
# OUT (modules, programs), with the tool that the kernel build in OUT brings. CROSS_COMPILE is the
# kernel's own.
set -eu
. "$(dirname -- "$0")/lib.sh"

out=$1
shift
make -s -C "$TOP" BUILD="$BUILD" guest
{
	cat "$TOP/tools/guest/initramfs.list"
	for file; do
		say "file /${file##*/} $out/$file 0755 0 0"
	done
} >"$out/initrd.list"
INIT=$BUILD/guest/${CROSS_COMPILE:-}init \
	"$out/usr/gen_init_cpio" "$out/initrd.list" >"$out/initrd"
