// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * source.h - the lines of the project's files, as they are on this machine.
 */
#ifndef HVCI_GATE_SOURCE_H
#define HVCI_GATE_SOURCE_H

#include "gate.h"

/* The file that was last asked for. All zero but for `gate` at first. */
struct source {
  const struct gate *gate;
  const char *file; /* as it is named; NULL: none yet */
  char *bytes;      /* NULL: it cannot be read */
  size_t length;
};

/* Reads the file, whose name stays as long as the source, unless it is there
   already. False: it cannot be read. */
bool source_load(struct source *source, const char *file);

/* The bytes of a line, from 1, without its end, or NULL if there is none. They
   stay until another file is loaded. */
const char *source_line(const struct source *source, uint32_t line,
                        size_t *length);

void source_free(struct source *source);

#endif
