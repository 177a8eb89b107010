#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The harness recognises each way in which a guest can fail, and falls back from kvm that does not work.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

guest_at "$refs/tip" x86_64 on || die "the kernel does not build"
keep=$work/harness-own
mkdir -p "$keep"

for scenario in boot own-fail own-warn own-panic own-hang own-exit own-nonsense; do
	run_guest x86_64 on "$keep" $scenario >"$keep/$scenario.ktap" &&
		status=0 || status=$?
	result "$status" $scenario "$(sed -n 's/.*ok 1 [a-z-]* # //p' "$keep/$scenario.ktap")"
done

# Asked for kvm, a guest passes in any case: under kvm, or after a fall-back.
run_guest x86_64 on "$keep" --accel kvm boot >"$keep/kvm.ktap" && status=0 || status=$?
how=$(sed -n 's/^ *# \(no guest under kvm.*\)/\1/p' "$keep/kvm.ktap" | tr -d '\n')
result "$status" "kvm or a fall-back" "${how:-kvm works here}"

# No QEMU, and a QEMU that dies at once: errors of the harness, not of the guest.
for qemu in /nonexistent /bin/false; do
	run_guest x86_64 on "$keep" --qemu $qemu boot >"$keep/qemu.ktap" &&
		status=1 || status=0
	grep -q 'harness error' "$keep/qemu.ktap" || status=1
	result "$status" "--qemu $qemu" "$(sed -n 's/^not ok 1 [a-z-]* # //p' "$keep/qemu.ktap")"
done
results_end
