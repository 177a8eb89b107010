#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The kernel's documents build, and kernel-doc is complete, without a new warning.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

# html COMMIT NAME: what Sphinx says of the directories with documents of the series,
# without line numbers, in $work/docs/NAME.
html() {
	test_checkout "$1" || return 1
	kernel_make -C "$test_tree" O="$work/docs/out" \
		SPHINXDIRS='mm admin-guide/mm' SPHINXOPTS=-j2 htmldocs \
		>"$work/docs/$2.log" 2>&1 || return 1
	sed -n -E "s,^($test_tree|\.\.)/,,; s/:[0-9]+:/:/; /WARNING|ERROR|CRITICAL|warning:|error:/p" \
		"$work/docs/$2.log" | sort -u >"$work/docs/$2"
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
	for dir in mm admin-guide/mm; do
		[ -s "$work/docs/out/Documentation/output/$dir/balloon.html" ] || status=1
	done
fi
result "$status" "make htmldocs" "$(wc -l <"$work/docs/base") warnings without the series"

for file in "$header" "$core.c"; do
	said=$(cd "$test_tree" && scripts/kernel-doc -none -Wall "$file" 2>&1) &&
		[ -z "$said" ] && status=0 || status=1
	result "$status" "kernel-doc $file" "$(say "$said" | head -n 1)"
done

# Each file that cmm has in sysfs is described.
files=$(sed -n -E 's/^(static DEVICE_ATTR|CMM_SHOW|static DEVICE_ULONG_ATTR)\(([a-z_]+_kb),.*/\2/p' \
	"$test_tree/arch/powerpc/platforms/pseries/cmm.c")
[ -n "$files" ] && status=0 || status=1
words=$(say "$files" | xargs)
for file in $files; do
	(cd "$test_tree" && "$get_abi" search "cmm0/$file\$" 2>&1) |
		grep -q -E '^(Description:|Defined on file)' || {
		status=1
		words="not $file"
	}
done
result "$status" "$get_abi search" "$words"
results_end
