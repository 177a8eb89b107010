#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The series applies with git am, and without fuzz by patch and by quilt.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

scratch_make
for flavour in reverted shipped; do
	rm -f "$work/applied-$flavour"
	FLAVOUR=$flavour "$scripts/apply.sh" && status=0 || status=$?
	result "$status" "git am, $flavour"
done

base=$(prefix_commits | head -n 1)
tip=$(prefix_commits | tail -n 1)
export_files "$base" "$scratch/patch"
export_files "$base" "$scratch/quilt"
export_files "$tip" "$scratch/want"

status=0
for patch in $(series_patches); do
	patch -d "$scratch/patch" -p1 -F0 -s -i "$series_dir/$patch" || status=1
done
diff -r "$scratch/patch" "$scratch/want" || status=1
result "$status" "patch -F0"

(
	cd "$scratch/quilt"
	QUILT_PATCHES=$series_dir QUILT_NO_DIFF_INDEX=1 \
		quilt --quiltrc /dev/null push -a --fuzz=0 -q
	rm -rf .pc
	diff -r . "$scratch/want"
) && status=0 || status=$?
result "$status" "quilt push -a --fuzz=0"
results_end
