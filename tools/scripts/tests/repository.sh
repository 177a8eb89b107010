#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The repository's own programs build without a warning, files stay short.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

scratch_make
make -s -C "$TOP" BUILD="$scratch" harness guest && status=0 || status=$?
result "$status" builds "gcc -Wall -Wextra -Werror"

long=$(cd "$TOP" && find tools .ci Makefile -type f -exec awk \
	'END { if (NR > 400) print FILENAME ": " NR }' {} \;)
result "${long:+1}${long:-0}" "at most 400 lines a file" "$long"

left=$(cd "$TOP" && grep -rnE 'TODO|FIXME' tools Makefile README.md .ci |
	grep -v 'tests/repository.sh' || true)
result "${left:+1}${left:-0}" "nothing left to do" "$left"
results_end
