#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Make the kernel tree: base plus series, on branch "series", ready to edit.
set -eu
. "$(dirname -- "$0")/lib.sh"
base_load

"$TOP/tools/scripts/source.sh"
"$TOP/tools/scripts/apply.sh"

tip=$(kgit -C "$tree" rev-parse "refs/balloon/$FLAVOUR/tip")
head=$(kgit -C "$tree" rev-parse HEAD)
# What was checked out or exported last: the patches have it.
known=$(kgit -C "$tree" rev-parse -q --verify refs/balloon/exported ||
	kgit -C "$tree" rev-parse shipped-tree)
changes=$(kgit -C "$tree" status --porcelain | head -n 1)

if [ "$head" = "$tip" ]; then
	say "$tree is up to date${changes:+, and has local changes}"
	exit 0
fi
if [ -n "$changes" ]; then
	die "$tree has local changes (${changes# }): commit them and run make refresh, or drop them with git"
fi
if [ "$head" != "$known" ]; then
	die "$tree has commits that are in no patch: run make refresh, or drop them with git reset --hard refs/balloon/exported"
fi
kgit -C "$tree" checkout -q -B series "$tip"
kgit -C "$tree" update-ref refs/balloon/exported "$tip"
# New commits get the author the patches carry; topics survive a rebase.
kgit -C "$tree" config user.name "$AUTHOR_NAME"
kgit -C "$tree" config user.email "$AUTHOR_MAIL"
kgit -C "$tree" config notes.rewriteRef refs/notes/topic
say "$tree is Linux $(make -s -C "$tree" kernelversion) ($FLAVOUR) with $(
	kgit -C "$tree" rev-list --count "refs/balloon/$FLAVOUR/base..HEAD") patches"
