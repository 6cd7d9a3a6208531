// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * format.h - what the writer and the reader of a record have in common.
 *
 * docs/whole-driver.md describes the format. Numbers of 64 bits that are not
 * signed are written as the signed number of the same bits.
 */
#ifndef HVCI_RECORD_FORMAT_H
#define HVCI_RECORD_FORMAT_H

#include "hvci/record.h"

#include <jansson.h>

#define RECORD_FORMAT "hvcilint-record"
#define KEY_BYTES "bytes"

/* Arguments of a call that a record holds. */
#define MAX_ARGUMENTS 32

/* All bits of enum hvci_access. */
#define ACCESS_MASK                                                            \
  (HVCI_ACCESS_READ | HVCI_ACCESS_WRITE | HVCI_ACCESS_EXECUTE |                \
   HVCI_ACCESS_DISCARDABLE)

/* By enum hvci_suppression_kind, hvci_opt_in, hvci_claim_kind and
   hvci_step_kind; NULL ends. */
extern const char *const hvci_suppression_names[];
extern const char *const hvci_opt_in_names[];
extern const char *const hvci_claim_names[];
extern const char *const hvci_step_names[];

#endif
