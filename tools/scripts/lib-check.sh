# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# What the checks share, on top of lib.sh. Sourced.

# shellcheck source=lib.sh
. "$(dirname -- "$0")/../lib.sh"
# shellcheck source=tools/scripts/lib-guest.sh
. "$(dirname -- "$0")/../lib-guest.sh"
base_load
scripts=$TOP/tools/scripts
results=0
bad=0

# result STATUS NAME WORDS: a subtest.
result() {
	results=$((results + 1))
	result_line="$results $2"
	if [ "$1" = 0 ]; then
		result_line="ok $result_line"
	else
		bad=$((bad + 1))
		result_line="not ok $result_line"
	fi
	shift 2
	say "$result_line${*:+ # $*}"
}

# The plan, and the check's exit status.
results_end() {
	say "1..$results"
	[ "$bad" = 0 ] && [ "$results" -gt 0 ]
}

# The commits in front of each patch and behind the last, oldest first.
prefix_commits() {
	kgit -C "$tree" rev-parse refs/balloon/taken-back/base
	kgit -C "$tree" rev-list --reverse \
		refs/balloon/taken-back/base..refs/balloon/taken-back/tip
}

# code COMMIT FILE: a file in C without its comments.
code() {
	kgit -C "$tree" show "$1:$2" | gcc -w -fpreprocessed -dD -E -P -x c -
}

# same_code COMMIT COMMIT FILE: but for comments and the numbers of lines.
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

# prefix_changes BEFORE COMMIT: sets kinds, the kinds of kernel that can differ between
# COMMIT and BEFORE, the commit in front of it; all of them for the first, which has
# none. Sets modules, those that differ if nothing else does.
prefix_changes() {
	on_x86=
	on_ppc=
	modules=
	others=
	[ -n "$1" ] || on_x86=x86_64 on_ppc=ppc64le-64k
	for file in ${1:+$(changed_code "$1" "$2")}; do
		case $file in
		arch/powerpc/*)	on_ppc=ppc64le-64k ;;
		*/vmw_balloon*)	on_x86=x86_64 ;;
		*)		on_x86=x86_64 on_ppc=ppc64le-64k ;;
		esac
		case $file in
		drivers/virtio/virtio_balloon.c|drivers/misc/vmw_balloon.c|\
		arch/powerpc/platforms/pseries/cmm.c)
			modules="$modules ${file%.c}.ko" ;;
		*)	others=$file ;;
		esac
	done
	kinds="$on_x86 $on_ppc"
	[ -z "$others" ] || modules=
}

# A full worktree for the test's own kernels, at a commit; sets test_tree.
test_checkout() {
	test_tree=$work/test-tree
	if [ ! -e "$test_tree/.git" ]; then
		disk_need "$work" 4096 "the test's kernel tree"
		rm -rf "$test_tree"
		kgit -C "$tree" worktree prune
		kgit -C "$tree" worktree add -q --detach "$test_tree" "$1"
	fi
	# A mutant that was interrupted must not survive.
	kgit -C "$test_tree" checkout -q -f --detach "$1"
}

# A directory that is gone when the check ends; sets scratch.
scratch_make() {
	scratch=$(mktemp -d "$work/scratch.XXXXXX")
	trap 'rm -rf "$scratch"' EXIT
}

# The files that the base and the series touch, as they are at a commit, in DIR.
export_files() {
	mkdir -p "$2"
	(cd "$TOP" && cat "$base_dir"/take-back/*.patch "$series_dir"/*/*.patch) |
		sed -n 's,^diff --git a/\([^ ]*\) b/.*,\1,p' | sort -u |
	while read -r file; do
		mkdir -p "$2/$(dirname -- "$file")"
		kgit -C "$tree" show "$1:$file" >"$2/$file" 2>/dev/null ||
			rm -f "$2/$file"
	done
}

# build_test KIND MIGRATION: a guest from $test_tree as it stands; sets out, image
# and initrd.
build_test() {
	out=$work/test-$1-$2${FRAGMENTS:+-$FRAGMENTS}
	build_guest "$test_tree" "$out" "$1" "$2"
}

# run_guest GUEST MIGRATION KEEP SCENARIO...: with the present image and initrd.
run_guest() {
	run_guest=$1
	run_setting=$2
	run_keep=$3
	shift 3
	[ "$run_setting" = on ] || set -- --no-migration "$@"
	mkdir -p "$run_keep"
	"$BUILD/balloon-harness" --ktap --guest "$run_guest" \
		--kernel "$image" --initrd "$initrd" --keep "$run_keep" "$@"
}

# first_failed KTAP: the first check that failed in a scenario, if the guest lived to.
first_failed() {
	sed -n 's/^    not ok [0-9]* \([^ ]*\) .*/\1/p' "$1" | head -n 1
}

# verdict_of KTAP: how the scenario ended.
verdict_of() {
	sed -n -E 's/^(not )?ok 1 [^ ]* # ([a-z-]+( error)?), .*/\2/p' "$1"
}

# checkpatch FILE: --strict, no exceptions but --ignore's in CHECKPATCH_FLAGS. In
# $test_tree, with Debian's Python, for which there is what checkpatch wants.
# __ClearPageOffline is made by PAGE_TYPE_OPS() in page-flags.h; checkpatch forgives
# PageFoo, SetPageFoo and ClearPageFoo, but not that. It wants a change of MAINTAINERS
# with each new file; an entry for all of an architecture has the new ones, too. It does
# not know Originally-by:, a tag that maintainer-tip.rst describes.
checkpatch() {
	new_files='added, moved or deleted file(s), does MAINTAINERS need updating'
	! grep -A 1 '^--- /dev/null' "$1" | grep '^+++ ' | grep -qv '^+++ b/arch/' ||
		new_files='nothing'
	mkdir -p "$scratch/bin"
	ln -sf "$scripts/known-git.sh" "$scratch/bin/git"
	# shellcheck disable=SC2086 # flags are words
	FIXES_COMMITS=$TOP/patches/fixes-commits REAL_GIT=$(command -v git) \
	PATH=$scratch/bin:/usr/bin:/bin \
		perl scripts/checkpatch.pl --strict --no-summary --terse \
		--color=never ${CHECKPATCH_FLAGS:-} "$1" >"$scratch/checkpatch" 2>&1 ||
		true
	! grep -v -e 'CHECK: Avoid CamelCase: <__ClearPageOffline>$' \
		-e 'Non-standard signature: Originally-by:$' \
		"$scratch/checkpatch" | grep -vF "$new_files"
}
