#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Make the commits of the series in $tree's repository, without touching what is
# checked out there:
#
#	refs/balloon/$BASE/$FLAVOUR/base	in front of the first topic
#	refs/balloon/$BASE/$FLAVOUR/tip		all topics
#
# With ALONE=TOPIC instead, in refs/balloon/$BASE/alone/TOPIC, that topic and no others
# but those that its cover letter names.
#
# Each commit has a note (refs/notes/topic) that names its topic.
set -eu
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/lib-series.sh"
base_load
alone_topics=
[ -z "${ALONE:-}" ] || alone "$ALONE"

apply=$work/apply

in_apply() {
	kgit -C "$apply" "$@"
}

# The patches that make this flavour, as paths from $TOP.
revert_patches() {
	[ "$FLAVOUR" = reverted ] || return 0
	for patch in "$base_dir"/revert/*.patch; do
		[ -f "$patch" ] || continue
		say "${patch#"$TOP"/}"
	done
}

topic_patches() {
	for patch in $(series_patches); do
		[ -z "$alone_topics" ] || has "$alone_topics" "${patch%%/*}" || continue
		if [ "$FLAVOUR" = reverted ] || ! has "$carries" "${patch%%/*}"; then
			say "${series_dir#"$TOP"/}/$patch"
		fi
	done
}

# A worktree that holds only the files that the patches touch.
make_worktree() {
	if [ ! -e "$apply/.git" ]; then
		rm -rf "$apply"
		kgit -C "$tree" worktree add -q -f -f --no-checkout --detach "$apply" \
			"$source_ref"
	fi
	in_apply am -q --abort 2>/dev/null || true
	for patch in $all; do
		kgit apply --numstat "$TOP/$patch"
	done | cut -f 3 | sort -u | sed 's,^,/,' |
		in_apply sparse-checkout set --no-cone --stdin
	in_apply checkout -q -f --detach "$source_ref"
	in_apply clean -q -d -f -x
}

am() {
	in_apply am -q --committer-date-is-author-date "$TOP/$1" \
		>"$work/am.log" 2>&1 && return 0
	file=$(sed -n -e 's/^error: patch failed: \(.*\):[0-9]*$/\1/p' \
		-e 's/^error: \(.*\): \(No such file\|does not exist\|already exists\).*/\1/p' \
		"$work/am.log" | head -n 1)
	in_apply am -q --abort || true
	die "$1 does not apply: ${file:-$(head -n 1 "$work/am.log")} is not what it expects; nothing was changed"
}

# A base that is older than the backports has nothing to revert.
revert() {
	if in_apply apply --check "$TOP/$1" 2>/dev/null ||
	   ! in_apply apply --check -R "$TOP/$1" 2>/dev/null; then
		am "$1"
	else
		say "nothing to revert: $1"
	fi
}

[ -e "$tree/.git" ] || die "no kernel tree in $tree: run make tree"
for patch in $(series_patches); do
	[ -f "$series_dir/$patch" ] ||
		die "patches/$BASE/series names $patch, which is not there"
done
reverts=$(revert_patches)
topics=$(topic_patches)
all="$reverts $topics"

stamp=$({
	kgit -C "$tree" rev-parse "$source_ref"
	for patch in $all; do
		say "$patch"
		cat "$TOP/$patch"
	done
} | sha256sum | cut -d' ' -f1)
if [ "$(cat "$work/applied-${ALONE:-$FLAVOUR}" 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi

make_worktree
for patch in $reverts; do
	revert "$patch"
done
start=$(in_apply rev-parse HEAD)
for patch in $topics; do
	am "$patch"
	topic=${patch#"${series_dir#"$TOP"/}/"}
	in_apply notes --ref=topic add -f -m "${topic%%/*}" HEAD 2>/dev/null
done
in_apply update-ref "$refs/base" "$start"
in_apply update-ref "$refs/tip" HEAD
say "$stamp" >"$work/applied-${ALONE:-$FLAVOUR}"
