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

static bool is_read(struct gate *gate, const char *file) {
  for (size_t i = 0; i < gate->unit_count; i++) {
    const struct gate_unit *unit = &gate->units[i];
    if (strcmp(unit->source, file) == 0)
      return true;
    for (size_t d = 0; d < unit->from->dependency_count; d++)
      if (strcmp(gate_file(gate, unit, unit->from->dependencies[d]), file) == 0)
        return true;
  }
  return false;
}

const char **unread_find(struct gate *gate, const struct changes *changes,
                         size_t *count) {
  size_t files_count;
  const struct changed_file *files = changes_files(changes, &files_count);
  const char **unread = need(calloc(files_count + 1, sizeof *unread));
  *count = 0;
  for (size_t i = 0; i < files_count; i++)
    if (is_source(files[i].file) && !is_read(gate, files[i].file))
      unread[(*count)++] = files[i].file;
  return unread;
}
