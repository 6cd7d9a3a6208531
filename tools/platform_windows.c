// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * platform_windows.c - what Windows has of platform.h. It is compiled in a test
 * and was never run.
 */
#include "platform.h"

#include "command.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

const char path_separator = ';';

// Windows has no streams into memory, but files that go when they are closed.
FILE *memory_open(struct memory_stream *stream) {
  stream->bytes = NULL;
  stream->length = 0;
  stream->file = need(tmpfile());
  return stream->file;
}

char *memory_close(struct memory_stream *stream, size_t *length) {
  if (fflush(stream->file) != 0 || ferror(stream->file))
    (void)need(NULL);
  long end = ftell(stream->file);
  stream->length = end > 0 ? (size_t)end : 0;
  stream->bytes = need(malloc(stream->length + 1));
  rewind(stream->file);
  if (fread(stream->bytes, 1, stream->length, stream->file) != stream->length)
    (void)need(NULL);
  stream->bytes[stream->length] = '\0';
  (void)fclose(stream->file);
  *length = stream->length;
  return stream->bytes;
}

// The units in the machine's order, without the mark.
static wchar_t *units_of(const char *bytes, size_t length, size_t *count) {
  bool swapped = (unsigned char)bytes[0] == 0xFE;
  *count = length / 2 - 1;
  wchar_t *units = need(calloc(*count + 1, sizeof *units));
  for (size_t i = 0; i < *count; i++) {
    unsigned first = (unsigned char)bytes[2 * i + 2];
    unsigned second = (unsigned char)bytes[2 * i + 3];
    units[i] = (wchar_t)(swapped ? first << 8 | second : second << 8 | first);
  }
  return units;
}

char *utf8_of_utf16(const char *bytes, size_t length, size_t *out_length) {
  size_t count;
  if (length < 2 || length % 2 || length / 2 > INT_MAX)
    return NULL;
  wchar_t *units = units_of(bytes, length, &count);
  size_t room = 3 * (count + 1); // three bytes for two
  char *text = need(malloc(room));
  int got = count ? WideCharToMultiByte(
                        CP_UTF8, WC_ERR_INVALID_CHARS, units, (int)count, text,
                        room > INT_MAX ? INT_MAX : (int)room, NULL, NULL)
                  : 0;
  free(units);
  *out_length = (size_t)got;
  if (got > 0 || count == 0)
    return text;
  free(text);
  return NULL;
}

void path_use_system_slashes(char *path) {
  for (; *path; path++)
    if (*path == '\\')
      *path = '/';
}
