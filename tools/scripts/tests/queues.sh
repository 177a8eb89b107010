#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each patch of an older base names the patch of the mainline queue that it carries back.
#
# patches/BASE/backports has a line for each patch of both: two titles, with a tab between
# them; in the place of one, "none: " and why there is none. Partners are in the same topic,
# are for stable trees both or not at all, name the same commits with Fixes:, and change
# the same files. How their code and words differ is no failure: git range-diff writes it
# to $work/queues, and the table at the end counts the lines.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-series.sh"

# patches_by_title BASE: a line "title TAB topic/patch" for each patch.
patches_by_title() {
	(
		BASE=$1
		base_load
		series_patches | while read -r patch; do
			printf '%s\t%s\n' "$(patch_title "$patch")" "$patch"
		done
	)
}

# commits_by_title BASE: a line "title TAB commit" for each patch.
commits_by_title() {
	(
		BASE=$1
		base_load
		FLAVOUR=reverted "$scripts/source.sh" >&2
		FLAVOUR=reverted "$scripts/apply.sh" >&2
		kgit -C "$tree" log --format='%s%x09%H' "$refs/base..$refs/tip"
	)
}

# second FILE TITLE: what stands behind the title.
second() {
	awk -F '\t' -v title="$2" '$1 == title { print $2 }' "$1"
}

# files BASE PATCH: those that it changes, by the names that 6.12 has for the core.
files() {
	sed -n 's,^diff --git a/\([^ ]*\) b/.*,\1,p' "$2" | (
		BASE=$1
		base_load
		sed -e "s,^$core\\.c\$,CORE," -e "s,^$header\$,HEADER," \
			-e "s,^mm/tests/${core_suite}_kunit\\.\\([ch]\\)\$,SUITE.\\1,"
	) | sort
}

# Each of these functions prints what is wrong. It passes if it prints nothing.

# A queue and the list have the same titles, each once.
complete() {
	cut -f 1 "$scratch/patches-$1" | sort >"$scratch/has"
	cut -f "$2" "$scratch/list" | grep -v '^none: ' | sort >"$scratch/lists"
	diff "$scratch/has" "$scratch/lists" |
		sed -n -e "s/^< /no line for: /p" -e "s/^> /no such patch: /p"
}

reasons() {
	awk -F '\t' 'NF != 2 { print "not two fields: " $0 }
		$1 ~ /^none/ && $2 ~ /^none/ { print "no patch at all: " $0 }
		/(^|\t)none(: *(\t|$)|:[^ ]|[^:]|$)/ { print "no reason: " $0 }' "$scratch/list"
}

# partners PATCH PATCH: of the older base, and of mainline.
partners() {
	older=$TOP/patches/$old/$1
	newer=$TOP/patches/$new/$2
	[ "${1%%/*}" = "${2%%/*}" ] || say "in topic ${1%%/*}, and ${2%%/*} on $new"
	for tag in 'Fixes: ' 'Cc: .*stable@'; do
		of_older=$(patch_message "$older" | grep "^$tag" | sed 's/ *#.*//' | sort -u)
		of_newer=$(patch_message "$newer" | grep "^$tag" | sed 's/ *#.*//' | sort -u)
		[ "$of_older" = "$of_newer" ] ||
			say "${of_older:-no $tag}, and ${of_newer:-no $tag} on $new"
	done
	files "$old" "$older" >"$scratch/older"
	files "$new" "$newer" >"$scratch/newer"
	diff "$scratch/older" "$scratch/newer" |
		sed -n -e "s/^< /changes &/p" -e "s/^> /does not change &/p"
}

# compare NUMBER COMMIT COMMIT: sets differ, in words.
compare() {
	kgit -C "$scratch/both" range-diff --no-color --creation-factor=1000 \
		"$2^..$2" "$3^..$3" >"$keep/$1.diff"
	lines=$(grep -c '^    [-+]' "$keep/$1.diff" || true)
	differ="$lines lines differ"
	[ "$lines" != 0 ] || differ=same
}

list=$(echo "$TOP"/patches/*/backports)
[ -f "$list" ] || die "not one list of backports: $list"
old=$(basename -- "$(dirname -- "$list")")
new=$(cd "$TOP/bases" && echo * | xargs -n 1 | grep -v -x -F "$old")
keep=$BUILD/$old/queues
rm -rf "$keep"
mkdir -p "$keep"
scratch_make
grep -v '^#' "$list" >"$scratch/list"
kgit init -q --bare "$scratch/both"
for base in "$old" "$new"; do
	patches_by_title "$base" >"$scratch/patches-$base"
	commits_by_title "$base" >"$scratch/commits-$base"
	kgit -C "$BUILD/$base/linux" rev-parse --path-format=absolute --git-path objects
done >"$scratch/both/objects/info/alternates"

check "each patch of $old has a line" complete "$old" 1
check "each patch of $new has a line" complete "$new" 2
check "where there is no patch, the list says why" reasons
number=0
while IFS='	' read -r older newer; do
	number=$((number + 1))
	case $older$newer in
	*none:*)
		printf '%-62s %s\n' "$older" "$newer" >>"$keep/table"
		continue
		;;
	esac
	check "partners: $older" partners "$(second "$scratch/patches-$old" "$older")" \
		"$(second "$scratch/patches-$new" "$newer")"
	compare "$(printf %02d $number)" "$(second "$scratch/commits-$old" "$older")" \
		"$(second "$scratch/commits-$new" "$newer")"
	[ "$older" = "$newer" ] || differ="$differ; there: $newer"
	printf '%-62s %s\n' "$older" "$differ" >>"$keep/table"
done <"$scratch/list"
sed 's/^/# /' "$keep/table"
say "# how they differ: $keep/NN.diff"

# The checks themselves.
cp "$scratch/list" "$scratch/good"
sed 1d "$scratch/good" >"$scratch/list"
fails "a patch without a line" '^no line for: ' complete "$old" 1
sed '$a nothing of the kind\tnone: a test' "$scratch/good" >"$scratch/list"
fails "a title that no patch has" '^no such patch: nothing of the kind' complete "$old" 1
for wrong in 'none:' 'none: ' 'none' 'none:why'; do
	printf 'a title\t%s\n' "$wrong" >"$scratch/list"
	fails "no reason: '$wrong'" '^no reason: ' reasons
done
printf 'none: one\tnone: two\n' >"$scratch/list"
fails "a line without a patch" '^no patch at all' reasons
echo 'a title' >"$scratch/list"
fails "a line of one field" '^not two fields' reasons
fix=$(grep -m 1 '	fixes-virtio/' "$scratch/patches-$old" | cut -f 2)
marked=$(cd "$TOP/patches/$old" && grep -l '^Cc: .*stable@' fixes-virtio/*.patch | head -n 1)
policy=$(grep -m 1 '	policy/' "$scratch/patches-$new" | cut -f 2)
tests=$(grep -m 1 '	tests/' "$scratch/patches-$new" | cut -f 2)
fails "partners of two topics" "^in topic fixes-virtio, and policy" partners "$fix" "$policy"
fails "partners of which one is for stable" "stable@.*, and no Cc" partners "$marked" "$policy"
fails "partners that change other files" 'change' partners "$fix" "$tests"
results_end
