// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * suppress.h - suppressions in source: warning numbers, pragma state, comments.
 */
#ifndef HVCI_SUPPRESS_H
#define HVCI_SUPPRESS_H

#include "hvci/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The bit of a Microsoft warning number (30029 ..), or 0 if it is not ours. */
uint32_t hvci_warning_bit(unsigned number);

/* The bit of "30030", "C30030" or "__WARNING_BANNED_MEM_ALLOCATION_UNSAFE", or
   0 if it is not one of ours. */
uint32_t hvci_warning_parse(const char *text, size_t length);

/* The number behind a bit. */
unsigned hvci_warning_number(uint32_t bit);

enum hvci_warning_action {
  HVCI_WARNING_DISABLE = 0,
  HVCI_WARNING_DEFAULT = 1, /* also: enable, once, error, 1 .. 4 */
  HVCI_WARNING_PUSH = 2,
  HVCI_WARNING_POP = 3 /* of a push: the host drops one without */
};

/* A pragma that changes the state, in the order of the unit. */
struct hvci_warning_event {
  enum hvci_warning_action action;
  uint32_t warnings; /* of DISABLE and DEFAULT */
};

/* The index of the event that has the warning disabled after `count` events, or
   -1 if none has. */
ptrdiff_t hvci_warning_disabled_by(const struct hvci_warning_event *events,
                                   size_t count, uint32_t warning);

/* What a comment allows: "hvcilint: allow(rule, rule, until=2027-12-31)
   reason". */
struct hvci_allow {
  bool present;       /* the comment addresses us */
  uint32_t rules;     /* bit r: rule r */
  uint32_t until;     /* 20271231: the last day on which it counts; 0: always */
  const char *reason; /* in the comment, reason_length bytes; may be none */
  size_t reason_length;
  char unknown[64]; /* with HVCI_ERROR_COMMENT: the name that is no rule, or the
                       date that is none, cut to fit, or "" if the form is
                       wrong */
};

/* The day of "2027-12-31" as 20271231, or 0 if there is no such day. */
uint32_t hvci_day_parse(const char *text, size_t length);

/* `comment` is the text with its slashes, length bytes, no NUL needed. */
enum hvci_status hvci_allow_parse(struct hvci_allow *out, const char *comment,
                                  size_t length);

#ifdef __cplusplus
}
#endif

#endif
