# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# What the tests share, on top of lib.sh. Sourced.
#
# ALL=yes, from make test-all, asks for the full proof. PAGE_MIGRATION=on|off chooses
# one setting.

# shellcheck source=lib.sh
. "$(dirname -- "$0")/../lib.sh"
# shellcheck source=tools/scripts/lib-guest.sh
. "$(dirname -- "$0")/../lib-guest.sh"
# shellcheck source=tools/scripts/lib-ktap.sh
. "$(dirname -- "$0")/../lib-ktap.sh"
base_load
scripts=$TOP/tools/scripts
all=${ALL:-}

# The commits in front of each patch and behind the last, oldest first.
prefix_commits() {
	kgit -C "$tree" rev-parse "$refs/base"
	kgit -C "$tree" rev-list --reverse "$refs/base..$refs/tip"
}

# topic_of COMMIT: the topic that a patch belongs to.
topic_of() {
	kgit -C "$tree" notes --ref=topic show "$1" 2>/dev/null || true
}

# prefix_name PREFIX: a part of the series in words; a number of patches, or a topic that
# stands alone.
prefix_name() {
	case $1 in
	[0-9]*)	say "prefix $1" ;;
	*)	say "$1 alone" ;;
	esac
}

# check NAME FUNCTION ARGUMENT...: a result. The function prints what is wrong, and passes
# if it prints nothing.
check() {
	check_name=$1
	shift
	words=$("$@" 2>&1) || words="$words (exit status $?)"
	[ -z "$words" ] && status=0 || status=1
	result "$status" "$check_name" ${words:+"$(say "$words" | tr '\n' ' ')"}
}

# fails NAME PATTERN FUNCTION ARGUMENT...: a result, for the checks themselves. What the
# function prints has to fit the pattern.
fails() {
	fails_name=$1
	pattern=$2
	shift 2
	words=$("$@" 2>&1) || words="$words (exit status $?)"
	words=$(say "${words:-nothing}" | tr '\n' ' ')
	say "$words" | grep -q -E -e "$pattern" && status=0 || status=1
	result "$status" "seen: $fails_name" "$words"
}

# wanted WORD LIST: the list is empty or contains the word.
wanted() {
	[ -z "$2" ] || has "$2" "$1"
}

# kernels: the kinds of kernel that are built whole, "KIND PAGE_MIGRATION" a line. The
# first of each architecture is the one that the others are copied from.
kernels() {
	for kernel in 'x86_64 on' 'x86_64 off' 'ppc64le-64k on' \
		${all:+'ppc64le-64k off'} ${all:+'ppc64le-4k on'}; do
		! wanted "${kernel#* }" "${PAGE_MIGRATION:-}" || say "$kernel"
	done
}

# A full worktree for the tests' own kernels, at a commit; sets test_tree.
test_checkout() {
	test_tree=$work/test-tree
	if [ ! -e "$test_tree/.git" ]; then
		disk_need "$work" 4096 "the tests' kernel tree"
		rm -rf "$test_tree"
		kgit -C "$tree" worktree add -q -f -f --detach "$test_tree" "$1"
	fi
	# A mutant that was interrupted must not survive.
	kgit -C "$test_tree" checkout -q -f --detach "$1"
}

# A directory that is gone when the test ends; sets scratch.
scratch_make() {
	scratch=$(mktemp -d "$work/scratch.XXXXXX")
	trap 'rm -rf "$scratch"' EXIT
}

# The files that the base and the series touch, as they are at a commit, in DIR.
export_files() {
	mkdir -p "$2"
	find "$base_dir" "$series_dir" -name '*.patch' -exec cat {} + |
		sed -n 's,^diff --git a/\([^ ]*\) b/.*,\1,p' | sort -u |
	while read -r file; do
		mkdir -p "$2/$(dirname -- "$file")"
		kgit -C "$tree" show "$1:$file" >"$2/$file" 2>/dev/null ||
			rm -f "$2/$file"
	done
}

# out_of KIND PAGE_MIGRATION: where such a kernel of $test_tree is built.
out_of() {
	say "$work/test-$1-$2$(fragments_suffix)"
}

# seed_test KIND PAGE_MIGRATION: sets out, with the objects of the setting "on".
seed_test() {
	out=$(out_of "$1" "$2")
	[ "$2" = on ] || seed_out "$out" "$(out_of "$1" on)"
}

# build_test KIND PAGE_MIGRATION: a guest from $test_tree as it stands; sets out, image
# and initrd.
build_test() {
	seed_test "$1" "$2"
	build_guest "$test_tree" "$out" "$1" "$2"
}

# guest_stamp COMMIT: what a guest is made of.
guest_stamp() {
	kgit -C "$tree" rev-parse "$1^{tree}"
	cat "$TOP"/tools/configs/* "$TOP"/tools/guest/* "$TOP"/tools/guest-modules/* \
		"$scripts/lib-guest.sh" "$scripts/kernel.sh" "$scripts/initrd.sh" \
		"$base_dir/base" | sha256sum
}

# guest_at COMMIT KIND PAGE_MIGRATION: the guest of a commit, built unless it is kept
# already; sets image, initrd and kept, the directory with both and with sums, the sums
# of the kernel and the modules.
guest_at() {
	kept=$work/guests/$2-$3$(fragments_suffix)-$(kgit -C "$tree" rev-parse --short=12 "$1^{tree}")
	image=$kept/kernel
	initrd=$kept/initrd
	if [ "$(guest_stamp "$1")" != "$(cat "$kept/stamp" 2>/dev/null)" ]; then
		say "# building $2, page migration $3"
		rm -rf "$kept"
		# shellcheck disable=SC2086 # modules are words
		test_checkout "$1" && build_test "$2" "$3" && keep_guest "$out" "$kept" &&
			(cd "$out" && sha256sum "$kernel_image" $guest_modules) >"$kept/sums" &&
			guest_stamp "$1" >"$kept/stamp"
	fi
}

# run_guest GUEST PAGE_MIGRATION KEEP SCENARIO...: with the present image and initrd.
run_guest() {
	run_guest=$1
	run_setting=$2
	run_keep=$3
	shift 3
	[ "$run_setting" = on ] || set -- --no-page-migration "$@"
	mkdir -p "$run_keep"
	# shellcheck disable=SC2046 # a flag or none
	"$BUILD/balloon-harness" --ktap --guest "$run_guest" \
		--kernel "$image" --initrd "$initrd" --keep "$run_keep" \
		$(lockdep_flag "$(kind_of "$run_guest")") "$@"
}

# checkpatch FILE: --strict, no exceptions but --ignore's in CHECKPATCH_FLAGS. In
# $test_tree, with Debian's Python, which has the modules that checkpatch needs.
# __SetPageOffline and __ClearPageOffline are made by PAGE_TYPE_OPS() in page-flags.h;
# checkpatch forgives PageFoo, SetPageFoo and ClearPageFoo, but not those. It wants a
# change of MAINTAINERS with each new file; an entry for all of an architecture has the
# new ones, too. It does not know Originally-by:, a tag that maintainer-tip.rst describes.
# It wants a Fixes: tag beside each Cc: stable, but of some old faults the commit is not
# known. The layout that TRACE_EVENT() has in all headers of the kernel is not to its
# taste.
checkpatch() {
	new_files='added, moved or deleted file(s), does MAINTAINERS need updating'
	! grep -A 1 '^--- /dev/null' "$1" | grep '^+++ ' | grep -qv '^+++ b/arch/' ||
		new_files='nothing'
	mkdir -p "$scratch/bin"
	ln -sf "$scripts/known-git.sh" "$scratch/bin/git"
	# shellcheck disable=SC2086 # flags are words
	FIXES_COMMITS=$TOP/patches/fixes-commits REAL_GIT=$(command -v git) \
	PATH=$scratch/bin:/usr/bin:/bin \
		perl scripts/checkpatch.pl --strict --no-summary --terse --showfile \
		--color=never ${CHECKPATCH_FLAGS:-} "$1" >"$scratch/checkpatch" 2>&1 ||
		true
	! grep -v -e 'CHECK: Avoid CamelCase: <__\(Set\|Clear\)PageOffline>$' \
		-e 'Non-standard signature: Originally-by:$' \
		-e '^include/trace/events/.* CHECK: Lines should not end with' \
		-e '^include/trace/events/.* CHECK: Alignment should match' \
		-e "has 'stable@', perhaps it also needs a 'Fixes:' tag?\$" \
		"$scratch/checkpatch" | grep -vF "$new_files"
}
