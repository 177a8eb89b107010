#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Bugs that the series fixes are seen without it, and not with it.
#
# Runs the scenarios of tools/faults in the kernel of each base as it is shipped, and in
# the patched one. Ends with a table; a cell is how the scenario ended. Mainline as it is
# shipped may not have the bug; elsewhere the scenario has to fail without the series.
# SCENARIO chooses some, BASE a base.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
bases=${BASES:-$BASE}
keep=$work/faults

# The lines of the list that are wanted: "guest scenario bases text".
rows() {
	grep -v '^#' "$TOP/tools/faults" | while read -r guest name text; do
		! wanted "$name" "${SCENARIO:-}" || say "$guest $name $text"
	done
}

# build WHICH COMMIT: the guests that the rows need, in $keep/$BASE-WHICH-KIND.
build() {
	while read -r kind; do
		guest_at "$2" "$kind" on </dev/null || die "$BASE $1: $kind does not build"
		mkdir -p "$keep/$BASE-$1-$kind"
		ln "$kept"/* "$keep/$BASE-$1-$kind"
	done <"$keep/kinds"
}

# run BASE WHICH GUEST SCENARIO: in that kernel; leaves its results.
run() {
	BASE=$1
	base_load
	dir=$keep/$1-$2
	image=$dir-$(kind_of "$3")/kernel
	initrd=$dir-$(kind_of "$3")/initrd
	run_guest "$3" on "$dir" "$4" >"$dir-$4.ktap" 2>&1 </dev/null || true
}

# cell BASE WHICH SCENARIO: sets cell, and reports it.
cell() {
	file=$keep/$1-$2-$3.ktap
	cell=$(ktap_verdict "$file" "$3")
	case $2,$cell in
	with,pass)	status=0 ;;
	with,*)		status=1 ;;
	*,harness*|*,'it did not end')	status=1 ;;
	*,pass)		(BASE=$1 && base_load && [ "$mainline" = yes ]) && status=0 || status=1 ;;
	*)		status=0 ;;
	esac
	result "$status" "$1 $2 the series: $3" "$cell"
}

rm -rf "$keep"
mkdir -p "$keep"
head=
rows >"$keep/rows"
[ -s "$keep/rows" ] || die "tools/faults has no scenario of SCENARIO='${SCENARIO:-}'"
while read -r guest _; do
	kind_of "$guest"
done <"$keep/rows" | sort -u >"$keep/kinds"
for base in $bases; do
	# In a shell of its own, as everything that is set belongs to the base.
	(
		BASE=$base
		base_load
		build without "$source_ref"
		build with "$refs/tip"
	) || exit 1
	head="$head | $base without | with the series"
done
{
	say "| fault | who meets it | scenario$head |"
	say "|---|---|---$(say "$head" | sed 's/[^|]//g; s/|/|---/g')|"
} >"$keep/table"
while read -r guest name text; do
	lacking=
	case $text in
	!*)	lacking=${text%% *}
		lacking=${lacking#!}
		text=${text#* }
		;;
	esac
	line="| $(say "$text" | sed 's/ *| */ | /') | \`$name\`"
	for base in $bases; do
		if [ "$base" = "$lacking" ]; then
			line="$line | not run | not run"
			continue
		fi
		(run "$base" without "$guest" "$name") &
		(run "$base" with "$guest" "$name")
		wait
		cell "$base" without "$name"
		line="$line | $cell"
		cell "$base" with "$name"
		line="$line | $cell"
	done
	say "$line |" >>"$keep/table"
done <"$keep/rows"
sed 's/^/# /' "$keep/table"
results_end
