// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * dependencies.h - the files that a compile read.
 */
#ifndef HVCI_CHECK_DEPENDENCIES_H
#define HVCI_CHECK_DEPENDENCIES_H

#include "known_folders.h"
#include "words.h"

/* Adds the files that clang's dependency file names, absolute. */
void dependencies_of_make(struct words *out, const char *text,
                          const char *directory, struct known_folders *known);

/* Adds those of the lines that -showIncludes makes, absolute, and takes these
   lines out of the text. */
void dependencies_of_notes(struct words *out, char *text, const char *directory,
                           struct known_folders *known);

/* A dependency file for ninja, which the caller frees. Names that ninja cannot
   read become one of a file that is never there: the unit is always stale. */
char *dependencies_print(const char *target, const struct words *files);

#endif
