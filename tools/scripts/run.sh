#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The main job: from nothing to a guest whose balloon inflates, is migrated and
# deflates. MIGRATION=off builds the kernel without CONFIG_BALLOON_COMPACTION.
set -eu
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/lib-guest.sh"
base_load

migration=${MIGRATION:-on}
case $migration in
on)	flags= ;;
off)	flags=--no-migration ;;
*)	die "MIGRATION=$migration: say on or off" ;;
esac
here=$TOP/tools/scripts
out=$work/x86_64-$migration
keep=$work/run

"$here/setup.sh" run
"$here/tree.sh"
say "building the kernel, page migration $migration"
build_guest "$tree" "$out" x86_64 "$migration"
keep_guest "$out" "$keep"
# shellcheck disable=SC2086 # flags are words
exec "$BUILD/balloon-harness" --kernel "$image" \
	--initrd "$initrd" --keep "$keep" ${QEMU:+--qemu "$QEMU"} \
	${ACCEL:+--accel "$ACCEL"} $flags run
