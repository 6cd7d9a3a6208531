// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * flags.h - turns the command of a build into one that writes a record.
 */
#ifndef HVCI_CHECK_FLAGS_H
#define HVCI_CHECK_FLAGS_H

#include "compile_database.h"
#include "known_folders.h"

struct compile {
  bool cl;                  /* clang-cl's manner, not clang's */
  struct words words;       /* options alone: no compiler, source, or output */
  struct words dropped;     /* options without a match in Clang, as written */
  struct words systems;     /* folders of system headers that options name */
  struct words functions;   /* that trace, by the project */
  char *source, *directory; /* absolute, of this machine; may be missing */
};

/* What all commands share. */
struct compile_context {
  const struct path_maps *maps;
  const struct words *before, *after; /* options around those of the command */
  struct known_folders *known;
};

/* Fills *out, which compile_free() frees, from a command of the build. */
void compile_from(struct compile *out, const struct entry *entry,
                  const struct compile_context *context);
void compile_free(struct compile *compile);

/* Adds options that have Clang warn of what cl.exe warns of at most. */
void compile_forgive(struct words *words);

#endif
