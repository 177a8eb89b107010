// SPDX-License-Identifier: GPL-2.0
/* What somebody inside the guest can see of the balloon: trace events and debugfs. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "clock.h"
#include "mock_virtio.h"
#include "report.h"
#include "scenario.h"
#include "shown.h"
#include "steps.h"

#define TRACING		"/sys/kernel/tracing/"
#define FRAME		4096
#define SLOW_MS		1300
/* More than are free: these come out of the balloon. */
#define MORE_PAGES	8192

/* Sums of the events. */
struct events {
	long long enqueued;
	long long dequeued;
	long long migrated;
	long long refused;
	long long told_inflate;
	long long told_deflate;
	long long unanswered;
	long long targets;
	long long last_target;
};

/* The number behind "NAME=" in a line, 0 if there is none. */
static long long field(const char *line, const char *name)
{
	const char *at = strstr(line, name);

	return at ? strtoll(at + strlen(name), NULL, 0) : 0;
}

static void add_event(struct events *events, const char *line)
{
	long long nr = field(line, " nr=");

	if (strstr(line, " balloon_enqueue: ")) {
		events->enqueued += nr;
	} else if (strstr(line, " balloon_dequeue: ")) {
		events->dequeued += nr;
	} else if (strstr(line, " balloon_migrate: ")) {
		if (field(line, " ret="))
			events->refused++;
		else
			events->migrated++;
	} else if (strstr(line, " virtio_balloon_tell: ")) {
		if (!field(line, " answered="))
			events->unanswered++;
		else if (strstr(line, " queue=inflate "))
			events->told_inflate += nr;
		else
			events->told_deflate += nr;
	} else if (strstr(line, " virtio_balloon_target: ")) {
		events->targets++;
		events->last_target = field(line, " target=");
	}
}

static int read_events(struct run *run, struct events *events)
{
	char *text = file_read(run->vm, TRACING "trace");
	char *line, *rest = text;
	int lines = 0;

	*events = (struct events){ 0 };
	if (!text)
		return -1;
	while ((line = strsep(&rest, "\n"))) {
		add_event(events, line);
		lines += line[0] && line[0] != '#';
	}
	free(text);
	report_say("%d events: %lld pages in, %lld out, %lld migrated, %lld migrations refused",
		   lines, events->enqueued, events->dequeued, events->migrated,
		   events->refused);
	return 0;
}

static bool is_virtio(const struct run *run)
{
	return !strcmp(run->balloon.kind->module, "virtio_balloon");
}

static int trace_on(struct run *run)
{
	return change_file(run, "trace", "core", TRACING "events/balloon/enable",
			   "1") ||
	       (is_virtio(run) &&
		change_file(run, "trace", "driver",
			    TRACING "events/virtio_balloon/enable", "1")) ||
	       change_file(run, "trace", "buffer", TRACING "buffer_size_kb",
			   "4096");
}

/* A page that migrates is told to the host twice: as inflated, and as deflated. */
static int check_told(struct run *run, const struct events *events,
		      long long inflated, long long deflated, long long migrated)
{
	long long frames = run->page_size / FRAME;

	return check_exact(run, "events", "told-inflate", events->told_inflate,
			   (inflated + migrated) * frames, "frames") ||
	       check_exact(run, "events", "told-deflate", events->told_deflate,
			   (deflated + migrated) * frames, "frames") ||
	       check_exact(run, "events", "unanswered", events->unanswered, 0,
			   "buffers") ||
	       check_exact(run, "events", "targets", events->targets, 2,
			   "targets") ||
	       check_exact(run, "events", "last-target", events->last_target, 0,
			   "frames");
}

/* What debugfs says at rest, with @frames in the balloon. */
static int check_at_rest(struct run *run, const char *step, long long frames,
			 long long migrated)
{
	return wait_shown(run, step, "target", frames, frames) ||
	       wait_shown(run, step, "size", frames, frames) ||
	       wait_shown(run, step, "in_flight", 0, 0) ||
	       wait_shown(run, step, "isolated", 0, 0) ||
	       wait_shown(run, step, "migrated", migrated, migrated) ||
	       wait_shown(run, step, "features", 1, LLONG_MAX) ||
	       wait_shown_state(run, step, "working");
}

static int observe(struct run *run)
{
	long long bytes = run->memory / 16, moved = 0, inflated, deflated;
	struct state before, now;
	struct events events;

	/* The buffer for events is no memory that the balloon loses. */
	if (trace_on(run) || baseline(run, &before) ||
	    fragment_memory(run, run->memory / 8) ||
	    inflate(run, &before, bytes) ||
	    compact_balloon(run, 16, &moved) ||
	    (is_virtio(run) &&
	     check_at_rest(run, "full", bytes / FRAME,
			   moved * (run->page_size / FRAME))) ||
	    empty_balloon(run, &before) ||
	    (is_virtio(run) &&
	     check_at_rest(run, "rest", 0, moved * (run->page_size / FRAME))) ||
	    look(run, &now) || read_events(run, &events))
		return -1;
	inflated = now.inflated - before.inflated;
	deflated = now.deflated - before.deflated;
	return check_exact(run, "events", "enqueued", events.enqueued, inflated,
			   "pages") ||
	       check_exact(run, "events", "dequeued", events.dequeued, deflated,
			   "pages") ||
	       check_exact(run, "events", "migrated", events.migrated,
			   now.migrated - before.migrated, "pages") ||
	       (is_virtio(run) &&
		check_told(run, &events, inflated, deflated,
			   now.migrated - before.migrated));
}

SCENARIO(observe, "observe", "x86_64 x86_64-vmw pseries-cmm pseries-virtio",
	 "The trace events and debugfs show each page that is inflated, migrated and deflated, and each exchange with the host.",
	 .turn = TURN_ALONE);

static int trouble(struct run *run)
{
	struct state before, now;

	return mock_plug(run, MOCK_DEFLATE_ON_OOM, "") ||
	       baseline(run, &before) ||
	       resize(run, &run->mock, "inflate", run->memory / 4) ||
	       check_agree(run, "inflated", &before, NULL) ||
	       wait_shown(run, "well", "slow_answers", 0, 0) ||
	       wait_shown(run, "well", "alloc_failed", 0, 0) ||
	       wait_shown(run, "well", "oom_notifications", 0, 0) ||
	       mock_set(run, "slow", SLOW_MS) ||
	       resize(run, &run->mock, "slow", run->memory / 4 + MIB) ||
	       wait_shown(run, "slow", "slow_answers", 1, 2) ||
	       mock_set(run, "slow", 0) ||
	       /* It cannot have all of the memory. */
	       set_target(run, &run->mock, run->memory) ||
	       wait_shown(run, "too-much", "alloc_failed", 1, LLONG_MAX) ||
	       resize(run, &run->mock, "again", run->memory / 4) ||
	       look(run, &now) ||
	       hold_memory(run, (now.free + MORE_PAGES) * run->page_size) ||
	       release_memory(run) ||
	       wait_shown(run, "oom", "oom_notifications", 1, LLONG_MAX) ||
	       wait_shown(run, "oom", "oom_deflated", 256, LLONG_MAX) ||
	       wait_shown_state(run, "oom", "working") ||
	       mock_set(run, "silent", MOCK_ALL_Q) ||
	       set_target(run, &run->mock, 0) ||
	       wait_shown(run, "silent", "in_flight", 256, 256) ||
	       mock_set(run, "failed", 1) ||
	       wait_shown_state(run, "lost", "lost") ||
	       mock_rebind(run, &before);
}

SCENARIO(trouble, "observe-trouble", "x86_64",
	 "Debugfs shows slow answers, failed allocations, OOM, what the host has not answered, and that the device is lost.",
	 .turn = TURN_LATE, .managed = true, .page_migration_only = true);
