#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What the balloon costs, without the series and with it.
#
# Of each base, or of BASE=, the kernel as shipped and the patched one, built as guests in
# use are; or with FROM= and TO=, two commits of the tree of BASE=. They run in turn, RUNS=
# times (10). WHAT= chooses some of the scenarios of tools/figures. $BUILD/bench, or
# bench-commits, has each run in runs, median and spread in figures.json, and plots; the end
# is a table.
#
# What is counted (instructions, exits) is the same in each run but for where the guest's
# timer strikes. What takes time differs with what else the machine does, so it needs a
# machine that does nothing else.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
# shellcheck source=tools/scripts/lib-bench.sh
. "$(dirname -- "$0")/../lib-bench.sh"
bases=${BASES:-$BASE}
times=${RUNS:-10}
what=${WHAT:-$(bench_scenarios | xargs)}
keep=$BUILD/bench${FROM:+-commits}
before=${FROM:+from}
before=${before:-without}
after=${FROM:+to}
after=${after:-with}

# kinds: the kinds of kernel that the scenarios need, once each.
kinds() {
	for scenario in $what; do
		bench_needs "$scenario"
		say "$kind"
	done | sort -u
}

# build KERNEL COMMIT: the guests of a commit, in $keep/$BASE-KERNEL-KIND.
build() {
	commit=$(kgit -C "$tree" rev-parse "$2^{commit}")
	for kind in $(kinds); do
		guest_at "$commit" "$kind" on </dev/null ||
			die "$BASE $1: the kernel does not build"
		mkdir -p "$keep/$BASE-$1-$kind"
		ln "$kept"/* "$keep/$BASE-$1-$kind"
	done
	say "$commit" >"$keep/$BASE-$1.commit"
}

# one BASE KERNEL SCENARIO: run it, and take its figures if nothing is wrong with it.
one() {
	bench_needs "$3"
	dir=$keep/$1-$2-$kind
	image=$dir/kernel
	initrd=$dir/initrd
	if run_guest "$guest" on "$dir" --no-lockdep "$3" >"$dir-$3.ktap" 2>&1 </dev/null; then
		bench_take "$dir-$3.ktap" "$1" "$2" "$(cat "$keep/$1-$2.commit")"
		# It has been counted, and is large.
		rm -f "$dir/$3/qemu.trace"
	else
		ktap_status "$dir-$3.ktap" "$3"
		mv "$dir-$3.ktap" "$dir-$3.$run.ktap"
		say "# $1 $2 $3, run $run: $words, see $dir-$3.$run.ktap"
	fi
}

case $times in
''|*[!0-9]*|0*)	die "RUNS=$times: say how often each kernel runs" ;;
esac
for scenario in $what; do
	has "$(bench_scenarios | xargs)" "$scenario" ||
		die "WHAT=$what: no such scenario: $scenario; there are: $(bench_scenarios | xargs)"
done
[ -n "${FROM:-}" ] && [ -n "${TO:-}" ] || [ -z "${FROM:-}${TO:-}" ] ||
	die "FROM= and TO= go together: name two commits"
[ -z "${FROM:-}" ] || [ "$bases" = "${bases#* }" ] ||
	die "FROM=$FROM is a commit of one tree: say BASE=, one of: $bases"
for commit in ${FROM:-} ${TO:-}; do
	kgit -C "$tree" rev-parse -q --verify "$commit^{commit}" >/dev/null ||
		die "$tree has no commit $commit: say another one"
done
command -v gnuplot >/dev/null || die "no gnuplot, which draws the plots: run make setup"
rm -rf "$keep"
mkdir -p "$keep"
: >"$keep/runs"
for base in $bases; do
	# In a shell of its own, as everything that is set belongs to the base.
	(
		BASE=$base
		base_load
		build "$before" "${FROM:-$source_ref}"
		build "$after" "${TO:-$refs/tip}"
	) || exit 1
done
run=0
while [ "$run" -lt "$times" ]; do
	run=$((run + 1))
	for base in $bases; do
		for kernel in "$before" "$after"; do
			for scenario in $what; do
				one "$base" "$kernel" "$scenario"
			done
		done
	done
	say "# run $run of $times"
done
bench_json
for base in $bases; do
	for scenario in $what; do
		for figure in $(bench_figures "$scenario"); do
			bench_row "$base" "$figure" "$times" "$before" "$after"
		done
	done
done
# shellcheck disable=SC2086 # names are words
for plot in $(bench_plots $what); do
	bench_plot "$plot" "$before" "$after" $bases
done
say '# median (least to most)'
printf '# %-5s %-28s %-32s %s\n' '' '' "$(bench_kernel "$before")" "$(bench_kernel "$after")"
sed 's/^/# /' "$keep/table"
results_end
