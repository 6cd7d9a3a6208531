// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * glob.c - patterns of paths, through PCRE2's conversion of globs.
 */
#include "glob.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <ctype.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hvci_glob {
  bool absolute;
  char *root; // where a pattern that is not absolute starts
  pcre2_code *code;
};

// A copy with / alone between the parts, and none at the end.
static char *with_slashes(const char *path) {
  char *copy = strdup(path);
  if (!copy)
    return NULL;
  for (char *at = copy; *at; at++)
    if (*at == '\\')
      *at = '/';
  for (size_t n = strlen(copy); n > 0 && copy[n - 1] == '/'; n--)
    copy[n - 1] = '\0';
  return copy;
}

static bool is_absolute(const char *path) {
  return path[0] == '/' || (path[0] && path[1] == ':');
}

// Takes leading ./ and ../ off the pattern, the latter from the root as well.
static const char *climb(const char *pattern, char *root) {
  for (;;) {
    if (strncmp(pattern, "./", 2) == 0) {
      pattern += 2;
    } else if (strncmp(pattern, "../", 3) == 0) {
      char *last = strrchr(root, '/');
      *(last ? last : root) = '\0';
      pattern += 3;
    } else {
      return pattern;
    }
  }
}

static bool has_dots(const char *pattern) {
  for (; *pattern; pattern += strspn(pattern, "/")) {
    size_t length = strcspn(pattern, "/");
    if (length > 0 && length <= 2 && strncmp(pattern, "..", length) == 0)
      return true;
    pattern += length;
  }
  return false;
}

static pcre2_code *compile(const char *pattern, char *error,
                           size_t error_size) {
  pcre2_convert_context *context = pcre2_convert_context_create(NULL);
  pcre2_code *code = NULL;
  PCRE2_UCHAR *expression = NULL;
  PCRE2_SIZE length = 0, offset = 0;
  int status = PCRE2_ERROR_NOMEMORY;
  if (context) {
    (void)pcre2_set_glob_escape(context, 0);
    (void)pcre2_set_glob_separator(context, '/');
    status = pcre2_pattern_convert((PCRE2_SPTR)pattern, strlen(pattern),
                                   PCRE2_CONVERT_GLOB | PCRE2_CONVERT_UTF,
                                   &expression, &length, context);
  }
  if (status == 0)
    code = pcre2_compile(expression, length,
                         PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF,
                         &status, &offset, NULL);
  if (!code)
    (void)pcre2_get_error_message(status, (PCRE2_UCHAR *)error, error_size);
  pcre2_converted_pattern_free(expression);
  pcre2_convert_context_free(context);
  return code;
}

struct hvci_glob *hvci_glob_new(const char *pattern, const char *folder,
                                char *error, size_t error_size) {
  struct hvci_glob *glob = calloc(1, sizeof *glob);
  char *slashed = with_slashes(pattern);
  (void)snprintf(error, error_size, "out of memory");
  if (glob && slashed) {
    glob->absolute = is_absolute(slashed);
    glob->root = with_slashes(folder);
  }
  if (glob && glob->root) {
    const char *rest = climb(slashed, glob->root);
    if (*rest == '\0')
      (void)snprintf(error, error_size, "it names no file");
    else if (has_dots(rest))
      (void)snprintf(error, error_size, "'.' and '..' may only lead");
    else
      glob->code = compile(rest, error, error_size);
  }
  free(slashed);
  if (glob && !glob->code) {
    hvci_glob_free(glob);
    return NULL;
  }
  return glob;
}

void hvci_glob_free(struct hvci_glob *glob) {
  if (!glob)
    return;
  pcre2_code_free(glob->code);
  free(glob->root);
  free(glob);
}

// The path as seen from the root, or NULL if it lies elsewhere.
static const char *below(const char *path, const char *root) {
  for (; *root; root++, path++)
    if (tolower((unsigned char)*path) != tolower((unsigned char)*root))
      return NULL;
  return *path == '/' ? path + 1 : NULL;
}

static bool matches(const pcre2_code *code, const char *path) {
  pcre2_match_data *data = pcre2_match_data_create(1, NULL);
  bool found = false;
  for (size_t length = 0; data && !found && path[length];) {
    length += strspn(path + length, "/");
    length += strcspn(path + length, "/");
    found = pcre2_match(code, (PCRE2_SPTR)path, length, 0, 0, data, NULL) >= 0;
  }
  pcre2_match_data_free(data);
  return found;
}

bool hvci_glob_matches(const struct hvci_glob *glob, const char *path) {
  char *slashed = with_slashes(path);
  const char *rest = slashed;
  if (slashed && !glob->absolute)
    rest = below(slashed, glob->root);
  bool found = rest && matches(glob->code, rest);
  free(slashed);
  return found;
}
