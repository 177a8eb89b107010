#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The kernels of the whole series build, with the modules and programs of their guests.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

rm -rf "$work/guests"
kernels >"$work/kernels"
while read -r kind setting; do
	guest_at "$refs/tip" "$kind" "$setting" </dev/null && status=0 || status=1
	result "$status" "$kind, page migration $setting" "$(stat -c %s "$image" 2>/dev/null) bytes"
done <"$work/kernels"
results_end
