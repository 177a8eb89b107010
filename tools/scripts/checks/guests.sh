#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every prefix of the series boots in each kind of guest, and a small balloon works.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"

# finish: wait for the guests in the background, if there are any, and report.
finish() {
	[ -n "$running" ] || return 0
	wait "$running" || true
	running=
	ended=0
	while read -r status name; do
		ended=$((ended + 1))
		result "$status" "$name"
	done <"$work/guests/results"
	[ "$ended" = "$begun" ] || result 1 "guests of a prefix" "$ended of $begun ended"
}

# run_prefix NUMBER KIND MIGRATION GUESTS...: the guests of a prefix, in turn; their
# results go to a file.
run_prefix() {
	prefix=$1
	kind=$2
	setting=$3
	shift 3
	for guest; do
		scenario=small
		# Before the topic that mends it, cmm is not whole.
		if [ "$guest" = pseries-cmm ] && [ "$prefix" -lt "$cmm_whole" ]; then
			scenario=boot
		fi
		dir=$work/guests/$guest-$prefix-$setting
		run_guest "$guest" "$setting" "$dir" $scenario >"$dir.ktap" 2>&1 &&
			status=0 || status=1
		say "$status prefix $prefix, $guest, $kind, migration $setting: $scenario" \
			>>"$work/guests/results"
		sed -n -E 's/^ +(not ok [0-9].*)/# \1/p; s/^(not )?ok 1 /# /p' "$dir.ktap"
	done
}

# new_to GUEST: whether what it loads and runs differs from what it had before.
new_to() {
	guest_driver "$1"
	sum="$1 $(cd "$out" && cat "$image" "$driver" | sha256sum)"
	if say "$seen" | grep -qxF "$sum"; then
		return 1
	fi
	seen="$seen
$sum"
}

# build_prefix: as build_test, but where nothing else has changed, the modules alone.
build_prefix() {
	if [ -z "$modules" ]; then
		build_test "$kind" "$migration"
		return
	fi
	kernel_kind "$kind" "$migration"
	out=$work/test-$kind-$migration
	image=$out/$kernel_image
	initrd=$out/initrd
	targets=
	for module in $modules; do
		case " $guest_modules " in
		*" $module "*) targets="$targets $module" ;;
		esac
	done
	# shellcheck disable=SC2086 # words
	"$scripts/kernel.sh" "$test_tree" "$out" "$targets" $fragments &&
		"$scripts/initrd.sh" "$out" $guest_modules
}

# prefix NUMBER KIND MIGRATION: build it, and run it in each guest while the next one
# is built. Builds are reproducible: what has been run is known by its sum.
prefix() {
	number=$1
	kind=$2
	migration=$3
	if ! build_prefix; then
		result 1 "prefix $number, $kind, migration $migration" "does not build"
		return
	fi
	set --
	for guest in $(guests_of "$kind"); do
		if new_to "$guest"; then
			set -- "$@" "$guest"
		else
			result 0 "prefix $number, $guest, $kind, migration $migration" \
				"the kernel and the driver of an earlier prefix"
		fi
	done
	[ $# != 0 ] || return 0
	keep_guest "$out" "$work/guests/$kind-$number-$migration"
	finish
	: >"$work/guests/results"
	begun=$#
	run_prefix "$number" "$kind" "$migration" "$@" &
	running=$!
}

"$scripts/apply.sh"
rm -rf "$work/guests"
mkdir -p "$work/guests"
seen=
running=
cmm_whole=$(series_patches | grep -n '^cmm/' | tail -n 1 | cut -d : -f 1)
number=0
before=
for commit in $(prefix_commits); do
	prefix_changes "$before" "$commit"
	before=$commit
	if [ "$kinds" = ' ' ]; then
		result 0 "prefix $number" "changes nothing that is built"
		number=$((number + 1))
		continue
	fi
	test_checkout "$commit"
	for migration in on off; do
		for kind in $kinds; do
			prefix "$number" "$kind" "$migration"
		done
	done
	number=$((number + 1))
done
finish
results_end
