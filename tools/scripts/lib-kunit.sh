# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# KUnit: kernels that run the suites when they boot. They are the guests' kernels with
# the drivers and the suites built in. Sourced, after lib-test.sh.

# The kernels have two NUMA nodes: some cases move pages from one to the other.
#
# kunit_kind ARCH PAGE_MIGRATION: sets fragments, kernel_image, suites, the objects that
# they are in, the kernel's own ARCH and CROSS_COMPILE, what kunit.py needs to run it, what
# it tells the kernel (kunit_boot), and seed, the build that it begins with.
kunit_kind() {
	suites="$core_suite virtio_balloon"
	kunit_boot=${kunit_says:+--kernel_args=$kunit_says}
	objects="$core.o drivers/virtio/virtio_balloon.o"
	case $1 in
	x86_64)
		kernel_kind x86_64 "$2"
		seed=$(out_of x86_64 "$2")
		suites="$suites vmw_balloon"
		objects="$objects drivers/misc/vmw_balloon.o"
		kunit_boot="$kunit_boot --kernel_args=numa=fake=2U"
		kunit_run='--arch=x86_64'
		kunit_args='-smp 2'
		;;
	ppc64le)
		kernel_kind ppc64le-64k "$2"
		seed=$(out_of ppc64le-64k "$2")
		suites="$suites cmm"
		# There is one zone of memory otherwise.
		kunit_boot="$kunit_boot --kernel_args=movablecore=128M"
		objects="$objects arch/powerpc/platforms/pseries/cmm.o"
		kunit_run='--arch=powerpc'
		kunit_args='-object memory-backend-ram,id=m0,size=512M -numa node,memdev=m0'
		kunit_args="$kunit_args -object memory-backend-ram,id=m1,size=512M -numa node,memdev=m1"
		# As in tools/harness/guests.c: no firmware, nothing TCG cannot do.
		kunit_args="$kunit_args -smp 2 -M pseries,x-vof=on,cap-cfpc=broken,cap-sbbc=broken,cap-ibs=broken,cap-ccf-assist=off -cpu power9"
		;;
	*)
		die "no such kind of KUnit kernel: $1"
		;;
	esac
	fragments="$fragments kunit-suites kunit-$1"
}

# kunit_build ARCH PAGE_MIGRATION: from $test_tree as it stands; sets out. The objects
# that the suites are in are compiled in any case, and looked at by sparse, if the base
# takes ours.
kunit_build() {
	kunit_kind "$1" "$2"
	out=$work/kunit-$1-$2$(fragments_suffix)
	seed_out "$out" "$seed"
	for object in $objects; do
		rm -f "$out/$object"
	done
	# What gcov counts is for the test coverage, and for x86_64 only.
	# shellcheck disable=SC2086 # fragments are words
	MAKE_FLAGS="C=1 GCOV_PROFILE_${core##*/}.o=y" \
		"$scripts/kernel.sh" "$test_tree" "$out" "${kernel_image##*/}" $fragments
}

# kunit_exec DIR: run the kernel in $out, by the kernel's own kunit.py, which also
# judges. Leaves in DIR its output, its results as JSON, and the console.
kunit_exec() {
	mkdir -p "$1/bin"
	rm -f "$out/test.log" "$1/results.json"
	for qemu in qemu-system-x86_64 qemu-system-ppc64; do
		ln -sf "$scripts/qemu-tcg.sh" "$1/bin/$qemu"
	done
	# shellcheck disable=SC2086 # options are words
	env REAL_PATH="$PATH" PATH="$1/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 \
		"$test_tree/tools/testing/kunit/kunit.py" exec --build_dir="$out" \
		$kunit_run --qemu_args="$kunit_args" --timeout=120 \
		--kernel_args=panic=-1 $kunit_boot \
		--json="$1/results.json" >"$1/kunit" 2>&1 && status=0 || status=1
	cp "$out/test.log" "$1/console.log" 2>/dev/null || : >"$1/console.log"
	return "$status"
}

# The one warning that a case provokes: test_dequeue_lost of the core.
kunit_expected='WARNING: .* balloon_page_dequeue[+]'

# kunit_unexpected DIR: the console without the expected warning, if that was printed
# once, by that case, and nothing else with it.
kunit_unexpected() {
	awk -v expected="$kunit_expected" '
		/-\[ cut here \]-/ { held = 1; text = "" }
		!held { print; next }
		{ text = text $0 "\n" }
		/---\[ end trace / {
			held = 0
			if (!seen && text ~ expected && text ~ /test_dequeue_lost[+]/ &&
			    gsub("WARNING:", "&", text) == 1)
				seen = 1
			else
				printf "%s", text
		}
		END { if (held) printf "%s", text }' "$1/console.log"
}

# kunit_trouble DIR: what kunit.py does not judge: the first line in which the kernel
# complains.
kunit_trouble() {
	kunit_unexpected "$1" >"$1/unexpected.log"
	"$BUILD/balloon-harness" --judge "$1/unexpected.log"
}

# kunit_cases DIR STATUS...: the cases that ended so, "suite.case" a line. One with
# parameters ends with each of them. ERROR is a case that the kernel did not live to report.
kunit_cases() {
	kunit_results=$1/results.json
	shift
	jq -r --arg wanted "$*" '[.sub_groups[] | .name as $suite |
		(.test_cases[], (.sub_groups[] | .name as $case | .. | objects |
			select(has("status")) | { name: $case, status })) |
		select(.status | IN($wanted | splits(" "))) |
		"\($suite).\(.name)"] | unique | .[]' "$kunit_results" 2>/dev/null || true
}

# kunit_failed DIR: the cases that failed; "suite.died" where the kernel did not live.
kunit_failed() {
	kunit_cases "$1" FAIL
	kunit_cases "$1" ERROR | sed 's/\..*/.died/' | sort -u
}
