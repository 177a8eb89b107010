# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154 # set here for others, and there for us
# KUnit: kernels that run the suites when they boot, and nothing else. Sourced, after
# lib-check.sh.

# kunit_kind ARCH MIGRATION: sets fragments, kernel_image, suites and the objects that
# they are in, the kernel's own ARCH and CROSS_COMPILE, and what kunit.py has to be told
# to run it.
kunit_kind() {
	unset ARCH CROSS_COMPILE
	fragments="guest debug kunit kunit-$1 $1 migration-$2"
	suites='balloon virtio_balloon'
	objects='mm/balloon_compaction.o drivers/virtio/virtio_balloon.o'
	case $1 in
	x86_64)
		kernel_image=arch/x86/boot/bzImage
		fragments="$fragments coverage"
		suites="$suites vmw_balloon"
		objects="$objects drivers/misc/vmw_balloon.o"
		kunit_run='--arch=x86_64'
		kunit_args='-smp 2'
		;;
	ppc64le)
		export ARCH=powerpc CROSS_COMPILE=powerpc64le-linux-gnu-
		fragments="$fragments pages-64k"
		kernel_image=vmlinux
		suites="$suites cmm"
		objects="$objects arch/powerpc/platforms/pseries/cmm.o"
		kunit_run='--arch=powerpc'
		# As in tools/harness/guests.c: no firmware, nothing TCG cannot do.
		kunit_args='-smp 2 -M pseries,x-vof=on,cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken,cap-ccf-assist=off -cpu power9'
		;;
	*)
		die "no such kind of KUnit kernel: $1"
		;;
	esac
}

# kunit_build ARCH MIGRATION: from $test_tree as it stands; sets out.
kunit_build() {
	kunit_kind "$1" "$2"
	out=$work/kunit-$1-$2
	# shellcheck disable=SC2086 # fragments are words
	"$scripts/kernel.sh" "$test_tree" "$out" "${kernel_image##*/}" $fragments &&
	make -s -C "$TOP" BUILD="$BUILD" harness
}

# kunit_exec DIR: run the kernel in $out, by the kernel's own kunit.py, which also
# judges. Leaves in DIR its words, and the console.
kunit_exec() {
	mkdir -p "$1"
	rm -f "$out/test.log"
	# shellcheck disable=SC2086 # options are words
	PYTHONDONTWRITEBYTECODE=1 \
		"$test_tree/tools/testing/kunit/kunit.py" exec --build_dir="$out" \
		$kunit_run --qemu_args="$kunit_args" --timeout=120 \
		--kernel_args=panic_on_warn=1 --kernel_args=panic=-1 \
		>"$1/kunit" 2>&1 && status=0 || status=1
	cp "$out/test.log" "$1/console.log" 2>/dev/null || : >"$1/console.log"
	return "$status"
}

# kunit_trouble DIR: what kunit.py does not judge: the first line in which the kernel
# complains.
kunit_trouble() {
	"$BUILD/balloon-harness" --judge "$1/console.log"
}

# kunit_failed DIR: "suite.case" of the first case that failed, "suite.died" if the
# kernel did not live to say so, or nothing.
kunit_failed() {
	sed -E 's/^\[ *[0-9.]+\] //; s/\r$//' "$1/console.log" | awk '
		/^    # Subtest: / { suite = $3; open = 1 }
		/^ok [0-9]+ / { open = 0 }
		/^    not ok [0-9]+ / { print suite "." $4; found = 1; exit }
		END { if (!found && open) print suite ".died" }'
}
