#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Fixes change code alone, and policy is sold to nobody as a fix.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-series.sh"

# touched PATCH: the files that it changes.
touched() {
	sed -n 's,^diff --git a/\([^ ]*\) b/.*,\1,p' "$series_dir/$1"
}

# Each of these functions prints what is wrong. It passes if it prints nothing.

# A stable tree has no use for tests and documents, and they would conflict there.
code_alone() {
	touched "$1" | grep -E -e '(^|/)tests/' -e '_kunit\.c$|/\.kunitconfig$' \
		-e '^tools/testing/' -e '^Documentation/' -e '^MAINTAINERS$' || true
}

# What is a matter of opinion must not get into stable trees.
no_fix() {
	patch_message "$series_dir/$1" | grep -E -e '^Fixes:' -e '^Cc:.*stable@' || true
}

for patch in $(series_patches); do
	case $patch in
	fixes-*)	check "code_alone: $patch" code_alone "$patch" ;;
	policy*|oom-nodes/*)	check "no_fix: $patch" no_fix "$patch" ;;
	esac
done

# The checks themselves: each of these patches must be seen.
scratch_make
series_dir=$scratch
# seen FUNCTION LINE
seen() {
	say "$2" >"$scratch/patch"
	[ -n "$("$1" patch)" ] && status=0 || status=1
	result "$status" "seen: $1: $2"
}
for file in mm/tests/balloon_kunit.c drivers/misc/tests/Makefile mm/.kunitconfig \
		drivers/virtio/virtio_balloon_kunit.c MAINTAINERS \
		Documentation/mm/balloon.rst tools/testing/selftests/Makefile; do
	seen code_alone "diff --git a/$file b/$file"
done
seen no_fix 'Fixes: 6b35e40767c6 ("virtio: balloon driver")'
seen no_fix 'Cc: <stable@vger.kernel.org> # 5.15+'
seen no_fix 'Cc: stable@vger.kernel.org'
results_end
