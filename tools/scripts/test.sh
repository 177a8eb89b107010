#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# test.sh [TEST...]: run tests (tools/scripts/tests/TEST.sh), those of the base by
# default, and print KTAP, a table and a closing line.
#
# A test prints lines. Those that are KTAP results become its subtests, the
# others become diagnostics. Its exit status is its result. ALL=yes asks each test for
# the full proof.
set -eu
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/lib-ktap.sh"
base_load

tests=$TOP/tools/scripts/tests
logs=$work/test
# Cheap ones first; the guests come last.
of_all='repository scripts spelling'
of_series='bad-input docs series-rules series-applies series-alone series-as-typed'
of_series="$of_series series-identity series-export series-checkpatch series-post"
of_series="$of_series debian-config kernels prefixes guests matrix kunit coverage"
of_series="$of_series harness-own mutants"
# "fragments" is for make test-all, "stock" for a base without patches.
named='faults fragments stock'
default="$of_all $of_series ${ALL:+fragments}"
part=matrix
if [ -z "$(series_patches)" ]; then
	default="$of_all stock"
	part=stock
	! has "$of_series faults fragments" "${1:-}" ||
		die "base $BASE has no patches: there are $default"
fi
# SCENARIO and GUEST choose a part.
[ -z "${SCENARIO:-}${GUEST:-}" ] || [ $# != 0 ] || set -- $part
chosen=${*:-$default}

for name in $chosen; do
	[ -f "$tests/$name.sh" ] ||
		die "no such test: $name; there are: $of_all $of_series $named"
done
for script in "$tests"/*.sh; do
	has "$of_all $of_series $named" "$(basename -- "$script" .sh)" ||
		die "$script is in no list: name it in $0"
done

"$TOP/tools/scripts/setup.sh" test
rm -rf "$logs"
mkdir -p "$logs"
"$TOP/tools/scripts/source.sh"
"$TOP/tools/scripts/apply.sh"
make -s -C "$TOP" BUILD="$BUILD" harness
say "KTAP version 1"
say "1..$(echo "$chosen" | wc -w)"
begun=$(date +%s)
for name in $chosen; do
	start=$(date +%s)
	say "    # $name: $(sed -n '3s/^# //p' "$tests/$name.sh")"
	# The status of a pipe is that of its end, so it travels in a file.
	{
		status=0
		"$tests/$name.sh" 2>&1 || status=$?
		say "$status" >"$logs/$name.status"
	} | tee "$logs/$name.log" | ktap_nest
	status=$(cat "$logs/$name.status")
	took="$(($(date +%s) - start)) s"
	if [ "$status" = 0 ]; then
		result 0 "$name" "$took"
		printf '%-18s pass  %6s\n' "$name" "$took" >>"$logs/table"
	else
		result 1 "$name" "exit status $status, $took, log in $logs/$name.log"
		printf '%-18s FAIL  %6s\n' "$name" "$took" >>"$logs/table"
	fi
done
printf '%-18s       %6s\n' "all" "$(($(date +%s) - begun)) s" >>"$logs/table"
sed 's/^/# /' "$logs/table"
say "$((results - bad)) passed, $bad failed"
[ "$bad" = 0 ]
