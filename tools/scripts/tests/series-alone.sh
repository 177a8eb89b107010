#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each topic applies with what its cover letter names, each patch for stable with what it names.
#
# Of a mainline base, all that a topic marks for stable has to apply without the rest of it.
#
# Tried with git am, in repositories that have nothing but the files that the series
# touches. A topic that the shipped tree contains is tried on the base taken back, the
# others on the base taken back plus those topics, and on the base as shipped.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-series.sh"

# small NAME COMMIT: such a repository, $scratch/NAME, with its tag "start".
small() {
	export_files "$2" "$scratch/$1"
	(
		cd "$scratch/$1"
		kgit init -q
		kgit add -A -f
		kgit commit -q -m base
		kgit tag start
	)
}

# applies REPOSITORY PATCH...: prints what does not apply to its start.
applies() {
	cd "$scratch/$1"
	kgit checkout -q -f --detach start
	kgit clean -q -d -f -x
	shift
	for applies; do
		kgit am -q "$series_dir/$applies" >"$scratch/am" 2>&1 && continue
		kgit am --abort
		say "$applies: $(grep -m 1 '^error: ' "$scratch/am" || head -n 1 "$scratch/am")"
		return
	done
}

# patches_of TOPIC...: without those that the repositories for TOPIC have already.
patches_of() {
	for patches_of; do
		has "$in_base" "$patches_of" || series_patches | grep "^$patches_of/"
	done
}

# bases_of TOPIC: sets repositories, and in_base, the topics that they have.
bases_of() {
	in_base=
	repositories=back
	if ! has "$carries" "$1"; then
		in_base=$carries
		repositories="${carries:+carried }shipped"
	fi
}

# Each of these functions prints what is wrong. It passes if it prints nothing.

# The line "Needs:" names what there is, and no more than needed.
need() {
	need=$(need_of "$1")
	[ "$(say "$need" | wc -l)" = 1 ] || {
		say "more than one line Needs:"
		return
	}
	[ -n "$need" ] || return 0
	topics_before "$1" | grep -q -x -F -e "${need#series up to }" || {
		say "Needs: $need: no topic before $1"
		return
	}
	[ "$need" != "${need#series up to }" ] || return 0
	for one in $(topics_before "$1"); do
		! has "$in_base" "$one" || continue
		# shellcheck disable=SC2046 # patches are words
		[ -n "$(applies "${repositories##* }" \
			$(patches_of $(needs_of "$one") "$one" "$1"))" ] ||
			say "the topic $one is enough"
	done
}

topic() {
	# shellcheck disable=SC2046 # patches are words
	applies "$2" $(patches_of $(needs_of "$1") "$1")
}

# with_prerequisites PATCH: the patches that its lines name, and those that theirs do,
# in the order of the series, and the patch.
with_prerequisites() {
	wanted_patches=$1
	for each in $(series_patches | tac | sed "0,\\,^$1\$,d"); do
		title=$(patch_title "$each")
		for later in $wanted_patches; do
			prerequisites "$later" | grep -q -x -F -e "$title" || continue
			wanted_patches="$each $wanted_patches"
			break
		done
	done
	say "$wanted_patches"
}

# enough PATCH REPOSITORY: the fewest titles that it would have to name, for whoever writes
# its message.
enough() {
	# shellcheck disable=SC2046 # patches are words
	enough=$(patches_of $(series_topics) | sed "\\,^$1\$,,\$d")
	# From the last on: none of those that are left needs one that goes.
	for each in $(say "$enough" | tac); do
		fewer=$(say "$enough" | grep -v -x -F "$each" || true)
		# shellcheck disable=SC2086 # patches are words
		[ -n "$(applies "$2" $fewer "$1")" ] || enough=$fewer
	done
	for each in $enough; do
		say "name: $(patch_title "$each")"
	done
}

# titled TITLE RANGE PATCH: complain if it is not that of a patch in front of PATCH
# ("before") or behind it ("after").
titled() {
	titled=$(patch_titled "$1")
	case $2 in
	before)	series_patches | sed "\\,^$3\$,,\$d" ;;
	after)	series_patches | sed "0,\\,^$3\$,d" ;;
	esac | grep -q -x -F -e "${titled:--}" ||
		say "no patch $2 it has the title: $1"
}

# What the lines for stable say is understood, and true.
stable() {
	if [ "$(stable_lines "$1")" = - ]; then
		[ "$mainline" = yes ] || say "no line names the oldest version, as in '# 5.15+'"
		return
	fi
	stable_says "$1" | grep -q '^version ' ||
		say "no line names the oldest version, as in '# 5.15+'"
	stable_says "$1" | while read -r what words; do
		case $what in
		what)	say "neither a version nor a prerequisite: $words" ;;
		after)	titled "$words" before "$1" ;;
		for)	titled "$words" after "$1" ;;
		esac
	done
	# shellcheck disable=SC2046 # patches are words
	stable=$(applies "$2" $(with_prerequisites "$1"))
	[ -z "$stable" ] || {
		say "$stable"
		enough "$1" "$2"
	}
}

# marked TOPIC: its patches that are marked for stable.
marked() {
	for marked in $(series_patches | grep "^$1/"); do
		[ -z "$(stable_lines "$marked")" ] || say "$marked"
	done
}

# Stable trees take them without the others of the topic.
marked_alone() {
	# shellcheck disable=SC2046 # patches are words
	applies "${repositories##* }" $(marked "$1")
}

scratch_make
for flavour in reverted shipped; do
	FLAVOUR=$flavour "$scripts/apply.sh"
done
carried=$refs/base
for commit in $(prefix_commits | tail -n +2); do
	! has "$carries" "$(topic_of "$commit")" || carried=$commit
done
small back "$refs/base"
small carried "$carried"
small shipped "$source_ref"

for topic in $(series_topics); do
	bases_of "$topic"
	needs=$(needs_of "$topic" | xargs)
	check "$topic: needs ${needs:-nothing}" need "$topic"
	for repository in $repositories; do
		check "$topic: git am on the base, $repository" topic "$topic" "$repository"
	done
done
if [ "$mainline" = yes ]; then
	for topic in $(series_topics); do
		[ -z "$(marked "$topic")" ] ||
			check "$topic: git am of what is marked for stable" marked_alone "$topic"
	done
fi
for patch in $(series_patches); do
	[ -n "$(stable_lines "$patch")" ] || continue
	bases_of "${patch%%/*}"
	check "stable: $patch" stable "$patch" "${repositories##* }"
done

# The checks themselves, with a series of three topics, of which each changes what the
# one before has added.
carries=
mainline=no
bases_of none
cd "$scratch/shipped"
kgit checkout -q -f --detach start
mkdir "$scratch/series"
for topic in one two three; do
	mkdir "$scratch/series/$topic"
	[ $topic = one ] || echo "added by $topic" >after
	case $topic in
	one)	echo "added by one" >first ;;
	two)	echo "changed by two" >first ;;
	three)	echo "changed by three" >first; echo "changed by three" >after ;;
	esac
	kgit add -A
	kgit commit -q -m "balloon: topic $topic" -m 'Cc: <stable@vger.kernel.org> # 5.15+'
	kgit format-patch -q -o "$scratch/series/$topic" HEAD^
	printf 'Subject: topic %s\n\nText.\n' $topic >"$scratch/series/$topic/cover-letter"
done
series_dir=$scratch/series
for topic in one two three; do
	(cd "$series_dir" && ls $topic/*.patch)
done >"$series_dir/series"
one=$(patches_of one)
two=$(patches_of two)
three=$(patches_of three)

says() {
	sed -i "1a $2" "$series_dir/$1/cover-letter"
}

check "self: a topic that needs nothing" topic one shipped
fails "a topic that needs one that it does not name" 'two/.*error:' topic two shipped
says two 'Needs: one'
check "self: a topic that needs one" topic two shipped
check "self: a need" need two
says three 'Needs: two'
check "self: a topic that needs one that needs another" topic three shipped
sed -i 's/^Needs:.*/Needs: one/' "$series_dir/three/cover-letter"
fails "a topic that names the wrong one" 'three/.*error:' topic three shipped
sed -i 's/^Needs:.*/Needs: series up to two/' "$series_dir/three/cover-letter"
check "self: a topic that needs a part of the series" topic three shipped
fails "a topic that names too much" 'the topic two is enough' need three
says three 'Needs: two'
fails "a topic with two needs" 'more than one line' need three
sed -i 's/^Needs:.*/Needs: three/' "$series_dir/two/cover-letter"
fails "a topic that needs a later one" 'Needs: three: no topic before two' need two

fails "a patch that needs one that it does not name" 'two/.*error:.*' stable "$two" shipped
marks() {
	sed -i "s/^Cc: <stable.*/Cc: <stable@vger.kernel.org> # $2/" "$series_dir/$1"
}
marks "$two" '5.15.x: balloon: topic one\nCc: stable@vger.kernel.org # v5.15+'
check "self: a patch that names another" stable "$two" shipped
marks "$two" '5.15: after "balloon: topic one"'
check "self: a patch that names another, in one line" stable "$two" shipped
fails "a patch that names too little" 'three/.*error:.* name: balloon: topic two' \
	stable "$three" shipped
marks "$three" '5.15: after "balloon: topic two"'
check "self: a patch that names one that names another" stable "$three" shipped
marks "$two" '5.15: after "balloon: topic three"'
fails "a patch that names a later one" 'no patch before it has the title: .* three' \
	stable "$two" shipped
marks "$one" '5.15: needed by "balloon: topic two"'
check "self: a patch that another one needs" stable "$one" shipped
marks "$one" '5.15: needed by "balloon: topic four"'
fails "a patch that one needs that is not there" 'no patch after it has the title' \
	stable "$one" shipped
marks "$one" '5.15.x: 0123456789ab: mm: a commit of the mainline'
fails "a patch without a version" 'no line names the oldest version' stable "$one" shipped
marks "$one" 'since long ago'
fails "a remark" 'neither a version nor a prerequisite: since long' stable "$one" shipped
marks "$one" ''
fails "a bare line" 'no line names the oldest version' stable "$one" shipped
mainline=yes
check "self: a bare line of a patch for mainline" stable "$one" shipped
cp "$series_dir/$two" "$series_dir/one"
sed -i "s,^$one\$,&\none/${two#*/}," "$series_dir/series"
check "self: two patches for stable" marked_alone one
sed -i '/^Cc: <stable/d' "$series_dir/$one"
fails "a patch for stable that needs one that is not" 'error: .*first' marked_alone one
results_end
