#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Patches, documents and tools are spelled right.
set -eu
. "$(dirname -- "$0")/../lib-test.sh"

cd "$TOP"
# Skip lines that a patch removes or shows as context.
scratch_make
for patch in patches/*/*/*.patch; do
	mkdir -p "$scratch/${patch%/*}"
	sed -n -e '1,/^---$/p' -e 's/^+//p' "$patch" >"$scratch/$patch"
done
# parm is a name in virtio_balloon.c, on a line that the series changes.
codespell -L parm "$scratch" README.md MAINTAINERS Makefile Documentation bases/*/base \
	tools .ci patches/*/*/cover-letter && status=0 || status=$?
result "$status" codespell
results_end
