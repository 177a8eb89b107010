#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Bugs that the series fixes are seen without it, and not with it.
#
# Runs the scenarios of tools/faults in the kernel as it is shipped, in the patched
# one and, with NEWEST=BASE, in that of another base as it is shipped, where nothing is
# expected. Ends with a table; a cell is how the scenario ended, and with which check,
# if another one failed first without the series. SCENARIO chooses some.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
keep=$work/faults

# The lines of the list that are wanted.
rows() {
	grep -v '^#' "$TOP/tools/faults" | while read -r guest name text; do
		! wanted "$name" "${SCENARIO:-}" || say "$guest $name $text"
	done
}

# build WHICH COMMIT: the guests that the rows need, in $keep/WHICH-KIND.
build() {
	rows | while read -r guest _; do
		kind_of "${guest#-}"
	done | sort -u >"$keep/kinds"
	while read -r kind; do
		guest_at "$2" "$kind" on </dev/null || die "$1: $kind does not build"
		mkdir -p "$keep/$1-$kind"
		ln "$kept"/* "$keep/$1-$kind"
	done <"$keep/kinds"
}

# run WHICH GUEST SCENARIO: in that kernel; its results go to $keep/WHICH-SCENARIO.ktap.
run() {
	image=$keep/$1-$(kind_of "$2")/kernel
	initrd=$keep/$1-$(kind_of "$2")/initrd
	run_guest "$2" on "$keep/$1" "$3" >"$keep/$1-$3.ktap" 2>&1 </dev/null || true
}

rm -rf "$keep"
mkdir -p "$keep"
build without "$source_ref"
build with "$refs/tip"
head="$BASE without | with the series"
if [ -n "${NEWEST:-}" ]; then
	# In a shell of its own, as everything that is set belongs to the other base.
	(
		BASE=$NEWEST
		export BASE
		base_load
		"$scripts/source.sh"
		build newest "$source_ref"
	) || exit 1
	head="$head | $NEWEST"
fi
{
	say "| fault | who meets it | scenario | $head |"
	say "|---|---|---|$(say "$head" | sed 's/[^|]//g; s/|/---|/g')---|"
} >"$keep/table"
rows >"$keep/rows"
while read -r guest name text; do
	newest=${NEWEST:-}
	case $guest in
	-*)	newest=
		guest=${guest#-}
		;;
	esac
	run without "$guest" "$name" &
	[ -z "$newest" ] || (
		BASE=$newest
		base_load
		run newest "$guest" "$name"
	) &
	run with "$guest" "$name"
	wait
	cell=$(ktap_verdict "$keep/without-$name.ktap" "$name")
	case $cell in
	pass|harness*|"it did not end") status=1 ;;
	*) status=0 ;;
	esac
	result $status "without the series: $name" "$cell"
	line="| $(say "$text" | sed 's/ *| */ | /') | \`$name\` | $cell"
	cell=$(ktap_verdict "$keep/with-$name.ktap" "$name")
	[ "$cell" = pass ] && status=0 || status=1
	result $status "with the series: $name" "$cell"
	line="$line | $cell"
	if [ -n "${NEWEST:-}" ]; then
		cell='not run'
		if [ -n "$newest" ]; then
			cell=$(ktap_verdict "$keep/newest-$name.ktap" "$name")
			why=$(ktap_first_failed "$keep/newest-$name.ktap")
			[ "$why" = "$(ktap_first_failed "$keep/without-$name.ktap")" ] ||
				cell="$cell${why:+ ($why)}"
		fi
		say "# $NEWEST: $name: $cell"
		line="$line | $cell"
	fi
	say "$line |" >>"$keep/table"
done <"$keep/rows"
sed 's/^/# /' "$keep/table"
results_end
