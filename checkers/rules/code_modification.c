// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * code_modification.c - flag code that is written to, or made writable.
 *
 * Flags:  a store or a copy through the address of a function, of what a
 *         look-up by name found, of another mapping of either, or into a
 *         section of code; a writable protection for one; CR0.WP or EFER.NXE
 *         switched off.
 * Silent: the address or the register's value is not known; code is only read;
 *         what is written to is a variable that holds a function's address.
 * Source: Microsoft Learn, "Implement memory integrity compatible code": do not
 * modify executable memory. Driver Verifier has no stop code for it.
 */
#include "hvci/rule.h"

// ---- Control registers -----------------------------------------------------

enum hvci_status hvci_rule_code_modification(
    const struct hvci_call_fact *call, const struct hvci_ddi *ddi,
    const struct hvci_judgement *judgement, const struct hvci_sink *sink) {
  const struct hvci_kind_info *kind = hvci_kind_get(ddi->kind);
  struct hvci_judgement judged = *judgement;
  struct hvci_finding finding;
  bool toggles = judged.certainty == HVCI_UNDECIDED &&
                 (judged.argument->toggled & kind->executable.mask) != 0;
  if (toggles)
    judged.certainty = HVCI_POSSIBLE;
  if (judged.certainty < HVCI_POSSIBLE)
    return HVCI_OK;

  hvci_finding_of_call(&finding, call, ddi, &judged);
  bool cr0 = ddi->kind == HVCI_KIND_CR0;
  hvci_finding_say(
      &finding, "'%.100s' %s %s with '%.60s'; use a value with bit %d set",
      call->callee,
      judged.certainty == HVCI_CERTAIN ? "switches off" : "may switch off",
      cr0 ? "write protection (CR0.WP)" : "no-execute (EFER.NXE)",
      judged.argument->text, cr0 ? 16 : 11);
  if (toggles)
    hvci_finding_note(&finding, judged.argument->range,
                      "this clears the bit if it was set");
  return sink->report(&finding, sink->payload);
}

// ---- Addresses of code -----------------------------------------------------

static bool is_code(const struct hvci_origin *origin) {
  return origin->kind == HVCI_ORIGIN_FUNCTION ||
         origin->kind == HVCI_ORIGIN_ROUTINE;
}

// Whether what the address leads to is written to.
static bool writes(const struct hvci_code_use_fact *use,
                   const struct hvci_code_ddi *ddi) {
  if (use->use != HVCI_USE_STORE && !(ddi && ddi->role == HVCI_CODE_WRITES))
    return false;
  // An MDL is data, whatever it describes.
  return (is_code(&use->origin) && use->origin.via != HVCI_VIA_DESCRIPTION) ||
         (use->origin.kind == HVCI_ORIGIN_VARIABLE && use->origin.in_code);
}

// How sure it is that code gets a protection under which it can be written to.
static enum hvci_certainty unprotects(const struct hvci_code_use_fact *use,
                                      const struct hvci_code_ddi *ddi) {
  // PAGE_READWRITE, _WRITECOPY, and their twins with execute.
  static const struct hvci_predicate writable = {
      .mask = 0xCC, .want = 0, .equal = false};
  if (!ddi || ddi->role != HVCI_CODE_PROTECTS || !is_code(&use->origin))
    return HVCI_SILENT;
  const struct hvci_argument *protection =
      hvci_call_argument(use->call, ddi->protection);
  if (!protection)
    return HVCI_SILENT;
  struct hvci_verdict verdict = hvci_value_ask(&protection->value, &writable);
  if (verdict.answer != HVCI_YES)
    return HVCI_SILENT;
  return verdict.every ? HVCI_CERTAIN : HVCI_POSSIBLE;
}

static void say(struct hvci_finding *finding,
                const struct hvci_code_use_fact *use, bool written) {
  const struct hvci_origin *origin = &use->origin;
  bool certain = finding->certainty == HVCI_CERTAIN;
  const char *subject = use->call ? use->call->callee : use->text;
  const char *of = origin->kind == HVCI_ORIGIN_FUNCTION ? "of" : "found by";
  if (origin->kind == HVCI_ORIGIN_VARIABLE)
    hvci_finding_say(finding,
                     "'%.100s' writes into '%.100s', which lies in a section "
                     "of code; use a section of data",
                     subject, origin->name);
  else if (written)
    hvci_finding_say(finding,
                     "'%.100s' %s into the code %s '%.100s'; use a callback, "
                     "or a function pointer in data",
                     subject, certain ? "writes" : "may write", of,
                     origin->name);
  else
    hvci_finding_say(finding,
                     "'%.100s' %s the code %s '%.100s' writable; use "
                     "PAGE_READONLY",
                     subject, certain ? "makes" : "may make", of, origin->name);
}

static void explain(struct hvci_finding *finding,
                    const struct hvci_origin *origin) {
  bool found = origin->kind == HVCI_ORIGIN_ROUTINE;
  if (origin->range.begin && found)
    hvci_finding_note(finding, origin->range, "the address comes from here");
  else if (origin->range.begin)
    hvci_finding_note(finding, origin->range, "'%.100s' is declared here",
                      origin->name);
  if (found)
    hvci_finding_note(finding, finding->range,
                      "the name that is looked up may be that of a variable");
}

enum hvci_status
hvci_rule_code_modification_use(const struct hvci_code_use_fact *use,
                                const struct hvci_sink *sink) {
  const struct hvci_code_ddi *ddi =
      use->call ? hvci_code_ddi_find(use->call->callee) : NULL;
  struct hvci_finding finding;
  bool written = writes(use, ddi);
  enum hvci_certainty certainty = written ? HVCI_CERTAIN : unprotects(use, ddi);
  if (certainty == HVCI_SILENT)
    return HVCI_OK;
  if (use->origin.kind == HVCI_ORIGIN_ROUTINE)
    certainty = HVCI_POSSIBLE;

  hvci_finding_init(&finding, HVCI_RULE_CODE_MODIFICATION, certainty,
                    use->range);
  if (use->call)
    finding.anchor = use->call->callee_range;
  say(&finding, use, written);
  explain(&finding, &use->origin);
  return sink->report(&finding, sink->payload);
}
