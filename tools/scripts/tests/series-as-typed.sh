#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# "git am patches/6.12/TOPIC/*.patch", as typed in a kernel tree, works.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

scratch_make
base=$(prefix_commits | head -n 1)
# A user's own tree: another identity, and none of this project's configuration.
export_files "$base" "$scratch/linux"
cd "$scratch/linux"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git init -q
git config user.name Somebody
git config user.email somebody@example.org
git add -A -f
git commit -q -m base
ln -s "$TOP/patches" patches
echo patches >.git/info/exclude
for topic in $(series_topics); do
	# The words of the README.
	# shellcheck disable=SC2153 # BASE is set by lib.sh
	sh -c "git am patches/$BASE/$topic/*.patch" && status=0 || status=$?
	result "$status" "git am patches/$BASE/$topic/*.patch"
done
rm patches
mkdir "$scratch/want"
export_files "$(prefix_commits | tail -n 1)" "$scratch/want"
diff -r -x .git . "$scratch/want" && status=0 || status=$?
result "$status" "the same files as make tree"
results_end
