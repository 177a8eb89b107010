#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The base without the backports, plus the series, is byte for byte what the distribution ships.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

for flavour in reverted shipped; do
	FLAVOUR=$flavour "$scripts/apply.sh"
done

# The topics that the shipped tree contains end in its own files.
carried=
behind_mailed=
for commit in $(prefix_commits | tail -n +2); do
	topic=$(topic_of "$commit")
	! has "$carries" "$topic" || carried=$commit
	[ "$topic" != "$mailed_topic" ] || behind_mailed=$commit
done
for file in $files; do
	ours=$(kgit -C "$tree" rev-parse "$carried:$file")
	shipped=$(kgit -C "$tree" rev-parse "$source_ref:$file")
	[ "$ours" = "$shipped" ] && status=0 || status=1
	result "$status" "$file" "blob $(echo "$ours" | cut -c1-12)"
done

# If the base did not differ, the check above would prove nothing.
changed=$(kgit -C "$tree" diff --name-only "$source_ref" "$refs/base" | wc -l)
[ "$changed" = "$(echo "$files" | wc -w)" ] && status=0 || status=1
result "$status" "the base is another state" "$changed files were reverted"

# The change is the mailed one, and applies to the same files.
say "$mailed" | while read -r file before after; do
	for end in "$before $refs/base" "$after $behind_mailed"; do
		blob=$(kgit -C "$tree" rev-parse "${end#* }:$file")
		case $blob in
		"${end%% *}"*) ;;
		*) say "$file: $blob, mailed: ${end%% *}" ;;
		esac
	done
done >"$work/mailed"
[ -n "$mailed" ] && [ ! -s "$work/mailed" ] && status=0 || status=1
result "$status" "$(say "$mailed" | wc -l) files before and after are as mailed" \
	"$(tr '\n' ' ' <"$work/mailed")"

ours=$(kgit -C "$tree" rev-parse "$refs/tip^{tree}")
shipped=$(kgit -C "$tree" rev-parse "refs/balloon/$BASE/shipped/tip^{tree}")
[ "$ours" = "$shipped" ] && status=0 || status=1
result "$status" "both flavours end in the same tree" "$(echo "$ours" | cut -c1-12)"
results_end
