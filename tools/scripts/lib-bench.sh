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
	[ "$1" != wall ] || guest=bench
	kind=$(kind_of "$guest")
	[ "$1" != irqs-off ] || kind=$kind-irqsoff
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
		def short: if . < 1000 then . * 100 | round / 100 else round end;
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

# bench_data BASE PLOT BEFORE AFTER: what a plot shows of a base, a figure a line: its name,
# then median, least and most of the two kernels. One that is nothing in both is left out.
bench_data() {
	bench_list | awk -v plot="$2" '$3 == plot { print $2 }' |
	while read -r name; do
		jq -r --arg base "$1" --arg figure "$name" --arg before "$3" --arg after "$4" '
			[.[] | select(.base == $base and .figure == $figure)] |
			[(.[] | select(.kernel == $before)), (.[] | select(.kernel == $after))] |
			select(length == 2 and any(.most > 0)) |
			[$figure] + map(.median, .least, .most) | join(" ")' \
			"$keep/figures.json"
	done
}

# bench_unit PLOT: the unit of its figures.
bench_unit() {
	bench_list | awk -v plot="$1" '$3 == plot { print $2 }' | jq -R -s -r \
		--slurpfile figures "$keep/figures.json" 'split("\n") as $names |
		[$figures[0][] | select(.figure | IN($names[])) | .unit] | first // empty'
}

# bench_kernel KERNEL: what it is, in words.
bench_kernel() {
	case $1 in
	without)	say "without the series" ;;
	with)		say "with the series" ;;
	from)		say "$FROM" ;;
	to)		say "$TO" ;;
	esac
}

# bench_plot PLOT BEFORE AFTER BASE...: draw it, as $keep/PLOT.svg.
bench_plot() {
	plot=$1
	plot_before=$2
	plot_after=$3
	shift 3
	for plot_base; do
		bench_data "$plot_base" "$plot" "$plot_before" "$plot_after" \
			>"$keep/$plot-$plot_base.data"
	done
	plot_unit=$(bench_unit "$plot")
	gnuplot -e "dir='$keep'; plot='$plot'; bases='$*'; unit='$plot_unit'" \
		-e "before='$(bench_kernel "$plot_before")'" \
		-e "after='$(bench_kernel "$plot_after")'" \
		"$TOP/tools/scripts/bench.gnuplot" >"$keep/$plot.log" 2>&1 && status=0 || status=1
	result "$status" "plot $plot" "$keep/$plot.svg" "$(head -n 1 "$keep/$plot.log")"
}

# bench_plots SCENARIO...: the plots that show what these measure.
bench_plots() {
	for plot_scenario; do
		bench_list | awk -v scenario="$plot_scenario" \
			'$1 == scenario && $3 != "-" { print $3 }'
	done | sort -u
}
