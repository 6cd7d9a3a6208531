// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * protocol.c - one direction of the language server protocol's stream.
 */
#include "protocol.h"

#include "../command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bytes_add(struct bytes *to, const char *data, size_t length) {
  if (to->size - to->length < length) {
    size_t size = to->size ? to->size : 4096;
    while (size - to->length < length)
      size *= 2;
    to->data = need(realloc(to->data, size));
    to->size = size;
  }
  if (length)
    memcpy(to->data + to->length, data, length);
  to->length += length;
}

void bytes_free(struct bytes *bytes) {
  free(bytes->data);
  *bytes = (struct bytes){.data = NULL};
}

static const char length_name[] = "Content-Length:";

// The number that the header's line gives, if it is the length.
static bool read_length(const char *line, size_t length, uint64_t *out) {
  size_t name = sizeof length_name - 1;
  if (length < name || strncasecmp(line, length_name, name) != 0)
    return false;
  *out = 0;
  for (size_t i = name; i < length; i++) {
    if (line[i] == ' ' && *out == 0)
      continue;
    if (line[i] < '0' || line[i] > '9' || *out > UINT64_MAX / 10 - 9)
      return false;
    *out = *out * 10 + (uint64_t)(line[i] - '0');
  }
  return true;
}

static bool is_header(const char *line, size_t length) {
  static const char begin[] = "Content-";
  return length >= sizeof begin - 1 &&
         strncasecmp(line, begin, sizeof begin - 1) == 0;
}

// Reads lines of the header, up to its end. False: more has to come, or the
// stream has become raw.
static bool read_header(struct stream *s) {
  while (s->seen < s->held.length) {
    const char *line = s->held.data + s->seen;
    const char *end = memchr(line, '\n', s->held.length - s->seen);
    if (!end) {
      s->raw = s->held.length - s->seen > 4096;
      return false;
    }
    size_t length = (size_t)(end - line);
    s->seen += length + 1;
    length -= length && line[length - 1] == '\r';
    if (length == 0) {
      s->header = s->seen;
      return true;
    }
    if (!is_header(line, length) ||
        (strncasecmp(line, length_name, sizeof length_name - 1) == 0 &&
         !read_length(line, length, &s->body))) {
      s->raw = true;
      return false;
    }
  }
  return false;
}

static void add_header(const struct stream *s, size_t body, struct bytes *out) {
  const char *line = s->held.data, *end = line + s->header;
  while (line < end) {
    const char *next =
        (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
    char words[64];
    if (strncasecmp(line, length_name, sizeof length_name - 1) == 0) {
      int length =
          snprintf(words, sizeof words, "Content-Length: %zu\r\n", body);
      bytes_add(out, words, (size_t)length);
    } else {
      bytes_add(out, line, (size_t)(next - line));
    }
    line = next;
  }
}

static void drop_held(struct stream *s, size_t length) {
  s->held.length -= length;
  if (s->held.length == 0)
    bytes_free(&s->held); // it may have been a rare giant
  else
    memmove(s->held.data, s->held.data + length, s->held.length);
}

static void pass_held(struct stream *s, size_t length, struct bytes *out) {
  bytes_add(out, s->held.data, length);
  drop_held(s, length);
}

// Passes the message on that begins what is held, which is whole.
static void pass_message(struct stream *s, struct bytes *out) {
  size_t body = (size_t)s->body, edited = 0;
  if (s->watch)
    s->watch(s->held.data + s->header, body, s->payload);
  char *other = s->edit(s->held.data + s->header, body, &edited);
  if (other) {
    add_header(s, edited, out);
    bytes_add(out, other, edited);
    drop_held(s, s->header + body);
    free(other);
  } else {
    pass_held(s, s->header + body, out);
  }
}

// Does one step with what is held. False: more has to come.
static bool step(struct stream *s, struct bytes *out) {
  if (!s->header && !read_header(s))
    return false;
  size_t got = s->held.length - s->header;
  if (got < s->body && s->body <= STREAM_HOLDS)
    return false;
  if (got < s->body) {
    s->passing = s->body - got;
    pass_held(s, s->held.length, out);
  } else {
    pass_message(s, out);
  }
  s->seen = s->header = 0;
  s->body = 0;
  return s->held.length != 0;
}

void stream_feed(struct stream *s, const char *data, size_t length,
                 struct bytes *out) {
  if (s->passing) {
    size_t part = s->passing < length ? (size_t)s->passing : length;
    bytes_add(out, data, part);
    s->passing -= part;
    data += part;
    length -= part;
  }
  if (s->raw) {
    bytes_add(out, data, length);
    return;
  }
  bytes_add(&s->held, data, length);
  while (step(s, out))
    ;
  if (s->raw)
    pass_held(s, s->held.length, out);
}

void stream_end(struct stream *s, struct bytes *out) {
  pass_held(s, s->held.length, out);
}
