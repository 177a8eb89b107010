#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each mutant of the kernel (tools/mutants) is caught by the check it names.
#
# Those with "In-test: yes" are run, or what MUTANT names, or MUTANT=all.
# A mutant's header has "Kernel:", "Migration:", "Guest:" and "Scenario:", where it
# shows, and "Caught-by:", the first check that must fail, or "verdict VERDICT" where
# the guest does not live to fail one; with "or" between them, if chance decides.
# Where the kernel is "kunit-ARCH", the rest is a case, as kunit_failed tells it.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"
. "$(dirname -- "$0")/../lib-kunit.sh"

field() {
	sed -n "s/^$2: //p" "$1" | head -n 1
}

# What failed first, or how the guest ended.
caught_by() {
	seen=$(first_failed "$1")
	verdict=$(verdict_of "$1")
	case $verdict in
	fail)	say "${seen:-verdict fail}" ;;
	*)	say "verdict ${verdict:-none}" ;;
	esac
}

# report NAME MUTANT CAUGHT: what came of its run.
report() {
	want=$(field "$2" Caught-by)
	got=$3
	case " or $want or " in
	*" or $got or "*) status=0 ;;
	*)	status=1
		got="$got, expected: $want"
		;;
	esac
	result "$status" "$1" "caught by: $got"
}

# finish: wait for the run in the background, if there is one.
finish() {
	[ -n "$running" ] || return 0
	wait "$running" || true
	running=
	report "$run_name" "$run_mutant" "$(caught_by "$keep/$run_name.ktap")"
}

"$scripts/apply.sh"
tip=$(kgit -C "$tree" rev-parse refs/balloon/taken-back/tip)
keep=$work/mutants
rm -rf "$keep"
mkdir -p "$keep"
running=
for mutant in "$TOP"/tools/mutants/*.patch; do
	name=$(basename -- "$mutant" .patch)
	case " ${MUTANT:-$(field "$mutant" In-test)} " in
	*" $name "*|" all "|" yes ") ;;
	*) continue ;;
	esac
	test_checkout "$tip"
	if ! kgit -C "$test_tree" apply "$mutant"; then
		result 1 "$name" "does not apply: write it again for the series"
		continue
	fi
	migration=$(field "$mutant" Migration)
	kernel=$(field "$mutant" Kernel)
	if [ "$kernel" != "${kernel#kunit-}" ]; then
		if kunit_build "${kernel#kunit-}" "$migration"; then
			kunit_exec "$keep/$name" || true
			report "$name" "$mutant" "$(kunit_failed "$keep/$name")"
		else
			result 1 "$name" "does not build"
		fi
		continue
	fi
	# While one mutant runs, the next one is built.
	if ! build_test "$kernel" "$migration" ||
	   ! keep_guest "$out" "$keep/$name"; then
		result 1 "$name" "does not build"
		continue
	fi
	finish
	run_guest "$(field "$mutant" Guest)" "$migration" "$keep/$name" \
		--stop-early "$(field "$mutant" Scenario)" \
		>"$keep/$name.ktap" 2>&1 &
	running=$!
	run_name=$name
	run_mutant=$mutant
done
finish
test_checkout "$tip"
results_end
