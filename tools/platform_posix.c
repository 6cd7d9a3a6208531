// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * platform_posix.c - what POSIX has of platform.h.
 */
#include "platform.h"

#include "command.h"

#include <iconv.h>
#include <stdlib.h>

const char path_separator = ':';

FILE *memory_open(struct memory_stream *stream) {
  stream->bytes = NULL;
  stream->length = 0;
  stream->file = need(open_memstream(&stream->bytes, &stream->length));
  return stream->file;
}

char *memory_close(struct memory_stream *stream, size_t *length) {
  if (fclose(stream->file) != 0)
    (void)need(NULL);
  *length = stream->length;
  return stream->bytes;
}

char *utf8_of_utf16(const char *bytes, size_t length, size_t *out_length) {
  size_t left = length, room = 3 * (length / 2 + 1); // three bytes for two
  char *text = need(malloc(room)), *in = (char *)bytes, *out = text;
  iconv_t converter = iconv_open("UTF-8", "UTF-16"); // which reads the mark
  size_t wrong = (size_t)-1;
  if (converter != (iconv_t)-1) {
    wrong = iconv(converter, &in, &left, &out, &room);
    (void)iconv_close(converter);
  }
  *out_length = (size_t)(out - text);
  if (wrong != (size_t)-1)
    return text;
  free(text);
  return NULL;
}

void path_use_system_slashes(char *path) { (void)path; }
