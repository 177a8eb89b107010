# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154 # set here and used elsewhere, or the other way round
# The figures of the test bench: tools/figures, and what was measured. Sourced, after
# lib-test.sh.
#
# $keep/runs has a line "BASE KERNEL COMMIT FIGURE VALUE UNIT" for each figure of each run.
# KERNEL is "without" or "with" the series, or, of two commits that were named, "from" or
# "to".

# bench_list: the lines of tools/figures, "SCENARIO FIGURE PLOT".
bench_list() {
	grep -v -e '^#' -e '^$' "$TOP/tools/figures"
}

# bench_scenarios: the scenarios that measure something, once each.
bench_scenarios() {
	bench_list | awk '!seen[$1]++ { print $1 }'
}

# bench_figures SCENARIO: what it measures.
bench_figures() {
	bench_list | awk -v scenario="$1" '$1 == scenario { print $2 }'
}

# bench_needs SCENARIO: sets guest and kind, its guest and the kernel of that.
bench_needs() {
	guest=bench-icount
	kind=x86_64-bench
	case $1 in
	irqs-off)	kind=x86_64-bench-irqsoff ;;
	wall)		guest=bench ;;
	esac
}

# bench_take FILE BASE KERNEL COMMIT: add the figures of a run to the list.
bench_take() {
	sed -n "s/^ *# figure /$2 $3 $4 /p" "$1" >>"$keep/runs"
}

# bench_json: what was measured, as JSON: an object for each figure of each kernel.
bench_json() {
	jq -R -s 'def median: sort |
			(.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;
		[split("\n")[] | select(length > 0) | split(" ")] | group_by(.[0:4]) |
		map({ base: .[0][0], kernel: .[0][1], commit: .[0][2],
			series: ({ without: false, with: true }[.[0][1]]),
			figure: .[0][3], unit: (.[0][5:] | join(" ")), runs: length } +
			(map(.[4] | tonumber) | { median: median, least: min, most: max }))' \
		"$keep/runs" >"$keep/figures.json"
}

# bench_figure BASE KERNEL FIGURE TIMES: "MEDIAN (LEAST to MOST)|UNIT"; nothing if it was
# not measured so often.
bench_figure() {
	jq -r --arg base "$1" --arg kernel "$2" --arg figure "$3" --argjson times "$4" '
		def short: . * 1000 | round / 1000;
		.[] | select(.base == $base and .kernel == $kernel and .figure == $figure and
			.runs == $times) |
		"\(.median | short) (\(.least | short) to \(.most | short))|\(.unit)"' \
		"$keep/figures.json"
}

# bench_row BASE FIGURE TIMES BEFORE AFTER: a figure of two kernels, as a result and as a
# line of the table. One that a kernel has not given in each run has failed.
bench_row() {
	row_before=$(bench_figure "$1" "$4" "$2" "$3")
	row_after=$(bench_figure "$1" "$5" "$2" "$3")
	[ -n "$row_before" ] && [ -n "$row_after" ] && status=0 || status=1
	row_unit=${row_after#*|}
	row_before=${row_before%|*}
	row_after=${row_after%|*}
	row_before=${row_before:-not measured}
	row_after=${row_after:-not measured}
	result "$status" "$1 $2" "$4 $row_before, $5 $row_after, $row_unit"
	printf '%-5s %-28s %-32s %-32s %s\n' "$1" "$2" "$row_before" "$row_after" \
		"$row_unit" >>"$keep/table"
}
