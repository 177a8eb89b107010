#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# kernel.sh SRC OUT TARGETS FRAGMENT...: configure and build a kernel.
#
# The configuration is tools/configs/FRAGMENT.config, what follows from that, and
# nothing else. Every line of the fragments has to be in the final .config: "=y" as
# it stands, "is not set" as no setting at all, unless a later fragment says
# something else. The build stops if Kconfig silently dropped an option. An option that has
# another name in the base ($renamed_options) goes by that name.
#
# ARCH and CROSS_COMPILE are the kernel's own. Warnings are those of W=1. MAKE_FLAGS are
# further words for its make (C=1); without any, kernel-doc, a part of W=1 that takes a
# third of a whole build, does not look at the sources.
set -eu
# A question of Kconfig's has no answer, and ends the build.
exec </dev/null
. "$(dirname -- "$0")/lib.sh"
base_load

src=$1
out=$2
targets=$3
shift 3

kmake() {
	kernel_make -C "$src" O="$out" CC="${CROSS_COMPILE:-}gcc" -j"${JOBS:-$(nproc)}" \
		W=1 "$@"
}

# The lines of a fragment that are settings, in the base's own names.
settings() {
	set -- "$TOP/tools/configs/$1.config"
	for option in $renamed_options; do
		set -- "$@" -e "s/CONFIG_${option%=*}\\([= ]\\)/CONFIG_${option#*=}\\1/"
	done
	file=$1
	shift
	sed -n "$@" -e '/^CONFIG_/p' -e '/^# CONFIG_/p' "$file"
}

# What the fragments add up to: the last word on an option counts.
wanted() {
	for fragment; do
		settings "$fragment" | sed "s/^/$fragment /"
	done | awk '{ name = $2 == "#" ? $3 : $2; sub(/=.*/, "", name); line[name] = $0 }
		END { for (name in line) print line[name] }'
}

verify_config() {
	wanted "$@" | while read -r fragment line; do
		case $line in
		CONFIG_*)
			grep -qxF "$line" "$out/.config" || die \
"$fragment.config: $line is not in $out/.config: a dependency is missing"
			;;
		*)
			name=${line#\# }
			name=${name%% *}
			! grep -q "^$name=" "$out/.config" || die \
"$fragment.config: $name is set in $out/.config: something selects it"
			;;
		esac
	done
}

configure() {
	wanted "$@" | sed 's/^[^ ]* //' >"$out/fragments"
	kmake -s KCONFIG_ALLCONFIG="$out/fragments" allnoconfig && verify_config "$@"
}

# Say every few seconds how far the build is.
progress() {
	ticks=0
	while sleep 1 && kill -0 $$ 2>/dev/null; do
		ticks=$((ticks + 1))
		[ $((ticks % 20)) -ne 0 ] ||
			say "  $ticks s, $(grep -c '^  [A-Z]' "$out/build.log") steps"
	done
}

for fragment; do
	[ -f "$TOP/tools/configs/$fragment.config" ] ||
		die "no such configuration: tools/configs/$fragment.config"
done
disk_need "$out" 1024 "a kernel build"
stamp=$(sed -n '1,5p' "$src/Makefile"; wanted "$@" | sort)
if [ "$stamp" != "$(cat "$out/config.stamp" 2>/dev/null)" ]; then
	# In a shell of its own: what it says before it exits goes to the log.
	(configure "$@") >"$out/config.log" 2>&1 ||
		die "cannot configure: $(tail -n 1 "$out/config.log")"
	printf '%s\n' "$stamp" >"$out/config.stamp"
fi

progress &
trap 'kill $! 2>/dev/null' EXIT
# shellcheck disable=SC2086 # flags and targets are words
kmake ${MAKE_FLAGS:-cmd_checkdoc=} $targets >"$out/build.log" 2>&1 || {
	why=$(grep -m 1 -E 'error:|Error|No space' "$out/build.log" || true)
	die "the build of $targets failed (${why:-no reason given}): see $out/build.log"
}
