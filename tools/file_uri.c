// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * file_uri.c - the names of files as URI references.
 */
#include "file_uri.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_separator(char c) { return c == '/' || c == '\\'; }

static bool has_drive(const char *path) {
  return is_letter(path[0]) && path[1] == ':' && is_separator(path[2]);
}

// What stands in front of the path, and how much of the path it replaces.
static const char *scheme_of(const char *path, size_t *skipped) {
  *skipped = 0;
  if (strncmp(path, "\\\\?\\", 4) == 0 && has_drive(path + 4))
    *skipped = 4;
  if (has_drive(path + *skipped))
    return "file:///";
  if (path[0] == '\\' && path[1] == '\\') {
    *skipped = 2; // the server is the URI's authority
    return "file://";
  }
  return path[0] == '/' ? "file://" : "";
}

static bool is_plain(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
}

char *file_uri(const char *path) {
  static const char digits[] = "0123456789ABCDEF";
  size_t skipped;
  const char *scheme = scheme_of(path, &skipped);
  path += skipped;
  size_t begun = strlen(scheme);
  char *uri = need(malloc(begun + 3 * strlen(path) + 1));
  char *end = uri + begun;
  memcpy(uri, scheme, begun);
  const char *colon = has_drive(path) ? path + 1 : NULL;
  for (; *path; path++) {
    unsigned char byte = (unsigned char)*path;
    if (is_plain(*path) || path == colon) {
      *end++ = *path;
    } else if (*path == '\\') {
      *end++ = '/';
    } else {
      *end++ = '%';
      *end++ = digits[byte >> 4];
      *end++ = digits[byte & 15];
    }
  }
  *end = '\0';
  return uri;
}
