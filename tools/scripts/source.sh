#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Make $BUILD/$BASE/linux, a git tree of the base's kernel as it is shipped
# (tag "shipped"). SOURCE=FILE.tar.xz takes that instead of Debian's package.
set -eu
. "$(dirname -- "$0")/lib.sh"
base_load

[ -d "$tree/.git" ] && exit 0
disk_need "$work" "${NEED_TREE_MIB:-4096}" "the kernel tree"

new=$work/linux.new
rm -rf "$new"
trap 'rm -rf "$new" "$work/download"' EXIT
mkdir -p "$new"

fetch() {
	# apt-get's helper drops root's rights and cannot enter every directory.
	(cd "$work/download" &&
	 apt-get -o APT::Sandbox::User=root download "$package" >log 2>&1)
}

# Debian's package, from the machine's own sources; sets SOURCE and origin.
download() {
	rm -rf "$work/download"
	mkdir -p "$work/download"
	say "fetching $package"
	# The security archive drops old versions: the lists may name one that is gone.
	if ! fetch && ! { as_root apt-get update >/dev/null 2>&1 && fetch; }; then
		die "cannot fetch $package ($(grep -m 1 '^E:' "$work/download/log")): run apt-get update, or name a tarball with SOURCE="
	fi
	deb=$(echo "$work"/download/*.deb)
	origin="$package $(dpkg-deb -f "$deb" Version)"
	dpkg-deb -x "$deb" "$work/download/root"
	SOURCE=$work/download/root/usr/src/$package.tar.xz
}

origin=${SOURCE:-}
[ -n "$origin" ] || download
[ -f "$SOURCE" ] || die "no kernel source in $SOURCE"
say "unpacking $origin"
tar -xf "$SOURCE" -C "$new" --strip-components=1 ||
	die "cannot unpack $SOURCE into $new: is it a tarball, is the disk full?"
for file in Makefile $files; do
	[ -f "$new/$file" ] ||
		die "$origin lacks $file: it is no kernel source for base $BASE"
done
version=$(make -s -C "$new" kernelversion)
# Debian hides everything but debian/ from git: new files would go unseen.
sed -i -e '\,^/\*$,d' -e '\,^!/debian/$,d' "$new/.gitignore"

say "committing Linux $version to git"
(
	cd "$new"
	kgit init -q -b shipped
	kgit config core.compression 1
	kgit add -A -f .
	GIT_AUTHOR_DATE='2000-01-01T00:00:00Z' \
	GIT_COMMITTER_DATE='2000-01-01T00:00:00Z' \
		kgit commit -q -m "Linux $version" -m "Unpacked from $origin."
	kgit tag shipped-tree
	kgit checkout -q --detach
	kgit branch -q -D shipped
) || die "cannot commit the tree in $new: is the disk full?"
mv "$new" "$tree"
say "Linux $version ($origin) is in $tree"
