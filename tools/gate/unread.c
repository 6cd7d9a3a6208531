// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unread.c - what changed and was not judged.
 */
#include "unread.h"

#include "../command.h"

#include <stdlib.h>
#include <string.h>

static bool has_suffix(const char *file, const char *suffix) {
  size_t length = strlen(file), tail = strlen(suffix);
  return length > tail && strcasecmp(file + length - tail, suffix) == 0;
}

static bool is_source(const char *file) {
  static const char *const suffixes[] = {".c", ".cc",  ".cpp", ".cxx",
                                         ".h", ".hpp", ".hxx", ".inl"};
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
    if (has_suffix(file, suffixes[i]))
      return true;
  return false;
}

static int compare(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

// The names of all that a unit reads, in order, some more than once: there are
// many units and many changed files, so none is looked for in each.
static const char **list_read(struct gate *gate, size_t *count) {
  size_t most = 0;
  for (size_t i = 0; i < gate->unit_count; i++)
    most += 1 + gate->units[i].from->dependency_count;
  const char **read = need(calloc(most + 1, sizeof *read));
  *count = 0;
  for (size_t i = 0; i < gate->unit_count; i++) {
    const struct gate_unit *unit = &gate->units[i];
    read[(*count)++] = unit->source;
    for (size_t d = 0; d < unit->from->dependency_count; d++)
      read[(*count)++] = gate_file(gate, unit, unit->from->dependencies[d]);
  }
  qsort(read, *count, sizeof *read, compare);
  return read;
}

const char **unread_find(struct gate *gate, const struct changes *changes,
                         size_t *count) {
  size_t file_count, read_count;
  const struct changed_file *files = changes_files(changes, &file_count);
  const char **unread = need(calloc(file_count + 1, sizeof *unread));
  const char **read = list_read(gate, &read_count);
  *count = 0;
  for (size_t i = 0; i < file_count; i++) {
    const char *file = files[i].file;
    if (is_source(file) &&
        !bsearch(&file, read, read_count, sizeof *read, compare))
      unread[(*count)++] = file;
  }
  free(read);
  return unread;
}
