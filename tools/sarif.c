// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * sarif.c - findings as a SARIF log.
 *
 * A result is written as soon as it is made: an image can have a million of
 * them.
 */
#include "sarif.h"

#include "command.h"
#include "file_uri.h"
#include "pages.h"
#include "text_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA                                                                 \
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"        \
  "sarif-schema-2.1.0.json"

// ---- text ------------------------------------------------------------------

static void set(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new(object, key, value) != 0)
    need(NULL);
}

static void append(json_t *array, json_t *value) {
  if (json_array_append_new(array, value) != 0)
    need(NULL);
}

static json_t *message(const char *text) {
  return need(json_pack("{s:o}", "text", text_json(text)));
}

// ---- places ----------------------------------------------------------------

// Whether the rule is about sections, not about something that lies in one:
// Driver Verifier names the section with these stops.
static bool is_of_sections(enum hvci_rule rule) {
  unsigned code = hvci_rule_verifier_code(rule);
  return code >= 0x2003 && code <= 0x2005;
}

static json_t *address(const struct spot *spot, enum hvci_rule rule) {
  json_t *address =
      need(json_pack("{s:I}", "relativeAddress", (json_int_t)spot->address));
  bool is_section = is_of_sections(rule);
  if (!spot->section || !spot->section[0])
    return address;
  if (json_object_set_new(address, "kind",
                          json_string(is_section ? "section" : "data")) != 0 ||
      json_object_set_new(address, is_section ? "name" : "fullyQualifiedName",
                          text_json(spot->section)) != 0)
    need(NULL);
  return address;
}

static json_t *region(const struct spot *spot) {
  json_t *region =
      need(json_pack("{s:I}", "startLine", (json_int_t)spot->line));
  if (spot->column)
    set(region, "startColumn", json_integer(spot->column));
  if (spot->column && spot->end_line) {
    set(region, "endLine", json_integer(spot->end_line));
    set(region, "endColumn", json_integer(spot->end_column));
  }
  return region;
}

// NULL: there is no place.
static json_t *physical_location(const struct spot *spot, enum hvci_rule rule) {
  if (!spot->file || !spot->file[0])
    return NULL;
  char *uri = file_uri(spot->file);
  json_t *place = need(json_pack("{s:{s:s}}", "artifactLocation", "uri", uri));
  free(uri);
  if (spot->line && json_object_set_new(place, "region", region(spot)) != 0)
    need(NULL);
  if (spot->has_address &&
      json_object_set_new(place, "address", address(spot, rule)) != 0)
    need(NULL);
  return place;
}

static json_t *locations(const struct told *told) {
  json_t *list = need(json_array());
  json_t *place = physical_location(&told->spot, told->rule);
  if (place && json_array_append_new(
                   list, json_pack("{s:o}", "physicalLocation", place)) != 0)
    need(NULL);
  return list;
}

// A note without a place of its own is one of the finding's.
static json_t *related_locations(const struct told *told) {
  json_t *list = need(json_array());
  for (size_t i = 0; i < told->note_count; i++) {
    const struct told_note *note = &told->notes[i];
    json_t *place = physical_location(
        note->spot.file ? &note->spot : &told->spot, told->rule);
    json_t *location = need(json_object());
    if ((place &&
         json_object_set_new(location, "physicalLocation", place) != 0) ||
        json_object_set_new(location, "message", message(note->text)) != 0 ||
        json_array_append_new(list, location) != 0)
      need(NULL);
  }
  return list;
}

// ---- the run ---------------------------------------------------------------

// What Microsoft says of all rules.
#define HELP                                                                   \
  "https://learn.microsoft.com/windows-hardware/drivers/driversecurity/"       \
  "implement-hvci-compatible-code"

#define SUPPRESSION_RULE "hvci-suppression"

static json_t *help_of(enum hvci_rule rule, unsigned code) {
  char *text, verifier[64] = "";
  if (code)
    (void)snprintf(verifier, sizeof verifier,
                   " Driver Verifier stops with 0xC4, 0x%X.", code);
  if (asprintf(&text,
               "Memory integrity refuses it: %s.%s "
               "hvcilint's docs/rules/%s.md tells how to mend it.",
               hvci_rule_summary(rule), verifier, hvci_rule_name(rule)) < 0)
    need(NULL);
  json_t *help = message(text);
  free(text);
  return help;
}

// The rule's page, where it is installed.
static void add_page(json_t *row, enum hvci_rule rule) {
  char *page = page_of_rule(rule);
  if (!page)
    return;
  char *uri = page_reference(page);
  if (uri[0])
    set(row, "helpUri", json_string(uri));
  page_unlink(page);
  set(json_object_get(row, "help"), "markdown", text_json(page));
  free(uri);
  free(page);
}

// Decisions speak of suppressions too.
static json_t *rules(bool decided) {
  json_t *list = need(json_array());
  for (int r = 0; r < HVCI_RULE_COUNT; r++) {
    enum hvci_rule rule = (enum hvci_rule)r;
    unsigned code = hvci_rule_verifier_code(rule);
    char digits[16];
    json_t *row =
        need(json_pack("{s:s, s:o}", "id", hvci_rule_name(rule),
                       "shortDescription", message(hvci_rule_summary(rule))));
    (void)snprintf(digits, sizeof digits, "0x%X", code);
    set(row, "help", help_of(rule, code));
    set(row, "helpUri", json_string(HELP));
    add_page(row, rule);
    if (code)
      set(row, "properties", json_pack("{s:s}", "verifierCode", digits));
    append(list, row);
  }
  if (decided)
    append(list, need(json_pack(
                     "{s:s, s:o, s:o, s:s}", "id", SUPPRESSION_RULE,
                     "shortDescription", message("a suppression has no effect"),
                     "help", message("No configuration needs it: remove it."),
                     "helpUri", HELP)));
  return list;
}

static json_t *tool(bool decided) {
  return need(json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "hvcilint",
                        "version", HVCI_VERSION, "rules", rules(decided)));
}

static json_t *result(const struct told *told,
                      const struct hvci_options *options) {
  bool error = told->level == TOLD_ERROR || (told->level == TOLD_DEFAULT &&
                                             options->error >> told->rule & 1);
  bool certain = told->certainty == HVCI_CERTAIN;
  return need(json_pack(
      "{s:s, s:i, s:s, s:o, s:o, s:o*, s:{s:s}}", "ruleId",
      hvci_rule_name(told->rule), "ruleIndex", (int)told->rule, "level",
      error ? "error" : "warning", "message", message(told->message),
      "locations", locations(told), "relatedLocations",
      told->note_count ? related_locations(told) : NULL, "properties",
      "certainty", certain ? "certain" : "possible"));
}

// ---- what a decision adds --------------------------------------------------

// GitHub refuses more of one result.
enum { MOST_LOCATIONS = 1000 };

static json_t *replacement_of(const struct hvci_record_edit *edit) {
  return need(json_pack(
      "{s:{s:I,s:I,s:I,s:I}, s:o}", "deletedRegion", "startLine",
      (json_int_t)edit->line, "startColumn", (json_int_t)edit->column,
      "endLine", (json_int_t)edit->end_line, "endColumn",
      (json_int_t)edit->end_column, "insertedContent", message(edit->text)));
}

// Edits of one file are one change.
static json_t *fixes(const struct told *told) {
  json_t *changes = need(json_array());
  for (size_t i = 0; i < told->edit_count;) {
    json_t *replacements = need(json_array());
    const char *file = told->edits[i].file;
    for (; i < told->edit_count && strcmp(told->edits[i].file, file) == 0; i++)
      append(replacements, replacement_of(&told->edits[i]));
    char *uri = file_uri(file);
    append(changes, need(json_pack("{s:{s:s}, s:o}", "artifactLocation", "uri",
                                   uri, "replacements", replacements)));
    free(uri);
  }
  return need(json_pack("[{s:o, s:o}]", "description",
                        message("what hvcilint would write"), "artifactChanges",
                        changes));
}

static json_t *step_of(const struct told *told, const struct spot *spot,
                       const char *text) {
  json_t *place = physical_location(spot, told->rule);
  return need(json_pack("{s:{s:o*, s:o}}", "location", "physicalLocation",
                        place, "message", message(text)));
}

// The way of the value: from the finding through the notes that have a place.
static json_t *code_flows(const struct told *told) {
  json_t *steps = need(json_array());
  append(steps, step_of(told, &told->spot, told->message));
  for (size_t i = 0; i < told->note_count; i++)
    if (told->notes[i].spot.file)
      append(steps, step_of(told, &told->notes[i].spot, told->notes[i].text));
  return need(json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", steps));
}

static json_t *suppressions(const struct told *told) {
  json_t *list = need(json_array());
  for (size_t i = 0; i < told->by_count; i++) {
    const struct told_suppression *by = told->by[i];
    json_t *one = need(json_pack(
        "{s:s, s:s, s:{s:o*}}", "kind", "inSource", "status",
        by->rejected ? "rejected" : "accepted", "location", "physicalLocation",
        physical_location(&by->spot, told->rule)));
    if (by->reason[0])
      set(one, "justification", text_json(by->reason));
    if (by->until) {
      char day[48];
      (void)snprintf(day, sizeof day, "%04u-%02u-%02u", by->until / 10000,
                     by->until / 100 % 100, by->until % 100);
      set(one, "properties", json_pack("{s:s}", "until", day));
    }
    append(list, one);
  }
  return list;
}

static void add_decision(json_t *result, const struct told *told,
                         const struct sarif_decision *decision) {
  char hash[64] = "";
  json_t *prints = need(json_pack("{s:s}", "hvcilint/v1", told->fingerprint));
  decision->line_hash(hash, sizeof hash, told, decision->payload);
  if (hash[0])
    set(prints, "primaryLocationLineHash", json_string(hash));
  set(result, "partialFingerprints", prints);
  if (told->state != TOLD_ALONE)
    set(result, "baselineState",
        json_string(told->state == TOLD_KNOWN ? "unchanged" : "new"));
  if (told->edit_count)
    set(result, "fixes", fixes(told));
  if (told->note_count)
    set(result, "codeFlows", code_flows(told));
  if (told->by_count && !decision->github)
    set(result, "suppressions", suppressions(told));
  if (told->why)
    set(json_object_get(result, "properties"), "change", text_json(told->why));
}

static json_t *stale_result(const struct told_suppression *one) {
  json_t *locations = need(json_array());
  json_t *place = physical_location(&one->spot, HVCI_RULE_EXECUTE_POOL_TYPE);
  append(locations, json_pack("{s:o*}", "physicalLocation", place));
  return need(
      json_pack("{s:s, s:i, s:s, s:o, s:o}", "ruleId", SUPPRESSION_RULE,
                "ruleIndex", (int)HVCI_RULE_COUNT, "level", "note", "message",
                message("the suppression has no effect in any configuration"),
                "locations", locations));
}

// What could not be analysed.
static json_t *notifications(const struct report *report) {
  json_t *list = need(json_array());
  for (size_t i = 0; i < report->failure_count; i++) {
    const struct told_failure *failure = &report->failures[i];
    char *text, *uri = file_uri(failure->source);
    if (asprintf(&text, "not analysed (%s%s%s)%s%s", failure->status,
                 failure->configuration[0] ? ", " : "", failure->configuration,
                 failure->error[0] ? ": " : "", failure->error) < 0)
      need(NULL);
    append(list,
           need(json_pack("{s:s, s:o, s:[{s:{s:{s:s}}}]}", "level", "error",
                          "message", message(text), "locations",
                          "physicalLocation", "artifactLocation", "uri", uri)));
    free(uri);
    free(text);
  }
  return list;
}

// Frees the value.
static bool dump(json_t *value, FILE *out) {
  bool good = json_dumpf(value, out, JSON_COMPACT) == 0;
  json_decref(value);
  return good;
}

static json_t *full_result(const struct told *told,
                           const struct hvci_options *options,
                           const struct sarif_decision *decision) {
  struct told shown = *told;
  if (decision && decision->github && shown.note_count >= MOST_LOCATIONS)
    shown.note_count = MOST_LOCATIONS - 1;
  if (decision && decision->brief)
    shown.note_count = shown.edit_count = 0;
  json_t *object = result(&shown, options);
  if (decision)
    add_decision(object, &shown, decision);
  return object;
}

static bool is_told(const struct sarif_decision *decision,
                    const struct told_suppression *suppression, size_t count) {
  return decision->is_stale(suppression) &&
         (!decision->most || count < decision->most);
}

static bool write_results(const struct report *report,
                          const struct hvci_options *options,
                          const struct sarif_decision *decision, FILE *out) {
  const char *comma = "\n";
  const size_t *order = decision ? decision->order : NULL;
  size_t count = order ? decision->order_count : report->count;
  bool good = true;
  for (size_t i = 0; good && i < count; i++) {
    const struct told *told = &report->findings[order ? order[i] : i];
    (void)fputs(comma, out);
    good = dump(full_result(told, options, decision), out);
    comma = ",\n";
  }
  for (size_t i = 0; good && decision && i < decision->suppression_count; i++) {
    if (!is_told(decision, decision->suppressions[i], count))
      continue;
    (void)fputs(comma, out);
    good = dump(stale_result(decision->suppressions[i]), out);
    comma = ",\n";
    count++;
  }
  return good;
}

bool sarif_write_decision(const struct report *report,
                          const struct hvci_options *options,
                          const struct sarif_decision *decision, FILE *out) {
  (void)fputs("{\"$schema\":\"" SCHEMA "\",\n\"version\":\"2.1.0\",\n"
              "\"runs\":[{\"tool\":",
              out);
  bool good = dump(tool(decision != NULL), out);
  (void)fprintf(out, ",\n\"invocations\":[{\"executionSuccessful\":%s",
                report->incomplete ? "false" : "true");
  if (report->failure_count) {
    (void)fputs(",\"toolExecutionNotifications\":", out);
    good &= dump(notifications(report), out);
  }
  (void)fputs("}],\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[", out);
  good = good && write_results(report, options, decision, out);
  return fputs("]}]}\n", out) >= 0 && good && !ferror(out);
}

bool sarif_write(const struct report *report,
                 const struct hvci_options *options, FILE *out) {
  return sarif_write_decision(report, options, NULL, out);
}
