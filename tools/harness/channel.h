/* SPDX-License-Identifier: GPL-2.0 */
/* A socket to QEMU, and what has come from it and is not used yet. */
#ifndef BALLOON_CHANNEL_H
#define BALLOON_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct channel - one end of a socket
 * @fd: the socket, -1 when the other side has closed it
 * @buf: what has not been used yet
 * @len: bytes in @buf
 * @size: bytes allocated for @buf
 */
struct channel {
	int fd;
	char *buf;
	size_t len;
	size_t size;
};

/**
 * channel_fill() - read what has come
 * @ch: the channel; is closed when nothing more can come
 */
void channel_fill(struct channel *ch);

/**
 * channel_take() - take bytes out of what has come
 * @ch: the channel
 * @len: how many, at most @ch->len
 *
 * Return: the bytes and a NUL, to be freed by the caller.
 */
char *channel_take(struct channel *ch, size_t len);

/**
 * channel_take_line() - take a line out of what has come
 * @ch: the channel
 *
 * Return: the line without its end, to be freed by the caller, or NULL if no whole
 * line has come.
 */
char *channel_take_line(struct channel *ch);

/**
 * channel_free() - close a channel and free what it used
 * @ch: the channel
 */
void channel_free(struct channel *ch);

#endif /* BALLOON_CHANNEL_H */
