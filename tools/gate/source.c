// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * source.c - the lines of the project's files, as they are on this machine.
 */
#include "source.h"

#include "../command.h"

#include <stdlib.h>
#include <string.h>

bool source_load(struct source *source, const char *file) {
  if (source->file && strcmp(source->file, file) == 0)
    return source->bytes;
  char *path = gate_path(source->gate, file);
  free(source->bytes);
  source->file = file;
  source->bytes = read_file(path, &source->length);
  free(path);
  return source->bytes;
}

const char *source_line(const struct source *source, uint32_t line,
                        size_t *length) {
  const char *at = source->bytes, *end = at ? at + source->length : NULL;
  for (uint32_t i = 1; at && i < line; i++) {
    at = memchr(at, '\n', (size_t)(end - at));
    at = at ? at + 1 : NULL;
  }
  if (!at || at == end)
    return NULL;
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  *length = (size_t)((stop ? stop : end) - at);
  if (*length > 0 && at[*length - 1] == '\r')
    --*length;
  return at;
}

void source_free(struct source *source) {
  free(source->bytes);
  *source = (struct source){.gate = source->gate};
}
