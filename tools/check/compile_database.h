// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * compile_database.h - reads compile_commands.json.
 */
#ifndef HVCI_CHECK_COMPILE_DATABASE_H
#define HVCI_CHECK_COMPILE_DATABASE_H

#include "paths.h"
#include "words.h"

/* A command of the database, its response files expanded. */
struct entry {
  char *directory;        /* as written, or below the database's folder */
  char *file;             /* as written; may be relative to the directory */
  struct words words;     /* the compiler first */
  bool windows;           /* paths may have backslashes */
  struct words functions; /* that trace, as struct job has them */
};

struct database {
  struct entry *entries;
  size_t count;
};

/*
 * Reads the file, by its absolute path; *out is to be freed either way.
 * Response files are looked for where `maps` says. False: it is no compile
 * database, and that was said.
 */
bool database_read(struct database *out, const char *path,
                   const struct path_maps *maps);
void database_free(struct database *database);

#endif
