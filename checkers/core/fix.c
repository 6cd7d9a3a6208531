// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * fix.c - words and edits that several rules share.
 */
#include "hvci/rule.h"

#include <stdio.h>

// Whether an earlier one of the terms comes from the same place: a function may
// be on several ways to the value.
static bool is_noted(const struct hvci_argument *argument, uint32_t terms,
                     size_t index) {
  for (size_t i = 0; i < index; i++)
    if ((terms >> i & 1) &&
        argument->terms[i].origin.begin == argument->terms[index].origin.begin)
      return true;
  return false;
}

void hvci_finding_of_call(struct hvci_finding *out,
                          const struct hvci_call_fact *call,
                          const struct hvci_ddi *ddi,
                          const struct hvci_judgement *judgement) {
  const struct hvci_argument *argument = judgement->argument;
  // Where no value decides, the name is what is wrong.
  bool by_value = argument && hvci_kind_get(ddi->kind)->executable.mask != 0;
  hvci_finding_init(out, hvci_kind_get(ddi->kind)->rule, judgement->certainty,
                    by_value ? argument->range : call->callee_range);
  out->anchor = call->callee_range;
  out->warnings = judgement->warnings;

  for (size_t i = 0; i < 2 && judgement->weaker[i]; i++)
    hvci_finding_note(out, out->range, "%s", judgement->weaker[i]);
  for (size_t i = 0; by_value && i < argument->term_count; i++) {
    const struct hvci_term *term = &argument->terms[i];
    if ((judgement->terms >> i & 1) && term->origin.begin &&
        !is_noted(argument, judgement->terms, i))
      hvci_finding_note(out, term->origin,
                        "the value of '%.60s' comes from here", term->written);
  }
}

void hvci_edit_or(struct hvci_finding *finding,
                  const struct hvci_call_fact *call,
                  const struct hvci_argument *argument, const char *flag) {
  char after[HVCI_EDIT_BYTES];
  if (!argument->editable || !argument->takes_or ||
      !hvci_unit_knows(call->unit, flag))
    return;
  (void)snprintf(after, sizeof after, "%s | %s",
                 argument->needs_parentheses ? ")" : "", flag);
  if (argument->needs_parentheses)
    hvci_finding_edit(finding, argument->range, HVCI_BEFORE, "(");
  hvci_finding_edit(finding, argument->range, HVCI_AFTER, after);
}

// Whether each executable alternative has a term among the mended ones.
static bool mends_all(const struct hvci_value *value,
                      const struct hvci_predicate *executable,
                      uint32_t mended) {
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {value->alternatives[i]}};
    if (hvci_value_ask(&one, executable).answer == HVCI_YES &&
        !(value->alternatives[i].terms & mended))
      return false;
  }
  return true;
}

void hvci_edit_terms(struct hvci_finding *finding,
                     const struct hvci_call_fact *call,
                     const struct hvci_ddi *ddi,
                     const struct hvci_judgement *judgement,
                     hvci_twin_fn twin) {
  const struct hvci_argument *argument = judgement->argument;
  const struct hvci_predicate *executable =
      &hvci_kind_get(ddi->kind)->executable;
  uint32_t mended = 0;
  for (size_t i = 0; i < argument->term_count; i++) {
    const struct hvci_term *term = &argument->terms[i];
    const char *other = judgement->terms >> i & 1 ? twin(term) : NULL;
    // A term that stays and has deciding bits: or-ed in, it still executes;
    // as a mask, it may take the twin's bit away again.
    bool stays = judgement->terms >> i & 1 &&
                 (term->value & executable->mask) != executable->want;
    if (!other && !stays)
      continue;
    if (!other || !term->editable || !hvci_unit_knows(call->unit, other)) {
      finding->edit_count = 0;
      return;
    }
    mended |= UINT32_C(1) << i;
    hvci_finding_edit(finding, term->range, HVCI_REPLACE, other);
  }
  if (!mends_all(&argument->value, executable, mended))
    finding->edit_count = 0;
}

const char *hvci_remedy_since_win8(const struct hvci_unit_fact *unit,
                                   const char *remedy, const char *before) {
  return hvci_unit_targets(unit, HVCI_NTDDI_WIN8) ? remedy : before;
}
