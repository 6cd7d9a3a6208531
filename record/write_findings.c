// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * write_findings.c - findings, suppressions, and claims about sections.
 */
#include "writer.h"

// ---- findings --------------------------------------------------------------

// Whether what the finding is about is in the record: its site, or the claims.
// Linking judges it again.
static bool is_judged_again(const struct writer *writer,
                            const struct hvci_finding *finding) {
  const struct hvci_program *program = writer->source->program;
  uintptr_t at = (uintptr_t)finding->site;
  if (hvci_layout_rules() >> finding->rule & 1)
    return true;
  if (!finding->site)
    return false;
  for (size_t f = 0; f < program->function_count; f++) {
    const struct hvci_function *is = &program->functions[f];
    if (at >= (uintptr_t)is->sites &&
        at < (uintptr_t)(is->sites + is->site_count))
      return hvci_is_pending(writer, f, (size_t)(finding->site - is->sites));
  }
  return false;
}

// [file, line, column, end line, end column, text]
static json_t *edit_of(struct writer *writer,
                       const struct hvci_record_edit *edit) {
  json_t *entry = json_array();
  hvci_append(writer, entry,
              hvci_integer(hvci_file_number(writer, edit->file)));
  hvci_append(writer, entry, hvci_integer(edit->line));
  hvci_append(writer, entry, hvci_integer(edit->column));
  hvci_append(writer, entry, hvci_integer(edit->end_line));
  hvci_append(writer, entry, hvci_integer(edit->end_column));
  hvci_append(writer, entry, hvci_string(writer, edit->text));
  return entry;
}

static void set_extra(struct writer *writer, json_t *object,
                      const struct hvci_record_extra *extra) {
  json_t *edits = json_array();
  for (size_t i = 0; i < extra->edit_count; i++)
    hvci_append(writer, edits, edit_of(writer, &extra->edits[i]));
  hvci_set_array(writer, object, "by",
                 hvci_numbers_of(writer, extra->by, extra->by_count));
  hvci_set_array(writer, object, "fix", edits);
}

// [start, count, [offset, width], ...]
static json_t *crossings_of(struct writer *writer,
                            const struct hvci_crossings *crossings) {
  json_t *array = json_array();
  hvci_append(writer, array, hvci_integer(crossings->start));
  hvci_append(writer, array, hvci_integer(crossings->count));
  for (uint32_t i = 0; i < crossings->shown; i++) {
    json_t *slot = json_array();
    hvci_append(writer, slot, hvci_integer(crossings->slots[i].offset));
    hvci_append(writer, slot, hvci_integer(crossings->slots[i].width));
    hvci_append(writer, array, slot);
  }
  return array;
}

static json_t *finding_of(struct writer *writer,
                          const struct hvci_finding *finding) {
  json_t *object = json_object();
  json_t *notes = json_array();
  for (size_t i = 0; i < finding->note_count; i++) {
    json_t *note = json_array();
    hvci_append(
        writer, note,
        hvci_integer(hvci_place_number(writer, finding->notes[i].range)));
    hvci_append(writer, note, hvci_string(writer, finding->notes[i].text));
    hvci_append(writer, notes, note);
  }
  hvci_set(writer, object, "rule", json_string(hvci_rule_name(finding->rule)));
  hvci_set_flag(writer, object, "certain", finding->certainty == HVCI_CERTAIN);
  hvci_set_place(writer, object, "place", finding->range);
  if (finding->anchor.begin != finding->range.begin)
    hvci_set_place(writer, object, "anchor", finding->anchor);
  hvci_set_string(writer, object, "message", finding->message);
  hvci_set_array(writer, object, "notes", notes);
  if (finding->crossings.count)
    hvci_set(writer, object, "crossings",
             crossings_of(writer, &finding->crossings));
  return object;
}

json_t *hvci_findings_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *findings = json_array();
  for (size_t i = 0; i < source->finding_count; i++) {
    if (is_judged_again(writer, &source->findings[i]))
      continue;
    json_t *object = finding_of(writer, &source->findings[i]);
    if (source->extras)
      set_extra(writer, object, &source->extras[i]);
    hvci_append(writer, findings, object);
  }
  return findings;
}

static json_t *suppression_of(struct writer *writer,
                              const struct hvci_suppression *suppression) {
  json_t *object = json_object();
  json_t *idle = json_object();
  json_t *at = json_array();
  hvci_append(writer, at,
              hvci_integer(hvci_file_number(writer, suppression->file)));
  hvci_append(writer, at, hvci_integer(suppression->line));
  hvci_append(writer, at, hvci_integer(suppression->column));
  hvci_set(writer, object, "kind",
           json_string(hvci_suppression_names[suppression->kind]));
  hvci_set(writer, object, "at", at);
  hvci_set_suppressed(writer, object, suppression->rules,
                      suppression->warnings);
  hvci_set_suppressed(writer, idle, suppression->idle_rules,
                      suppression->idle_warnings);
  if (json_object_size(idle) > 0)
    hvci_set(writer, object, "idle", idle);
  else
    json_decref(idle);
  if (suppression->reason && suppression->reason[0])
    hvci_set_string(writer, object, "reason", suppression->reason);
  if (suppression->until)
    hvci_set(writer, object, "until", hvci_integer(suppression->until));
  return object;
}

json_t *hvci_suppressions_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *list = json_array();
  for (size_t i = 0; i < source->suppression_count; i++)
    hvci_append(writer, list, suppression_of(writer, &source->suppressions[i]));
  return list;
}

// ---- claims ----------------------------------------------------------------

static void set_text(struct writer *writer, json_t *object, const char *key,
                     const char *text) {
  if (text[0])
    hvci_set_string(writer, object, key, text);
}

static void set_number(struct writer *writer, json_t *object, const char *key,
                       uint64_t number) {
  if (number)
    hvci_set(writer, object, key, hvci_integer(number));
}

static json_t *claim_of(struct writer *writer, const struct hvci_claim *claim) {
  json_t *object = json_object();
  hvci_set(writer, object, "kind", json_string(hvci_claim_names[claim->kind]));
  set_text(writer, object, "section", claim->section);
  set_text(writer, object, "subject", claim->subject);
  set_text(writer, object, "into", claim->into);
  set_number(writer, object, "access", claim->access);
  set_number(writer, object, "denied", claim->denied);
  set_number(writer, object, "alignment", claim->alignment);
  hvci_set_flag(writer, object, "dead", claim->dead);
  hvci_set_place(writer, object, "place", claim->range);
  return object;
}

json_t *hvci_claims_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *claims = json_array();
  for (size_t i = 0; i < source->claim_count; i++)
    hvci_append(writer, claims, claim_of(writer, &source->claims[i]));
  return claims;
}
