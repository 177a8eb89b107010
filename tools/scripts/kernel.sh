#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# kernel.sh SRC OUT TARGETS FRAGMENT...: configure and build a kernel.
#
# The configuration is tools/configs/FRAGMENT.config, what follows from that, and
# nothing else. Every line of the fragments has to be in the final .config: "=y" as
# it stands, "is not set" as no setting at all, unless a later fragment says
# something else. What Kconfig drops in silence ends the build.
#
# With OTHER_KERNEL=yes, SRC is not the base: options that it does not know at all are
# passed over.
#
# ARCH and CROSS_COMPILE are the kernel's own. MAKE_FLAGS are further words for
# its make (W=1 C=2). The same source gives the same image, byte for byte.
set -eu
. "$(dirname -- "$0")/lib.sh"

src=$1
out=$2
targets=$3
shift 3
configs=$TOP/tools/configs
cc=${CROSS_COMPILE:-}gcc

kmake() {
	# What was said to our own make is not for the kernel's.
	env -u MAKEFLAGS -u MAKEOVERRIDES LOCALVERSION='' \
		KBUILD_BUILD_TIMESTAMP='2000-01-01' \
		KBUILD_BUILD_USER=balloon KBUILD_BUILD_HOST=balloon \
		make -C "$src" O="$out" CC="$cc" -j"$(nproc)" "$@"
}

# unknown LINE: whether no Kconfig of another kernel has the option.
unknown() {
	[ "${OTHER_KERNEL:-}" = yes ] || return 1
	option=${1#CONFIG_}
	! grep -rqsE --include='Kconfig*' "^[[:space:]]*(menu)?config ${option%%=*}\$" "$src"
}

# overridden OPTION FRAGMENT...: whether one of these says something else.
overridden() {
	option=$1
	shift
	for later; do
		! grep -qE "^(# )?${option}[= ]" "$configs/$later.config" || return 0
	done
	return 1
}

verify_config() {
	for fragment; do
		shift
		while read -r line; do
			name=${line#\# }
			name=${name%%[= ]*}
			case $line in
			CONFIG_*|'# CONFIG_'*) ;;
			*) continue ;;
			esac
			! overridden "$name" "$@" || continue
			case $line in
			CONFIG_*)
				grep -qxF "$line" "$out/.config" ||
				unknown "$line" || die \
"$fragment.config: $line is not in $out/.config: a dependency is missing"
				;;
			*)
				! grep -q "^$name=" "$out/.config" || die \
"$fragment.config: $name is set in $out/.config: something selects it"
				;;
			esac
		done <"$configs/$fragment.config"
	done
}

configure() {
	for fragment; do
		cat "$configs/$fragment.config"
	done >"$out/fragments"
	kmake -s KCONFIG_ALLCONFIG="$out/fragments" allnoconfig
	verify_config "$@"
}

# Tell every few seconds how far the build is.
progress() {
	while kill -0 "$1" 2>/dev/null; do
		sleep 1
		ticks=$((ticks + 1))
		[ $((ticks % 20)) -ne 0 ] ||
			say "  $ticks s, $(grep -c '^  [A-Z]' "$out/build.log") steps"
	done
}

for fragment; do
	[ -f "$configs/$fragment.config" ] ||
		die "no such configuration: tools/configs/$fragment.config"
done
disk_need "$out" "${NEED_BUILD_MIB:-1024}" "a kernel build"
stamp=$(kmake -s kernelversion; for fragment; do cat "$configs/$fragment.config"; done)
if [ "$stamp" != "$(cat "$out/config.stamp" 2>/dev/null)" ]; then
	# In a shell of its own: what it says before it exits goes to the log.
	(configure "$@") >"$out/config.log" 2>&1 ||
		die "cannot configure: $(tail -n 1 "$out/config.log")"
	printf '%s\n' "$stamp" >"$out/config.stamp"
fi

ticks=0
# shellcheck disable=SC2086 # flags and targets are words
kmake ${MAKE_FLAGS:-} $targets >"$out/build.log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null' INT TERM
progress $pid
wait $pid || {
	why=$(grep -m 1 -E 'error:|Error|No space' "$out/build.log" || true)
	die "the build of $targets failed (${why:-no reason given}): see $out/build.log"
}
