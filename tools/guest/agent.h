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
 * memory_hold() - keep pages of a stretch of memory
 * @bytes: the stretch; all of it is allocated
 * @every: every @every-th page is kept, the others are given back
 * @reply: empty on success, ENOMEM if the process was killed on the way
 *
 * With 1, all of the memory is taken away from the others. With 3, what is
 * allocated next lands in the gaps, and when the pages are released it has free
 * pages all around: work for compaction. Not with 2 or 4, because where
 * compaction has found nothing for a while it looks at every 32nd page only: a
 * pattern that divides 32 would be all free to it, or not free at all.
 */
void memory_hold(unsigned long bytes, unsigned int every, struct reply *reply);

/**
 * memory_release() - give back what memory_hold() keeps
 * @reply: empty on success, ESRCH if nothing is held
 */
void memory_release(struct reply *reply);

/**
 * run_within() - run a function in a process of its own, within a time
 * @child: the function; returns an errno value, which travels back as the
 *	   process' exit status
 * @arg: what it gets
 * @limit_ms: after this many milliseconds the process is killed
 *
 * What blocks in the kernel cannot silence the agent, unless it cannot be killed
 * either.
 *
 * Return: 0, or an errno value; ETIMEDOUT if time was up.
 */
int run_within(int (*child)(const void *arg), const void *arg,
	       unsigned int limit_ms);

/**
 * program_run() - run a program without arguments within a time
 * @path: the program
 * @log: file for all that it prints
 * @limit_ms: after this many milliseconds it is killed
 * @reply: empty if it ended with 0, else its exit status in place of an errno
 */
void program_run(const char *path, const char *log, unsigned int limit_ms,
		 struct reply *reply);

/**
 * file_read() - read a file
 * @path: the file
 * @reply: its content on success
 */
void file_read(const char *path, struct reply *reply);

/**
 * file_put() - write a text to a file
 * @path: the file
 * @text: what to write, in one write()
 *
 * Return: 0, or an errno value.
 */
int file_put(const char *path, const char *text);

/**
 * file_write() - write a text to a file within a time
 * @path: the file
 * @text: what to write, in one write()
 * @limit_ms: after this many milliseconds the write is interrupted and the
 *	      answer is ETIMEDOUT; 0 for a write that cannot block, which takes no
 *	      process and so no memory
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
 * module_unload() - remove a kernel module within a time
 * @name: its name
 * @limit_ms: after this many milliseconds it is interrupted, if it can be, and
 *	      the answer is ETIMEDOUT
 * @reply: empty on success
 */
void module_unload(const char *name, unsigned int limit_ms, struct reply *reply);

/**
 * struct churn - what goes on at once
 * @first: number of the first memory block that is taken offline and online
 * @last: number of the last one
 * @pause_ms: time between one block and the next
 * @bytes: how much memory is filled and freed in turn
 */
struct churn {
	unsigned int first;
	unsigned int last;
	unsigned int pause_ms;
	unsigned long bytes;
};

/**
 * churn_start() - begin to compact, offline and fill memory, all at once
 * @churn: how
 * @reply: empty on success, EBUSY if that goes on already
 */
void churn_start(const struct churn *churn, struct reply *reply);

/**
 * churn_stop() - end what churn_start() began
 * @reply: how often each was done, one "<what> <count>" a line; EBUSY if a block
 *	   could not be brought online again, ECHILD if a process was killed
 */
void churn_stop(struct reply *reply);

#endif /* BALLOON_AGENT_H */
