/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The agent inside the guest: what its parts share.
 *
 * Protocol, one request at a time, over a serial port of its own:
 *
 *	host:  <seq> <verb> [arguments]\n
 *	guest: <seq> ok <length>\n<length bytes>\n
 *	guest: <seq> err <errno> <text>\n
 *
 * <seq> is chosen by the host and repeated in the answer, so that an answer
 * that comes too late is not taken for the next one. The guest speaks first:
 * its greeting is the answer to request 0, which nobody sent. What the host says
 * before that is lost.
 */
#ifndef BALLOON_AGENT_H
#define BALLOON_AGENT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct reply - the answer to one request
 * @data: payload of a success; grows as it is written
 * @len: bytes in @data
 * @size: bytes allocated for @data
 * @error: 0, or the errno of a failure
 * @text: what failed, for a failure
 */
struct reply {
	char *data;
	size_t len;
	size_t size;
	int error;
	char text[160];
};

/**
 * reply_append() - add bytes to the payload of an answer
 * @reply: the answer
 * @data: the bytes
 * @len: how many
 */
void reply_append(struct reply *reply, const void *data, size_t len);

/**
 * reply_printf() - add formatted text to the payload of an answer
 * @reply: the answer
 * @fmt: as in printf(); at most 255 bytes come of it
 */
void reply_printf(struct reply *reply, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * reply_error() - turn an answer into a failure
 * @reply: the answer
 * @error: an errno value, not 0
 * @text: what failed
 */
void reply_error(struct reply *reply, int error, const char *text);

/**
 * agent_serve() - answer requests until the channel ends
 * @fd: the channel, already in raw mode
 */
void agent_serve(int fd);

/**
 * verb_run() - carry out one request
 * @line: verb and arguments, without sequence number and newline; is changed
 * @fd: the channel, for the verb that misbehaves on it
 * @reply: where the answer goes
 */
void verb_run(char *line, int fd, struct reply *reply);

/**
 * pageflags_count() - count the guest's pages that carry a flag
 * @bit: bit number in /proc/kpageflags
 * @group: pages per group
 * @reply: one line "<group> <count>" for each group that has any
 */
void pageflags_count(unsigned int bit, unsigned long group, struct reply *reply);

/**
 * memory_hold() - keep every third page of a stretch of memory
 * @bytes: the stretch; all of it is allocated, two thirds are given back
 * @reply: empty on success
 *
 * What is allocated next lands in the gaps, and when the pages are released it
 * has free pages all around: work for compaction. Every third, because where
 * compaction has found nothing for a while it looks at every 32nd page only: a
 * pattern that divides 32 would be all free to it, or not free at all.
 */
void memory_hold(unsigned long bytes, struct reply *reply);

/**
 * memory_release() - give back what memory_hold() keeps
 * @reply: empty on success, ESRCH if nothing is held
 */
void memory_release(struct reply *reply);

/**
 * file_write() - write a text to a file within a time
 * @path: the file
 * @text: what to write, in one write()
 * @limit_ms: after this many milliseconds the write is interrupted and the
 *	      answer is ETIMEDOUT
 * @reply: empty on success
 */
void file_write(const char *path, const char *text, unsigned int limit_ms,
		struct reply *reply);

/**
 * module_load() - load a kernel module
 * @path: its file
 * @params: its parameters, may be empty
 * @reply: empty on success
 */
void module_load(const char *path, const char *params, struct reply *reply);

/**
 * module_unload() - remove a kernel module
 * @name: its name
 * @reply: empty on success
 */
void module_unload(const char *name, struct reply *reply);

#endif /* BALLOON_AGENT_H */
