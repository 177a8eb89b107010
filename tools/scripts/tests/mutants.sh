#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each mutant of the kernel (tools/mutants) is caught by the check it names.
#
# Without ALL, those with "In-test: yes" are run, or those that MUTANT names.
# A mutant's header has "Kernel:", "Page-migration:", "Guest:" and "Scenario:", where it
# shows, and "Caught-by:", the first check that must fail, or "verdict VERDICT" where
# the guest does not live to fail one; with "or" between them, if chance decides.
# Where the kernel is "kunit-ARCH", the rest is a case, as kunit_failed prints it, or
# "console", where the kernel complains.
#
# Those of all bases are in tools/mutants, those of one in a directory named for it. The
# former use the names that 6.12 has for the core and its suite.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-kunit.sh"

field() {
	sed -n "s/^$2: //p" "$1" | head -n 1
}

# in_base MUTANT: the mutant with the names that the base has.
in_base() {
	sed -e "s,mm/balloon_compaction\\.c,$core.c,g" \
		-e "s,include/linux/balloon_compaction\\.h,$header,g" \
		-e "/^Caught-by:/s/balloon_compaction\\./$core_suite./g" "$1"
}

# The check that failed first, or how the guest ended.
caught_by() {
	verdict=$(ktap_verdict "$1" "$2")
	case $verdict in
	fail)	seen=$(ktap_first_failed "$1")
		say "${seen:-verdict fail}"
		;;
	*)	say "verdict $verdict" ;;
	esac
}

# report NAME MUTANT CAUGHT: print the result of its run. CAUGHT has a line for each that
# failed.
report() {
	want=$(field "$2" Caught-by)
	[ -n "$want" ] || die "$2 has no Caught-by:"
	got=$(say "$3" | grep -xF -e "$(say "$want" | sed 's/ or /\n/g')" | xargs) &&
		[ -n "$got" ] && status=0 || status=1
	[ "$status" = 0 ] || got="$(say "$3" | xargs), expected: $want"
	result "$status" "$1" "caught by: $got"
}

# finish: wait for the run in the background, if there is one.
finish() {
	[ -n "$running" ] || return 0
	wait "$running" || true
	running=
	report "$run_name" "$run_mutant" "$(caught_by "$keep/$run_name.ktap" \
		"$(field "$run_mutant" Scenario)")"
}

keep=$work/mutants
rm -rf "$keep"
mkdir -p "$keep"
running=
for mutant in "$TOP"/tools/mutants/*.patch "$TOP/tools/mutants/$BASE"/*.patch; do
	name=$(basename -- "$mutant" .patch)
	case " ${MUTANT:-${all:+all} $(field "$mutant" In-test)} " in
	*" $name "*|*" all "*|*" yes "*) ;;
	*) continue ;;
	esac
	in_base "$mutant" >"$keep/$name.patch"
	mutant=$keep/$name.patch
	test_checkout "$refs/tip"
	if ! kgit -C "$test_tree" apply "$mutant"; then
		result 1 "$name" "does not apply: write it again for the series"
		continue
	fi
	setting=$(field "$mutant" Page-migration)
	kernel=$(field "$mutant" Kernel)
	if [ "$kernel" != "${kernel#kunit-}" ]; then
		if kunit_build "${kernel#kunit-}" "$setting"; then
			kunit_exec "$keep/$name" || true
			report "$name" "$mutant" "$(kunit_failed "$keep/$name"
				kunit_trouble "$keep/$name" >/dev/null || say console)"
		else
			result 1 "$name" "does not build"
		fi
		continue
	fi
	# While one mutant runs, the next one is built.
	if ! build_test "$kernel" "$setting" ||
	   ! keep_guest "$out" "$keep/$name"; then
		result 1 "$name" "does not build"
		continue
	fi
	finish
	run_guest "$(field "$mutant" Guest)" "$setting" "$keep/$name" \
		"$(field "$mutant" Scenario)" \
		>"$keep/$name.ktap" 2>&1 &
	running=$!
	run_name=$name
	run_mutant=$mutant
done
finish
test_checkout "$refs/tip"
results_end
