// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * names.c - strings that many point to, in a tree of the C library's.
 */
#include "names.h"

#include "command.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right) {
  return strcmp(left, right);
}

const char *names_keep(void **tree, const char *name) {
  char *const *found = tfind(name, tree, compare);
  if (!found)
    found = need(tsearch(need(strdup(name)), tree, compare));
  return *found;
}

void names_free(void *tree) {
  while (tree) { // the root is what it points to first
    char *name = *(char **)tree;
    (void)tdelete(name, &tree, compare);
    free(name);
  }
}
