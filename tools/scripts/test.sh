#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# test.sh [CHECK...]: run the checks (tools/scripts/checks/CHECK.sh), all of them
# by default, and print KTAP, a table and a closing line.
#
# A check prints lines. Those that are KTAP results become its subtests, the
# others become diagnostics. Its exit status is its result.
set -eu
. "$(dirname -- "$0")/lib.sh"
base_load

checks=$TOP/tools/scripts/checks
logs=$work/test
# Cheap ones first; the guests come last.
all='repository scripts spelling bad-input docs series-applies series-as-typed'
all="$all series-identity series-export series-checkpatch series-mbox"
all="$all prefixes kunit coverage guests matrix harness-own mutants"
# Those that are run when they are named.
named='faults'
# A scenario or a guest that is named is one of the matrix.
[ -z "${SCENARIO:-}${GUEST:-}" ] || [ $# != 0 ] || set -- matrix
wanted=${*:-$all}

for check in $wanted; do
	[ -f "$checks/$check.sh" ] ||
		die "no such check: $check; there are: $all $named"
done
for script in "$checks"/*.sh; do
	case " $all $named " in
	*" $(basename -- "$script" .sh) "*) ;;
	*) die "$script is in no list: name it in $0" ;;
	esac
done

"$TOP/tools/scripts/setup.sh" test
mkdir -p "$logs"
rm -f "$logs"/*.log "$logs/table"
"$TOP/tools/scripts/source.sh"
say "KTAP version 1"
say "1..$(echo "$wanted" | wc -w)"
number=0
passed=0
failed=0
for check in $wanted; do
	number=$((number + 1))
	start=$(date +%s)
	say "    # $check: $(sed -n '3s/^# //p' "$checks/$check.sh")"
	# The status of a pipe is that of its end, so it travels in a file.
	{
		status=0
		"$checks/$check.sh" 2>&1 || status=$?
		say "$status" >"$logs/$check.status"
	} | tee "$logs/$check.log" | sed -u -E \
		-e '/^ *(KTAP version|1\.\.[0-9]|ok [0-9]|not ok [0-9]|#)/!s/^/# /' \
		-e 's/^/    /'
	status=$(cat "$logs/$check.status")
	took="$(($(date +%s) - start)) s"
	if [ "$status" = 0 ]; then
		passed=$((passed + 1))
		say "ok $number $check # $took"
		printf '%-18s pass  %6s\n' "$check" "$took" >>"$logs/table"
	else
		failed=$((failed + 1))
		say "not ok $number $check # exit status $status, $took, log in $logs/$check.log"
		printf '%-18s FAIL  %6s\n' "$check" "$took" >>"$logs/table"
	fi
done
sed 's/^/# /' "$logs/table"
say "$passed passed, $failed failed"
[ "$failed" = 0 ]
