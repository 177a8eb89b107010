#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Stamp the series for posting: SIGNOFF="Name <address>" becomes author and
# Signed-off-by of every patch. One mbox a topic, cover letter first.
set -eu
. "$(dirname -- "$0")/lib.sh"
base_load

to=${MBOX_DIR:-$work/mbox}
apply=$work/apply
who=${SIGNOFF:-}
name=$(printf '%s\n' "$who" | sed -n 's/^\([^<>]*[^<> ]\) <[^<>@ ]*@[^<>@ ]*>$/\1/p')
mail=$(printf '%s\n' "$who" | sed -n 's/^[^<>]*[^<> ] <\([^<>@ ][^<>@ ]*@[^<>@ ][^<>@ ]*\)>$/\1/p')
[ -n "$name" ] && [ -n "$mail" ] ||
	die "SIGNOFF='$who': who posts it? make mbox SIGNOFF=\"Name <address>\""

"$TOP/tools/scripts/apply.sh"

# Git as the person who posts.
pgit() {
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
	GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$mail \
	GIT_COMMITTER_NAME=$name GIT_COMMITTER_EMAIL=$mail \
	git -C "$apply" "$@"
}

mkdir -p "$to"
pgit checkout -q -f --detach refs/balloon/taken-back/base
for topic in $(series_topics); do
	before=$(pgit rev-parse HEAD)
	for patch in $(series_patches | grep "^$topic/"); do
		sed "1,/^Subject:/s/^From: $AUTHOR_NAME <.*>\$/From: $name <$mail>/" \
			"$series_dir/$patch" | pgit am -q -s
	done
	# Git takes the text of a cover letter from a branch's description.
	pgit checkout -q -B "mbox-$topic"
	pgit config "branch.mbox-$topic.description" \
		"$(sed '1s/^Subject: //' "$series_dir/$topic/cover-letter")"
	pgit format-patch -q -n --cover-letter --cover-from-description=subject \
		--zero-commit --no-signature --no-renames --stdout \
		"$before..mbox-$topic" >"$to/$topic.mbox"
	pgit checkout -q --detach
	pgit branch -q -D "mbox-$topic"
	say "$to/$topic.mbox"
done
