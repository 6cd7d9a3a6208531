// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * hvci_read_places.c - the files, places and suppressions of a record.
 */
#include "reader.h"

#include "hvci/suppress.h"

bool hvci_read_range(struct reader *reader, const json_t *value,
                     struct hvci_range *out) {
  json_int_t number = 0;
  if (value &&
      !hvci_read_integer(reader, value, "a place", 0,
                         (json_int_t)reader->record->place_count, &number))
    return false;
  if (number > 0)
    out->begin = out->end = reader->record->first_place + (uint64_t)number - 1;
  return true;
}

static bool read_rules(struct reader *reader, const json_t *rules,
                       uint32_t *out) {
  if (rules &&
      !hvci_read_array(reader, rules, "suppressed rules", 0, HVCI_RULE_COUNT))
    return false;
  for (size_t i = 0; i < json_array_size(rules); i++) {
    enum hvci_rule rule;
    if (!hvci_read_rule(reader, json_array_get(rules, i), &rule))
      return false;
    *out |= UINT32_C(1) << rule;
  }
  return true;
}

static bool read_warnings(struct reader *reader, const json_t *warnings,
                          uint32_t *out) {
  if (warnings &&
      !hvci_read_array(reader, warnings, "suppressed warnings", 0, 32))
    return false;
  for (size_t i = 0; i < json_array_size(warnings); i++) {
    json_int_t number;
    if (!hvci_read_integer(reader, json_array_get(warnings, i), "a warning", 0,
                           UINT32_MAX, &number))
      return false;
    *out |= hvci_warning_bit((unsigned)number);
  }
  return true;
}

static bool read_suppression_number(struct reader *reader, json_t *value,
                                    void *out, const void *context) {
  (void)context;
  return hvci_read_number(reader, value, "a suppression's number", out) &&
         (*(uint32_t *)out < reader->record->suppression_count ||
          hvci_refuse(reader, "damaged record: there is no such suppression"));
}

bool hvci_read_by(struct reader *reader, const json_t *by, const uint32_t **out,
                  size_t *count) {
  if (by)
    *out =
        hvci_read_each(reader, by, "suppressions", UINT32_MAX, sizeof(uint32_t),
                       read_suppression_number, NULL, count);
  return !by || *out;
}

static bool read_file(struct reader *reader, json_t *value, void *out,
                      const void *context) {
  (void)context;
  return hvci_read_string(reader, value, "a file", out);
}

bool hvci_read_file_number(struct reader *reader, const json_t *value,
                           const char **out) {
  json_int_t file;
  if (!hvci_read_integer(reader, value, "a place's file", 0,
                         (json_int_t)reader->file_count - 1, &file))
    return false;
  *out = reader->files[file];
  return true;
}

static bool read_scope(struct reader *reader, json_t *entry, void *out,
                       const void *context) {
  struct scope *scope = out;
  (void)context;
  return hvci_read_array(reader, entry, "a scope", 3, 3) &&
         hvci_read_string(reader, json_array_get(entry, 0), "a scope",
                          &scope->name) &&
         hvci_read_number(reader, json_array_get(entry, 1), "a line",
                          &scope->first) &&
         hvci_read_number(reader, json_array_get(entry, 2), "a line",
                          &scope->last);
}

static bool read_end(struct reader *reader, const json_t *end,
                     struct hvci_place *place) {
  return hvci_read_array(reader, end, "an end", 2, 2) &&
         hvci_read_number(reader, json_array_get(end, 0), "a line",
                          &place->end_line) &&
         hvci_read_number(reader, json_array_get(end, 1), "a column",
                          &place->end_column);
}

static bool read_scope_number(struct reader *reader, const json_t *value,
                              struct hvci_place *place) {
  json_int_t number;
  if (!hvci_read_integer(reader, value, "a scope's number", 0,
                         (json_int_t)reader->scope_count - 1, &number))
    return false;
  place->scope = reader->scopes[number].name;
  place->scope_first = reader->scopes[number].first;
  place->scope_last = reader->scopes[number].last;
  return true;
}

static bool read_around(struct reader *reader, json_t *object,
                        struct hvci_place *place) {
  json_t *end = NULL, *scope = NULL, *words = NULL, *macro = NULL;
  json_t *rules = NULL, *warnings = NULL, *by = NULL;
  return hvci_unpack(reader, object, "a place", "{s?o,s?o,s?o,s?o,s?o,s?o,s?o}",
                     "end", &end, "scope", &scope, "words", &words, "macro",
                     &macro, "rules", &rules, "warnings", &warnings, "by",
                     &by) &&
         (!end || read_end(reader, end, place)) &&
         (!scope || read_scope_number(reader, scope, place)) &&
         (!words || hvci_read_string(reader, words, "words", &place->words)) &&
         hvci_read_range(reader, macro, &place->macro) &&
         read_rules(reader, rules, &place->rules) &&
         read_warnings(reader, warnings, &place->warnings) &&
         hvci_read_by(reader, by, &place->by, &place->by_count);
}

static bool read_place(struct reader *reader, json_t *entry, void *out,
                       const void *context) {
  struct hvci_place *place = out;
  (void)context;
  place->scope = place->words = "";
  return hvci_read_array(reader, entry, "a place", 3, 4) &&
         hvci_read_file_number(reader, json_array_get(entry, 0),
                               &place->file) &&
         hvci_read_number(reader, json_array_get(entry, 1), "a line",
                          &place->line) &&
         hvci_read_number(reader, json_array_get(entry, 2), "a column",
                          &place->column) &&
         (json_array_size(entry) == 3 ||
          read_around(reader, json_array_get(entry, 3), place));
}

bool hvci_read_files(struct reader *reader, const json_t *files) {
  reader->files =
      hvci_read_each(reader, files, "files", SIZE_MAX, sizeof(char *),
                     read_file, NULL, &reader->file_count);
  return reader->files != NULL;
}

bool hvci_read_places(struct reader *reader, const json_t *scopes,
                      const json_t *places) {
  struct hvci_record *record = reader->record;
  reader->scopes = hvci_read_each(reader, scopes, "scopes", UINT32_MAX,
                                  sizeof *reader->scopes, read_scope, NULL,
                                  &reader->scope_count);
  if (!reader->scopes)
    return false;
  // Places are numbers up to this, also those that are yet to be read.
  record->place_count = json_array_size(places);
  record->places = hvci_read_each(reader, places, "places", UINT32_MAX,
                                  sizeof *record->places, read_place, NULL,
                                  &record->place_count);
  return record->places != NULL;
}

// ---- suppressions ----------------------------------------------------------

static bool read_suppressed(struct reader *reader, json_t *object,
                            uint32_t *rules, uint32_t *warnings) {
  json_t *rule_names = NULL, *numbers = NULL;
  return hvci_unpack(reader, object, "what is idle", "{s?o,s?o}", "rules",
                     &rule_names, "warnings", &numbers) &&
         read_rules(reader, rule_names, rules) &&
         read_warnings(reader, numbers, warnings);
}

static bool read_position(struct reader *reader, const json_t *at,
                          struct hvci_suppression *out) {
  return hvci_read_array(reader, at, "a suppression's place", 3, 3) &&
         hvci_read_file_number(reader, json_array_get(at, 0), &out->file) &&
         hvci_read_number(reader, json_array_get(at, 1), "a line",
                          &out->line) &&
         hvci_read_number(reader, json_array_get(at, 2), "a column",
                          &out->column);
}

static bool read_suppression(struct reader *reader, json_t *object, void *item,
                             const void *context) {
  struct hvci_suppression *out = item;
  json_t *at, *rules = NULL, *warnings = NULL, *idle = NULL, *reason = NULL;
  json_t *until = NULL;
  const char *kind;
  unsigned found;
  (void)context;
  out->reason = "";
  if (!hvci_unpack(reader, object, "a suppression",
                   "{s:s,s:o,s?o,s?o,s?o,s?o,s?o}", "kind", &kind, "at", &at,
                   "rules", &rules, "warnings", &warnings, "idle", &idle,
                   "reason", &reason, "until", &until) ||
      !hvci_read_word(reader, kind, hvci_suppression_names, "suppression",
                      &found))
    return false;
  out->kind = (enum hvci_suppression_kind)found;
  return read_position(reader, at, out) &&
         read_rules(reader, rules, &out->rules) &&
         read_warnings(reader, warnings, &out->warnings) &&
         (!idle || read_suppressed(reader, idle, &out->idle_rules,
                                   &out->idle_warnings)) &&
         (!reason ||
          hvci_read_string(reader, reason, "a reason", &out->reason)) &&
         (!until || hvci_read_number(reader, until, "a date", &out->until));
}

bool hvci_read_suppressions(struct reader *reader, const json_t *list) {
  struct hvci_record *record = reader->record;
  record->suppressions = hvci_read_each(
      reader, list, "suppressions", UINT32_MAX, sizeof *record->suppressions,
      read_suppression, NULL, &record->suppression_count);
  return record->suppressions != NULL;
}
