#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The KUnit suites pass, all of them, and are clean.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"
. "$(dirname -- "$0")/../lib-kunit.sh"

# lint NAME: W=1 and sparse have nothing to say of the suites, which are in no kernel that
# the check prefixes builds.
lint() {
	for object in $objects; do
		rm -f "$out/$object"
	done
	# shellcheck disable=SC2086 # fragments are words
	MAKE_FLAGS='W=1 C=2' "$scripts/kernel.sh" "$test_tree" "$out" "$objects" \
		$fragments && status=0 || status=1
	said=$(grep -E '/tests/.*(warning|error):' "$out/build.log") && status=1
	[ "$(grep -c '^  CHECK ' "$out/build.log")" -ge "$(say "$objects" | wc -w)" ] ||
		status=1
	result "$status" "$1: W=1 and sparse" "$(say "$said" | head -n 1)"
}

# run ARCH MIGRATION: a result for each suite, and one for the console.
run() {
	name="$1, migration $2"
	if ! kunit_build "$1" "$2"; then
		result 1 "$name" "does not build"
		return
	fi
	dir=$work/kunit/$1-$2
	kunit_exec "$dir" && ended=0 || ended=1
	sed 's/^/# /' "$dir/kunit"
	for suite in $suites; do
		# Nothing failed, nothing crashed, something passed.
		line=$(sed -n -E "s/.*# ($suite: pass:.*)/\1/p" "$dir/console.log" |
			tr -d '\r' | tail -n 1)
		case $line in
		"$suite: pass:0 "*|'')	status=1 ;;
		*' fail:0 '*)		status=0 ;;
		*)			status=1 ;;
		esac
		result "$status" "$name: $suite" "${line:-it did not run to its end}"
	done
	result "$ended" "$name: kunit.py" "$(grep 'Testing complete' "$dir/kunit")"
	trouble=$(kunit_trouble "$dir") && status=0 || status=1
	result "$status" "$name: console" "$trouble"
	lint "$name"
}

rm -rf "$work/kunit"
"$scripts/apply.sh"
test_checkout "$(kgit -C "$tree" rev-parse refs/balloon/taken-back/tip)"
run x86_64 on
run x86_64 off
run ppc64le on
results_end
