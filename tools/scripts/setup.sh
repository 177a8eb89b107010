#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# setup.sh run|test: install the packages that are missing.
set -eu
. "$(dirname -- "$0")/lib.sh"

list=${PACKAGES:-$TOP/tools/packages}

# Lines "package why" of those that are not installed.
missing() {
	awk -v purpose="$1" '/^#/ || !NF { next }
		$2 == "run" || purpose == "test" {
			name = $1; $1 = $2 = ""; print name $0
		}' "$list" |
	while read -r name why; do
		case $(dpkg-query -W -f '${Status}' "$name" 2>/dev/null) in
		*' installed') ;;
		*) printf '%s %s\n' "$name" "$why" ;;
		esac
	done
}

install() {
	# shellcheck disable=SC2086 # names are words
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends $names >"$log" 2>&1
}

purpose=${1:?run or test}
wanted=$(missing "$purpose")
if [ -z "$wanted" ]; then
	exit 0
fi
command -v apt-get >/dev/null ||
	die "no apt-get here: install by hand: $(say "$wanted" | cut -d' ' -f1 | xargs)"
say "installing packages:"
say "$wanted" | while read -r name why; do
	printf '  %-26s %s\n' "$name" "$why"
done
as_root true
names=$(say "$wanted" | cut -d' ' -f1)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install; then
	# Old package lists are the usual reason: fetch them once.
	as_root apt-get update >"$log" 2>&1 || true
	install || {
		why=$(grep -m 1 '^E:' "$log" || tail -n 1 "$log")
		die "cannot install packages ($why): check apt-get's sources, or install by hand: $(say "$names" | xargs)"
	}
fi
left=$(missing "$purpose")
[ -z "$left" ] || die "still missing: $(say "$left" | cut -d' ' -f1 | xargs)"
