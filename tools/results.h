// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * results.h - results.json: what hvcilint check learned of each unit, for those
 * who judge it.
 *
 * The file is one JSON object, written whole. The same results are the same
 * bytes: keys in a fixed order, units by source, configuration and record.
 */
#ifndef HVCI_TOOLS_RESULTS_H
#define HVCI_TOOLS_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

enum results_status {
  RESULTS_OK,      /* the record is there and whole */
  RESULTS_FAILED,  /* the compiler refused the unit */
  RESULTS_TIMEOUT, /* the compiler did not end in time */
  RESULTS_MISSING, /* the source, its folder or the compiler is not there */
  RESULTS_CRASHED  /* the compiler crashed, or left no whole record */
};

/* Strings are bytes: a path need not be UTF-8. None is NULL. */
struct results_unit {
  char *source;        /* absolute */
  char *directory;     /* absolute: where relative names of the record begin */
  char *configuration; /* may be empty */
  char *record;        /* relative to the folder of results.json */
  enum results_status status;
  char *error;  /* the compiler's first error, in one line; empty if it is ok */
  bool allowed; /* to fail: --allow-failed names it */
  char **stubs; /* headers that were stubbed, as they are included */
  size_t stub_count;
  char **dependencies; /* absolute: files read that are no system headers */
  size_t dependency_count;
};

struct results {
  char *version; /* of hvcilint */
  char *llvm;    /* major version of the compiler */
  char *root;    /* of the project, absolute */
  struct results_unit *units;
  size_t unit_count;
};

/* "ok", "failed", ... */
const char *results_status_name(enum results_status status);

/*
 * Reads the file into *out, which is to be freed either way. False: it cannot
 * be read, or is not what hvcilint check writes; then `error` (at least 1 byte)
 * says why, without the path.
 */
bool results_read(struct results *out, const char *path, char *error,
                  size_t error_size);

/* Sorts the units and writes the file, which appears whole or not at all, and
   is left as it is if it holds the same bytes. False: errno says why. */
bool results_write(struct results *results, const char *path);

/* Frees all that it points to, each by free(). */
void results_free(struct results *results);

#endif
