#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every prefix of the series boots, and its balloon works, in each kind of guest.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"

# run_prefix NUMBER GUEST KIND MIGRATION SCENARIO: with what build_guest() built.
run_prefix() {
	name="prefix $1, $2, $3, migration $4: $5"
	keep=$work/guests/$1-$2-$3-$4
	# Builds are reproducible: the same image and modules have been seen before.
	# shellcheck disable=SC2086 # modules are words
	sum="$2 $5 $(cd "$out" && cat "$image" $guest_modules | sha256sum)"
	if say "$seen" | grep -qxF "$sum"; then
		result 0 "$name" "the image of an earlier prefix"
		return
	fi
	mkdir -p "$keep"
	run_guest "$2" "$4" "$keep" "$5" >"$keep.ktap" && status=0 || status=$?
	grep -v -E '^(KTAP|1\.\.)' "$keep.ktap" |
		sed 's/^ok 1 /# /; s/^not ok 1 /# /'
	result "$status" "$name"
	[ "$status" != 0 ] || seen="$seen
$sum"
}

# prefix NUMBER KIND MIGRATION GUESTS...: build it, and run it in each guest.
prefix() {
	number=$1
	kind=$2
	migration=$3
	shift 3
	if ! build_guest "$kind" "$migration"; then
		result 1 "prefix $number, $kind, migration $migration" "does not build"
		return
	fi
	for guest; do
		scenario=run
		case $number-$guest in
		"$last"-*) ;;
		# Before the topic that mends it, cmm is not whole.
		*-pseries-cmm) scenario=boot ;;
		# Time: the driver's own code changes in one patch of the series.
		*-x86_64-vmw) scenario=boot ;;
		esac
		run_prefix "$number" "$guest" "$kind" "$migration" $scenario
	done
}

"$scripts/apply.sh"
seen=
last=$(prefix_commits | tail -n +2 | wc -l)
number=0
for commit in $(prefix_commits); do
	test_checkout "$commit"
	for migration in on off; do
		prefix "$number" x86_64 "$migration" x86_64 x86_64-vmw
		prefix "$number" ppc64le-64k "$migration" pseries-cmm pseries-virtio
	done
	number=$((number + 1))
done
results_end
