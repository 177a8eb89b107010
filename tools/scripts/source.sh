#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Make $BUILD/$BASE/linux, a git tree of the base's kernel as it is shipped. It comes
# from Debian's package, or from SOURCE=:
#
#	a git clone	a worktree of it, at REV= or at its newest tag of the base;
#			the clone's branches are not touched
#	a directory	a copy
#	a tarball	what is in it
set -eu
. "$(dirname -- "$0")/lib.sh"
base_load

origin_file=$work/origin
from=${SOURCE:-}

# A name means the same from every directory. Not every shell expands SOURCE=~/linux.
from=${from%/}
# shellcheck disable=SC2088
case $from in
''|/*) ;;
'~/'*) from=$HOME/${from#??} ;;
*) from=$PWD/$from ;;
esac
[ -n "$from" ] || [ -z "${REV:-}" ] || die "REV=$REV needs SOURCE=, a git clone"

if [ -e "$tree/.git" ]; then
	# shellcheck disable=SC2254 # any revision, if none is named
	case $(cat "$origin_file" 2>/dev/null) in
	"$from"|"$from at "${REV:-*}) ;;
	*)	[ -z "$from" ] ||
		die "$tree was made of $(cat "$origin_file"), not of $from: remove $work or choose another BUILD="
		;;
	esac
	exit 0
fi
disk_need "$work" "${NEED_TREE_MIB:-4096}" "the kernel tree"

new=$work/linux.new
cleanup() {
	[ ! -f "$new/.git" ] ||
		kgit -C "$new" worktree remove -f -f "$new" 2>/dev/null || true
	rm -rf "$new" "$work/download"
}
cleanup
trap cleanup EXIT

# The base's package comes from the machine's own sources, or from another suite on
# the same mirror, with lists of its own: the machine's configuration stays as it is.
apt() {
	set -- -o APT::Sandbox::User=root "$@"
	if [ -n "$suite" ]; then
		set -- -o "Dir::Etc::SourceList=$work/download/sources" \
			-o Dir::Etc::SourceParts=/dev/null \
			-o "Dir::State::Lists=$work/download/lists" \
			-o "Dir::Cache=$work/download/cache" "$@"
	fi
	(cd "$work/download" && apt-get "$@" >log 2>&1)
}

download() {
	mkdir -p "$work/download/lists/partial" "$work/download/cache/archives/partial"
	if [ -n "$suite" ]; then
		# shellcheck disable=SC2016 # apt's own placeholder
		mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' \
			'Origin: Debian' 'Label: Debian' | head -n 1)
		[ -n "$mirror" ] ||
			die "apt's sources name no mirror of Debian for $package: name a kernel tree, a git clone or a tarball with SOURCE="
		say "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
			>"$work/download/sources"
	fi
	say "fetching $package${suite:+ from $suite}"
	# The archive drops old versions: the lists may name one that is gone.
	if [ -n "$suite" ] || ! apt download "$package"; then
		{ [ -n "$suite" ] && apt update || as_root apt-get update \
			>"$work/download/log" 2>&1; } && apt download "$package" ||
			die "cannot fetch $package ($(grep -m 1 '^[EW]:' "$work/download/log")): run apt-get update, or name a kernel tree, a git clone or a tarball with SOURCE="
	fi
	deb=$(echo "$work"/download/*.deb)
	origin="$package $(dpkg-deb -f "$deb" Version)"
	dpkg-deb -x "$deb" "$work/download/root"
	from=$work/download/root/usr/src/$package.tar.xz
}

# The base's tag, or what REV= names, in a worktree of somebody's clone.
from_clone() {
	rev=${REV:-$(kgit -C "$from" tag --list --sort=-version:refname \
		"v$version" "v$version.*" | head -n 1)}
	[ -n "$rev" ] ||
		die "$from has no tag v$version or v$version.*: fetch it, or name a commit with REV="
	commit=$(kgit -C "$from" rev-parse -q --verify "$rev^{commit}") ||
		die "$from has no commit $rev: say another REV="
	origin="$from at $rev"
	other=$(kgit -C "$from" worktree list --porcelain |
		sed -n "s,^worktree \(.*/$BASE/linux\)\$,\1,p" | head -n 1)
	[ -z "$other" ] || [ ! -e "$other" ] ||
		die "$from has a tree for base $BASE in $other already: use that one's BUILD="
	say "checking out $origin"
	kgit -C "$from" worktree add -q -f -f --detach "$new" "$commit" ||
		die "cannot make a worktree of $from in $new: is the disk full?"
}

from_files() {
	mkdir -p "$new"
	say "unpacking $origin"
	if [ -d "$from" ]; then
		cp -a "$from/." "$new"
	else
		tar -xf "$from" -C "$new" --strip-components=1
	fi || die "cannot unpack $from into $new: is it a kernel's source, is the disk full?"
}

check_files() {
	for file in Makefile $files; do
		[ -f "$new/$file" ] ||
			die "$origin lacks $file: it is no kernel source for base $BASE"
	done
	found=$(kernel_make -s -C "$new" kernelversion)
	case $found in
	"$version"|"$version".*|"$version"-*) ;;
	*) die "$origin is Linux $found, base $BASE needs Linux $version: name another SOURCE= or BASE=" ;;
	esac
}

commit_files() {
	# Somebody may have built a kernel there.
	[ ! -d "$from" ] || kernel_make -s -C "$new" mrproper ||
		die "cannot clean the copy of $from: is it a whole kernel tree?"
	# Debian's .gitignore hides everything but debian/: without this git would not see new files.
	sed -i -e '\,^/\*$,d' -e '\,^!/debian/$,d' "$new/.gitignore"
	say "committing Linux $found to git"
	(
		cd "$new"
		kgit init -q -b unused
		kgit config core.compression 1
		kgit add -A -f .
		GIT_AUTHOR_DATE='2000-01-01T00:00:00Z' \
		GIT_COMMITTER_DATE='2000-01-01T00:00:00Z' \
			kgit commit -q -m "Linux $found" -m "Unpacked from $origin."
		kgit checkout -q --detach
		kgit branch -q -D unused
	) || die "cannot commit the tree in $new: is the disk full?"
}

[ -n "$from" ] && origin=$from || download
if [ -e "$from/.git" ] || [ -f "$from/HEAD" ]; then
	from_clone
	check_files
elif [ -e "$from" ]; then
	from_files
	check_files
	commit_files
else
	die "no kernel source in $from"
fi
kgit -C "$new" update-ref "$source_ref" HEAD
kgit -C "$new" update-ref "$exported_ref" HEAD
say "$origin" >"$origin_file"
rm -f "$work/origin-commit"
if [ -f "$new/.git" ]; then
	say "$commit" >"$work/origin-commit"
	kgit -C "$from" worktree move -f -f "$new" "$tree"
else
	mv -T "$new" "$tree"
fi
say "Linux $found ($origin) is in $tree"
