#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each mutant of the kernel (tools/mutants) is caught by the check it names.
#
# A mutant's header has "Kernel:", "Migration:" and "Guest:", where the scenario
# "run" shows it, and "Caught-by:", the first check that must fail, or "verdict
# VERDICT" where the guest does not live to fail one.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"

field() {
	sed -n "s/^$2: //p" "$1" | head -n 1
}

# What failed first, or how the guest ended.
caught_by() {
	seen=$(sed -n 's/^    not ok [0-9]* \([^ ]*\) .*/\1/p' "$1" | head -n 1)
	verdict=$(sed -n -E 's/^(not )?ok 1 [^ ]* # ([a-z-]+( error)?), .*/\2/p' "$1")
	case $verdict in
	fail)	say "$seen" ;;
	*)	say "verdict ${verdict:-none}" ;;
	esac
}

"$scripts/apply.sh"
tip=$(kgit -C "$tree" rev-parse refs/balloon/taken-back/tip)
keep=$work/mutants
mkdir -p "$keep"
for mutant in "$TOP"/tools/mutants/*.patch; do
	name=$(basename -- "$mutant" .patch)
	case " ${MUTANT:-$name} " in
	*" $name "*) ;;
	*) continue ;;
	esac
	test_checkout "$tip"
	if ! kgit -C "$test_tree" apply "$mutant"; then
		result 1 "$name" "does not apply: write it again for the series"
		continue
	fi
	migration=$(field "$mutant" Migration)
	if ! build_guest "$(field "$mutant" Kernel)" "$migration"; then
		result 1 "$name" "does not build"
		continue
	fi
	run_guest "$(field "$mutant" Guest)" "$migration" "$keep/$name" \
		--stop-early run >"$keep/$name.ktap" || true
	want=$(field "$mutant" Caught-by)
	got=$(caught_by "$keep/$name.ktap")
	[ "$got" = "$want" ] && status=0 || status=1
	[ "$status" = 0 ] || got="$got, expected: $want"
	result "$status" "$name" "caught by: $got"
done
test_checkout "$tip"
results_end
