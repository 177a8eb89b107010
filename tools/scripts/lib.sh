# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# What the scripts share: paths, messages, the base, the series. Sourced.

TOP=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
# A test sits one directory deeper than the other scripts.
[ -d "$TOP/patches" ] || TOP=$(dirname -- "$TOP")
BUILD=$(realpath -m -- "${BUILD:-$TOP/build}")
BASE=${BASE:-6.12}
FLAVOUR=${FLAVOUR:-reverted}
AUTHOR_NAME='Linux balloon series'
AUTHOR_MAIL='balloon-series@example.org'

# What runs in the background ends with an interrupt, too.
trap 'trap "" TERM; kill -TERM 0; exit 130' INT

say() {
	printf '%s\n' "$*"
}

# has LIST WORD: whether a list of words has it.
has() {
	case " $1 " in
	*" $2 "*) return 0 ;;
	esac
	return 1
}

# One line that says what, where and what to do.
die() {
	printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
	exit 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "not root and no sudo: as root, run: $*"
	fi
}

# Git without the configuration of the user, and of the clone where it matters.
kgit() {
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
	GIT_AUTHOR_NAME=$AUTHOR_NAME GIT_AUTHOR_EMAIL=$AUTHOR_MAIL \
	GIT_COMMITTER_NAME=$AUTHOR_NAME GIT_COMMITTER_EMAIL=$AUTHOR_MAIL \
	git -c core.fileMode=true -c gc.auto=0 -c advice.detachedHead=false \
		-c core.hooksPath=/dev/null -c commit.gpgSign=false \
		-c diff.algorithm=default -c diff.context=3 -c format.subjectPrefix=PATCH \
		-c format.useAutoBase=false -c safe.directory='*' "$@"
}

# A make of the kernel's: it does not inherit the options of the project's own make.
# The same source gives the same image, byte for byte.
kernel_make() {
	env -u MAKEFLAGS -u MAKEOVERRIDES LOCALVERSION='' \
		KBUILD_BUILD_TIMESTAMP='2000-01-01' \
		KBUILD_BUILD_VERSION=1 \
		KBUILD_BUILD_USER=balloon KBUILD_BUILD_HOST=balloon make "$@"
}

# Sets what bases/$BASE/base sets, and the paths and references that follow from it.
base_load() {
	base_dir=$TOP/bases/$BASE
	if [ ! -f "$base_dir/base" ]; then
		die "no such base: $BASE; there are: $(cd "$TOP/bases" && echo *)"
	fi
	case $FLAVOUR in
	reverted|shipped) ;;
	*) die "no such flavour: $FLAVOUR; there are: reverted shipped" ;;
	esac
	version=
	package=
	suite=
	files=
	configs=
	carries=
	mainline=no
	mailed_topic=
	mailed=
	renamed_options=
	lockdep_off=
	sparse=yes
	kunit_says=
	get_abi=scripts/get_abi.pl
	core=mm/balloon_compaction
	header=include/linux/balloon_compaction.h
	core_suite=balloon_compaction
	# shellcheck source=/dev/null
	. "$base_dir/base"
	series_dir=$TOP/patches/$BASE
	work=$BUILD/$BASE
	tree=$work/linux
	# The source as it came, and the ends of the series on top of it.
	source_ref=refs/balloon/$BASE/source
	refs=refs/balloon/$BASE/$FLAVOUR
	exported_ref=refs/balloon/$BASE/exported
}

# The patches of the series, one a line, as topic/name.patch.
series_patches() {
	sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$series_dir/series"
}

series_topics() {
	series_patches | sed 's,/.*,,' | uniq
}

# disk_need DIR MIB WHAT: stop with a message if DIR has too little space for WHAT.
disk_need() {
	mkdir -p "$1" || die "cannot make $1"
	disk_free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }')
	if [ "$disk_free" -lt "$2" ]; then
		die "$3 needs $2 MiB, $1 has $disk_free MiB free; make room or set BUILD= to another place"
	fi
}
