#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The KUnit suites reach all of the balloon's core.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-kunit.sh"

test_checkout "$refs/tip"
kunit_build x86_64 on || die "the kernel does not build"
dir=$work/coverage
rm -rf "$dir"
mkdir -p "$dir"
{
	say "dir /dev 0755 0 0"
	say "nod /dev/console 0600 0 0 c 5 1"
	say "dir /debug 0755 0 0"
	say "dir /bin 0755 0 0"
	say "file /bin/busybox /bin/busybox 0755 0 0"
	say "slink /bin/sh busybox 0755 0 0"
	say "file /init $TOP/tools/guest/coverage-init 0755 0 0"
} >"$dir/initrd.list"
"$out/usr/gen_init_cpio" "$dir/initrd.list" >"$dir/initrd"
timeout 120 qemu-system-x86_64 -nodefaults -m 1024 -smp 2 -no-reboot -nographic \
	-serial stdio -kernel "$out/$kernel_image" -initrd "$dir/initrd" \
	-append "console=ttyS0 panic=-1 quiet kunit.enable=1 $kunit_says gcda=$out/$core.gcda" \
	</dev/null >"$dir/console.log" 2>&1 || true
cp "$out/$core.gcno" "$dir"
tr -d '\r' <"$dir/console.log" |
	sed -n '/coverage begins$/,/^coverage ends/{//!p}' |
	base64 -d >"$dir/${core##*/}.gcda" ||
	die "the guest printed no counts: see $dir/console.log"
(cd "$dir" && gcov -b -c -r -s "$test_tree" -o . "$out/$core.o" \
	>gcov.log 2>&1) || die "gcov cannot read that: see $dir/gcov.log"

for file in $core.c $header; do
	gcov=$dir/${file##*/}.gcov
	[ -s "$gcov" ] || {
		result 1 "$file" "no counts"
		continue
	}
	missed=$(sed -n -E 's/^ *#####: *([0-9]+):[[:space:]]*(.*)/\1 \2/p' "$gcov")
	[ -z "$missed" ] || say "$missed" | sed 's/^/# not reached: line /'
	# For a person to read: what is inlined has branches that nobody wrote.
	awk '/^ *[-0-9#*]+: *[0-9]+:/ { line = $0; sub(/^[^:]*: */, "", line) }
		/^branch .* (taken 0|never executed)/ {
			print "# a branch not taken: line " line
		}' "$gcov" | uniq
	[ -z "$missed" ] && status=0 || status=1
	result "$status" "$file" "$(grep -c '^ *[0-9]*\*\{0,1\}: *[1-9]' "$gcov") lines reached"
done
results_end
