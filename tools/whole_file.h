// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * whole_file.h - files that appear whole or not at all.
 */
#ifndef HVCI_TOOLS_WHOLE_FILE_H
#define HVCI_TOOLS_WHOLE_FILE_H

#include "platform.h"

#include <stdbool.h>
#include <stddef.h>

/* Puts the bytes into a file of its own beside `path` and renames it to that.
   False: nothing has changed, and errno says why. */
bool write_whole_file(const char *path, const char *bytes, size_t length);

/* The same, but a link stays, and what it leads to is replaced, and what is no
   plain file, such as a pipe, is written to as it is. */
bool write_output_file(const char *path, const char *bytes, size_t length);

/* Closes the stream and writes what is in it by write_output_file(), if it is
   `good`: all of it was written into the stream. False: something is wrong, and
   that was said. */
bool write_memory(struct memory_stream *memory, bool good, const char *path);

/* The same as the first, unless the file holds these bytes already: its time
 * stays then. */
bool update_whole_file(const char *path, const char *bytes, size_t length);

#endif
