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

# readme_topics BASE: a line "topic: need" for each topic that the table of the README has
# for a base. Its first line names the bases; "-" stands for a topic that one lacks.
readme_topics() {
	awk -F ' *[|] *' -v base="$1" '
		/^[|] topic [|]/ {
			for (i = 3; i < NF; i++)
				if ($i == "needs on " base)
					column = i
		}
		!NF { column = 0 }
		column && $2 ~ /^`/ && $column != "-" {
			gsub("`", "", $2)
			print $2 ": " $column
		}' "$TOP/README.md"
}

for base in $(cd "$TOP/bases" && echo *); do
	(
		BASE=$base
		base_load
		for topic in $(series_topics); do
			say "$topic: $(need_of "$topic")"
		done
	) >"$scratch/topics"
	readme_topics "$base" >"$scratch/README"
	diff "$scratch/topics" "$scratch/README" && status=0 || status=1
	result "$status" "the README lists the topics of $base and what they need"
done
results_end
