#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What the topic "fixes" mends is seen without the series, and not with it.
#
# Runs the scenarios of tools/faults in the kernel as it is shipped, in the patched
# one and, with NEWEST=DIR, in that of the tree DIR, where nothing is expected. Ends
# with a table; a cell is how the scenario ended, and with which check, if another one
# failed first without the series. SCENARIO chooses some.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"
keep=$work/faults

# The lines of the list that are wanted.
rows() {
	grep -v '^#' "$TOP/tools/faults" | while read -r guest name text; do
		case " ${SCENARIO:-$name} " in
		*" $name "*) say "$guest $name $text" ;;
		esac
	done
}

kind_of() {
	case $1 in
	x86_64*) say x86_64 ;;
	*) say ppc64le-64k ;;
	esac
}

# The kinds of kernel that the rows need.
kinds() {
	rows | while read -r guest _; do
		kind_of "${guest#-}"
	done | sort -u
}

# build WHICH COMMIT: the guests that the rows need, in $keep/WHICH-KIND.
build() {
	test_checkout "$2"
	for kind in $(kinds); do
		say "# $1: building $kind"
		build_test "$kind" on && keep_guest "$out" "$keep/$1-$kind" ||
			die "$1: $kind does not build"
	done
}

# build_newest: the same of the tree in $NEWEST.
build_newest() {
	for kind in $(kinds); do
		say "# $NEWEST: building $kind"
		OTHER_KERNEL=yes FRAGMENTS="${FRAGMENTS:-} newest" \
			build_guest "$NEWEST" "$work/newest-$kind" "$kind" on &&
			keep_guest "$work/newest-$kind" "$keep/newest-$kind" ||
			die "$NEWEST: $kind does not build"
	done
}

# run WHICH GUEST SCENARIO: in that kernel; its results go to $keep/WHICH-SCENARIO.ktap.
run() {
	image=$keep/$1-$(kind_of "$2")/kernel
	initrd=$keep/$1-$(kind_of "$2")/initrd
	run_guest "$2" on "$keep/$1" --stop-early "$3" \
		>"$keep/$1-$3.ktap" 2>&1 </dev/null || true
}

# ended WHICH SCENARIO: sets cell to how it ended.
ended() {
	cell=$(verdict_of "$keep/$1-$2.ktap")
	cell=${cell:-none}
}

"$scripts/apply.sh"
rm -rf "$keep"
mkdir -p "$keep"
build without shipped-tree
build with refs/balloon/taken-back/tip
head='6.12 without | with the series'
if [ -n "${NEWEST:-}" ]; then
	build_newest
	head="$head | $(make -s -C "$NEWEST" kernelversion)"
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
	[ -z "$newest" ] || run newest "$guest" "$name" &
	run with "$guest" "$name"
	wait
	ended without "$name"
	case $cell in
	pass|harness*|none) status=1 ;;
	*) status=0 ;;
	esac
	result $status "without the series: $name" "$cell"
	line="| $(say "$text" | sed 's/ *| */ | /') | \`$name\` | $cell"
	ended with "$name"
	[ "$cell" = pass ] && status=0 || status=1
	result $status "with the series: $name" "$cell"
	line="$line | $cell"
	if [ -n "${NEWEST:-}" ]; then
		cell='not run'
		if [ -n "$newest" ]; then
			ended newest "$name"
			why=$(first_failed "$keep/newest-$name.ktap")
			[ "$why" = "$(first_failed "$keep/without-$name.ktap")" ] ||
				cell="$cell${why:+ ($why)}"
		fi
		say "# $NEWEST: $name: $cell"
		line="$line | $cell"
	fi
	say "$line |" >>"$keep/table"
done <"$keep/rows"
sed 's/^/# /' "$keep/table"
results_end
