#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Exporting what the series makes gives the same patches, byte for byte.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

scratch_make
REF=$refs/tip "$scripts/refresh.sh" "$scratch/out"
diff -r -x cover-letter -x backports "$scratch/out" "$series_dir" && status=0 || status=$?
result "$status" "export, whole series"

for patch in $(series_patches); do
	status=0
	subject=$(sed -n '/^Subject:/{N;s/\n / /;s/^Subject: \[PATCH[^]]*\] //p}' \
		"$series_dir/$patch" | sed 's/\n.*//' | head -n 1)
	[ "${#subject}" -le 75 ] || status=1
	grep -q "^From: $AUTHOR_NAME <$AUTHOR_MAIL>\$" "$series_dir/$patch" || status=1
	! grep -q '^Signed-off-by:' "$series_dir/$patch" || status=1
	result "$status" "$patch" "author, summary of ${#subject}, no sign-off"
done
results_end
