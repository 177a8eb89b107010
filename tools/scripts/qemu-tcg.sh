#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# QEMU for kunit.py, under TCG.
#
# From 7.3 on kunit.py asks QEMU for kvm first. There are machines where kvm can be opened,
# and the guest then hangs for ever. This stands in for QEMU on the PATH of kunit.py, and
# leaves out all accelerators but tcg.
set -eu

left=$#
while [ "$left" -gt 0 ]; do
	word=$1
	shift
	left=$((left - 1))
	case $word,${1:-} in
	-accel,kvm|-accel,hvf)
		shift
		left=$((left - 1))
		;;
	*)
		set -- "$@" "$word"
		;;
	esac
done
PATH=${REAL_PATH:?}
exec "$(basename -- "$0")" "$@"
