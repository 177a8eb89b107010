#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Every prefix compiles without a new warning of W=1 or sparse; topics build, in turn and alone.
#
# Compiled are the core and the drivers, for each architecture, page migration on and
# off, where the code differs from that of the prefix before. Built whole are the end of
# each topic, and each topic on the tree as shipped, with what its cover letter names.
# With ALL, every prefix is built whole, on and off. The guests are left for the test
# "guests".
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-series.sh"

keep=$work/prefixes
# What looks at each object.
[ "$sparse" = no ] && tool=CC || tool=CHECK

# code COMMIT FILE: a file in C without its comments.
code() {
	kgit -C "$tree" show "$1:$2" | gcc -w -fpreprocessed -dD -E -P -x c -
}

# same_code COMMIT COMMIT FILE: the same but for comments and line numbers.
same_code() {
	case $3 in
	*.[ch])	[ "$(code "$1" "$3")" = "$(code "$2" "$3")" ] ;;
	*)	return 1 ;;
	esac
}

# changed_code COMMIT COMMIT: the files that can make a guest's kernel differ. The
# KUnit suites are in none of these.
changed_code() {
	kgit -C "$tree" diff --name-only "$1" "$2" -- . \
		':(exclude)Documentation' ':(exclude)MAINTAINERS' \
		':(exclude)tools/testing' ':(exclude,glob)**/tests/**' |
	while read -r file; do
		same_code "$1" "$2" "$file" </dev/null || say "$file"
	done
}

# kinds_changed BEFORE COMMIT: sets kinds, the kinds of kernel that can differ between
# the two; all of them if there is no BEFORE.
kinds_changed() {
	on_x86=
	on_ppc=
	[ -n "$1" ] || on_x86=x86_64 on_ppc=ppc64le-64k
	for file in ${1:+$(changed_code "$1" "$2")}; do
		case $file in
		arch/powerpc/*)	on_ppc=ppc64le-64k ;;
		*/vmw_balloon*)	on_x86=x86_64 ;;
		*)		on_x86=x86_64 on_ppc=ppc64le-64k ;;
		esac
	done
	kinds="$on_x86 $on_ppc"
}

# What a build says, without the lines' numbers, which move.
warnings() {
	sed -n -E "s,^$test_tree/,,; s/:[0-9]+(:[0-9]+)?:/:/; /(WARNING|warning|error):/p" \
		"$1/build.log" | sort -u
}

# lint PREFIX KIND PAGE_MIGRATION: at the commit that is checked out; prints a line for
# results_of. The base has warnings of its own (kernel-doc); no prefix may add any.
lint() {
	case $2 in
	x86_64)	objects="$core.o drivers/virtio/virtio_balloon.o drivers/misc/vmw_balloon.o" ;;
	*)	objects="$core.o drivers/virtio/virtio_balloon.o arch/powerpc/platforms/pseries/cmm.o" ;;
	esac
	out=$(out_of "$2" "$3")
	kernel_kind "$2" "$3"
	base=$keep/$2-$3.warnings
	# shellcheck disable=SC2086 # objects are words
	[ "$1" != 0 ] || (mkdir -p "$out" && cd "$out" && rm -f $objects)
	# shellcheck disable=SC2086 # fragments are words
	JOBS=1 MAKE_FLAGS='C=1' "$scripts/kernel.sh" "$test_tree" "$out" \
		"$objects" $fragments </dev/null >"$keep/$1-$2-$3.log" 2>&1 && status=0 || status=1
	new=
	if [ "$status" = 0 ]; then
		[ "$1" != 0 ] || warnings "$out" >"$base"
		new=$(warnings "$out" | comm -23 - "$base")
		[ -z "$new" ] || status=1
		# None where Kconfig alone changes; at the base all of them, and what kbuild adds.
		count=$(grep -c "^  $tool " "$out/build.log" || true)
		[ "$1" != 0 ] || [ "$count" -ge 3 ] || status=1
		new=${new:-"$count objects"}
	fi
	[ -n "$new" ] || new=$(tail -n 1 "$keep/$1-$2-$3.log")
	say "$status prefix $1, $2, page migration $3|$(say "$new" | head -n 1)"
}

# list_guests PREFIX COMMIT: build the guests of a prefix or of a topic alone, and list
# those whose kernel or driver no earlier one has had. Builds are reproducible, so sums can be compared.
list_guests() {
	for kind in $kinds; do
		for setting in on ${all:+off}; do
			if ! guest_at "$2" "$kind" "$setting" </dev/null; then
				result 1 "$(prefix_name "$1"), $kind, page migration $setting" "does not build"
				continue
			fi
			kernel_kind "$kind" "$setting"
			for guest in $(guests_of "$kind"); do
				guest_driver "$guest"
				sums=$(grep -e " $kernel_image\$" -e " $driver\$" "$kept/sums" | xargs)
				! grep -qxF "$guest $sums" "$keep/seen" || continue
				say "$guest $sums" >>"$keep/seen"
				say "$1 $guest $setting $kept" >>"$keep/guests"
			done
		done
	done
}

rm -rf "$keep"
mkdir -p "$keep"
: >"$keep/seen"
: >"$keep/guests"
for kind in x86_64 ppc64le-64k; do
	seed_test "$kind" off
done
# Lines "number commit", and "end" where a topic ends.
prefix_commits | while read -r commit; do
	say "$commit $(topic_of "$commit")"
done | awk '
	NR > 1 { print NR - 2, commit, (NR > 2 && topic != $2 ? "end" : "") }
	{ commit = $1; topic = $2 }
	END { print NR - 1, commit, "end" }' >"$keep/commits"
before=
built=
while read -r number commit end; do
	kinds_changed "$before" "$commit"
	before=$commit
	if [ "$kinds" = ' ' ]; then
		result 0 "prefix $number" "changes no code of the kernel"
	else
		test_checkout "$commit"
		for kind in $kinds; do
			for setting in on off; do
				lint "$number" "$kind" "$setting" \
					>"$keep/result-$number-$kind-$setting" &
			done
		done
		wait
		for file in "$keep/result-$number-"*; do
			[ -s "$file" ] || say "1 prefix $number, ${file##*/}|no result" >"$file"
			results_of "$file"
		done
	fi
	if [ -n "$all$end" ]; then
		kinds_changed "$built" "$commit"
		built=$commit
		list_guests "$number" "$commit"
	fi
done <"$keep/commits"

for topic in $(series_topics); do
	! has "$carries" "$topic" || continue
	ALONE=$topic "$scripts/apply.sh"
	alone "$topic"
	kinds_changed "$refs/tip~$(series_patches | grep -c "^$topic/")" "$refs/tip"
	[ "$kinds" != ' ' ] || continue
	listed=$(wc -l <"$keep/guests")
	list_guests "$topic" "$refs/tip"
	result 0 "$topic alone" "guests: $(tail -n +$((listed + 1)) "$keep/guests" |
		cut -d ' ' -f 2 | xargs)"
done
results_end
