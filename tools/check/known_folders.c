// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * known_folders.c - folders whose real paths are known, in a tree of the C
 * library's.
 */
#include "known_folders.h"

#include "command.h"
#include "files.h"
#include "words.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

struct known {
  char *path, *real; // real is NULL: there is none
};

static int compare(const void *left, const void *right) {
  const struct known *a = left, *b = right;
  return strcmp(a->path, b->path);
}

const char *known_real(struct known_folders *known, const char *path) {
  struct known key = {.path = (char *)path};
  struct known **found = tfind(&key, &known->tree, compare);
  if (found)
    return (*found)->real;
  struct known *one = need(malloc(sizeof *one));
  *one = (struct known){.path = need(strdup(path)), .real = path_real(path)};
  (void)need(tsearch(one, &known->tree, compare));
  return one->real;
}

char *known_clean(struct known_folders *known, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash || slash == path || !slash[1] || strcmp(slash, "/..") == 0)
    return path_clean(path);
  char *folder = copy_part(path, (size_t)(slash - path));
  const char *real = known_real(known, folder);
  free(folder);
  if (!real)
    return need(strdup(path));
  return text_of("%s%s", real[1] ? real : "", slash);
}

void known_folders_free(struct known_folders *known) {
  while (known->tree) { // the root is what it points to first
    struct known *one = *(struct known **)known->tree;
    (void)tdelete(one, &known->tree, compare);
    free(one->path);
    free(one->real);
    free(one);
  }
}
