// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * join.h - the records of a driver's units, judged together.
 */
#ifndef HVCI_TOOLS_JOIN_H
#define HVCI_TOOLS_JOIN_H

#include "linker_options.h"

/* A place, and the record that has it: NULL for one of the linker's options. */
struct join_place {
  const struct hvci_place *place; /* or NULL: no place */
  const struct hvci_record *record;
};

struct join_note {
  struct join_place at;
  const char *text;
};

/* Borrowed for the call. */
struct join_finding {
  enum hvci_rule rule;
  enum hvci_certainty certainty;
  const char *message;
  struct join_place at, anchor; /* as a finding's range and anchor */
  const struct join_note *notes;
  size_t note_count;
  bool hidden; /* a suppression, an option or a path hides it; by: */
  const struct hvci_suppression *const *by; /* of the record at `at` */
  size_t by_count;
  const struct hvci_record_edit *edits; /* of the record at `at` */
  size_t edit_count;
  const struct hvci_crossings *crossings; /* or NULL */
};

typedef void (*join_take)(const struct join_finding *finding, void *payload);

struct join {
  const struct hvci_options *options;
  const struct linker_options *linker;      /* its places come first: 1 .. */
  const struct hvci_record *const *records; /* each once, in an order that does
                                               not depend on how they were
                                               given */
  size_t record_count;
  join_take take;
  void *payload;
};

/* Hands over what the units found by themselves and what they give together,
   hidden findings as well. Ends the program if memory runs out. */
void join_judge(const struct join *join);

/* Whether two targets are of one machine, so that they can be joined. */
bool join_same_machine(const char *target, const char *other);

#endif
