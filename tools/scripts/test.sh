#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# test.sh [TEST...]: run tests (tools/scripts/tests/TEST.sh), for each base or for BASE=,
# and print KTAP, a table and a closing line.
#
# A test prints lines. Those that are KTAP results become its subtests, the
# others become diagnostics. Its exit status is its result. ALL=yes asks each test for
# the full proof.
set -eu
asked=${BASE:-}
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/lib-ktap.sh"

tests=$TOP/tools/scripts/tests
# Cheap ones first; the guests come last. Of the project's own files:
once='repository scripts spelling'
# Of the project's own tools, with the kernel of one base:
first='bad-input harness-own'
# Of all bases together:
together='queues faults bench'
# Of each base, with one process at a time, so that the bases go side by side:
beside='docs series-rules series-applies series-alone series-as-typed series-identity'
beside="$beside series-export series-checkpatch series-post"
each='debian-config kernels prefixes guests matrix kunit coverage mutants fragments'
# "faults" waits for guests that hang, "bench" measures, "fragments" is for make test-all.
unasked="faults bench ${ALL:-fragments}"

for name; do
	[ -f "$tests/$name.sh" ] ||
		die "no such test: $name; there are: $once $first $together $beside $each"
done
for script in "$tests"/*.sh; do
	has "$once $first $together $beside $each" "$(basename -- "$script" .sh)" ||
		die "$script is in no list: name it in $0"
done
# SCENARIO and GUEST choose a part.
[ -z "${SCENARIO:-}${GUEST:-}" ] || [ $# != 0 ] || set -- matrix
chosen=$*

# SOURCE= names a tree of one base.
[ -n "$asked" ] || asked=${SOURCE:+$BASE}
bases=${asked:-$(cd "$TOP/bases" && echo *)}

# for_base: whether the base has what the test is about.
for_base() {
	case $1 in
	series-identity)	[ -n "$carries" ] ;;
	debian-config)		[ -n "$configs" ] ;;
	esac
}

# list BASE NAME...: a line "BASE NAME" for each test that is wanted.
list() {
	base=$1
	shift
	for name; do
		if [ -n "$chosen" ]; then
			has "$chosen" "$name" || continue
		elif has "$unasked" "$name" || ! for_base "$name"; then
			continue
		fi
		say "$base $name"
	done
}

# plan PART BASE...: the tests of these bases that are a part of all, in order.
plan() {
	part=$1
	shift
	# shellcheck disable=SC2086 # names are words
	for base; do
		BASE=$base
		base_load
		case $part in
		first)	[ "$base" = "$1" ] || continue
			list "$base" $once
			[ "$#,$chosen" = 1, ] || list "$base" $together
			list "$base" $first
			;;
		beside)	list "$base" $beside ;;
		each)	list "$base" $each ;;
		esac
	done
}

# prepare BASE: its kernel tree, with the series.
prepare() {
	BASE=$1 "$TOP/tools/scripts/source.sh" && BASE=$1 "$TOP/tools/scripts/apply.sh"
}

# announce BASE NAME: what the test is about.
announce() {
	say "    # $1 $2: $(sed -n '3s/^# //p' "$tests/$2.sh")"
}

# run BASE NAME: a test. Its status and its seconds travel in files.
run() {
	logs=$BUILD/$1/test
	start=$(date +%s)
	status=0
	BASE=$1 "$tests/$2.sh" 2>&1 </dev/null || status=$?
	say "$status $(($(date +%s) - start))" >"$logs/$2.status"
}

# report BASE NAME: the result of a test, and its line of the table.
report() {
	logs=$BUILD/$1/test
	read -r status took <"$logs/$2.status"
	if [ "$status" = 0 ]; then
		result 0 "$1 $2" "$took s"
		row="$1 $2 pass"
	else
		result 1 "$1 $2" "exit status $status, $took s, log in $logs/$2.log"
		row="$1 $2 FAIL"
	fi
	# shellcheck disable=SC2086 # columns
	printf '%-5s %-18s %s  %6s\n' $row "$took s" >>"$table"
}

# in_turn: the tests of the plan, one after the other.
in_turn() {
	while read -r base name; do
		announce "$base" "$name"
		run "$base" "$name" | tee "$BUILD/$base/test/$name.log" | ktap_nest
		report "$base" "$name"
	done <"$table.plan"
}

# lane BASE: the tests of the plan that are for a base.
lane() {
	while read -r base name; do
		[ "$base" = "$1" ] || continue
		run "$base" "$name" >"$BUILD/$base/test/$name.log"
		say "    # $base $name: $(cut -d ' ' -f 2 "$BUILD/$base/test/$name.status") s"
	done <"$table.plan"
}

# side_by_side BASE...: the lanes of all bases at once, then what they printed.
side_by_side() {
	for base; do
		lane "$base" &
	done
	wait
	while read -r base name; do
		announce "$base" "$name"
		ktap_nest <"$BUILD/$base/test/$name.log"
		report "$base" "$name"
	done <"$table.plan"
}

"$TOP/tools/scripts/setup.sh" test
for base in $bases; do
	# It says so in one line if there is no such base.
	(BASE=$base && base_load) || exit 1
	rm -rf "$BUILD/$base/test"
	mkdir -p "$BUILD/$base/test"
done
table=$(mktemp)
trap 'rm -f "$table" "$table".*' EXIT
say "KTAP version 1"
begun=$(date +%s)
ready=
for base in $bases; do
	if prepare "$base" 2>"$table.why"; then
		ready="$ready $base"
	else
		result 1 "$base kernel tree" "$(tail -n 1 "$table.why")"
		printf '%-5s %-18s FAIL\n' "$base" "kernel tree" >>"$table"
	fi
done
make -s -C "$TOP" BUILD="$BUILD" harness
export BASES="${ready# }"
# shellcheck disable=SC2086 # names are words
{
	plan first $ready >"$table.plan"
	in_turn
	plan beside $ready >"$table.plan"
	side_by_side $ready
	plan each $ready >"$table.plan"
	in_turn
}
say "1..$results"
printf '%-24s       %6s\n' "all" "$(($(date +%s) - begun)) s" >>"$table"
sed 's/^/# /' "$table"
say "$((results - bad)) passed, $bad failed"
[ "$bad" = 0 ] && [ "$results" -gt 0 ]
