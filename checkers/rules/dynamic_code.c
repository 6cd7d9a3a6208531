// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * dynamic_code.c - flag data that is called as code.
 *
 * Flags:  a call of allocated or mapped memory, of a variable, of a string or
 *         of a fixed address; the same as a thread's, a work item's or another
 *         callback's routine.
 * Silent: where the address comes from is not known, or it is that of a
 *         function.
 * Source: Microsoft Learn, "Implement memory integrity compatible code": no
 * dynamic code in the kernel. Driver Verifier has no stop code for it.
 */
#include "hvci/rule.h"

#include <stdio.h>

// Windows maps nothing below 64 KiB.
#define NEVER_MAPPED 0x10000

// Names the data in words; returns false if it is none.
static bool name_data(const struct hvci_origin *origin, char *out,
                      size_t bytes) {
  if (origin->via != HVCI_VIA_NOTHING)
    return false;
  switch (origin->kind) {
  case HVCI_ORIGIN_MEMORY:
    (void)snprintf(out, bytes, "memory from '%.100s'", origin->name);
    return true;
  case HVCI_ORIGIN_VARIABLE:
    (void)snprintf(out, bytes, "the variable '%.100s'", origin->name);
    return true;
  case HVCI_ORIGIN_STRING:
    (void)snprintf(out, bytes, "a string literal");
    return true;
  case HVCI_ORIGIN_NUMBER:
    if (origin->number < NEVER_MAPPED)
      return false;
    (void)snprintf(out, bytes, "the fixed address %.20s", origin->name);
    return true;
  case HVCI_ORIGIN_UNKNOWN:
  case HVCI_ORIGIN_FUNCTION:
  case HVCI_ORIGIN_ROUTINE:
  case HVCI_ORIGIN_FILE:
    break;
  }
  return false;
}

static bool runs(const struct hvci_code_use_fact *use) {
  if (use->use != HVCI_USE_PASS)
    return use->use == HVCI_USE_CALL;
  const struct hvci_code_ddi *ddi = hvci_code_ddi_find(use->call->callee);
  return ddi && ddi->role == HVCI_CODE_RUNS;
}

static void explain(struct hvci_finding *finding,
                    const struct hvci_code_use_fact *use) {
  const struct hvci_origin *origin = &use->origin;
  if (origin->kind == HVCI_ORIGIN_MEMORY && origin->range.begin)
    hvci_finding_note(finding, origin->range, "the memory comes from here");
  if (origin->kind == HVCI_ORIGIN_VARIABLE && origin->range.begin)
    hvci_finding_note(finding, origin->range, "'%.100s' is defined here",
                      origin->name);
  if (origin->in_code)
    hvci_finding_note(finding, use->range,
                      "its section holds code, which is checked with the "
                      "image: that may be meant");
  if (origin->kind == HVCI_ORIGIN_NUMBER)
    hvci_finding_note(finding, use->range,
                      "what lies at that address is not known here");
}

enum hvci_status hvci_rule_dynamic_code(const struct hvci_code_use_fact *use,
                                        const struct hvci_sink *sink) {
  struct hvci_finding finding;
  char data[128];
  if (!runs(use) || !name_data(&use->origin, data, sizeof data))
    return HVCI_OK;

  bool certain = use->origin.kind != HVCI_ORIGIN_NUMBER && !use->origin.in_code;
  hvci_finding_init(&finding, HVCI_RULE_DYNAMIC_CODE,
                    certain ? HVCI_CERTAIN : HVCI_POSSIBLE, use->range);
  if (use->call)
    finding.anchor = use->call->callee_range;
  if (use->call)
    hvci_finding_say(&finding,
                     "'%.100s' %s data as code: %s; use a function of the "
                     "driver",
                     use->call->callee, certain ? "runs" : "may run", data);
  else
    hvci_finding_say(&finding,
                     "'%.100s' %s data called as code: %s; use a function of "
                     "the driver",
                     use->text, certain ? "is" : "may be", data);
  explain(&finding, use);
  return sink->report(&finding, sink->payload);
}
