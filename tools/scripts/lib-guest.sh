# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# Kernels and guests: what each kind is made of, and how it is built. Sourced,
# after lib.sh and base_load.

# kernel_kind KIND PAGE_MIGRATION: what building a kernel takes. Sets fragments (with
# what FRAGMENTS names besides), kernel_image, the kernel's own ARCH and CROSS_COMPILE,
# and guest_modules, the modules that its guests load.
kernel_kind() {
	unset ARCH CROSS_COMPILE
	fragments='guest modules memory-hotplug debug trace kunit virtio-balloon'
	case $1 in
	x86_64)
		fragments="$fragments x86_64 acpi numa pci-hotplug suspend crash-dump"
		fragments="$fragments vmw-balloon provoke coverage"
		kernel_image=arch/x86/boot/bzImage
		guest_modules='guest-modules/mock-vmw.ko drivers/misc/vmw_balloon.ko'
		;;
	ppc64le-64k|ppc64le-4k)
		export ARCH=powerpc CROSS_COMPILE=powerpc64le-linux-gnu-
		fragments="$fragments ppc64le pages-${1#ppc64le-} cmm"
		kernel_image=vmlinux
		guest_modules='arch/powerpc/platforms/pseries/cmm.ko'
		;;
	x86_64-bench|x86_64-bench-irqsoff)
		fragments='guest modules memory-hotplug virtio-balloon x86_64 acpi bench'
		[ "$1" = x86_64-bench ] && fragments="$fragments trace" ||
			fragments="$fragments irqsoff"
		fragments="$fragments page-migration-$2 ${FRAGMENTS:-}"
		kernel_image=arch/x86/boot/bzImage
		guest_modules=drivers/virtio/virtio_balloon.ko
		return
		;;
	*)
		die "no such kind of kernel: $1"
		;;
	esac
	guest_modules="$guest_modules guest-modules/mock-virtio.ko guest-modules/balloon-witness.ko"
	guest_modules="$guest_modules guest-modules/endless.ko"
	guest_modules="$guest_modules drivers/virtio/virtio_balloon.ko"
	! has "$lockdep_off" "$1" || fragments="$fragments lockdep-off"
	fragments="$fragments page-migration-$2 ${FRAGMENTS:-}"
}

# guests_of KIND: the guests that run such a kernel.
guests_of() {
	case $1 in
	x86_64) printf '%s\n' x86_64 x86_64-vmw ;;
	ppc64le-64k) printf '%s\n' pseries-cmm pseries-virtio ;;
	ppc64le-4k) say pseries-cmm-4k ;;
	esac
}

all_guests() {
	for any_kind in x86_64 ppc64le-64k ppc64le-4k; do
		guests_of $any_kind
	done
}

# kind_of GUEST: the kind of kernel that it runs.
kind_of() {
	case $1 in
	bench*) say x86_64-bench ;;
	x86_64*) say x86_64 ;;
	*-4k) say ppc64le-4k ;;
	*) say ppc64le-64k ;;
	esac
}

# guest_driver GUEST: sets driver, the module of its balloon.
guest_driver() {
	case $1 in
	*-vmw) driver=drivers/misc/vmw_balloon.ko ;;
	*-cmm*) driver=arch/powerpc/platforms/pseries/cmm.ko ;;
	*) driver=drivers/virtio/virtio_balloon.ko ;;
	esac
}

# lockdep_flag KIND: the harness's option for a kernel without the lock checker.
lockdep_flag() {
	! has "$lockdep_off" "$1" || say --no-lockdep
}

# fragments_suffix: what sets a build with FRAGMENTS apart.
fragments_suffix() {
	say "${FRAGMENTS:-}" | sed -E 's/[[:space:]]+/+/g; s/^(.)/-\1/'
}

# seed_out OUT FROM: begin a build with the objects of a build of the same source.
# kbuild rebuilds those that another configuration changes. Where a command names the
# build's directory it has to name the new one, or objtool is rebuilt, and with it
# every object. The guest's own modules are not worth that.
seed_out() {
	[ ! -e "$1" ] && [ -f "$2/config.stamp" ] || return 0
	rm -rf "$1.new"
	cp -a "$2" "$1.new" && rm -rf "$1.new/config.stamp" "$1.new/guest-modules" &&
	grep -rlZF --include='*.cmd' "$2/" "$1.new" |
		xargs -r0 sed -i "s,$2/,$1/,g" &&
	mv "$1.new" "$1"
}

# build_selftest SRC OUT: as in Documentation/dev-tools/kselftest.rst, but static. Sets
# guest_programs.
build_selftest() {
	guest_programs=
	[ -d "$1/tools/testing/selftests/balloon" ] || return 0
	kernel_make -C "$1/tools/testing/selftests" TARGETS=balloon O="$2" \
		LDFLAGS=-static >"$2/selftest.log" 2>&1 ||
		die "the selftest does not build: see $2/selftest.log"
	guest_programs=kselftest/balloon/balloon_test
}

# link_modules OUT: put the sources of the guest's own modules where they are built: kbuild
# wants sources and objects of a module in one place. It does not see that another
# configuration changes them, or that the sources are those of another directory and older,
# so they begin anew.
link_modules() {
	[ "$(readlink "$1/guest-modules/Kbuild")" = "$TOP/tools/guest-modules/Kbuild" ] &&
		cmp -s "$1/.config" "$1/guest-modules/config" || rm -rf "$1/guest-modules"
	mkdir -p "$1/guest-modules"
	cp "$1/.config" "$1/guest-modules/config"
	ln -sf "$TOP"/tools/guest-modules/* "$1/guest-modules"
}

# build_own_modules SRC OUT: the guest's own, if it loads any.
build_own_modules() {
	case $guest_modules in
	*guest-modules/*)	;;
	*)			return 0 ;;
	esac
	# shellcheck disable=SC2086 # words
	link_modules "$2" && "$TOP/tools/scripts/kernel.sh" "$1" "$2" \
		"M=$2/guest-modules modules" $fragments
}

# build_guest SRC OUT KIND PAGE_MIGRATION: kernel, modules and initramfs; sets image and
# initrd.
build_guest() {
	kernel_kind "$3" "$4"
	image=$2/$kernel_image
	initrd=$2/initrd
	# shellcheck disable=SC2086 # words
	"$TOP/tools/scripts/kernel.sh" "$1" "$2" \
		"${kernel_image##*/} modules headers" $fragments &&
	build_own_modules "$1" "$2" &&
	build_selftest "$1" "$2" &&
	"$TOP/tools/scripts/initrd.sh" "$2" $guest_modules $guest_programs
}

# keep_guest OUT DIR: copy the files that run a guest again to DIR, because OUT may
# change; sets image and initrd to those in DIR.
keep_guest() {
	mkdir -p "$2" &&
	cp "$image" "$2/kernel" && cp "$initrd" "$2/initrd" &&
	cp "$1/.config" "$2/kernel.config" || return 1
	image=$2/kernel
	initrd=$2/initrd
}
