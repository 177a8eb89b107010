# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034 # what is set here is used elsewhere
# KTAP, as the tests write it and as they read it from the harness. Sourced.

results=0
bad=0

# result STATUS NAME WORDS: a result of this test.
result() {
	results=$((results + 1))
	result_line="$results $2"
	if [ "$1" = 0 ]; then
		result_line="ok $result_line"
	else
		bad=$((bad + 1))
		result_line="not ok $result_line"
	fi
	shift 2
	printf '%s\n' "$result_line${*:+ # $*}"
}

# results_of FILE: results that a job left there, one "STATUS NAME|WORDS" a line.
results_of() {
	while IFS='|' read -r results_name results_words; do
		result "${results_name%% *}" "${results_name#* }" "$results_words"
	done <"$1"
}

# results_end: the plan, and the exit status of the test.
results_end() {
	printf '1..%s\n' "$results"
	[ "$bad" = 0 ] && [ "$results" -gt 0 ]
}

# ktap_nest: the output of a test as the subtest of another. Lines that are no KTAP
# become diagnostics.
ktap_nest() {
	sed -u -E -e '/^ *(KTAP version|1\.\.[0-9]|ok [0-9]|not ok [0-9]|#)/!s/^/# /' \
		-e 's/^/    /'
}

# ktap_progress: the results of scenarios, and the checks that failed, as diagnostics.
ktap_progress() {
	sed -u -n -E 's/^((not )?ok) [0-9]+ /# \1 /p; s/^ +(not ok [0-9].*)/# \1/p'
}

# ktap_status FILE SCENARIO: sets status to 0 if it passed, and words to how it ended.
ktap_status() {
	words=$(grep -E "^(not )?ok [0-9]+ $2 # " "$1" || true)
	case $words in
	ok*)	status=0 ;;
	*)	status=1 ;;
	esac
	words=${words#*# }
	words=${words:-it did not end}
}

# ktap_verdict FILE SCENARIO: its verdict, in a word or two.
ktap_verdict() {
	ktap_status "$1" "$2"
	printf '%s\n' "${words%%, *}"
}

# ktap_first_failed FILE: the first check that failed.
ktap_first_failed() {
	sed -n 's/^    not ok [0-9]* \([^ ]*\) .*/\1/p' "$1" | head -n 1
}
