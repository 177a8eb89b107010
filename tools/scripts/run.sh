#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The main job: from nothing to a guest whose balloon inflates, is migrated and
# deflates. PAGE_MIGRATION=off builds the kernel without page migration of balloon
# pages, GUEST chooses a guest.
set -eu
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/lib-guest.sh"
base_load

guest=${GUEST:-x86_64}
kind=$(kind_of "$guest")
guests_of "$kind" | grep -qxF "$guest" ||
	die "no such guest: $guest; there are: $(all_guests | xargs)"
setting=${PAGE_MIGRATION:-on}
case $setting in
on)	flags= ;;
off)	flags=--no-page-migration ;;
*)	die "PAGE_MIGRATION=$setting: say on or off" ;;
esac
here=$TOP/tools/scripts
out=$work/$kind-$setting$(fragments_suffix)
keep=$work/run

case $kind in
x86_64)	"$here/setup.sh" run ;;
*)	"$here/setup.sh" test ;;
esac
"$here/tree.sh"
say "building the kernel, page migration $setting"
build_guest "$tree" "$out" "$kind" "$setting"
keep_guest "$out" "$keep"
make -s -C "$TOP" BUILD="$BUILD" harness
# shellcheck disable=SC2046,SC2086 # flags are words
exec "$BUILD/balloon-harness" --guest "$guest" --kernel "$image" \
	--initrd "$initrd" --keep "$keep" ${QEMU:+--qemu "$QEMU"} \
	${ACCEL:+--accel "$ACCEL"} $flags $(lockdep_flag "$kind") run
