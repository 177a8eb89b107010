#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# make post writes mails that git send-email, git am and b4 take as they are.
set -eu
export LC_ALL=C
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-series.sh"

who='Ada Example <ada@example.org>'

# header FILE NAME: the value on one line, as a reader of mail sees it.
header() {
	sed '/^$/q' "$1" | awk -v name="$2:" '
		/^[ \t]/ { if (found) printf "%s", $0; next }
		{ found = index(tolower($0), tolower(name)) == 1 }
		found { printf "%s", substr($0, length(name) + 2) }'
}

# people FILE NAME...: the addresses in these headers, sorted.
people() {
	people_file=$1
	shift
	for people_name; do
		header "$people_file" "$people_name"
		say
	done | tr ' \t<>,' '\n' | grep @ | sort -u
}

# lacks LIST LIST: the lines of the second list that the first does not have.
lacks() {
	say "$1" >"$scratch/list"
	say "$2" | grep -v -x -F -f "$scratch/list" || true
}

# threading COPY MAIL: the cover letter answers to nothing, each patch answers to it.
threading() {
	case $1 in
	*/0000*) wanted="$id  " ;;
	*)	wanted="$(header "$2" Message-Id) $id $id" ;;
	esac
	got="$(header "$1" Message-Id) $(header "$1" In-Reply-To) $(header "$1" References)"
	[ "$got" = "$wanted" ] || say "${1##*/}: not threaded: $got"
}

# Each of these functions prints what is wrong. It passes if it prints nothing.

cover_letter() {
	text=$series_dir/$topic/cover-letter
	title=$(sed -n '1s/^Subject: //p' "$text")
	header "$cover" Subject | grep -q -x -F -e "[PATCH 0/$patches] $title" \
		-e "[PATCH 00/$patches] $title" || say "another subject"
	lacks "$(cat "$cover")" "$(sed '1,/^$/d' "$text")"
	# The topics that it needs and the tree lacks, and no others.
	for other in $(series_topics); do
		line="Applies on top of: $(
			sed -n '1s/^Subject: //p' "$series_dir/$other/cover-letter")"
		if ! has "$alone_topics" "$other" || [ "$other" = "$topic" ] ||
		   { [ "$FLAVOUR" = shipped ] && has "$carries" "$other"; }; then
			! grep -x -F -e "$line" "$cover" || say "$topic does not need it"
		else
			lacks "$(cat "$cover")" "$line"
		fi
	done
	lacks "$(cat "$cover")" "${who% <*} ($patches):"
	grep -q '^ [0-9]* files\{0,1\} changed, ' "$cover" || say "no diffstat"
	line="base-tree: $(kgit rev-parse "$refs/base^{tree}") ("
	[ ! -f "$work/origin-commit" ] ||
		line="base-commit: $(cat "$work/origin-commit")"
	grep -q "^$line" "$cover" || say "no line $line"
	grep -F ' HERE ***' "$cover" || true
}

headers() {
	for mail in "$dir"/*.patch; do
		[ "$(header "$mail" From)" = "$who" ] || say "${mail##*/}: from somebody else"
		grep -q -x -F "Subject: $(header "$mail" Subject)" "$mail" ||
			say "${mail##*/}: the subject is folded"
		threading "$mail" "$mail"
	done
	[ "$(cat "$dir"/*.patch | grep '^Message-Id: ' | sort -u | wc -l)" = \
		$((patches + 1)) ] || say "the Message-Ids are not different"
}

# MAINTAINERS is the one behind the topic here.
recipients() {
	everybody=$(people "$cover" To Cc)
	for mail in "$dir"/*.patch; do
		[ -n "$(people "$mail" To)" ] || say "${mail##*/}: to nobody"
		got=$(people "$mail" To Cc)
		say "$got" | grep -x -F "$AUTHOR_MAIL" || true
		lacks "$everybody" "$got"
		[ "$mail" = "$cover" ] ||
			lacks "$got" "$(perl scripts/get_maintainer.pl --nogit \
				--nogit-fallback --nofixes --norolestats "$mail" |
				tr ' <>' '\n' | grep @ | grep -v -x -F "$AUTHOR_MAIL")"
	done
}

stamped() {
	for mail in "$dir"/*.patch; do
		[ "$mail" != "$cover" ] || continue
		[ "$(grep -c "^Signed-off-by: $who\$" "$mail")" = 1 ] ||
			say "${mail##*/}: not signed off"
		checkpatch "$mail" || true
	done
}

# apply MAIL...: git am on what the topic needs.
apply() {
	kgit checkout -q -f --detach "$before"
	kgit am -q "$@" 2>&1 || kgit am --abort
	[ "$(kgit rev-list --count "$before..HEAD")" = "$patches" ] ||
		say "$(kgit rev-list --count "$before..HEAD") of $patches patches are in"
}

git_am() {
	rm -f "$scratch/mails"/*
	cp "$dir"/*.patch "$scratch/mails"
	rm -f "$scratch/mails"/0000-*
	apply "$scratch/mails"/*
}

# What a maintainer would type, without his configuration.
send_email() {
	sent=$scratch/sent
	rm -rf "$sent"
	mkdir "$sent"
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
		git send-email --dry-run --from="$who" --smtp-server=/bin/true \
		"$dir"/*.patch </dev/null >"$scratch/send-email" 2>&1 ||
		tail -n 1 "$scratch/send-email"
	awk -v sent="$sent" '/^Dry-OK/ { mail = sprintf("%s/%04d", sent, mails++) }
		mail { print >mail }' "$scratch/send-email"
	[ "$(cat "$sent"/* | grep -c -x 'Result: OK')" = $((patches + 1)) ] ||
		say "not $((patches + 1)) mails"
	for mail in "$dir"/*.patch; do
		copy=${mail##*/}
		copy=$sent/${copy%%-*}
		[ "$(people "$mail" To)" = "$(people "$copy" To)" ] ||
			say "${mail##*/}: goes to $(people "$copy" To | xargs)"
		lacks "$(people "$copy" Cc)" "$(people "$mail" Cc)"
		threading "$copy" "$mail"
	done
}

# b4 wants to know who its user is.
b4_am() {
	rm -rf "$scratch/b4"
	mkdir -p "$scratch/b4/out"
	HOME=$scratch/b4 XDG_CACHE_HOME=$scratch/b4 XDG_DATA_HOME=$scratch/b4 \
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_COUNT=3 \
	GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0='Bob Example' \
	GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1=bob@example.org \
	GIT_CONFIG_KEY_2=b4.attestation-policy GIT_CONFIG_VALUE_2=off \
		b4 --offline-mode --no-stdin am -m "$dir.mbox" -o "$scratch/b4/out" "$id" \
		</dev/null >"$scratch/b4/log" 2>&1 || tail -n 1 "$scratch/b4/log"
	grep -E 'WARNING|ERROR|CRITICAL' "$scratch/b4/log" || true
	grep -q -x "Total patches: $patches" "$scratch/b4/log" || say "not $patches patches"
	[ -s "$(echo "$scratch"/b4/out/*.cover)" ] || say "no cover letter"
	apply "$scratch"/b4/out/*.mbx
}

# refused NAME PATTERN COMMAND...: it fails, complains in one line, writes nothing.
refused() {
	name=$1
	pattern=$2
	shift 2
	POST_DIR=$scratch/none "$@" >"$scratch/stdout" 2>"$scratch/stderr" &&
		status=1 || status=0
	[ "$(wc -l <"$scratch/stderr")" = 1 ] || status=1
	grep -q -E "$pattern" "$scratch/stderr" || status=1
	[ ! -e "$scratch/none" ] && [ ! -e "$scratch/none.mbox" ] || status=1
	result "$status" "$name" "$(sed "s,$scratch,...,g" "$scratch/stderr")"
}

test_checkout "$refs/base"
scratch_make
mkdir "$scratch/mails"
cd "$test_tree"
for topic in $(series_topics); do
	alone "$topic"
	dir=$scratch/$topic
	TOPIC=$topic SIGNOFF=$who POST_DIR=$dir "$scripts/post.sh" >/dev/null
	cover=$dir/0000-cover-letter.patch
	patches=$(series_patches | grep -c "^$topic/")
	mails=$(find "$dir" -name '[0-9]*.patch' | wc -l)
	[ "$mails" = $((patches + 1)) ] && [ -f "$cover" ] && status=0 || status=1
	result "$status" "$topic: mails" "$mails: a cover letter and $patches patches"
	before=$(kgit rev-parse "$refs/tip~$patches")
	id=$(header "$cover" Message-Id)
	check "$topic: cover letter" cover_letter
	check "$topic: headers" headers
	check "$topic: git send-email sends what the files say" send_email
	check "$topic: b4 am makes patches of the mbox that apply" b4_am
	b4_tree=$(kgit rev-parse 'HEAD^{tree}')
	check "$topic: git am takes the files" git_am
	[ "$b4_tree" = "$(kgit rev-parse 'HEAD^{tree}')" ] && status=0 || status=1
	result "$status" "$topic: both give the same tree"
	check "$topic: recipients" recipients
	check "$topic: stamped and checkpatch clean" stamped
	kgit diff --quiet "$refs/tip" HEAD && status=0 || status=1
	result "$status" "$topic: the same tree as the patches make"
done

some=$(series_topics | head -n 1)
for signoff in '' 'nobody' 'No Address <>' '<only@example.org>' \
		"$AUTHOR_NAME <$AUTHOR_MAIL>"; do
	refused "refused: SIGNOFF='$signoff'" 'SIGNOFF="Name <address>"' \
		env TOPIC="$some" SIGNOFF="$signoff" "$scripts/post.sh"
done
for wrong in '' 'nonsense' "$some/" '.*'; do
	refused "refused: TOPIC='$wrong'" "there are: $(series_topics | xargs)\$" \
		env TOPIC="$wrong" SIGNOFF="$who" "$scripts/post.sh"
done
mkdir "$scratch/project"
cp -r "$TOP/bases" "$TOP/patches" "$TOP/tools" "$scratch/project"
last=$(series_topics | tail -n 1)
sed -i "1a Needs: $last" "$scratch/project/patches/$BASE/$some/cover-letter"
refused "refused: a topic that needs a later one" "topic $some needs $last, which is no topic" \
	env TOPIC="$some" SIGNOFF="$who" "$scratch/project/tools/scripts/post.sh"
rm "$scratch/project/patches/$BASE/$some/cover-letter"
refused "refused: no cover letter" "no cover letter: write .*/$some/cover-letter" \
	env TOPIC="$some" SIGNOFF="$who" "$scratch/project/tools/scripts/post.sh"
results_end
