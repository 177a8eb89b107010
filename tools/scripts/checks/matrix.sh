#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every scenario in every guest that it is for, page migration on and off.
#
# SCENARIO, GUEST and MIGRATION choose a part, each a list of words. Two guests run
# at a time: the work in one is mostly that of one CPU. To save the time for a sixth
# kernel, that with pages of 4K on ppc64le is built with page migration only.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"

keep=$work/matrix
kinds='x86_64 ppc64le-64k ppc64le-4k'

# wanted WORD LIST: the list is empty or has the word.
wanted() {
	[ -n "$2" ] || return 0
	case " $2 " in
	*" $1 "*) return 0 ;;
	esac
	return 1
}

# scenarios_of GUEST SETTING: those that fit and are wanted; sets scenarios.
scenarios_of() {
	scenarios=
	flag=
	[ "$2" = on ] || flag=--no-migration
	# shellcheck disable=SC2086 # a flag or none
	for name in $("$BUILD/balloon-harness" --guest "$1" $flag --list |
			cut -d ' ' -f 1); do
		if wanted "$name" "${SCENARIO:-}"; then
			scenarios="$scenarios $name"
		fi
	done
}

# run_job GUEST SETTING: all of its scenarios, told as they end.
run_job() {
	image=$keep/$1-$2/kernel
	initrd=$keep/$1-$2/initrd
	scenarios_of "$1" "$2"
	# shellcheck disable=SC2086 # scenarios are words
	run_guest "$1" "$2" "$keep/$1-$2" $scenarios |
		tee "$keep/$1-$2.ktap" |
		sed -u -n -E "s/^(not ok|ok) [0-9]+ /# $1, migration $2: \\1 /p
			s/^ +(not ok [0-9].*)/# $1, migration $2: \\1/p"
}

# Take the next job that nobody has taken, until there is none.
worker() {
	while read -r guest setting; do
		if mkdir "$keep/$guest-$setting.taken" 2>/dev/null; then
			run_job "$guest" "$setting" </dev/null || true
		fi
	done <"$keep/jobs"
}

# Results of a job, each a subtest; what is missing failed.
report_job() {
	scenarios_of "$1" "$2"
	for name in $scenarios; do
		line=$(grep -E "^(not )?ok [0-9]+ $name # " "$keep/$1-$2.ktap" || true)
		case $line in
		ok*) status=0 cell=pass ;;
		*) status=1 cell=FAIL ;;
		esac
		say "$name $1 $2 $cell" >>"$keep/cells"
		line=${line#*# }
		result $status "$1, migration $2: $name" "${line:-it did not end}"
	done
}

# Rows are scenarios, columns guests; a cell is migration on / off.
table() {
	awk '{
		if (!($1 in row)) { row[$1] = 1; rows[++nr] = $1 }
		if (!($2 in col)) { col[$2] = 1; cols[++nc] = $2 }
		cell[$1, $2, $3] = $4
	}
	function show(r, c) {
		on = cell[r, c, "on"]; off = cell[r, c, "off"]
		if (on == "" && off == "") return "-"
		return (on == "" ? "-" : on) "/" (off == "" ? "-" : off)
	}
	END {
		printf "# %-20s", "migration on/off"
		for (c = 1; c <= nc; c++) printf " %-14s", cols[c]
		print ""
		for (r = 1; r <= nr; r++) {
			printf "# %-20s", rows[r]
			for (c = 1; c <= nc; c++)
				printf " %-14s", show(rows[r], cols[c])
			print ""
		}
	}' "$keep/cells"
}

"$scripts/apply.sh"
test_checkout refs/balloon/taken-back/tip
rm -rf "$keep"
mkdir -p "$keep"
: >"$keep/cells"
: >"$keep/jobs"
make -s -C "$TOP" BUILD="$BUILD" harness
for kind in $kinds; do
	for setting in on off; do
		wanted "$setting" "${MIGRATION:-}" || continue
		[ "$kind-$setting" != ppc64le-4k-off ] || continue
		for guest in $(guests_of "$kind"); do
			wanted "$guest" "${GUEST:-}" || continue
			scenarios_of "$guest" "$setting"
			[ -n "$scenarios" ] || continue
			say "# $guest, migration $setting: building"
			build_test "$kind" "$setting" &&
				keep_guest "$out" "$keep/$guest-$setting" ||
				die "$kind, migration $setting does not build"
			say "$guest $setting" >>"$keep/jobs"
		done
	done
done
[ -s "$keep/jobs" ] || die "nothing fits SCENARIO='${SCENARIO:-}' GUEST='${GUEST:-}' MIGRATION='${MIGRATION:-}'; balloon-harness --guest NAME --list tells what there is"
worker & first=$!
worker & second=$!
wait $first
wait $second
while read -r guest setting; do
	report_job "$guest" "$setting"
done <"$keep/jobs"
table
results_end
