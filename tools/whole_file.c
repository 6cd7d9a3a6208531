// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * whole_file.c - files that appear whole or not at all.
 */
#include "whole_file.h"

#include "command.h"
#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

// A full disk may show only when the file is closed. False: errno says why.
static bool fill(FILE *out, const char *bytes, size_t length) {
  bool good = fwrite(bytes, 1, length, out) == length && fflush(out) == 0;
  int error = errno;
  if (fclose(out) != 0 && good)
    return false;
  errno = error;
  return good;
}

// A file of its own beside the target, so that a rename can put it there. Its
// name is put into `name`, which the caller frees. NULL: errno says why.
static FILE *open_beside(const char *target, char **name) {
  static unsigned count;
  FILE *out;
  do {
    free(*name);
    if (asprintf(name, "%s.%ld-%llx%u", target, (long)uv_os_getpid(),
                 (unsigned long long)uv_hrtime(), count++) < 0)
      need(NULL);
    out = fopen(*name, "wbx"); // with x only if it is not there
  } while (!out && errno == EEXIST);
  return out;
}

bool write_whole_file(const char *path, const char *bytes, size_t length) {
  char *name = NULL;
  FILE *out = open_beside(path, &name);
  bool good = out && fill(out, bytes, length) && file_rename(name, path);
  int error = errno;
  if (!good && out)
    (void)file_remove(name);
  free(name);
  errno = error;
  return good;
}

bool update_whole_file(const char *path, const char *bytes, size_t length) {
  size_t old_length;
  char *old = read_file(path, &old_length);
  bool same = old && old_length == length && memcmp(old, bytes, length) == 0;
  free(old);
  return same || write_whole_file(path, bytes, length);
}

bool write_output_file(const char *path, const char *bytes, size_t length) {
  struct file_facts facts;
  if (!file_look(path, &facts))
    return write_whole_file(path, bytes, length);
  if (!facts.plain) {
    FILE *out = fopen(path, "wb");
    return out && fill(out, bytes, length);
  }
  char *real = path_real(path);
  bool good = write_whole_file(real ? real : path, bytes, length);
  int error = errno;
  free(real);
  errno = error;
  return good;
}

bool write_memory(struct memory_stream *memory, bool good, const char *path) {
  size_t length;
  char *bytes = memory_close(memory, &length);
  good = good && write_output_file(path, bytes, length);
  if (!good)
    say_error("%s: cannot write: %s", path, strerror(errno));
  free(bytes);
  return good;
}
