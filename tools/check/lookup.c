// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * lookup.c - files whose names differ in case from how they are asked for.
 */
#include "lookup.h"

#include "command.h"
#include "files.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

struct wanted {
  const char *name;
  char *found;
};

// The first in the alphabet, so that it is the same one each time.
static void compare_name(const char *name, void *payload) {
  struct wanted *wanted = payload;
  if (strcasecmp(name, wanted->name) != 0 ||
      (wanted->found && strcmp(wanted->found, name) < 0))
    return;
  free(wanted->found);
  wanted->found = need(strdup(name));
}

char *lookup_file(const char *path) {
  struct file_facts facts;
  if (file_look(path, &facts))
    return need(strdup(path));
  const char *slash = strrchr(path, '/');
  if (!slash || !slash[1])
    return NULL;
  char *above = copy_part(path, slash == path ? 1 : (size_t)(slash - path));
  char *folder = lookup_file(above);
  struct wanted wanted = {.name = slash + 1};
  if (folder)
    folder_list(folder, compare_name, &wanted);
  char *found = wanted.found
                    ? text_of("%s/%s", folder[1] ? folder : "", wanted.found)
                    : NULL;
  free(wanted.found);
  free(folder);
  free(above);
  return found;
}
