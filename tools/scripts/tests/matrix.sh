#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every scenario in every guest that it is for, page migration on and off.
#
# SCENARIO, GUEST and PAGE_MIGRATION choose a part, each a list of words. Three guests run
# at a time: one does mostly the work of one CPU, and often waits. Without ALL, the minute
# of churn and pages of 4K on ppc64le are left out, and page migration off is for x86_64
# alone.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

keep=$work/matrix$(fragments_suffix)

# job GUEST PAGE_MIGRATION GROUP SCENARIO...: run scenarios that share a guest.
job() {
	guest=$1
	setting=$2
	group=$3
	shift 3
	image=$keep/$guest-$setting/kernel
	initrd=$keep/$guest-$setting/initrd
	run_guest "$guest" "$setting" "$keep/$guest-$setting" "$@" |
		tee "$keep/$guest-$setting-$group.ktap" |
		ktap_progress | sed -u "s/^#/# $guest, page migration $setting:/"
}

# jobs_of GUEST PAGE_MIGRATION: a line for each group of its scenarios that are wanted.
jobs_of() {
	flag=
	[ "$2" = on ] || flag=--no-page-migration
	# shellcheck disable=SC2086 # a flag or none
	"$BUILD/balloon-harness" --guest "$1" $flag --list |
	while read -r name group _; do
		[ "$name" != churn ] || [ -n "$all${SCENARIO:-}" ] || continue
		! wanted "$name" "${SCENARIO:-}" || say "$group $name"
	done | awk -v guest="$1 $2" '
		!($1 in names) { order[++nr] = $1 }
		{ names[$1] = names[$1] " " $2 }
		END { for (i = 1; i <= nr; i++) print guest, order[i] names[order[i]] }'
}

# report GUEST PAGE_MIGRATION GROUP SCENARIO...: a result for each scenario.
report() {
	ktap=$keep/$1-$2-$3.ktap
	name="$1, page migration $2"
	row="$1 $2"
	shift 3
	for scenario; do
		ktap_status "$ktap" "$scenario"
		cell=pass
		[ "$status" = 0 ] || cell=FAIL
		say "$scenario $row $cell" >>"$keep/cells"
		result "$status" "$name: $scenario" "$words"
	done
}

# Rows are scenarios, columns guests; a cell is page migration on / off.
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

if [ $# != 0 ]; then
	job "$@" </dev/null
	exit
fi
rm -rf "$keep"
mkdir -p "$keep"
: >"$keep/cells"
# A guest that is named may need a kernel that is otherwise for ALL.
(all=${all:-${GUEST:+yes}} && kernels) >"$keep/kernels"
while read -r kind setting; do
	for guest in $(guests_of "$kind"); do
		wanted "$guest" "${GUEST:-}" || continue
		jobs_of "$guest" "$setting" >"$keep/new"
		[ -s "$keep/new" ] || continue
		guest_at "$refs/tip" "$kind" "$setting" </dev/null ||
			die "$kind, page migration $setting does not build"
		mkdir -p "$keep/$guest-$setting"
		ln "$kept"/* "$keep/$guest-$setting"
		cat "$keep/new" >>"$keep/jobs"
	done
done <"$keep/kernels"
[ -s "$keep/jobs" ] || die "nothing fits SCENARIO='${SCENARIO:-}' GUEST='${GUEST:-}' PAGE_MIGRATION='${PAGE_MIGRATION:-}'; balloon-harness --guest NAME --list prints what there is"
# The longest first, or workers are idle at the end.
awk '{ print NF, $0 }' "$keep/jobs" | sort -s -n -r | cut -d ' ' -f 2- |
	xargs -P 3 -L 1 "$0" || true
while read -r line; do
	# shellcheck disable=SC2086 # words
	report $line
done <"$keep/jobs"
table
results_end
