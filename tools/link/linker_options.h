// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * linker_options.h - what a linker's command line says of sections.
 */
#ifndef HVCI_TOOLS_LINKER_OPTIONS_H
#define HVCI_TOOLS_LINKER_OPTIONS_H

#include "hvci/record.h"

/* Claim i is at places[i]; of its range `begin` and `end` are i + 1. */
struct linker_options {
  struct hvci_claim *claims;
  struct hvci_place *places;
  size_t count, size;
  char **files; /* the names that places point to */
  size_t file_count;
  bool crowded; /* there were too many files, and that was said */
};

/*
 * Adds what stands in a response file, or in a command line as text, and in the
 * response files that it names: UTF-8, or UTF-16 with a byte order mark. False:
 * something is wrong with it, and each fault was said.
 */
bool linker_options_read(struct linker_options *options, const char *path);

void linker_options_free(struct linker_options *options);

#endif
