#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Export the commits of $tree to patches/$BASE, the same commits always to the
# same bytes. A commit belongs to the topic that its note in refs/notes/topic
# names, else to that of the commit before it.
#
#	refresh.sh [DIR]	export to DIR instead of patches/$BASE
set -eu
export LC_ALL=C
. "$(dirname -- "$0")/lib.sh"
base_load
[ "$FLAVOUR" = reverted ] ||
	die "make refresh exports the flavour reverted; make tree FLAVOUR=reverted first"

to=${1:-$series_dir}
from=${REF:-HEAD}
start=$refs/base
[ -e "$tree/.git" ] || die "no kernel tree in $tree: run make tree"
kgit -C "$tree" merge-base --is-ancestor "$start" "$from" ||
	die "$from in $tree does not stand on the base (flavour reverted): run make tree"
if [ "$from" = HEAD ] && [ -n "$(kgit -C "$tree" status --porcelain -uno)" ]; then
	die "$tree has changes that are not committed: commit them first"
fi

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT

# Lines "topic commit", oldest first.
topic=
for commit in $(kgit -C "$tree" rev-list --reverse "$start..$from"); do
	note=$(kgit -C "$tree" notes --ref=topic show "$commit" 2>/dev/null || true)
	topic=${note:-$topic}
	[ -n "$topic" ] || die "commit $commit has no topic: git notes --ref topic add -m NAME $commit"
	author=$(kgit -C "$tree" log -1 --format='%an <%ae>' "$commit")
	[ "$author" = "$AUTHOR_NAME <$AUTHOR_MAIL>" ] ||
		die "commit $commit is by $author: git commit --amend --reset-author"
	say "$topic $commit"
done >"$new/commits"

{
	say "# The patches for base $BASE, in the order they apply. Made by make refresh."
	before=$(kgit -C "$tree" rev-parse "$start")
	for topic in $(cut -d' ' -f1 "$new/commits" | uniq); do
		[ ! -d "$new/out/$topic" ] ||
			die "topic $topic is in two pieces: bring its commits together with git rebase"
		mkdir -p "$new/out/$topic"
		last=$(sed -n "s/^$topic //p" "$new/commits" | tail -n 1)
		kgit -C "$tree" format-patch -q -n --full-index --zero-commit \
			--no-signature --no-renames -o "$new/out/$topic" \
			"$before..$last" >&2
		cover=$series_dir/$topic/cover-letter
		[ -f "$cover" ] || die "topic $topic has no cover letter: write $cover"
		say
		say "# $topic: $(sed -n '1s/^Subject: //p' "$cover")"
		(cd "$new/out" && ls -d "$topic"/*.patch)
		before=$last
	done
} >"$new/series"
cp "$new/series" "$new/out/series"

if [ "$to" != "$series_dir" ]; then
	mkdir -p "$to"
	cp -r "$new/out/." "$to"
	exit 0
fi
for old in $(cd "$to" && find . -name '*.patch'); do
	[ -f "$new/out/$old" ] || rm "${to:?}/$old"
done
for file in $(cd "$new/out" && find . -type f); do
	mkdir -p "$(dirname -- "$to/$file")"
	cmp -s "$new/out/$file" "$to/$file" || {
		cp "$new/out/$file" "$to/$file"
		say "patches/$BASE/${file#./}"
	}
done
[ "$from" != HEAD ] ||
	kgit -C "$tree" update-ref "$exported_ref" "$(kgit -C "$tree" rev-parse HEAD)"
