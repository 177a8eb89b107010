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
case " $(guests_of "$kind" | xargs) " in
*" $guest "*) ;;
*) die "no such guest: $guest; there are: $(for kind in x86_64 ppc64le-64k ppc64le-4k; do guests_of $kind; done | xargs)" ;;
esac
setting=${PAGE_MIGRATION:-on}
case $setting in
on)	flags= ;;
off)	flags=--no-page-migration ;;
*)	die "PAGE_MIGRATION=$setting: say on or off" ;;
esac
here=$TOP/tools/scripts
purpose=run
[ "$kind" = x86_64 ] || purpose=test
out=$work/$kind-$setting
keep=$work/run

"$here/setup.sh" $purpose
"$here/tree.sh"
say "building the kernel, page migration $setting"
build_guest "$tree" "$out" "$kind" "$setting"
keep_guest "$out" "$keep"
# shellcheck disable=SC2046,SC2086 # flags are words
exec "$BUILD/balloon-harness" --guest "$guest" --kernel "$image" \
	--initrd "$initrd" --keep "$keep" ${QEMU:+--qemu "$QEMU"} \
	${ACCEL:+--accel "$ACCEL"} $flags $(lockdep_flag "$kind") run
