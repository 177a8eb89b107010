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

# prefix NUMBER KIND MIGRATION GUESTS...: build it, and run it in each guest while
# the next one is built.
prefix() {
	number=$1
	kind=$2
	migration=$3
	shift 3
	if ! build_test "$kind" "$migration"; then
		result 1 "prefix $number, $kind, migration $migration" "does not build"
		return
	fi
	# Builds are reproducible: the same image and modules have been seen before.
	# shellcheck disable=SC2086 # modules are words
	sum=$(cd "$out" && cat "$image" $guest_modules | sha256sum)
	if say "$seen" | grep -qxF "$sum"; then
		result 0 "prefix $number, $kind, migration $migration" \
			"the kernel of an earlier prefix"
		return
	fi
	seen="$seen
$sum"
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
	if ! prefix_builds "$before" "$commit"; then
		result 0 "prefix $number" "changes nothing that is built"
		number=$((number + 1))
		continue
	fi
	before=$commit
	test_checkout "$commit"
	for migration in on off; do
		prefix "$number" x86_64 "$migration" x86_64 x86_64-vmw
		prefix "$number" ppc64le-64k "$migration" pseries-cmm pseries-virtio
	done
	number=$((number + 1))
done
finish
results_end
