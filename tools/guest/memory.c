// SPDX-License-Identifier: GPL-2.0
/* Hold memory in a process of its own, whole or with gaps. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <linux/mempolicy.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "agent.h"

/* The kernel refuses a single mapping that is larger than its memory. */
#define PIECE		(64UL << 20)
#define PIECES_MAX	1024

/* What the holder has: a piece is one mapping, of which it keeps every @every-th page. */
static struct piece {
	char *mem;
	unsigned long bytes;
} pieces[PIECES_MAX];
static unsigned int nr_pieces;

static pid_t holder;
static int to_holder = -1, from_holder = -1;

/* What is in a page depends on where it is, so that no two are the same. */
static unsigned long *mark(const struct piece *piece, unsigned long at)
{
	return (unsigned long *)(piece->mem + at);
}

static unsigned long mark_of(const unsigned long *at)
{
	return (unsigned long)at ^ 0x5aa5c33cUL;
}

static int hold_piece(unsigned long bytes, unsigned int every)
{
	struct piece *piece = &pieces[nr_pieces];
	long page = sysconf(_SC_PAGESIZE);
	unsigned long at;

	if (nr_pieces == PIECES_MAX)
		return EINVAL;
	piece->mem = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	piece->bytes = bytes;
	if (piece->mem == MAP_FAILED)
		return errno;
	nr_pieces++;
	for (at = 0; at < bytes; at += page)
		*mark(piece, at) = mark_of(mark(piece, at));
	if (every == 1)
		return 0;
	for (at = page; at + (every - 1) * page <= bytes; at += every * page)
		if (madvise(piece->mem + at, (every - 1) * page, MADV_DONTNEED))
			return errno;
	return 0;
}

/* glibc has no function for this, and libnuma would be there for this line alone. */
static int bind_to(unsigned long nodes)
{
	return syscall(SYS_set_mempolicy, MPOL_BIND, &nodes, 8 * sizeof(nodes)) ?
	       errno : 0;
}

static int hold(unsigned long bytes, unsigned int every, unsigned long nodes)
{
	int error = nodes ? bind_to(nodes) : 0;

	while (bytes && !error) {
		unsigned long piece = bytes < PIECE ? bytes : PIECE;

		error = hold_piece(piece, every);
		bytes -= piece;
	}
	return error;
}

/* Whether each page that is held still has in it what was put there. */
static int verify(unsigned int every)
{
	long page = sysconf(_SC_PAGESIZE);
	unsigned long at;
	unsigned int i;

	for (i = 0; i < nr_pieces; i++)
		for (at = 0; at < pieces[i].bytes; at += every * page)
			if (*mark(&pieces[i], at) != mark_of(mark(&pieces[i], at)))
				return EIO;
	return 0;
}

/* The holder: takes memory, says how that went, and verifies it whenever it is asked. */
static void hold_for_ever(unsigned long bytes, unsigned int every,
			  unsigned long nodes, int in, int out)
{
	int error = hold(bytes, every, nodes);
	char ask;

	do {
		if (write(out, &error, sizeof(error)) < 0)
			_exit(1);
		if (read(in, &ask, 1) != 1)
			_exit(1);
		error = verify(every);
	} while (true);
}

/* What the holder says. If the OOM killer has ended it, that is ENOMEM. */
static int holder_says(void)
{
	int error = ENOMEM;

	return read(from_holder, &error, sizeof(error)) < 0 ? errno : error;
}

void memory_hold(unsigned long bytes, unsigned int every, unsigned long nodes,
		 struct reply *reply)
{
	long long start = now_ns();
	int in[2], out[2], error;

	if (holder || !every) {
		reply_error(reply, holder ? EBUSY : EINVAL, "hold");
		return;
	}
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)) {
		reply_error(reply, errno, "hold");
		return;
	}
	holder = fork();
	if (!holder) {
		close(in[1]);
		close(out[0]);
		hold_for_ever(bytes, every, nodes, in[0], out[1]);
	}
	to_holder = in[1];
	from_holder = out[0];
	error = holder < 0 ? errno : 0;
	close(in[0]);
	close(out[1]);
	if (!error)
		error = holder_says();
	if (error) {
		memory_release(reply);
		reply_error(reply, error, "hold");
		return;
	}
	reply_printf(reply, "ns %lld\n", now_ns() - start);
}

void memory_verify(struct reply *reply)
{
	int error = ESRCH;

	if (holder > 0)
		error = write(to_holder, "", 1) == 1 ? holder_says() : errno;
	if (error)
		reply_error(reply, error, "verify");
}

void memory_release(struct reply *reply)
{
	if (holder > 0) {
		kill(holder, SIGKILL);
		waitpid(holder, NULL, 0);
	} else {
		reply_error(reply, ESRCH, "release");
	}
	if (to_holder >= 0) {
		close(to_holder);
		close(from_holder);
	}
	to_holder = -1;
	holder = 0;
}
