# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# What a topic and a patch need before they apply. Sourced, after lib.sh and base_load.
#
# Under its Subject:, a cover letter has at most one line of these, and none if the topic
# needs nothing:
#
#	Needs: TOPIC			the one topic, and what that one needs
#	Needs: series up to TOPIC	all topics up to this one
#
# A patch for mainline may be marked for stable by a bare line, and whoever takes it finds
# out to which versions it applies. One of an older base says the oldest version that it
# applies to, and names each patch that has to come before it by its title, in a line of its own as in
# Documentation/process/stable-kernel-rules.rst, or in the same one:
#
#	Cc: <stable@vger.kernel.org> # 6.12.x: virtio_balloon: stop waiting
#	Cc: <stable@vger.kernel.org> # 5.15+
#
#	Cc: <stable@vger.kernel.org> # 6.12: after "virtio_balloon: stop waiting"
#
# One that is no fix itself says for which it is wanted:
#
#	Cc: <stable@vger.kernel.org> # 6.12: needed by "virtio_balloon: stop at shutdown"

# need_of TOPIC: what its cover letter says.
need_of() {
	sed -n -e '/^$/q' -e 's/^Needs: //p' "$series_dir/$1/cover-letter"
}

# topics_before TOPIC: those in front of it, oldest first.
topics_before() {
	series_topics | sed "/^$1\$/,\$d"
}

# needs_of TOPIC: the topics that have to be in, oldest first.
needs_of() {
	needs_said=$(need_of "$1")
	[ -n "$needs_said" ] || return 0
	needs_last=${needs_said#series up to }
	topics_before "$1" | grep -q -x -F -e "$needs_last" ||
		die "topic $1 needs $needs_last, which is no topic before it: correct $series_dir/$1/cover-letter"
	if [ "$needs_last" != "$needs_said" ]; then
		topics_before "$needs_last"
	else
		needs_first=$(needs_of "$needs_last") || return 1
		[ -z "$needs_first" ] || say "$needs_first"
	fi
	say "$needs_last"
}

# alone TOPIC: sets alone_topics, the topic and what it needs, and FLAVOUR and refs to what
# a maintainer has: the tree as shipped, unless that contains the topic.
alone() {
	FLAVOUR=shipped
	! has "$carries" "$1" || FLAVOUR=reverted
	refs=refs/balloon/$BASE/alone/$1
	alone_topics=$(needs_of "$1") || exit 1
	alone_topics=$(say "$alone_topics" "$1" | xargs)
}

# patch_title PATCH: the summary, on one line, without the prefix.
patch_title() {
	sed -n -e '/^Subject: /!d' -e ':more' -e 'N' -e 's/\n / /' -e 't more' \
		-e 's/^Subject: \(\[[^]]*\] \)\{0,1\}//' -e 's/\n.*//p' -e 'q' \
		"$series_dir/$1"
}

# patch_message FILE: what stands in front of the diffstat.
patch_message() {
	sed '/^---$/q' "$1"
}

# stable_lines PATCH: what follows the address in each line that marks it for stable;
# "-" where nothing does.
stable_lines() {
	sed -n -e '/^---$/q' -e 's/^Cc: <\{0,1\}stable@[^ ]* *#* *//p' "$series_dir/$1" |
		sed 's/^$/-/'
}

# stable_says PATCH: the same in words that a script can tell apart, one a line: "version
# VERSION", "after TITLE", "for TITLE", "mainline COMMIT", or "what" with what is none of
# these.
stable_says() {
	stable_lines "$1" | sed -E -e 's/^v?([0-9]+\.[0-9]+)(\.x|\+)?/\1/; t is' -e 's/^/what /; b' \
		-e ':is' -e 's/^([0-9.]+)(, .*)?$/version \1/; t' \
		-e 's/^([0-9.]+): after "(.*)"$/version \1\nafter \2/; t' \
		-e 's/^([0-9.]+): needed by "(.*)"$/version \1\nfor \2/; t' \
		-e 's/^[0-9.]+: ([0-9a-f]{7,40}: .*)$/mainline \1/; t' \
		-e 's/^[0-9.]+: ([^ ].*)$/after \1/; t' -e 's/^/what /'
}

# prerequisites PATCH: the titles of the patches that have to come before it.
prerequisites() {
	stable_says "$1" | sed -n 's/^after //p'
}

# patch_titled TITLE: the patch of the series that has it.
patch_titled() {
	series_patches | while read -r titled; do
		[ "$(patch_title "$titled")" != "$1" ] || say "$titled"
	done
}
