// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * finding.c - putting a finding together.
 */
#include "hvci/rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void hvci_finding_init(struct hvci_finding *out, enum hvci_rule rule,
                       enum hvci_certainty certainty, struct hvci_range range) {
  memset(out, 0, sizeof *out);
  out->rule = rule;
  out->certainty = certainty;
  out->range = range;
  out->anchor = range;
}

void hvci_finding_say(struct hvci_finding *finding, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(finding->message, sizeof finding->message, format, arguments);
  va_end(arguments);
}

void hvci_finding_note(struct hvci_finding *finding, struct hvci_range range,
                       const char *format, ...) {
  va_list arguments;
  if (finding->note_count == HVCI_MAX_NOTES)
    return;
  struct hvci_note *note = &finding->notes[finding->note_count++];
  note->range = range;
  va_start(arguments, format);
  (void)vsnprintf(note->text, sizeof note->text, format, arguments);
  va_end(arguments);
}

void hvci_finding_edit(struct hvci_finding *finding, struct hvci_range range,
                       enum hvci_placement placement, const char *text) {
  if (finding->edits_dropped || finding->edit_count == HVCI_MAX_EDITS ||
      strlen(text) >= HVCI_EDIT_BYTES) {
    finding->edits_dropped = true;
    finding->edit_count = 0;
    return;
  }
  struct hvci_edit *edit = &finding->edits[finding->edit_count++];
  edit->range = range;
  edit->placement = placement;
  memcpy(edit->text, text, strlen(text) + 1);
}

void hvci_finding_weaken(struct hvci_finding *finding,
                         const struct hvci_unit_fact *unit) {
  if (unit->pointer_width != 32)
    return;
  if (finding->certainty == HVCI_CERTAIN)
    finding->certainty = HVCI_POSSIBLE;
  hvci_finding_note(finding, finding->range,
                    "memory integrity runs on 64-bit Windows only");
}

void hvci_finding_note_claim(struct hvci_finding *finding,
                             const struct hvci_claim *claim,
                             const char *content, const char *access) {
  if (!claim)
    return;
  if (claim->kind == HVCI_CLAIM_CONTENT)
    hvci_finding_note(finding, claim->range, "'%.100s' is %s in '%.60s'",
                      claim->subject, content, claim->section);
  else
    hvci_finding_note(finding, claim->range, "'%.60s' is made %s here",
                      claim->section, access);
}
