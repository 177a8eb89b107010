/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the agent inside the guest share.
 *
 * init.c calls serve.c, which calls verbs.c, which calls the files that do the work.
 * These call process.c, files.c and reply.c.
 *
 * Protocol, one request at a time, over a serial port of its own:
 *
 *	host:  <seq> <verb> [arguments]\n
 *	guest: <seq> ok <length>\n<length bytes>\n
 *	guest: <seq> err <errno> <text>\n
 *
 * The host chooses <seq> and the guest repeats it in the answer, so that the host
 * recognizes an answer that comes too late. The guest speaks first: its greeting is
 * the answer to request 0, which nobody sent. What the host sends before that is
 * lost.
 */
#ifndef BALLOON_AGENT_H
#define BALLOON_AGENT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct reply - the answer to one request
 * @data: payload of a success
 * @len: bytes in @data
 * @size: bytes allocated for @data
 * @error: 0, or the errno of a failure
 * @text: what failed
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
 * @fmt: as in printf(); it adds at most 255 bytes
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
 * verb_run() - execute one request
 * @line: verb and arguments, without sequence number and newline; verb_run() changes it
 * @fd: the channel, for the verb that misbehaves on it
 * @reply: the answer; EINVAL if no verb has such arguments
 */
void verb_run(char *line, int fd, struct reply *reply);

/**
 * pageflags_count() - count the guest's pages that have a flag
 * @bit: bit number in /proc/kpageflags
 * @group: pages per group
 * @reply: one line "<group> <count>" for each group that has such pages
 */
void pageflags_count(unsigned int bit, unsigned long group, struct reply *reply);

/**
 * memory_hold() - allocate memory and keep pages of it
 * @bytes: how much to allocate
 * @every: keep every @every-th page and free the others
 * @nodes: a mask of the NUMA nodes that it must come from, 0 for any
 * @reply: "ns NUMBER", how long that took; ENOMEM if the OOM killer ended the process,
 *	   EBUSY if the agent holds memory already
 *
 * 1 keeps all of the memory. 3 leaves gaps, which later allocations fill; when the
 * agent releases its pages, these allocations have free pages around them, so that
 * compaction has work. Do not use 2 or 4: where compaction has found nothing for a
 * while it checks only every 32nd page, and in a pattern that divides 32 these pages
 * are either all free or all in use.
 */
void memory_hold(unsigned long bytes, unsigned int every, unsigned long nodes,
		 struct reply *reply);

/**
 * memory_verify() - check that the pages that memory_hold() keeps are as they were
 * @reply: empty on success, EIO if something else is in one of them, ESRCH if there are
 *	   none
 */
void memory_verify(struct reply *reply);

/**
 * memory_release() - free the pages that memory_hold() keeps
 * @reply: empty on success, ESRCH if there are none
 */
void memory_release(struct reply *reply);

/**
 * memory_huge() - see how much memory a process gets in huge pages, if it asks for them
 * @bytes: how much it takes, and gives back
 * @reply: "kib NUMBER"; ENOMEM if the process was killed
 */
void memory_huge(unsigned long bytes, struct reply *reply);

/**
 * run_within() - run a function in a process of its own, with a time limit
 * @child: the function; its errno value becomes the exit status of the process
 * @arg: argument of the function
 * @limit_ms: time after which the process is killed, in milliseconds
 *
 * A function that blocks in the kernel blocks the agent only if the kernel cannot kill
 * the process either.
 *
 * Return: the function's errno value or 0; ETIMEDOUT if it took too long.
 */
int run_within(int (*child)(const void *arg), const void *arg,
	       unsigned int limit_ms);

/**
 * program_run() - run a program without arguments, with a time limit
 * @path: the program
 * @log: file for the program's output
 * @limit_ms: time after which the program is killed, in milliseconds
 * @reply: empty if the program ended with 0, else its exit status instead of an errno
 */
void program_run(const char *path, const char *log, unsigned int limit_ms,
		 struct reply *reply);

/**
 * file_read() - read a file
 * @path: the file
 * @reply: content of the file on success
 */
void file_read(const char *path, struct reply *reply);

/**
 * files_read() - read all files of a directory
 * @path: the directory
 * @reply: their contents, one behind the other
 */
void files_read(const char *path, struct reply *reply);

/**
 * file_put() - write a text to a file
 * @path: the file
 * @text: what to write, in one write()
 *
 * Return: 0, or an errno value.
 */
int file_put(const char *path, const char *text);

/**
 * now_ns() - the present time
 *
 * Return: nanoseconds since some fixed point in the past.
 */
long long now_ns(void);

/**
 * timed_write() - write a text to a file, and measure how long that takes
 * @path: the file
 * @text: what to write, in one write()
 * @reply: "ns NUMBER"
 */
void timed_write(const char *path, const char *text, struct reply *reply);

/**
 * watch_start() - measure how long the kernel is busy until it has counted something
 * @key: which line of /proc/vmstat; it must not change while nothing is asked for
 * @more: how much it has to grow
 * @pause_us: time between two looks, in microseconds; 0 never rests
 * @reply: empty on success, EBUSY if there is a watch already
 *
 * The time begins when the count begins to grow.
 */
void watch_start(const char *key, unsigned long more, unsigned int pause_us,
		 struct reply *reply);

/**
 * watch_wait() - wait for the end of what watch_start() has begun
 * @reply: "ns NUMBER" and "count NUMBER", or ESRCH if there is no watch
 */
void watch_wait(struct reply *reply);

/**
 * file_write() - write a text to a file, with a time limit
 * @path: the file
 * @text: what to write, in one write()
 * @limit_ms: time after which the write is interrupted and the answer is ETIMEDOUT, in
 *	      milliseconds; 0 writes without a limit and without a new process, which
 *	      would need memory
 * @reply: empty on success
 */
void file_write(const char *path, const char *text, unsigned int limit_ms,
		struct reply *reply);

/**
 * module_load() - load a kernel module
 * @path: file of the module
 * @params: parameters of the module, may be empty
 * @reply: empty on success
 */
void module_load(const char *path, const char *params, struct reply *reply);

/**
 * module_unload() - unload a kernel module, with a time limit
 * @name: name of the module
 * @limit_ms: time after which the agent kills the process that unloads, in milliseconds
 * @reply: empty on success; EWOULDBLOCK if the module is in use, ETIMEDOUT if unloading
 *	   took too long
 */
void module_unload(const char *name, unsigned int limit_ms, struct reply *reply);

/**
 * struct churn - parameters of a churn
 * @first: number of the first memory block to take offline and online
 * @last: number of the last such block
 * @pause_ms: time between one block and the next
 * @bytes: how much memory to fill and free in each round
 */
struct churn {
	unsigned int first;
	unsigned int last;
	unsigned int pause_ms;
	unsigned long bytes;
};

/**
 * churn_start() - begin to compact, offline and fill memory at the same time
 * @churn: the parameters
 * @reply: empty on success, EBUSY if a churn runs already
 */
void churn_start(const struct churn *churn, struct reply *reply);

/**
 * churn_stop() - end the churn that churn_start() began
 * @reply: lines "<what> <count>"; EBUSY if the kernel did not bring a block online
 *	   again, ECHILD if a process was killed, ESRCH if no churn runs
 */
void churn_stop(struct reply *reply);

/**
 * stream_start() - begin to read a file again and again
 * @path: the file
 * @reply: empty on success, EBUSY if a file is being read already
 */
void stream_start(const char *path, struct reply *reply);

/**
 * stream_stop() - end what stream_start() began
 * @reply: a line "kib <number>", how much was read; ECHILD if reading has failed, ESRCH
 *	   if no file is being read
 */
void stream_stop(struct reply *reply);

#endif /* BALLOON_AGENT_H */
