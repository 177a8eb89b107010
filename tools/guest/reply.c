// SPDX-License-Identifier: GPL-2.0
/* The answer to a request, as the verbs write it. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"

void reply_append(struct reply *reply, const void *data, size_t len)
{
	if (reply->len + len > reply->size) {
		size_t size = (reply->len + len) * 2;
		char *grown = realloc(reply->data, size);

		if (!grown) {
			reply_error(reply, ENOMEM, "answer");
			return;
		}
		reply->data = grown;
		reply->size = size;
	}
	memcpy(reply->data + reply->len, data, len);
	reply->len += len;
}

void reply_printf(struct reply *reply, const char *fmt, ...)
{
	char text[256];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (len > (int)sizeof(text) - 1)
		len = sizeof(text) - 1;
	reply_append(reply, text, len);
}

void reply_error(struct reply *reply, int error, const char *text)
{
	reply->error = error;
	snprintf(reply->text, sizeof(reply->text), "%s", text);
}
