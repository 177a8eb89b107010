# SPDX-License-Identifier: GPL-2.0
# A plot of the test bench: a panel for each base, a cluster for each figure, and in it a
# bar for each of the two kernels: the median, with a line from the least to the most.
#
# bench_plot() sets dir, plot, bases, unit, before and after, and makes a file for each base
# with lines "FIGURE MEDIAN LEAST MOST MEDIAN LEAST MOST".
set terminal svg noenhanced size 960, 360 * words(bases) font 'sans,12' background 'white'
set output dir.'/'.plot.'.svg'
set style histogram errorbars gap 1 linewidth 1.5
set style data histogram
set style fill solid 0.7 noborder
set errorbars linecolor rgb 'black'
set grid ytics
set xtics rotate by 25 right nomirror
set bmargin 7
set ytics nomirror
set key outside top center horizontal
set ylabel unit
# Instructions can be compared by the eye; the others differ by powers of ten.
if (plot eq 'instructions') {
	set yrange [0:*]
} else {
	set logscale y
	set yrange [0.1:*]
}
set multiplot layout words(bases),1
do for [base in bases] {
	set title 'Linux '.base
	file = dir.'/'.plot.'-'.base.'.data'
	plot file using 2:3:4:xtic(1) title before linecolor rgb '#7f7f7f', \
		'' using 5:6:7 title after linecolor rgb '#1f77b4'
}
unset multiplot
