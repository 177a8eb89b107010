#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The kernel's documents build, and kernel-doc is complete, without a new warning.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

# html COMMIT NAME: what Sphinx says of Documentation/mm, without line numbers,
# in $work/docs/NAME.
html() {
	test_checkout "$1" || return 1
	kernel_make -C "$test_tree" O="$work/docs/out" SPHINXDIRS=mm SPHINXOPTS=-j2 htmldocs \
		>"$work/docs/$2.log" 2>&1 || return 1
	sed -n -E "s,^($test_tree|\.\.)/,,; s/:[0-9]+:/:/; /WARNING|ERROR|CRITICAL|warning:|error:/p" \
		"$work/docs/$2.log" | sort >"$work/docs/$2"
}

rm -rf "$work/docs"
mkdir -p "$work/docs/out"
html "$refs/base" base &&
	html "$refs/tip" tip && status=0 || status=1
new=
if [ "$status" = 0 ]; then
	new=$(comm -13 "$work/docs/base" "$work/docs/tip")
	[ -z "$new" ] || status=1
	say "$new" | sed '/./s/^/# /'
	[ -s "$work/docs/out/Documentation/output/mm/balloon.html" ] || status=1
fi
result "$status" "make htmldocs" "$(wc -l <"$work/docs/base") warnings without the series"

for file in include/linux/balloon_compaction.h mm/balloon_compaction.c; do
	said=$(cd "$test_tree" && scripts/kernel-doc -none -Wall "$file" 2>&1) &&
		[ -z "$said" ] && status=0 || status=1
	result "$status" "kernel-doc $file" "$(say "$said" | head -n 1)"
done
results_end
