// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * report.h - findings collected, put in order, and shown.
 */
#ifndef HVCI_TOOLS_REPORT_H
#define HVCI_TOOLS_REPORT_H

#include "hvci/record.h"

#include <stdio.h>

struct spot {
  const char *file;              /* or NULL: no place */
  uint32_t line, column;         /* from 1; 0: not known */
  uint32_t end_line, end_column; /* of the byte behind; 0: not known */
  const char *scope; /* the function or variable around it, or NULL */
  uint32_t scope_first, scope_last; /* its lines; or 0 */
  bool has_address;
  uint64_t address;    /* bytes from the image's base */
  const char *section; /* the one of the address, or NULL */
};

struct told_note {
  struct spot spot;
  char *text;
};

/* A suppression in the source, as a decision sees it. */
struct told_suppression {
  struct spot spot;
  enum hvci_suppression_kind kind;
  uint32_t rules;      /* what it is for: bits of rules */
  uint32_t warnings;   /* or hvci_warning_bit() */
  uint32_t idle_rules; /* of those, what no configuration had a use for */
  uint32_t idle_warnings;
  const char *reason; /* "": none is given */
  uint32_t until;     /* 20271231: the last day on which it counts; 0: always */
  const char *rejected; /* why it counts no more, or NULL */
  size_t hides;         /* how many findings */
  char *author;         /* by git; or NULL: not known */
};

enum told_level {
  TOLD_DEFAULT = 0, /* as the options have it */
  TOLD_ERROR = 1,   /* it blocks */
  TOLD_WARNING = 2
};

enum told_state {
  TOLD_ALONE = 0, /* there is no baseline */
  TOLD_NEW = 1,
  TOLD_KNOWN = 2 /* it is in the baseline */
};

struct told {
  struct spot spot;
  enum hvci_rule rule;
  enum hvci_certainty certainty;
  char *message;
  struct told_note *notes;
  size_t note_count;

  /* What a decision on merging knows besides; else all is NULL and 0. */
  const char *words; /* of its call, as struct hvci_place has them */
  struct spot macro; /* where a macro's body has it; file NULL: none has */
  struct hvci_record_edit *edits; /* together one fix */
  size_t edit_count;
  const struct hvci_crossings *crossings; /* or NULL */
  struct told_suppression **by;           /* those that hide it, or did */
  size_t by_count;
  bool hidden;
  enum told_level level;
  enum told_state state;
  char *key;         /* hexadecimal: rule, scope and words */
  size_t ordinal;    /* among those of one file and key, from 0 */
  char *fingerprint; /* hexadecimal: key, file and ordinal */
  char *why;         /* how the change brings it about, or NULL: it is on one of
                        its lines */
};

/* A unit that could not be analysed. */
struct told_failure {
  const char *source;
  const char *configuration; /* may be "" */
  const char *status;        /* "failed", "timeout", ... */
  const char *error;         /* the compiler's first, or "" */
};

struct report {
  struct told *findings;
  size_t count, size;
  const struct told_failure *failures;
  size_t failure_count;
  bool incomplete; /* an input could not be judged, and that was said */
};

/* A new finding with that many notes, which are to be filled before the next is
   added, as is its place. Ends the program if memory runs out. */
struct told *report_add(struct report *report, enum hvci_rule rule,
                        enum hvci_certainty certainty, const char *message,
                        size_t note_count);

/* By place, rule and message; of several that say the same there one is left:
   one that is shown, the surest, with the notes that come first. */
void report_sort(struct report *report);

/* As Clang shows them; an address stands for a line. */
void report_print(const struct report *report,
                  const struct hvci_options *options, FILE *out);

/* Frees what a finding owns that is taken out of its report. */
void report_drop(struct told *told);

void report_free(struct report *report);

#endif
