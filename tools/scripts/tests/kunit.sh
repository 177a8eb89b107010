#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The KUnit suites pass, all of them, and are clean.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-kunit.sh"

# run ARCH PAGE_MIGRATION: a result for each suite, for kunit.py, for the console, for the
# warning that is expected there, and for what W=1 and sparse say of the suites.
run() {
	name="$1, page migration $2"
	if ! kunit_build "$1" "$2"; then
		result 1 "$name" "does not build"
		return
	fi
	said=$(grep -E '/tests/.*(warning|error):' "$out/build.log") && status=1 || status=0
	for object in $objects; do
		[ "$sparse" = no ] ||
			grep -q "^  CHECK .*${object%.o}.c" "$out/build.log" || status=1
	done
	result "$status" "$name: W=1, sparse: $sparse" "$(say "$said" | head -n 1)"

	dir=$work/kunit/$1-$2
	kunit_exec "$dir" && ended=0 || ended=1
	sed 's/^/# /' "$dir/kunit"
	for suite in $suites; do
		passed=$(kunit_cases "$dir" PASS | grep -c "^$suite\.") && status=0 || status=1
		failed=$({ kunit_failed "$dir"; kunit_cases "$dir" SKIP; } | grep "^$suite\." | xargs)
		[ -z "$failed" ] || status=1
		result "$status" "$name: $suite" "$passed cases passed${failed:+, not: $failed}"
	done
	result "$ended" "$name: kunit.py" "$(grep 'Testing complete' "$dir/kunit")"
	trouble=$(kunit_trouble "$dir") && status=0 || status=1
	result "$status" "$name: console" "$trouble"
	grep -q "$kunit_expected" "$dir/console.log" && status=0 || status=1
	result "$status" "$name: the warning of test_dequeue_lost"
}

rm -rf "$work/kunit"
test_checkout "$refs/tip"
run x86_64 on
run x86_64 off
run ppc64le on
results_end
