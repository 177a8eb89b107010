#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The kernel as it is shipped boots in each guest, and its balloon inflates, migrates and deflates.
#
# $known_failures of the base lists where it does not, "GUEST:SCENARIO=VERDICT": such a
# failure is expected, and a pass is not. GUEST chooses guests.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

keep=$work/stock
scenario=run

# expected GUEST: how the scenario has to end there.
expected() {
	for failure in $known_failures; do
		[ "${failure%=*}" != "$1:$scenario" ] || {
			say "${failure#*=}"
			return
		}
	done
	say pass
}

# one GUEST KEPT: run it.
one() {
	image=$2/kernel
	initrd=$2/initrd
	run_guest "$1" on "$keep/$1" "$scenario" >"$keep/$1.ktap" 2>&1 </dev/null || true
	want=$(expected "$1")
	got=$(ktap_verdict "$keep/$1.ktap" "$scenario")
	ktap_status "$keep/$1.ktap" "$scenario"
	case $got,$want in
	"$want,pass")	status=0 ;;
	"$want,$want")	status=0 words="an expected failure: $words" ;;
	pass,*)		status=1 words="expected to end in $want, and passes: take it out of bases/$BASE/base" ;;
	*)		status=1 ;;
	esac
	say "$status $1: $scenario|$words" >"$keep/$1.result"
	say "# $1: $words"
}

if [ $# != 0 ]; then
	one "$@"
	exit
fi
rm -rf "$keep"
mkdir -p "$keep"
for kind in x86_64 ppc64le-64k; do
	for guest in $(guests_of "$kind"); do
		wanted "$guest" "${GUEST:-}" || continue
		guest_at "$source_ref" "$kind" on || die "$kind does not build"
		say "$guest $kept" >>"$keep/jobs"
	done
done
[ -s "$keep/jobs" ] || die "no such guest: GUEST='$GUEST'"
xargs -P 2 -L 1 "$0" <"$keep/jobs"
while read -r guest _; do
	results_of "$keep/$guest.result"
done <"$keep/jobs"
results_end
