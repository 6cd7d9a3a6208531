// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * gate.h - the results of a driver's units, and what is decided about them.
 *
 * Names of files are relative to the project's root, with / between folders, so
 * that results of many machines are the same bytes.
 */
#ifndef HVCI_GATE_GATE_H
#define HVCI_GATE_GATE_H

#include "../choices.h"
#include "../link/linker_options.h"
#include "../report.h"
#include "../results.h"

#include "hvci/config.h"

struct gate_unit {
  const struct results_unit *from;
  const char *root;   /* of its results */
  const char *source; /* by the project's root */
  char *bytes;        /* of the record */
  size_t length;
  struct hvci_record *record; /* NULL: it could not be analysed */
};

struct gate {
  struct choices choices;
  struct hvci_config *config; /* or NULL */
  struct linker_options
      linker; /* its places come before those of the records */
  struct results *results;
  size_t result_count;
  struct gate_unit *units; /* by configuration, machine and source */
  size_t unit_count;
  struct told_failure *failures;
  size_t failure_count;
  char *root; /* of the project on this machine: where sources are read */
  struct report report;
  struct told_suppression **suppressions; /* by place, once sorted */
  size_t suppression_count, suppression_size;
  void *names;    /* a tree of all names of files */
  uint32_t today; /* 20261231 */
};

/* A name that stays as long as the gate. */
const char *gate_name(struct gate *gate, const char *name);

/* The name by the project's root of a file that a unit calls `name`. */
const char *gate_file(struct gate *gate, const struct gate_unit *unit,
                      const char *name);

/* The file's path on this machine, which the caller frees. */
char *gate_path(const struct gate *gate, const char *file);

/*
 * Reads results.json at each path, or in the folder of that name, and all
 * records. Units without a record go to the failures. False: a file is not what
 * it should be, and that was said.
 */
bool gate_load(struct gate *gate, const char *const *paths, size_t count);

/*
 * Judges the units of each configuration and machine together, fills the report
 * and the suppressions, and sorts both. Suppressions that count no more hide
 * nothing.
 */
void gate_judge(struct gate *gate);

/* What the suppression is for, as words, which the caller frees. */
char *gate_suppressed_names(const struct told_suppression *suppression);

/* Whether no configuration had a use for it. */
bool gate_is_stale(const struct told_suppression *suppression);

void gate_free(struct gate *gate);

#endif
