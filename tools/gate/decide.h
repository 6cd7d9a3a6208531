// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * decide.h - which findings block.
 */
#ifndef HVCI_GATE_DECIDE_H
#define HVCI_GATE_DECIDE_H

#include "changes.h"
#include "gate.h"

/* How many findings of each kind there are. */
struct decision {
  size_t blocking, warning; /* shown */
  size_t known;             /* in the baseline */
  size_t hidden;            /* by a suppression that counts */
  size_t elsewhere;         /* not of the change */
};

/*
 * Whether the change brings the finding about: it is on a line or in a function
 * that the change touches, or what leads to it is. In the last two cases
 * told->why says so.
 */
bool decide_is_of_change(struct told *told, const struct changes *changes);

/*
 * Gives each finding its level by the configuration, and takes those that are
 * not of the change out of the report. `changes` NULL: all findings count.
 */
struct decision decide(struct gate *gate, const struct changes *changes);

/* Whether the report shows it: it is not hidden and not known. */
bool decide_is_shown(const struct told *told);

#endif
