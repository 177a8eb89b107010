#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What the balloon costs, without the series and with it.
#
# Of each base, or of BASE=, the kernel as shipped and the patched one, built as guests in
# use are. They run in turn, RUNS= times (10). A guest with one CPU, whose clock counts its
# instructions, inflates, takes a memory block offline, and deflates. $BUILD/bench has each
# run in runs, and median and spread in figures.json; the end is a table.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
bases=${BASES:-$BASE}
times=${RUNS:-10}
keep=$BUILD/bench

# build WHICH COMMIT: a kernel and its initramfs, in $keep/$BASE-WHICH.
build() {
	guest_at "$2" x86_64-bench on || die "$BASE $1: the kernel does not build"
	mkdir -p "$keep/$BASE-$1"
	ln "$kept"/* "$keep/$BASE-$1"
}

# one BASE WHICH: run that kernel, and add its figures to the list.
one() {
	dir=$keep/$1-$2
	"$BUILD/balloon-harness" --ktap --guest bench-icount --no-lockdep \
		--kernel "$dir/kernel" --initrd "$dir/initrd" --keep "$dir" cost \
		>"$dir.ktap" 2>&1 </dev/null ||
		die "$1 $2 the series: $(ktap_verdict "$dir.ktap" cost): see $dir.ktap"
	sed -n "s/^ *# figure \([a-z]*\) \([0-9.]*\) .*/$1 $2 \1 \2/p" "$dir.ktap" >>"$keep/runs"
}

# figure BASE WHICH NAME: "median (least to most)".
figure() {
	jq -r --arg base "$1" --arg which "$2" --arg name "$3" '.[] |
		select(.base == $base and .series == ($which == "with") and .figure == $name) |
		"\(.median) (\(.least) to \(.most))"' "$keep/figures.json"
}

case $times in
''|*[!0-9]*|0)	die "RUNS=$times: say how often each kernel runs" ;;
esac
rm -rf "$keep"
mkdir -p "$keep"
for base in $bases; do
	# In a shell of its own, as everything that is set belongs to the base.
	(
		BASE=$base
		base_load
		build without "$source_ref"
		build with "$refs/tip"
	) || exit 1
done
run=0
while [ "$run" -lt "$times" ]; do
	run=$((run + 1))
	for base in $bases; do
		for which in without with; do
			one "$base" "$which"
		done
	done
	say "# run $run of $times"
done
jq -R -s 'def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;
	[split("\n")[] | select(length > 0) | split(" ")] | group_by(.[0:3]) |
	map({ base: .[0][0], series: (.[0][1] == "with"), figure: .[0][2],
		unit: "guest instructions per page", runs: length } +
		(map(.[3] | tonumber) | { median: median, least: min, most: max }))' \
	"$keep/runs" >"$keep/figures.json"
for base in $bases; do
	for name in inflate migrate deflate; do
		without=$(figure "$base" without $name)
		with=$(figure "$base" with $name)
		[ -n "$without" ] && [ -n "$with" ] && status=0 || status=1
		result "$status" "$base $name" "without the series $without, with it $with"
		printf '%-5s %-8s %-30s %s\n' "$base" "$name" "$without" "$with" >>"$keep/table"
	done
done
say '# guest instructions per page: median (least to most)'
printf '# %-5s %-8s %-30s %s\n' '' '' 'without the series' 'with it'
sed 's/^/# /' "$keep/table"
results_end
