#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# checkpatch --strict finds nothing but the missing sign-off.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

scratch_make
test_checkout "$refs/tip"
cd "$test_tree"
CHECKPATCH_FLAGS='--ignore MISSING_SIGN_OFF'
for patch in $(series_patches); do
	checkpatch "$series_dir/$patch" && status=0 || status=$?
	result "$status" "$patch"
done
results_end
