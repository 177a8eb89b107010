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
together='queues faults'
each='docs series-rules series-applies series-alone series-as-typed series-identity'
each="$each series-export series-checkpatch series-post debian-config kernels"
each="$each prefixes guests matrix kunit coverage mutants fragments"
# "faults" waits for guests that hang, "fragments" is for make test-all.
unasked="faults ${ALL:-fragments}"

for name; do
	[ -f "$tests/$name.sh" ] ||
		die "no such test: $name; there are: $once $first $together $each"
done
for script in "$tests"/*.sh; do
	has "$once $first $together $each" "$(basename -- "$script" .sh)" ||
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

# plan BASE...: the tests of these bases, in order.
plan() {
	# shellcheck disable=SC2086 # names are words
	for base; do
		BASE=$base
		base_load
		[ "$base" != "$1" ] || list "$base" $once
		[ "$base" != "$1" ] || [ "$#,$chosen" = 1, ] || list "$base" $together
		[ "$base" != "$1" ] || list "$base" $first
		list "$base" $each
	done
}

# prepare BASE: its kernel tree, with the series.
prepare() {
	BASE=$1 "$TOP/tools/scripts/source.sh" && BASE=$1 "$TOP/tools/scripts/apply.sh"
}

# run BASE NAME: a test; leaves its line of the table.
run() {
	logs=$BUILD/$1/test
	start=$(date +%s)
	say "    # $1 $2: $(sed -n '3s/^# //p' "$tests/$2.sh")"
	# The status of a pipe is that of its end, so it travels in a file.
	{
		status=0
		BASE=$1 "$tests/$2.sh" 2>&1 </dev/null || status=$?
		say "$status" >"$logs/$2.status"
	} | tee "$logs/$2.log" | ktap_nest
	status=$(cat "$logs/$2.status")
	took="$(($(date +%s) - start)) s"
	if [ "$status" = 0 ]; then
		result 0 "$1 $2" "$took"
		row="$1 $2 pass"
	else
		result 1 "$1 $2" "exit status $status, $took, log in $logs/$2.log"
		row="$1 $2 FAIL"
	fi
	# shellcheck disable=SC2086 # columns
	printf '%-5s %-18s %s  %6s\n' $row "$took" >>"$table"
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
plan $ready >"$table.plan"
while read -r base name; do
	run "$base" "$name"
done <"$table.plan"
say "1..$results"
printf '%-24s       %6s\n' "all" "$(($(date +%s) - begun)) s" >>"$table"
sed 's/^/# /' "$table"
say "$((results - bad)) passed, $bad failed"
[ "$bad" = 0 ] && [ "$results" -gt 0 ]
