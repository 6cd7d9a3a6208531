// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * baseline.h - the findings that a project already knows.
 *
 * The file is JSON, one finding a line, in the order of files and keys: a
 * change of it can be reviewed. docs/gate.md describes it.
 */
#ifndef HVCI_GATE_BASELINE_H
#define HVCI_GATE_BASELINE_H

#include "changes.h"

#include "../report.h"

struct baseline_entry {
  char *file, *rule, *scope, *key, *message;
  size_t ordinal;
  char *renamed;   /* the file's new name, or NULL */
  const char *now; /* the file as it is called now */
  bool found;      /* it is still there */
};

struct baseline {
  char *commit; /* that was checked out when it was written; or "" */
  struct baseline_entry *entries;
  size_t count;
};

/* Reads the file into *out, which is to be freed either way. False: it cannot
   be read or is no baseline; then `error` says why, without the path. */
bool baseline_read(struct baseline *out, const char *path, char *error,
                   size_t error_size);

/* Follows files that were renamed since it was written. NULL, or why that
   cannot be told, which the caller frees. */
char *baseline_follow(struct baseline *baseline, const char *root);

/*
 * Says of each finding of the report, which has fingerprints, whether it is
 * known, and of each entry whether it was found. A known one keeps the
 * fingerprint that it had under its old name.
 */
void baseline_match(struct baseline *baseline, struct report *report);

/* How many entries were not found. */
size_t baseline_fixed(const struct baseline *baseline);

/* Writes the report's findings that are shown; `known_only`: those that are
   known. The file appears whole or not at all. False: errno says why. */
bool baseline_write(const struct report *report, const char *commit,
                    bool known_only, const char *path);

void baseline_free(struct baseline *baseline);

#endif
