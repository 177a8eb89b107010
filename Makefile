# SPDX-License-Identifier: GPL-2.0
# Thin on purpose: the work is in tools/scripts, one job a script.

BUILD	?= $(CURDIR)/build
export BUILD
S	:= tools/scripts

CFLAGS	?= -O2 -g
WARN	:= -std=gnu11 -Wall -Wextra -Werror -Wno-format-truncation
HARNESS	:= $(wildcard tools/harness/*.c tools/harness/scenarios/*.c)
AGENT	:= $(wildcard tools/guest/*.c)
INIT	:= $(BUILD)/guest/$(CROSS_COMPILE)init

.PHONY: help run test test-all kunit faults bench mutants tree refresh post clean setup harness guest

help:
	@echo 'BASE=7.3 is mainline, BASE=6.12 its backport and the default; tests run on both'
	@echo 'make run        run the series in a guest (GUEST=, PAGE_MIGRATION=off, ACCEL=tcg|kvm)'
	@echo 'make test       the tests; some of them: make test ONLY="name ..."'
	@echo '                part of the matrix: make test SCENARIO="name ..." GUEST="name ..."'
	@echo 'make test-all   the full proof: every prefix, setting and mutant'
	@echo 'make kunit      the KUnit suites alone'
	@echo 'make faults     bugs that the series fixes, without it and with it'
	@echo 'make bench      what the balloon costs without the series and with it (RUNS=, WHAT=),'
	@echo '                or at two commits of the tree of BASE= (FROM= and TO=)'
	@echo 'make mutants    break the kernel on purpose; each break must be caught (MUTANT="name ...")'
	@echo 'make tree       a kernel git tree: base plus series (FLAVOUR=reverted|shipped); it comes'
	@echo '                from Debian, or from SOURCE=: a git clone (REV=), a directory, a tarball'
	@echo 'make refresh    export the commits of that tree to patches/'
	@echo 'make post       write the mails of a topic: TOPIC=name SIGNOFF="Name <address>"'
	@echo 'make setup      install what make test needs'
	@echo 'make clean      remove what was built, and the kernel trees, from $(BUILD)'

run:
	@$(S)/run.sh

test:
	@$(S)/test.sh $(ONLY)

test-all:
	@ALL=yes $(S)/test.sh $(ONLY)

kunit:
	@$(S)/test.sh kunit

faults:
	@$(S)/test.sh faults

bench:
	@$(S)/test.sh bench

mutants:
	@ALL=yes $(S)/test.sh mutants

tree:
	@$(S)/setup.sh run
	@$(S)/tree.sh

refresh:
	@$(S)/refresh.sh

post:
	@$(S)/post.sh

setup:
	@$(S)/setup.sh test

harness: $(BUILD)/balloon-harness
guest: $(INIT)

$(BUILD)/balloon-harness: $(HARNESS) $(wildcard tools/harness/*.h)
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CFLAGS) -Itools/harness -o $@ $(HARNESS) \
		$$(pkg-config --cflags --libs jansson)

$(INIT): $(AGENT) $(wildcard tools/guest/*.h)
	@mkdir -p $(@D)
	$(CROSS_COMPILE)gcc $(WARN) -O2 -static -o $@ $(AGENT)

clean:
	rm -rf $(BUILD)/balloon-harness $(BUILD)/guest $(BUILD)/bench $(BUILD)/bench-commits $(patsubst bases/%,$(BUILD)/%,$(wildcard bases/*))
