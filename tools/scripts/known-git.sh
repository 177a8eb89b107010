#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Git for checkpatch.pl: knows the commits that Fixes: tags name.
#
# checkpatch compares a Fixes: tag with the commit's title in git's history. The
# kernel tree is unpacked, not cloned, so it has none. This stands in for git on
# checkpatch's PATH: asked for a commit of patches/fixes-commits, it answers from
# there; everything else goes to git. If only part of an id is known, it is padded, so
# that checkpatch finds the title.
set -eu

list=${FIXES_COMMITS:?}
for last; do
	:
done
if [ "${1:-}" = log ] && [ "${#last}" -ge 12 ]; then
	found=$(grep -E "^${last}[0-9a-f]* " "$list" || true)
	if [ -n "$found" ]; then
		printf '%-40s %s\n' "${found%% *}" "${found#* }"
		exit 0
	fi
fi
exec "${REAL_GIT:?}" "$@"
