/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * platform.h - what neither C nor libuv has alike for every system: one file
 * for each system holds it, and nothing else in this folder is written for one.
 */
#ifndef HVCI_TOOLS_PLATFORM_H
#define HVCI_TOOLS_PLATFORM_H

#include <stddef.h>
#include <stdio.h>

/* A stream that is written into memory. */
struct memory_stream {
  FILE *file;
  char *bytes; /* ours until it is closed */
  size_t length;
};

/* The file to write to; ends the program if memory runs out. */
FILE *memory_open(struct memory_stream *stream);
/* What was written, which the caller frees, with a NUL behind it. */
char *memory_close(struct memory_stream *stream, size_t *length);

/* The UTF-8 of UTF-16 that begins with a byte order mark, which is left out;
   the caller frees it. NULL: it is no UTF-16. */
char *utf8_of_utf16(const char *bytes, size_t length, size_t *out_length);

/* A path as the system gives it has slashes then. */
void path_use_system_slashes(char *path);

/* What stands between the entries of a list of paths, such as PATH. */
extern const char path_separator;

#endif
