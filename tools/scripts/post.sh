#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2030,SC2031 # pgit is somebody else in a subshell
# post.sh: write the mails of one topic. TOPIC names it; SIGNOFF="Name <address>"
# becomes the author and the Signed-off-by of every patch.
#
#	DIR/0000-cover-letter.patch, DIR/NNNN-*.patch	for git send-email and git am
#	DIR.mbox					the same mails for b4
#
# They apply to the tree as shipped, or to the base taken back if that contains the
# topic, with the topics that the cover letter names and no others.
#
# DIR is $work/post/TOPIC, or POST_DIR. The script makes commits, but it changes no
# branch or working tree.
set -eu
export LC_ALL=C
. "$(dirname -- "$0")/lib.sh"
. "$(dirname -- "$0")/lib-series.sh"
base_load

topic=${TOPIC:-}
who=${SIGNOFF:-}
topics=$(series_topics | xargs)
series_topics | grep -q -x -F -e "$topic" ||
	die "TOPIC='$topic' is no topic; there are: ${topics:-none}"
name=$(say "$who" | sed -n 's/^\([^<>]*[^<> ]\) <[^<>@ ]*@[^<>@ ]*>$/\1/p')
mail=$(say "$who" | sed -n 's/^[^<>]*[^<> ] <\([^<>@ ][^<>@ ]*@[^<>@ ][^<>@ ]*\)>$/\1/p')
if [ -z "$name" ] || [ -z "$mail" ] || [ "$mail" = "$AUTHOR_MAIL" ]; then
	die "SIGNOFF='$who' is no person: make post TOPIC=$topic SIGNOFF=\"Name <address>\""
fi
to=${POST_DIR:-$work/post/$topic}
to=${to%/}
cover=$series_dir/$topic/cover-letter

# title TOPIC: the subject of its cover letter.
title() {
	title=$(sed -n '1s/^Subject: //p' "$series_dir/$1/cover-letter" 2>/dev/null || true)
	[ -n "$title" ] ||
		die "topic $1 has no cover letter: write $series_dir/$1/cover-letter (Subject: TITLE)"
}

# Git as the person who posts.
pgit() {
	(AUTHOR_NAME=$name AUTHOR_MAIL=$mail && kgit -C "$tree" "$@")
}

# Sets before (the commit in front of the topic), after (the topic's last commit,
# stamped) and on_top (the topics in front of it, which it needs).
stamp() {
	before=$(pgit rev-parse "$refs/base")
	after=
	on_top=
	pgit log --reverse --notes=topic --format='%H %N' "$refs/base..$refs/tip" |
		awk 'NF == 2' >"$new/commits"
	while read -r commit its_topic; do
		if [ "$its_topic" = "$topic" ]; then
			after=$(pgit log -1 --format=%B "$commit" |
				pgit interpret-trailers --no-divider \
					--if-exists addIfDifferent \
					--trailer "Signed-off-by: $who" |
				pgit commit-tree -p "${after:-$before}" "$commit^{tree}")
		elif [ -z "$after" ]; then
			before=$commit
			[ "$its_topic" = "${on_top##* }" ] ||
				on_top="$on_top $its_topic"
		fi
	done <"$new/commits"
}

# The body of the cover letter, then what a tree needs before the topic applies.
blurb() {
	sed '1,/^$/d' "$cover"
	pgit log --reverse --format='%s' \
		"$source_ref..$refs/base" >"$new/needs"
	for other in $on_top; do
		title "$other"
		say "$title" >>"$new/needs"
	done
	[ ! -s "$new/needs" ] || say
	sed 's/^/Applies on top of: /' "$new/needs"
}

# write_cover_letter MAIL: fill in the subject and the text for which format-patch
# leaves places. It adds base-commit itself, but it knows no base-tree.
write_cover_letter() {
	blurb >"$new/blurb"
	title "$topic"
	TITLE=$title BLURB=$new/blurb awk '
		at = index($0, "*** SUBJECT HERE ***") {
			$0 = substr($0, 1, at - 1) ENVIRON["TITLE"]
		}
		$0 == "*** BLURB HERE ***" {
			while ((getline < ENVIRON["BLURB"]) > 0)
				print
			next
		}
		{ print }' "$1" >"$new/cover"
	origin=$(cat "$work/origin")
	[ -n "$origin_commit" ] ||
		say "base-tree: $(pgit rev-parse "$refs/base^{tree}")" \
			"(${origin##*/}$(pgit diff --quiet "$source_ref" \
				"$refs/base" || say ", with the reverts above"))" \
			>>"$new/cover"
	mv "$new/cover" "$1"
}

# people PATCH: whom get_maintainer.pl names, as lines "To address" for a maintainer
# and "Cc address" for a reviewer or a list. MAINTAINERS counts as it is in front of
# the topic and behind it: a topic that changes an entry goes to the people of both.
# Names get the encoding of a mail's header.
people() {
	for state in "$new"/MAINTAINERS.*; do
		(cd "$tree" && HOME=$new perl scripts/get_maintainer.pl --nogit \
			--nogit-fallback --nofixes --norolestats --roles \
			--mpath "$state" "$1") ||
			die "scripts/get_maintainer.pl failed in $tree"
	done >"$new/named"
	NEUTRAL=$AUTHOR_MAIL perl -MEncode -n -e '
		next if /\Q$ENV{NEUTRAL}\E/;
		my ($who, $roles) = /^(.*?[^ ]@[^ ]+) \((.*)\)$/ or die $_;
		$who =~ s/^"?([^"<]*[^\0-\177][^"<]*?)"? </encode("MIME-Q", decode("UTF-8", $1)) . " <"/e;
		my $to = grep { /^[a-z ]+:/ && !/^(reviewer|[a-z ]*list):/ } split(/,/, $roles);
		print $to ? "To" : "Cc", " $who\n"' "$new/named"
}

# recipients LIST: the headers for such lines. An address that is in both is in To.
recipients() {
	sort -s -r -k 1,1 "$1" | awk '
		{ address = tolower($NF); gsub(/[<>]/, "", address) }
		!seen[address]++ {
			printf "%s", $1 == last ? ",\n    " : (last ? "\n" : "") $1 ": "
			last = $1
			printf "%s", substr($0, 4)
		}
		END { print "" }'
}

# finish MAIL LIST: add To and Cc from the list. Git folds a long subject at 78 columns;
# b4 0.12 fails on that, so put it on one line.
finish() {
	{
		recipients "$2"
		if grep -q '[^[:print:][:space:]]' "$1" && ! grep -q '^Content-Type:' "$1"; then
			say 'MIME-Version: 1.0'
			say 'Content-Type: text/plain; charset=UTF-8'
			say 'Content-Transfer-Encoding: 8bit'
		fi
	} >"$new/header"
	HEADER=$new/header awk '
		body { print; next }
		subject && /^[ \t]/ { sub(/^[ \t]+/, " "); subject = subject $0; next }
		subject { print subject; subject = "" }
		/^Subject:/ { subject = $0; next }
		$0 == "" {
			while ((getline line < ENVIRON["HEADER"]) > 0)
				print line
			body = 1
		}
		{ print }' "$1" >"$new/finished"
	mv "$new/finished" "$1"
}

title "$topic"
alone "$topic"
ALONE=$topic "$TOP/tools/scripts/apply.sh"
# A commit that others have: where the tree is from somebody's clone.
origin_commit=$(cat "$work/origin-commit" 2>/dev/null || true)
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
stamp
pgit show "$before:MAINTAINERS" >"$new/MAINTAINERS.before"
pgit show "$after:MAINTAINERS" >"$new/MAINTAINERS.after"
! cmp -s "$new"/MAINTAINERS.* || rm "$new/MAINTAINERS.after"
pgit format-patch -q -n --cover-letter --thread=shallow --zero-commit \
	--no-signature --no-renames ${origin_commit:+--base="$origin_commit"} \
	-o "$new/mails" "$before..$after"
set -- "$new"/mails/*.patch
first=$1
shift
write_cover_letter "$first"

for patch; do
	people "$patch" >"$patch.people"
done
cat "$new"/mails/*.people >"$new/everybody"
# Where nobody maintains what a topic changes, it goes to the lists.
grep -q '^To' "$new/everybody" || sed -i 's/^Cc/To/' "$new/everybody"
[ -s "$new/everybody" ] || die "MAINTAINERS names nobody for topic $topic"
finish "$first" "$new/everybody"
for patch; do
	# A patch that has no maintainer goes where the cover letter goes.
	grep -q '^To' "$patch.people" || cp "$new/everybody" "$patch.people"
	finish "$patch" "$patch.people"
done

mkdir -p "$to"
rm -f "$to"/[0-9][0-9][0-9][0-9]-*.patch
cp "$new"/mails/*.patch "$to"
for patch in "$to"/*.patch; do
	sed '2,$s/^From />From /' "$patch"
	say
done >"$to.mbox"
say "$to, $to.mbox: a cover letter and $# patches"
