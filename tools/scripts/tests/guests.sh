#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each topic boots in each kind of guest, in turn and alone, and a small balloon works.
#
# In turn is on top of the topics before it, alone is on the tree as shipped. With ALL,
# every prefix boots. The test "prefixes" has built the kernels and listed
# them in $work/prefixes/guests.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

keep=$work/boots

# one PREFIX GUEST PAGE_MIGRATION KEPT: run a guest of the list.
one() {
	image=$4/kernel
	initrd=$4/initrd
	dir=$keep/$1-$2-$3
	scenario=small
	# Before the topic that fixes it, cmm is not complete.
	case $1,$2 in
	[0-9]*,pseries-cmm*)
		[ "$1" -ge "${cmm_complete:-0}" ] || scenario=boot
		;;
	esac
	run_guest "$2" "$3" "$dir" $scenario >"$dir.ktap" 2>&1 </dev/null || true
	ktap_status "$dir.ktap" $scenario
	say "$status $(prefix_name "$1"), $2, page migration $3: $scenario|$words" >"$dir.result"
	say "# $(prefix_name "$1"), $2, page migration $3: $words"
}

cmm_complete=$(series_patches | grep -n '^cmm/' | tail -n 1 | cut -d : -f 1)
if [ $# != 0 ]; then
	one "$@"
	exit
fi
[ -s "$work/prefixes/guests" ] ||
	die "no list of guests in $work/prefixes: run the test prefixes first"
rm -rf "$keep"
mkdir -p "$keep"
xargs -P 2 -L 1 "$0" <"$work/prefixes/guests"
while read -r prefix guest setting _; do
	results_of "$keep/$prefix-$guest-$setting.result"
done <"$work/prefixes/guests"
results_end
