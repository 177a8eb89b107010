#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Bad input gets one clear line and a non-zero exit, and nothing is lost.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

scratch_make
# A copy of the project with a kernel of a few files: quick to make and to break.
project=$scratch/project
mkdir "$project" "$scratch/tiny"
cp -r "$TOP/bases" "$TOP/patches" "$TOP/tools" "$TOP/Makefile" "$project"
export_files "$source_ref" "$scratch/tiny/linux"
printf 'kernelversion:\n\t@echo %s.0\n' "$BASE" >"$scratch/tiny/linux/Makefile"
: >"$scratch/tiny/linux/.gitignore"
tar -cJf "$scratch/tiny.tar.xz" -C "$scratch/tiny" linux
export BUILD="$scratch/build" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
here=$project/tools/scripts
linux=$BUILD/$BASE/linux
other=$(cd "$TOP/bases" && echo * | xargs -n 1 | grep -v -x -F "$BASE")
unset SOURCE REV

# refused NAME PATTERN COMMAND...: it fails and complains in one line.
refused() {
	name=$1
	pattern=$2
	shift 2
	"$@" >"$scratch/stdout" 2>"$scratch/stderr" && status=1 || status=0
	[ "$(wc -l <"$scratch/stderr")" = 1 ] || status=1
	grep -q -E "$pattern" "$scratch/stderr" || status=1
	result "$status" "$name" "$(sed "s,$scratch,...,g" "$scratch/stderr" | tr '\n' ' ')"
}

accepted() {
	name=$1
	shift
	"$@" >"$scratch/stdout" 2>&1 && status=0 || status=$?
	result "$status" "$name" "$(tail -n 1 "$scratch/stdout" | sed "s,$scratch,...,g")"
}

make_tree() {
	SOURCE=$scratch/tiny.tar.xz "$here/tree.sh"
}

state() {
	(cd "$linux" && git rev-parse HEAD && git status --porcelain &&
	 git diff && cat "$core.c")
}

# kept NAME: the tree must be as it was when "$scratch/before" was written.
kept() {
	state | cmp -s - "$scratch/before" && status=0 || status=1
	result "$status" "$1"
}

refused "no such base" 'no such base: 9.9; there are: 6.12 7.3' \
	env BASE=9.9 "$here/tree.sh"
refused "no such flavour" 'no such flavour: vanilla' \
	env FLAVOUR=vanilla "$here/tree.sh"
refused "no such source" 'no kernel source in /nonexistent' \
	env SOURCE=/nonexistent "$here/tree.sh"
sed 's/^package=.*/package=linux-source-0.0/' -i "$project/bases/$BASE/base"
refused "a package that is not there" 'cannot fetch linux-source-0.0.*SOURCE=' \
	"$here/tree.sh"
cp "$base_dir/base" "$project/bases/$BASE/base"
tar -cJf "$scratch/poor.tar.xz" -C "$scratch/tiny" linux/Makefile
refused "a source without the files" "poor.tar.xz lacks $header" \
	env SOURCE="$scratch/poor.tar.xz" "$here/tree.sh"
printf 'kernelversion:\n\t@echo 6.1.192\n' >"$scratch/tiny/linux/Makefile"
refused "a source of another version" "is Linux 6.1.192, base $BASE needs Linux $BASE" \
	env SOURCE="$scratch/tiny/linux" "$here/tree.sh"
printf 'kernelversion:\n\t@echo %s.0\n' "$BASE" >"$scratch/tiny/linux/Makefile"
refused "a revision without a clone" "REV=v$BASE needs SOURCE=" \
	env REV="v$BASE" "$here/tree.sh"
refused "no such guest" 'no such guest: ppc; there are: x86_64 .*pseries-cmm-4k$' \
	env GUEST=ppc "$here/run.sh"
refused "no runs of the bench" 'bench.sh: RUNS=0: say how often' \
	env RUNS=0 "$here/tests/bench.sh"
refused "no such part of the bench" 'no such scenario: nonsense; there are: cost ' \
	env WHAT=nonsense "$here/tests/bench.sh"
refused "one commit to compare" 'FROM= and TO= go together' \
	env FROM=HEAD "$here/tests/bench.sh"
refused "commits of two bases" 'say BASE=, one of: 6.12 7.3' \
	env BASES='6.12 7.3' FROM=HEAD~1 TO=HEAD "$here/tests/bench.sh"
mkdir "$scratch/poor"
ln -s /usr/bin/* "$scratch/poor"
rm -f "$scratch/poor/gnuplot"
refused "no gnuplot" 'no gnuplot, .*: run make setup' \
	env -u FROM -u TO PATH="$scratch/poor" "$here/tests/bench.sh"
refused "too little disk" 'needs [0-9]+ MiB, .* has [0-9]+ MiB free' \
	env NEED_TREE_MIB=999999999 SOURCE="$scratch/tiny.tar.xz" "$here/tree.sh"
# A write that fails in the middle, as on a full disk.
(ulimit -f 8; make_tree) >"$scratch/stdout" 2>"$scratch/stderr" && status=1 || status=0
grep -q 'is the disk full' "$scratch/stderr" || status=1
[ ! -e "$linux" ] && [ ! -e "$linux.new" ] || status=1
result "$status" "a disk that fills up" "$(tail -n 1 "$scratch/stderr" | sed "s,$scratch,...,g")"

# Somebody's clone: a tree of the base, and what has come since.
clone=$scratch/clone
cp -r "$scratch/tiny/linux" "$clone"
git -C "$clone" init -q -b master
git -C "$clone" config user.name Somebody
git -C "$clone" config user.email somebody@example.org
git -C "$clone" add -A -f
git -C "$clone" commit -q -m "Linux $BASE"
refused "a clone without the tag" "has no tag v$BASE .*REV=" \
	env SOURCE="$clone" "$here/tree.sh"
git -C "$clone" tag "v$BASE.9"
git -C "$clone" tag "v$BASE.10"
printf 'kernelversion:\n\t@echo 9.9.0\n' >"$clone/Makefile"
git -C "$clone" commit -q -a -m 'Linux 9.9'
branches() {
	git -C "$clone" for-each-ref refs/heads refs/tags
	git -C "$clone" status -b --porcelain
	git -C "$clone" config --list --local | grep -v '^extensions\.'
}
branches >"$scratch/branches"
refused "a revision that the clone lacks" "has no commit v$BASE.99" \
	env SOURCE="$clone" REV="v$BASE.99" "$here/tree.sh"
refused "a revision of another version" "at master is Linux 9.9.0, base $BASE needs" \
	env SOURCE="$clone" REV=master "$here/tree.sh"
accepted "make tree from a clone" env SOURCE="$clone" "$here/tree.sh"
grep -q "clone at v$BASE.10\$" "$BUILD/$BASE/origin" && status=0 || status=1
result "$status" "the newest tag of the base was taken"
refused "another source for the same tree" "was made of .*clone at v$BASE.10, not of" \
	env SOURCE="$scratch/tiny.tar.xz" "$here/tree.sh"
echo '/* a line */' >>"$linux/$core.c"
git -C "$linux" commit -q -a -m 'mm: a change of my own'
accepted "make refresh from a clone" "$here/refresh.sh"
! diff -r "$project/patches" "$TOP/patches" >/dev/null && status=0 || status=1
result "$status" "the commit became a patch"
branches | cmp -s - "$scratch/branches" && status=0 || status=1
result "$status" "the branches of the clone are as they were"
rm -rf "$project/patches"
cp -r "$TOP/patches" "$project"
refused "a second tree of a clone" "has a tree for base $BASE in .*/$BASE/linux already" \
	env BUILD="$scratch/second" SOURCE="$clone" "$here/tree.sh"
rm -rf "${BUILD:?}/$BASE"
accepted "make tree from the same clone, after make clean" \
	env SOURCE="$clone" "$here/tree.sh"
rm -rf "${BUILD:?}/$BASE"

printf 'no-such-package-of-debian run because\n' >"$scratch/packages"
refused "a package that cannot be installed" \
	'cannot install packages \(E: Unable to locate package no-such' \
	env PACKAGES="$scratch/packages" "$here/setup.sh" run
echo 'CONFIG_NO_SUCH=y' >"$project/tools/configs/no-such.config"
refused "an option that the kernel lacks" 'CONFIG_NO_SUCH=y is not in' \
	"$here/kernel.sh" "$tree" "$BUILD/out" bzImage guest x86_64 no-such
echo '# CONFIG_MEMORY_BALLOON is not set' >"$project/tools/configs/no-balloon.config"
refused "an option that cannot be off" 'CONFIG_(MEMORY_)?BALLOON is set in' \
	"$here/kernel.sh" "$tree" "$BUILD/out" bzImage guest x86_64 modules \
	virtio-balloon no-balloon

# A base that cannot be had fails, in one line, and the tests of the other one run.
accepted "make tree of one base" make_tree
sed 's/^package=.*/package=linux-source-0.0/' -i "$project/bases/$other/base"
env -u BASE -u BASES "$here/test.sh" series-rules >"$scratch/stdout" 2>&1 && status=1 || status=0
grep -q "^not ok [12] $other kernel tree # .*cannot fetch linux-source-0.0.*SOURCE=" "$scratch/stdout" ||
	status=1
grep -q "^ok [12] $BASE series-rules" "$scratch/stdout" || status=1
grep -q '^1 passed, 1 failed$' "$scratch/stdout" || status=1
result "$status" "a base that cannot be fetched" "$(tail -n 1 "$scratch/stdout")"
cp "$TOP/bases/$other/base" "$project/bases/$other/base"
rm -rf "${BUILD:?}/$BASE"

# From here on there is a tree, which somebody changes while the patches change.
accepted "make tree" make_tree
echo 'a line' >>"$linux/$core.c"
accepted "make tree, nothing to do" make_tree
last=$(cd "$project" && tail -n 1 "patches/$BASE/series")
sed -i 's/^Date: .*/Date: Sat, 21 Nov 2026 09:00:00 +0000/' "$project/patches/$BASE/$last"
state >"$scratch/before"
refused "a tree with local changes" "has local changes \\(.*$core.c\\).*make refresh" \
	make_tree
kept "local changes are kept"
refused "refresh with local changes" 'changes that are not committed' "$here/refresh.sh"
git -C "$linux" commit -q -a -m 'mm: a change of my own'
state >"$scratch/before"
refused "a tree with commits of its own" 'commits that are in no patch.*make refresh' \
	make_tree
kept "commits are kept"
git -C "$linux" commit -q --amend --no-edit --author='Somebody <somebody@example.org>'
refused "refresh with another author" 'by Somebody.*--reset-author' "$here/refresh.sh"
git -C "$linux" commit -q --amend --no-edit --reset-author
before=$(tail -n 1 "$project/patches/$BASE/series")
accepted "make refresh" "$here/refresh.sh"
after=$(tail -n 1 "$project/patches/$BASE/series")
[ "$after" != "$before" ] && [ "${after%%/*}" = "${before%%/*}" ] &&
	[ -f "$project/patches/$BASE/$after" ] && status=0 || status=1
result "$status" "the commit became a patch of the topic before it"
accepted "make tree after make refresh" make_tree

# A patch that does not apply is named, and so is the file.
state >"$scratch/before"
first=$(cd "$project" && grep -m 1 '\.patch$' "patches/$BASE/series")
file=$(sed -n 's,^diff --git a/\([^ ]*\) .*,\1,p' "$project/patches/$BASE/$first" | head -n 1)
sed -i 's/^-\([^-].*\)/-\1 wrong/' "$project/patches/$BASE/$first"
refused "a patch that does not apply" \
	"^apply.sh: patches/$BASE/$first does not apply: $file " make_tree
kept "the tree is as it was"
cp "$TOP/patches/$BASE/$first" "$project/patches/$BASE/$first"
echo "${first%%/*}/9999-nothing.patch" >>"$project/patches/$BASE/series"
refused "a series with a patch that is not there" '9999-nothing.patch, which is not there' \
	make_tree
results_end
