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

.PHONY: help run test kunit faults mutants tree refresh mbox clean setup harness guest

help:
	@echo 'make run        show the series at work in a guest (MIGRATION=off, ACCEL=tcg|kvm)'
	@echo 'make test       every check; some of them: make test ONLY="name ..."'
	@echo '                part of the matrix: make test SCENARIO="name ..." GUEST="name ..."'
	@echo 'make kunit      the KUnit suites alone'
	@echo 'make faults     what the fixes mend, without them and with them (NEWEST=kernel tree)'
	@echo 'make mutants    break the kernel on purpose; each break must be caught'
	@echo 'make tree       a kernel git tree: base plus series (BASE=6.12, FLAVOUR=taken-back|shipped)'
	@echo 'make refresh    export the commits of that tree to patches/'
	@echo 'make mbox       stamp the series for posting: SIGNOFF="Name <address>"'
	@echo 'make setup      install what make test needs'
	@echo 'make clean      remove what was built: $(BUILD)'

run:
	@$(S)/run.sh

test:
	@$(S)/test.sh $(ONLY)

kunit:
	@$(S)/test.sh kunit

faults:
	@NEWEST="$(NEWEST)" $(S)/test.sh faults

mutants: MUTANT ?= all
mutants:
	@MUTANT="$(MUTANT)" $(S)/test.sh mutants

tree:
	@$(S)/setup.sh run
	@$(S)/tree.sh

refresh:
	@$(S)/refresh.sh

mbox:
	@$(S)/mbox.sh

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
	rm -rf $(BUILD)
