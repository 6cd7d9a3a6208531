// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * record.h - the record of a unit: what linking a driver needs to know of it.
 *
 * A record is one JSON object in UTF-8, written and read as a whole. It begins
 * with its format and version, so that a foreign or newer one is known by its
 * first bytes; a part of one is no JSON.
 */
#ifndef HVCI_RECORD_H
#define HVCI_RECORD_H

#include "hvci/driver.h"
#include "hvci/program.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HVCI_RECORD_VERSION 1

/* A place as the source names it (line markers are honoured), and what is
   suppressed there. */
struct hvci_place {
  const char *file;  /* bytes: a path need not be UTF-8 */
  uint32_t line;     /* 1 .. */
  uint32_t column;   /* bytes, 1 .. */
  uint32_t rules;    /* bit r: rule r is suppressed */
  uint32_t warnings; /* hvci_warning_bit() of those that are suppressed */
};

/* What a record is made from. Borrowed, as facts are. */
struct hvci_record_source {
  const char *file;     /* the unit's main file */
  const char *target;   /* the triple */
  const char *producer; /* name and version of who writes */
  const struct hvci_unit_fact *unit;
  struct hvci_range opt_out; /* where POOL_NX_OPTOUT is defined; or no place */
  const struct hvci_program *program;
  const struct hvci_solution *solution; /* that has looked out */
  /* Those that are to be shown. Those of sites that only the whole driver can
     judge are left to it. */
  const struct hvci_finding *findings;
  size_t finding_count;
  /* What the unit says of sections. Findings of hvci_layout_rules() are left to
     the whole driver as well. */
  const struct hvci_claim *claims;
  size_t claim_count;
  /* Where the range begins. False: it has no place. The file's name stays valid
     up to the next call. */
  bool (*locate)(struct hvci_range range, struct hvci_place *out,
                 void *payload);
  /* Where the function's name stands. */
  struct hvci_range (*name)(size_t function, void *payload);
  void *payload;
};

/* The record's bytes, which the caller frees; NULL if memory ran out. */
char *hvci_record_write(const struct hvci_record_source *source,
                        size_t *length);

/* A function of the record; its facts by site. */
struct hvci_record_function {
  struct hvci_function is;
  struct hvci_call_fact *calls;
  struct hvci_argument result; /* unknown where the record does not say */
  struct hvci_range range;     /* of its name */
  const struct hvci_step *steps;
  size_t step_count;
};

struct hvci_record_note {
  struct hvci_range range;
  const char *text;
};

struct hvci_record_finding {
  enum hvci_rule rule;
  enum hvci_certainty certainty;
  struct hvci_range range;
  const char *message;
  const struct hvci_record_note *notes;
  size_t note_count;
};

/* A record in memory, with all it points to. Of its ranges `begin` and `end`
   are first_place + the index in `places`, or 0. */
struct hvci_record {
  const char *file;
  const char *target;
  const char *producer;
  struct hvci_unit_fact unit; /* knows everything */
  struct hvci_range opt_out;
  const struct hvci_place *places;
  size_t place_count;
  uint64_t first_place;
  const struct hvci_record_finding *findings;
  size_t finding_count;
  const struct hvci_claim *claims;
  size_t claim_count;
  const struct hvci_record_function *functions;
  size_t function_count;
};

/*
 * Reads a record, which may come from anyone; NULL if it is refused: then
 * `error` (error_size bytes, ends in NUL) says why, in one line. first_place,
 * not 0, numbers the first place. Freed by the caller.
 */
struct hvci_record *hvci_record_read(const char *bytes, size_t length,
                                     uint64_t first_place, char *error,
                                     size_t error_size);
void hvci_record_free(struct hvci_record *record);

#ifdef __cplusplus
}
#endif

#endif
