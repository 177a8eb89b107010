#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The scripts are shellcheck clean.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

cd "$TOP"
for script in .ci/run tools/scripts/*.sh tools/scripts/tests/*.sh; do
	shellcheck -x "$script" && status=0 || status=$?
	result "$status" "$script"
done
results_end
