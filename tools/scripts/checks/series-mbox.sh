#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# make mbox stamps author and sign-off; the result applies and is checkpatch clean.
set -eu
. "$(dirname -- "$0")/../lib-check.sh"

"$scripts/apply.sh"
test_checkout refs/balloon/taken-back/base
scratch_make
who='Ada Example <ada@example.org>'
SIGNOFF=$who MBOX_DIR=$scratch "$scripts/mbox.sh"
cd "$test_tree"
for topic in $(series_topics); do
	mbox=$scratch/$topic.mbox
	mails=$(grep -c '^From 0* ' "$mbox" || true)
	patches=$(series_patches | grep -c "^$topic/")
	[ "$mails" = $((patches + 1)) ] && status=0 || status=1
	result "$status" "$topic: mails" "$mails: a cover letter and $patches patches"

	mkdir "$scratch/$topic"
	git mailsplit -o"$scratch/$topic" "$mbox" >/dev/null
	status=0
	for mail in "$scratch/$topic"/*; do
		grep -q "^From: $who\$" "$mail" || status=1
		# The cover letter is text.
		[ "${mail##*/}" = 0001 ] && continue
		[ "$(grep -c "^Signed-off-by: $who\$" "$mail")" = 1 ] || status=1
		checkpatch "$mail" || status=1
		kgit am -q "$mail" || status=1
	done
	result "$status" "$topic: stamped, checkpatch clean, applies"
done
kgit diff --quiet refs/balloon/taken-back/tip HEAD && status=0 || status=1
result "$status" "the same tree as make tree"

for signoff in '' 'nobody' 'No Address <>' '<only@example.org>'; do
	! SIGNOFF=$signoff MBOX_DIR=$scratch/none "$scripts/mbox.sh" &&
		[ ! -e "$scratch/none" ] && status=0 || status=1
	result "$status" "refused: SIGNOFF='$signoff'"
done
results_end
