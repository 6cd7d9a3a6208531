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

#define HVCI_RECORD_VERSION 3

/* A place as the source names it (line markers are honoured), what is around
   it, and what is suppressed there. */
struct hvci_place {
  const char *file;  /* bytes: a path need not be UTF-8 */
  uint32_t line;     /* 1 .. */
  uint32_t column;   /* bytes, 1 .. */
  uint32_t end_line; /* the byte behind it, in the same file; 0: not known */
  uint32_t end_column;
  const char *scope;    /* the function or variable around it, qualified; "" or
                           NULL: none is known */
  uint32_t scope_first; /* the lines of the scope, in the same file; or 0 */
  uint32_t scope_last;
  const char *words; /* the tokens of the range and of the parentheses behind
                        it, one space between each two; "" or NULL: not
                        known. Of many, the rest is a hash. */
  struct hvci_range macro; /* where the macro's body has it, if it is one's */
  uint32_t rules;          /* bit r: rule r is suppressed */
  uint32_t warnings;       /* hvci_warning_bit() of those that are suppressed */
  const uint32_t *by; /* the unit's suppressions that do so; what none of them
                         does, an option, a path or a system header does */
  size_t by_count;
};

enum hvci_suppression_kind {
  HVCI_SUPPRESSION_COMMENT = 0, /* hvcilint: allow(...) */
  HVCI_SUPPRESSION_LINE = 1,    /* a pragma for the next line of code */
  HVCI_SUPPRESSION_STATE = 2 /* a pragma that holds until something ends it */
};

/* A suppression that a unit has. */
struct hvci_suppression {
  enum hvci_suppression_kind kind;
  const char *file;
  uint32_t line, column;
  uint32_t rules;      /* what it is for: bits of rules */
  uint32_t warnings;   /* or hvci_warning_bit() */
  uint32_t idle_rules; /* of those, what the unit had no use for: linking may
                          have one */
  uint32_t idle_warnings;
  const char *reason; /* "" or NULL: none is given */
  uint32_t until;     /* 20271231: the last day on which it counts; 0: always */
};

/* Text to put in place of what is from a line and column up to another. */
struct hvci_record_edit {
  const char *file;
  uint32_t line, column;
  uint32_t end_line, end_column; /* of the byte behind */
  const char *text;
};

/* What a unit knows of a finding beside what a rule says. */
struct hvci_record_extra {
  const uint32_t *by; /* the suppressions that hide it */
  size_t by_count;
  const struct hvci_record_edit *edits; /* together one fix */
  size_t edit_count;
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
  /* Those that are to be shown, or would be but for a suppression. Those of
     sites that only the whole driver can judge are left to it. */
  const struct hvci_finding *findings;
  size_t finding_count;
  const struct hvci_record_extra *extras; /* of each finding; NULL: of none */
  const struct hvci_suppression *suppressions;
  size_t suppression_count;
  /* What the unit says of sections. Findings of hvci_layout_rules() are left to
     the whole driver as well. */
  const struct hvci_claim *claims;
  size_t claim_count;
  /* Where the range is. False: it has no place. What the place points to stays
     valid up to the next call. */
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
  struct hvci_range anchor; /* as a finding's */
  const char *message;
  const struct hvci_record_note *notes;
  size_t note_count;
  const uint32_t *by; /* the suppressions that hide it; none: it is shown */
  size_t by_count;
  const struct hvci_record_edit *edits;
  size_t edit_count;
  const struct hvci_crossings *crossings; /* or NULL: it has none */
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
  const struct hvci_suppression *suppressions;
  size_t suppression_count;
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
