#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every prefix of the series compiles without a new W=1 or sparse warning.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"

# What a build says, without the lines' numbers, which move.
warnings() {
	sed -n -E "s,^$test_tree/,,; /(warning|error):/s/:[0-9]+(:[0-9]+)?:/:/p" \
		"$1/build.log" | sort -u
}

# lint PREFIX NAME OUT OBJECTS FRAGMENT...: at the commit that is checked out.
# The base has warnings of its own (kernel-doc); no prefix may add to them.
lint() {
	prefix=$1
	name=$2
	out=$3
	objects=$4
	shift 4
	mkdir -p "$out"
	for object in $objects; do
		rm -f "$out/$object"
	done
	status=0
	MAKE_FLAGS='W=1 C=2' "$scripts/kernel.sh" "$test_tree" "$out" \
		"$objects" "$@" || status=$?
	if [ $status = 0 ]; then
		for object in $objects; do
			grep -q "^  CHECK .*${object%.o}.c" "$out/build.log" &&
			[ -f "$out/$object" ] || status=1
		done
		warnings "$out" >"$out/warnings"
		[ "$prefix" != 0 ] || cp "$out/warnings" "$out/warnings.base"
		! comm -23 "$out/warnings" "$out/warnings.base" | grep . || status=1
	fi
	result "$status" "prefix $prefix, $name" "$(wc -l <"$out/warnings") warnings, $(
		comm -23 "$out/warnings" "$out/warnings.base" | wc -l) of them new"
}

core=mm/balloon_compaction.o
x86="$core drivers/virtio/virtio_balloon.o drivers/misc/vmw_balloon.o"
ppc="$core arch/powerpc/platforms/pseries/cmm.o drivers/virtio/virtio_balloon.o"

"$scripts/apply.sh"
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
			kernel_kind "$kind" "$migration"
			objects=$x86
			[ "$kind" = x86_64 ] || objects=$ppc
			# shellcheck disable=SC2086 # fragments are words
			lint $number "$kind, migration $migration" \
				"$work/test-$kind-$migration" "$objects" $fragments
		done
	done
	number=$((number + 1))
done
results_end
