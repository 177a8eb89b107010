// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channel.h"

void channel_fill(struct channel *ch)
{
	ssize_t got;

	if (ch->size - ch->len < 4096) {
		char *grown = realloc(ch->buf, ch->size * 2 + 8192);

		if (!grown)
			abort();
		ch->buf = grown;
		ch->size = ch->size * 2 + 8192;
	}
	do {
		got = read(ch->fd, ch->buf + ch->len, ch->size - ch->len);
	} while (got < 0 && errno == EINTR);
	if (got > 0) {
		ch->len += got;
		return;
	}
	close(ch->fd);
	ch->fd = -1;
}

char *channel_take(struct channel *ch, size_t len)
{
	char *bytes = malloc(len + 1);

	if (!bytes)
		abort();
	memcpy(bytes, ch->buf, len);
	bytes[len] = '\0';
	ch->len -= len;
	memmove(ch->buf, ch->buf + len, ch->len);
	return bytes;
}

char *channel_take_line(struct channel *ch)
{
	char *end = ch->len ? memchr(ch->buf, '\n', ch->len) : NULL;
	char *line;

	if (!end)
		return NULL;
	line = channel_take(ch, end + 1 - ch->buf);
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

void channel_free(struct channel *ch)
{
	if (ch->fd >= 0)
		close(ch->fd);
	free(ch->buf);
}
