#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The repository's own programs build without a warning, files stay short.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"
. "$(dirname -- "$0")/../lib-series.sh"

scratch_make
make -s -C "$TOP" BUILD="$scratch" harness guest && status=0 || status=$?
result "$status" builds "gcc -Wall -Wextra -Werror"

long=$(cd "$TOP" && find tools .ci Makefile -type f -exec awk \
	'END { if (NR > 400) print FILENAME ": " NR }' {} \;)
[ -z "$long" ] && status=0 || status=1
result "$status" "at most 400 lines a file" "$long"

left=$(cd "$TOP" && grep -rnE 'TODO|FIXME' tools Makefile README.md .ci |
	grep -v 'tests/repository.sh' || true)
[ -z "$left" ] && status=0 || status=1
result "$status" "nothing left to do" "$left"
left=$(cd "$TOP" && grep -rnE '@[A-Z]+@' README.md Documentation || true)
[ -z "$left" ] && status=0 || status=1
result "$status" "every measured number is filled in" "$left"

# A mutant of one base has a partner of the same name for each other base, or says why not.
lonely=$(cd "$TOP/tools/mutants" && for base in *.*/; do
	base=${base%/}
	for other in *.*/; do
		other=${other%/}
		[ "$base" != "$other" ] || continue
		for mutant in "$base"/*.patch; do
			[ -f "$other/${mutant#*/}" ] ||
				grep -q "^Not-in: $other: [^ ]" "$mutant" || say "$mutant"
		done
	done
done)
[ -z "$lonely" ] && status=0 || status=1
result "$status" "each mutant of one base has a partner, or says why not" "$lonely"

# The columns that make faults does not measure. The quotes are those of Markdown.
# shellcheck disable=SC2016
grep -v '^#' "$TOP/tools/faults" |
	sed -E 's/^[^ ]+ ([^ ]+) (![^ ]+ )?(.*) \| (.*)/| \3 | \4 | `\1` |/' >"$scratch/faults"
# shellcheck disable=SC2016
sed -n -E 's/^(\| .* \| `[a-z0-9-]+` \|) .*/\1/p' "$TOP/README.md" >"$scratch/README"
diff "$scratch/faults" "$scratch/README" && status=0 || status=1
result "$status" "the table of the README lists tools/faults"

# Of the base that the README is about. The quotes are those of Markdown.
if [ -n "$(series_patches)" ]; then
	for topic in $(series_topics); do
		say "$topic: $(need_of "$topic")"
	done >"$scratch/topics"
	# shellcheck disable=SC2016
	sed -n -E 's/^\| `([a-z-]+)` \| ([a-z -]*) ?\| .* \| .* \|$/\1: \2/p' \
		"$TOP/README.md" | sed 's/ *$//' >"$scratch/README"
	sed -i 's/ *$//' "$scratch/topics"
	diff "$scratch/topics" "$scratch/README" && status=0 || status=1
	result "$status" "the README lists the topics and what they need"
fi
results_end
