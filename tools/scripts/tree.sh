#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Make the kernel tree: base plus series, checked out and ready to edit.
set -eu
. "$(dirname -- "$0")/lib.sh"
base_load

"$TOP/tools/scripts/source.sh"
"$TOP/tools/scripts/apply.sh"

tip=$(kgit -C "$tree" rev-parse "$refs/tip")
head=$(kgit -C "$tree" rev-parse HEAD)
# What was checked out or exported last is in the patches.
known=$(kgit -C "$tree" rev-parse "$exported_ref")
changes=$(kgit -C "$tree" status --porcelain | head -n 1)

if [ "$head" = "$tip" ]; then
	say "$tree is up to date${changes:+, and has local changes}"
	exit 0
fi
if [ -n "$changes" ]; then
	die "$tree has local changes (${changes# }): commit them and run make refresh, or drop them with git"
fi
if [ "$head" != "$known" ]; then
	die "$tree has commits that are in no patch: run make refresh, or drop them with git reset --hard $exported_ref"
fi
kgit -C "$tree" checkout -q --detach "$tip"
kgit -C "$tree" update-ref "$exported_ref" "$tip"
# New commits get the author of the patches, and a rebase keeps the topics. This may
# be a worktree of somebody's clone, so it has a configuration of its own, which
# apply.sh has switched on.
kgit -C "$tree" config --worktree user.name "$AUTHOR_NAME"
kgit -C "$tree" config --worktree user.email "$AUTHOR_MAIL"
kgit -C "$tree" config --worktree notes.rewriteRef refs/notes/topic
say "$tree is Linux $(kernel_make -s -C "$tree" kernelversion) ($FLAVOUR) with $(
	kgit -C "$tree" rev-list --count "$refs/base..HEAD") patches"
