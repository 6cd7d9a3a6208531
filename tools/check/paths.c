// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * paths.c - paths as compile databases write them.
 */
#include "paths.h"

#include "command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool path_is_windows(const char *path) {
  return (isalpha((unsigned char)path[0]) && path[1] == ':') ||
         (path[0] == '\\' && path[1] == '\\');
}

bool path_is_absolute(const char *path) {
  return path[0] == '/' || path_is_windows(path);
}

void path_use_slashes(char *path) {
  for (; *path; path++)
    if (*path == '\\')
      *path = '/';
}

// Without "." and empty parts, in place.
static void tidy(char *path) {
  char *in = path, *out = path;
  if (*in == '/')
    *out++ = *in++;
  while (*in) {
    size_t length = strcspn(in, "/");
    bool kept = length && !(length == 1 && *in == '.');
    if (kept) {
      if (out > path && out[-1] != '/')
        *out++ = '/';
      memmove(out, in, length);
      out += length;
    }
    in += length;
    in += strspn(in, "/");
  }
  if (out == path)
    *out++ = '.';
  *out = '\0';
}

char *path_join(const char *folder, const char *path) {
  char *joined = path_is_absolute(path) ? need(strdup(path))
                                        : text_of("%s/%s", folder, path);
  if (joined[0] != '\\')
    tidy(joined);
  return joined;
}

const char *path_name(const char *path, bool windows) {
  const char *name = path;
  for (; *path; path++)
    if (*path == '/' || (windows && *path == '\\'))
      name = path + 1;
  return name;
}

bool path_map_add(struct path_maps *maps, const char *text) {
  const char *equals = strchr(text, '=');
  if (!equals || equals == text || !equals[1])
    return false;
  char *from = copy_part(text, (size_t)(equals - text));
  path_use_slashes(from);
  size_t length = strlen(from);
  while (length > 1 && from[length - 1] == '/')
    from[--length] = '\0';
  words_take(&maps->from, from);
  words_add(&maps->to, equals + 1);
  return true;
}

char *path_localise(const struct path_maps *maps, const char *path,
                    bool windows) {
  char *local = need(strdup(path));
  if (windows)
    path_use_slashes(local);
  for (size_t i = 0; i < maps->from.count; i++) {
    const char *from = maps->from.items[i];
    size_t length = strlen(from);
    int order = windows || path_is_windows(from)
                    ? strncasecmp(local, from, length)
                    : strncmp(local, from, length);
    if (order != 0 || (local[length] && local[length] != '/'))
      continue;
    char *mapped = text_of("%s%s", maps->to.items[i], local + length);
    free(local);
    return mapped;
  }
  return local;
}

char *path_relative(const char *folder, const char *path) {
  size_t common = 0;
  for (size_t i = 0;; i++) {
    bool folder_part = folder[i] == '/' || !folder[i];
    bool path_part = path[i] == '/' || !path[i];
    if (folder_part && path_part)
      common = i;
    if (!folder[i] || folder[i] != path[i])
      break;
  }
  size_t ups = 0;
  for (const char *at = folder + common; *at; at++)
    ups += *at == '/' && at[1];
  const char *rest = path + common;
  while (*rest == '/')
    rest++;
  char *out = need(malloc(3 * ups + strlen(rest) + 2)), *end = out;
  for (size_t i = 0; i < ups; i++, end += 3)
    memcpy(end, "../", 3);
  strcpy(end, *rest ? rest : ".");
  return out;
}

bool path_is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  while (length && folder[length - 1] == '/')
    length--;
  return strncmp(path, folder, length) == 0 &&
         (path[length] == '/' || !path[length]);
}
