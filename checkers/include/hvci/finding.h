// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * finding.h - what a checker reports, and where it hands it.
 */
#ifndef HVCI_FINDING_H
#define HVCI_FINDING_H

#include "hvci/catalogue.h"
#include "hvci/facts.h"

#ifdef __cplusplus
extern "C" {
#endif

enum hvci_status {
  HVCI_OK = 0,
  HVCI_ERROR_FACT = -1,   /* a fact breaks its contract */
  HVCI_ERROR_OPTION = -2, /* an option that does not exist or has a bad value */
  HVCI_ERROR_SINK = -3,   /* the sink refused the finding */
  HVCI_ERROR_COMMENT = -4, /* a suppression comment that is malformed */
  HVCI_ERROR_MEMORY = -5   /* memory ran out */
};

#define HVCI_MESSAGE_BYTES 512
#define HVCI_NOTE_BYTES 256
#define HVCI_EDIT_BYTES 96
#define HVCI_MAX_NOTES 12
#define HVCI_MAX_EDITS 8
#define HVCI_MAX_CROSSINGS 8

struct hvci_note {
  struct hvci_range range;
  char text[HVCI_NOTE_BYTES];
};

enum hvci_placement {
  HVCI_REPLACE = 0, /* the text of the range */
  HVCI_BEFORE = 1,  /* in front of the range */
  HVCI_AFTER = 2    /* behind the range */
};

struct hvci_edit {
  struct hvci_range range;
  enum hvci_placement placement;
  char text[HVCI_EDIT_BYTES];
};

/* Pointers of a variable that cross the end of a page, where most of them do.
 */
struct hvci_crossing {
  uint64_t offset; /* bytes from the variable's start */
  uint32_t width;  /* bytes: 4 or 8 */
};

struct hvci_crossings {
  uint32_t start; /* bytes from a page's start to the variable's */
  uint32_t shown; /* how many are in `slots`, by their offsets */
  uint64_t count; /* how many there are */
  struct hvci_crossing slots[HVCI_MAX_CROSSINGS];
};

struct hvci_site;

struct hvci_finding {
  enum hvci_rule rule;
  enum hvci_certainty certainty; /* not HVCI_SILENT */
  struct hvci_range range;       /* the deciding argument or name */
  struct hvci_range anchor;      /* the call's or variable's name: a suppression
                                    may stand here as well */
  uint32_t warnings;             /* hvci_warning_bit() of each Microsoft warning
                                    that covers the same fault */
  const struct hvci_site *site;  /* the program's site it is about, or NULL */
  char message[HVCI_MESSAGE_BYTES];
  size_t note_count;
  struct hvci_note notes[HVCI_MAX_NOTES];
  bool edits_dropped; /* one did not fit: there is no fix */
  size_t edit_count;  /* the edits together are one fix */
  struct hvci_edit edits[HVCI_MAX_EDITS];
  struct hvci_crossings crossings; /* of a variable; count 0: none */
};

/* Takes a finding, borrowed for the call. */
typedef enum hvci_status (*hvci_report_fn)(const struct hvci_finding *finding,
                                           void *payload);

struct hvci_sink {
  hvci_report_fn report;
  void *payload;
};

/* Clears the finding. */
void hvci_finding_init(struct hvci_finding *out, enum hvci_rule rule,
                       enum hvci_certainty certainty, struct hvci_range range);

/* Printf-style; text that does not fit is cut. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void hvci_finding_say(struct hvci_finding *finding, const char *format, ...);

/* Notes beyond HVCI_MAX_NOTES are dropped. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void hvci_finding_note(struct hvci_finding *finding, struct hvci_range range,
                       const char *format, ...);

/* An edit that does not fit drops all edits, those to come included: half a fix
   is none. */
void hvci_finding_edit(struct hvci_finding *finding, struct hvci_range range,
                       enum hvci_placement placement, const char *text);

#ifdef __cplusplus
}
#endif

#endif
