#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Churn finds nothing in a kernel with KASAN or KCSAN.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

for fragment in kasan kcsan; do
	FRAGMENTS=$fragment GUEST='x86_64 x86_64-vmw' SCENARIO='churn churn-short' \
	PAGE_MIGRATION=on "$scripts/tests/matrix.sh" >"$work/fragments.log" 2>&1 &&
		status=0 || status=1
	sed 's/^/# /' "$work/fragments.log"
	result "$status" "$fragment" "$(grep -c '^ok ' "$work/fragments.log") scenarios passed"
done
results_end
