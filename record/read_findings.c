// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * hvci_read_findings.c - the findings of a record, and its claims about
 * sections.
 */
#include "reader.h"

// ---- findings --------------------------------------------------------------

static bool read_note(struct reader *reader, json_t *value, void *item,
                      const void *context) {
  struct hvci_record_note *out = item;
  (void)context;
  return hvci_read_array(reader, value, "a note", 2, 2) &&
         hvci_read_range(reader, json_array_get(value, 0), &out->range) &&
         hvci_read_string(reader, json_array_get(value, 1), "a note",
                          &out->text);
}

static bool read_edit(struct reader *reader, json_t *entry, void *item,
                      const void *context) {
  struct hvci_record_edit *out = item;
  (void)context;
  return hvci_read_array(reader, entry, "an edit", 6, 6) &&
         hvci_read_file_number(reader, json_array_get(entry, 0), &out->file) &&
         hvci_read_number(reader, json_array_get(entry, 1), "a line",
                          &out->line) &&
         hvci_read_number(reader, json_array_get(entry, 2), "a column",
                          &out->column) &&
         hvci_read_number(reader, json_array_get(entry, 3), "a line",
                          &out->end_line) &&
         hvci_read_number(reader, json_array_get(entry, 4), "a column",
                          &out->end_column) &&
         hvci_read_string(reader, json_array_get(entry, 5), "an edit",
                          &out->text);
}

static bool read_fix(struct reader *reader, const json_t *fix,
                     struct hvci_record_finding *out) {
  if (fix)
    out->edits =
        hvci_read_each(reader, fix, "edits", HVCI_MAX_EDITS, sizeof *out->edits,
                       read_edit, NULL, &out->edit_count);
  return !fix || out->edits;
}

static bool read_crossing(struct reader *reader, json_t *value,
                          struct hvci_crossing *out) {
  return hvci_read_array(reader, value, "a crossing", 2, 2) &&
         hvci_read_bits(reader, json_array_get(value, 0), "an offset",
                        &out->offset) &&
         hvci_read_number(reader, json_array_get(value, 1), "a width",
                          &out->width);
}

// Slots that cross, one behind another: what draws them relies on it.
static bool do_cross(const struct hvci_crossings *crossings) {
  enum { PAGE = 4096 };
  uint64_t last = 0;
  for (uint32_t i = 0; i < crossings->shown; i++) {
    const struct hvci_crossing *slot = &crossings->slots[i];
    uint64_t begin = (crossings->start + slot->offset) % PAGE;
    if ((slot->width != 4 && slot->width != 8) ||
        slot->offset > UINT64_MAX / 2 || slot->offset < last ||
        begin + slot->width <= PAGE)
      return false;
    last = slot->offset;
  }
  return crossings->start < PAGE && crossings->shown <= crossings->count;
}

static bool read_crossings(struct reader *reader, json_t *value,
                           const struct hvci_crossings **out) {
  struct hvci_crossings *crossings;
  if (!value)
    return true;
  if (!hvci_read_array(reader, value, "a list of crossings", 2,
                       2 + HVCI_MAX_CROSSINGS) ||
      !(crossings = hvci_allocate(reader, 1, sizeof *crossings)) ||
      !hvci_read_number(reader, json_array_get(value, 0), "a start",
                        &crossings->start) ||
      !hvci_read_bits(reader, json_array_get(value, 1), "a count",
                      &crossings->count))
    return false;
  crossings->shown = (uint32_t)json_array_size(value) - 2;
  for (uint32_t i = 0; i < crossings->shown; i++)
    if (!read_crossing(reader, json_array_get(value, 2 + i),
                       &crossings->slots[i]))
      return false;
  *out = crossings;
  return do_cross(crossings) ||
         hvci_refuse(reader, "damaged record: a pointer crosses no page");
}

static bool read_finding(struct reader *reader, json_t *object, void *item,
                         const void *context) {
  struct hvci_record_finding *out = item;
  json_t *rule, *place = NULL, *anchor = NULL, *message, *notes = NULL;
  json_t *by = NULL, *fix = NULL, *crossings = NULL;
  int certain = 0;
  (void)context;
  if (!hvci_unpack(reader, object, "a finding",
                   "{s:o,s?b,s?o,s?o,s:o,s?o,s?o,s?o,s?o}", "rule", &rule,
                   "certain", &certain, "place", &place, "anchor", &anchor,
                   "message", &message, "notes", &notes, "by", &by, "fix", &fix,
                   "crossings", &crossings))
    return false;
  out->certainty = certain ? HVCI_CERTAIN : HVCI_POSSIBLE;
  if (notes)
    out->notes =
        hvci_read_each(reader, notes, "notes", HVCI_MAX_NOTES,
                       sizeof *out->notes, read_note, NULL, &out->note_count);
  return (!notes || out->notes) && hvci_read_rule(reader, rule, &out->rule) &&
         hvci_read_range(reader, place, &out->range) &&
         hvci_read_range(reader, anchor ? anchor : place, &out->anchor) &&
         hvci_read_string(reader, message, "a message", &out->message) &&
         hvci_read_by(reader, by, &out->by, &out->by_count) &&
         read_fix(reader, fix, out) &&
         read_crossings(reader, crossings, &out->crossings);
}

bool hvci_read_findings(struct reader *reader, const json_t *findings) {
  struct hvci_record *record = reader->record;
  record->findings = hvci_read_each(reader, findings, "findings", SIZE_MAX,
                                    sizeof *record->findings, read_finding,
                                    NULL, &record->finding_count);
  return record->findings != NULL;
}

// ---- claims ----------------------------------------------------------------

static bool read_text(struct reader *reader, const json_t *value,
                      const char *what, const char **out) {
  *out = "";
  return !value || hvci_read_string(reader, value, what, out);
}

static bool read_access(struct reader *reader, const json_t *value,
                        uint32_t *out) {
  json_int_t bits = 0;
  if (value &&
      !hvci_read_integer(reader, value, "an access", 0, ACCESS_MASK, &bits))
    return false;
  *out = (uint32_t)bits;
  return true;
}

// What a claim has beside its subject and its place.
enum claim_part {
  PART_SECTION = 1,
  PART_INTO = 2,
  PART_ACCESS = 4,
  PART_DENIED = 8,
  PART_ALIGNMENT = 16,
  PART_DEAD = 32
};

static const struct {
  unsigned must, may;
} claim_parts[] = {
    [HVCI_CLAIM_PRAGMA] = {PART_SECTION, PART_ACCESS},
    [HVCI_CLAIM_CONTENT] = {PART_SECTION, PART_ACCESS},
    [HVCI_CLAIM_ACCESS] = {PART_SECTION, PART_ACCESS | PART_DENIED |
                                             PART_ALIGNMENT | PART_DEAD},
    [HVCI_CLAIM_MERGE] = {PART_SECTION | PART_INTO, PART_DEAD},
    [HVCI_CLAIM_ALIGN] = {PART_ALIGNMENT, PART_DEAD},
};

static bool check_claim(struct reader *reader, const struct hvci_claim *claim) {
  unsigned has =
      (claim->section[0] ? PART_SECTION : 0) |
      (claim->into[0] ? PART_INTO : 0) | (claim->access ? PART_ACCESS : 0) |
      (claim->denied ? PART_DENIED : 0) |
      (claim->alignment ? PART_ALIGNMENT : 0) | (claim->dead ? PART_DEAD : 0);
  unsigned must = claim_parts[claim->kind].must;
  if ((has & must) == must && !(has & ~(must | claim_parts[claim->kind].may)) &&
      !(claim->access & claim->denied))
    return true;
  return hvci_refuse(reader,
                     "damaged record: a claim '%s' says too little or too much",
                     hvci_claim_names[claim->kind]);
}

static bool read_claim(struct reader *reader, json_t *object, void *item,
                       const void *context) {
  struct hvci_claim *out = item;
  json_t *section = NULL, *subject = NULL, *into = NULL, *access = NULL;
  json_t *denied = NULL, *alignment = NULL, *place = NULL;
  const char *kind;
  unsigned found;
  int dead = 0;
  (void)context;
  if (!hvci_unpack(reader, object, "a claim",
                   "{s:s,s?o,s?o,s?o,s?o,s?o,s?o,s?b,s?o}", "kind", &kind,
                   "section", &section, "subject", &subject, "into", &into,
                   "access", &access, "denied", &denied, "alignment",
                   &alignment, "dead", &dead, "place", &place) ||
      !hvci_read_word(reader, kind, hvci_claim_names, "claim", &found))
    return false;
  out->kind = (enum hvci_claim_kind)found;
  out->dead = dead;
  return read_text(reader, section, "a section", &out->section) &&
         read_text(reader, subject, "a subject", &out->subject) &&
         read_text(reader, into, "a section", &out->into) &&
         read_access(reader, access, &out->access) &&
         read_access(reader, denied, &out->denied) &&
         (!alignment ||
          hvci_read_bits(reader, alignment, "an alignment", &out->alignment)) &&
         hvci_read_range(reader, place, &out->range) &&
         check_claim(reader, out);
}

bool hvci_read_claims(struct reader *reader, const json_t *claims) {
  struct hvci_record *record = reader->record;
  record->claims =
      hvci_read_each(reader, claims, "claims", SIZE_MAX, sizeof *record->claims,
                     read_claim, NULL, &record->claim_count);
  return record->claims != NULL;
}
