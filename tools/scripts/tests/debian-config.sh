#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What the series touches builds as the distribution configures it, and modpost finds every symbol.
#
# For each of the base's $configs. Built are the objects of the files that the series
# changes, first as shipped, then with the series. The rest of the kernel is not built:
# the symbols that the modules as shipped need are there, as they load. What the
# modules need besides has to be exported by an object of this configuration.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

keep=$work/debian-config
# What needs tools that nothing else here needs, and what follows from it: BTF is made
# by pahole. Rust is not set there either, but Kconfig asks rustc for its version.
off='DEBUG_INFO_BTF'
follows='DEBUG_INFO_BTF_MODULES|MODULE_ALLOW_BTF_MISMATCH|PAHOLE_[A-Z_]*|PROBE_EVENTS_BTF_ARGS'

# The names that Debian gives its tools are in its configurations.
dmake() {
	kernel_make -C "$test_tree" O="$out" CC="$cc" RUSTC=false PAHOLE=false \
		-j"$(nproc)" "$@" </dev/null >"$out.log" 2>&1
}

# why: the first line of the log that says what is wrong.
why() {
	grep -m 1 -E 'error:|ERROR:|Error|No rule' "$out.log" || tail -n 1 "$out.log"
}

# lost OPTIONS: the lines of the distribution's configuration that are not in the one that is
# built, apart from these options.
lost() {
	grep '^CONFIG_.*=' "$out.config" | grep -v -x -F -f "$out/.config" |
		grep -v -E -e "^CONFIG_($1)=" -e '^CONFIG_CC_VERSION_TEXT=' || true
}

configure() {
	cp "$out.config" "$out/.config"
	for option in $off; do
		"$test_tree/scripts/config" --file "$out/.config" --disable "$option"
	done
	dmake olddefconfig && dmake modules_prepare
}

# The sources that the series changes and this architecture has.
sources() {
	kgit -C "$tree" diff --name-only --diff-filter=AM "$source_ref" "$refs/tip" -- \
		'*.c' ':(exclude)tools' ':(exclude)arch' ':(exclude,glob)**/tests/**' \
		':(exclude)*_kunit.c'
}

# built_as OBJECT: "module", "builtin", or nothing if it was not built.
built_as() {
	[ -f "$out/$1" ] || return 0
	if grep -q -e ' -DMODULE' "$out/$(dirname -- "$1")/.${1##*/}.cmd"; then
		say module
	else
		say builtin
	fi
}

# exports OBJECT...: the symbols that they export, sorted.
exports() {
	for exports; do
		nm "$out/$exports" 2>/dev/null
	done | sed -n 's/.* __export_symbol_//p' | sort -u
}

# undefined OBJECT...: the symbols that they need.
undefined() {
	for undefined; do
		nm -u "$out/$undefined" 2>/dev/null
	done | sed 's/^ *U //' | sort -u
}

# build WHICH COMMIT: the objects, and lists of what they export and need.
build() {
	test_checkout "$2"
	objects=
	for source in $(sources); do
		[ ! -f "$test_tree/$source" ] || objects="$objects ${source%.c}.o"
	done
	# shellcheck disable=SC2086 # objects are words
	dmake $objects || return 1
	modules=
	builtin=
	for object in $objects; do
		case $(built_as "$object") in
		module)		modules="$modules $object" ;;
		builtin)	builtin="$builtin $object" ;;
		esac
	done
	# shellcheck disable=SC2086 # objects are words
	exports $builtin $modules >"$out.exports-$1"
	# shellcheck disable=SC2086
	undefined $modules >"$out.needs-$1"
}

# exporters SYMBOL...: build what exports them; prints the objects. A macro may export a
# family of them, as in EXPORT_SYMBOL_GPL(bpf_trace_run##x), or one with a prefix, as in
# EXPORT_STATIC_CALL_TRAMP(name).
exporters() {
	exporters=$(for symbol; do
		stem=$(say "$symbol" | sed 's/[0-9]*$//')
		pattern="EXPORT_(PER_CPU_)?SYMBOL(_GPL)?\\(($symbol|$stem##[a-z]*)\\)"
		pattern="$pattern|EXPORT_STATIC_CALL(_TRAMP)?(_GPL)?\\(${symbol#__SC[TK]__}\\)"
		kgit -C "$test_tree" grep -l -w -E "$pattern" -- '*.c' \
			':(exclude)tools' ':(exclude)arch' || true
		kgit -C "$test_tree" grep -l -w -E "$pattern" -- 'arch/x86/*.c' || true
	done | sed 's/c$/o/' | sort -u)
	# shellcheck disable=SC2086 # objects are words
	[ -z "$exporters" ] || dmake -k $exporters || true
	for object in $exporters; do
		[ ! -f "$out/$object" ] || say "$object"
	done
}

# symvers OBJECT...: what modpost may find, as it writes that down itself.
symvers() {
	{
		cat "$out.needs-shipped"
		exports "$@"
	} | sort -u | sed 's/.*/0x00000000\t&\tvmlinux\tEXPORT_SYMBOL_GPL\t/'
}

# modpost SYMVERS: prints what it says of the modules.
modpost() {
	(
		cd "$out"
		say "$modules" | xargs -n 1 >"$out.modules"
		scripts/mod/modpost -M -a -E -i "$1" -o "$out.symvers-out" -T "$out.modules"
	) 2>&1 || true
}

# unnamed SYMBOL...: those that no cover letter names.
unnamed() {
	for unnamed; do
		grep -q -w -F -e "$unnamed" "$series_dir"/*/cover-letter || say "$unnamed"
	done
}

# no_words NAME WORDS: passes if there are none.
no_words() {
	[ -z "$2" ] && status=0 || status=1
	result "$status" "$name: $1" ${2:+"$(say "$2" | head -n 5 | tr '\n' ' ')"}
}

one() {
	name=$(basename -- "$1" .xz)
	out=$keep/$name
	mkdir -p "$out"
	test_checkout "$source_ref"
	xz -dc "$1" >"$out.config"
	cc=$(sed -n -E 's/^CONFIG_CC_VERSION_TEXT="([^ ]*) .*/\1/p' "$out.config")
	command -v "$cc" >/dev/null || cc=gcc
	configure && status=0 || status=1
	result "$status" "$name: make modules_prepare" "$(failure)"
	[ "$status" = 0 ] || return 0
	no_words "every setting is kept, $off apart" "$(lost "$off|$follows")"
	lost "$follows" | grep -q "^CONFIG_$off=" && status=0 || status=1
	result "$status" "$name: a setting that is lost is seen" "$off"
	build shipped "$source_ref" && status=0 || status=1
	result "$status" "$name: the objects as shipped" "$(failure)"
	[ "$status" = 0 ] || return 0
	build series "$refs/tip" && status=0 || status=1
	result "$status" "$name: the objects with the series" "$(failure)"
	[ "$status" = 0 ] || return 0
	# shellcheck disable=SC2046 # modules are words
	dmake KBUILD_MODPOST_WARN=1 $(say "$modules" | sed 's/\.o/.ko/g') &&
		status=0 || status=1
	result "$status" "$name: the modules" "$modules $(failure)"

	new=$(comm -13 "$out.needs-shipped" "$out.needs-series" |
		comm -23 - "$out.exports-series")
	# shellcheck disable=SC2046,SC2086 # words
	symvers $builtin $(exporters $new) >"$out.symvers"
	no_words "modpost finds every symbol" "$(modpost "$out.symvers")"
	say "# $name: symbols that the modules did not need before:" \
		"$(comm -13 "$out.needs-shipped" "$out.needs-series" | xargs)"
	# One that is left out must be missed.
	missed=$(head -n 1 "$out.needs-series")
	grep -v -w "$missed" "$out.symvers" >"$out.symvers-less"
	modpost "$out.symvers-less" | grep -q -F "\"$missed\"" && status=0 || status=1
	result "$status" "$name: modpost misses a symbol that is left out" "$missed"

	new=$(comm -13 "$out.exports-shipped" "$out.exports-series")
	# shellcheck disable=SC2086 # symbols are words
	no_words "new exports are named in a cover letter" "$(unnamed $new)"
	say "# $name: new exports: $(say "$new" | xargs)"
}

# failure: why the last build failed, if it did.
failure() {
	[ "$status" = 0 ] || why
}

[ -n "$configs" ] || die "bases/$BASE/base names no configs"
rm -rf "$keep"
mkdir -p "$keep"
for config in $configs; do
	[ -f "$config" ] || die "no $config: install the packages of tools/packages"
	one "$config"
done
[ "$(unnamed balloon_export_that_nobody_names)" ] && status=0 || status=1
result "$status" "an export that no cover letter names is seen"
results_end
