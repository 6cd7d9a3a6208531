// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * whole_file.c - files that appear whole or not at all.
 */
#include "whole_file.h"

#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_bytes(int descriptor, const char *bytes, size_t length) {
  while (length) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

// A full disk may show only when the file is closed.
static bool fill(int descriptor, const char *bytes, size_t length) {
  mode_t mask = umask(0);
  (void)umask(mask);
  bool good = write_bytes(descriptor, bytes, length) &&
              fchmod(descriptor, 0666 & ~mask) == 0;
  int error = errno;
  if (close(descriptor) != 0 && good)
    return false;
  errno = error;
  return good;
}

bool write_whole_file(const char *path, const char *bytes, size_t length) {
  char *name;
  if (asprintf(&name, "%s.XXXXXX", path) < 0)
    need(NULL);
  int descriptor = mkstemp(name);
  bool good = descriptor >= 0 && fill(descriptor, bytes, length) &&
              rename(name, path) == 0;
  int error = errno;
  if (!good && descriptor >= 0)
    (void)unlink(name);
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
