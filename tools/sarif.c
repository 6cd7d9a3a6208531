// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * sarif.c - findings as a SARIF log.
 *
 * A result is written as soon as it is made: an image can have a million of
 * them.
 */
#include "sarif.h"

#include "command.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA                                                                 \
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"        \
  "sarif-schema-2.1.0.json"

// ---- text ------------------------------------------------------------------

// How many bytes at the start of the text are one character; 0: none are.
static size_t character_length(const char *text, size_t left) {
  for (size_t length = 1; length <= 4 && length <= left; length++) {
    json_t *character = json_stringn(text, length);
    if (character) {
      json_decref(character);
      return length;
    }
  }
  return 0;
}

static json_t *mended_string(const char *text) {
  static const char replacement[] = "\xEF\xBF\xBD";
  size_t left = strlen(text);
  char *out = need(malloc(3 * left + 1)), *end = out;
  while (left) {
    size_t length = character_length(text, left);
    size_t taken = length ? length : 1;
    size_t written = length ? length : 3;
    memcpy(end, length ? text : replacement, written);
    end += written;
    text += taken;
    left -= taken;
  }
  json_t *string = need(json_stringn(out, (size_t)(end - out)));
  free(out);
  return string;
}

static json_t *string(const char *text) {
  json_t *plain = json_string(text);
  return plain ? plain : mended_string(text);
}

static json_t *message(const char *text) {
  return need(json_pack("{s:o}", "text", string(text)));
}

// ---- places ----------------------------------------------------------------

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_separator(char c) { return c == '/' || c == '\\'; }

static bool has_drive(const char *path) {
  return is_letter(path[0]) && path[1] == ':' && is_separator(path[2]);
}

// What stands in front of the path, and how much of the path it replaces.
static const char *scheme_of(const char *path, size_t *skipped) {
  *skipped = 0;
  if (strncmp(path, "\\\\?\\", 4) == 0 && has_drive(path + 4))
    *skipped = 4;
  if (has_drive(path + *skipped))
    return "file:///";
  if (path[0] == '\\' && path[1] == '\\') {
    *skipped = 2; // the server is the URI's authority
    return "file://";
  }
  return path[0] == '/' ? "file://" : "";
}

static bool is_plain(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
}

char *sarif_uri(const char *path) {
  static const char digits[] = "0123456789ABCDEF";
  size_t skipped;
  const char *scheme = scheme_of(path, &skipped);
  path += skipped;
  size_t begun = strlen(scheme);
  char *uri = need(malloc(begun + 3 * strlen(path) + 1));
  char *end = uri + begun;
  memcpy(uri, scheme, begun);
  const char *colon = has_drive(path) ? path + 1 : NULL;
  for (; *path; path++) {
    unsigned char byte = (unsigned char)*path;
    if (is_plain(*path) || path == colon) {
      *end++ = *path;
    } else if (*path == '\\') {
      *end++ = '/';
    } else {
      *end++ = '%';
      *end++ = digits[byte >> 4];
      *end++ = digits[byte & 15];
    }
  }
  *end = '\0';
  return uri;
}

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
                          string(spot->section)) != 0)
    need(NULL);
  return address;
}

static json_t *region(const struct spot *spot) {
  json_t *region =
      need(json_pack("{s:I}", "startLine", (json_int_t)spot->line));
  if (spot->column && json_object_set_new(region, "startColumn",
                                          json_integer(spot->column)) != 0)
    need(NULL);
  return region;
}

// NULL: there is no place.
static json_t *physical_location(const struct spot *spot, enum hvci_rule rule) {
  if (!spot->file || !spot->file[0])
    return NULL;
  char *uri = sarif_uri(spot->file);
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

static json_t *rules(void) {
  json_t *list = need(json_array());
  for (int r = 0; r < HVCI_RULE_COUNT; r++) {
    enum hvci_rule rule = (enum hvci_rule)r;
    unsigned code = hvci_rule_verifier_code(rule);
    char digits[16];
    json_t *row =
        need(json_pack("{s:s, s:o}", "id", hvci_rule_name(rule),
                       "shortDescription", message(hvci_rule_summary(rule))));
    (void)snprintf(digits, sizeof digits, "0x%X", code);
    if (code &&
        json_object_set_new(row, "properties",
                            json_pack("{s:s}", "verifierCode", digits)) != 0)
      need(NULL);
    if (json_array_append_new(list, row) != 0)
      need(NULL);
  }
  return list;
}

static json_t *tool(void) {
  return need(json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "hvcilint",
                        "version", HVCI_VERSION, "rules", rules()));
}

static json_t *result(const struct told *told,
                      const struct hvci_options *options) {
  bool error = options->error >> told->rule & 1;
  bool certain = told->certainty == HVCI_CERTAIN;
  return need(json_pack(
      "{s:s, s:i, s:s, s:o, s:o, s:o*, s:{s:s}}", "ruleId",
      hvci_rule_name(told->rule), "ruleIndex", (int)told->rule, "level",
      error ? "error" : "warning", "message", message(told->message),
      "locations", locations(told), "relatedLocations",
      told->note_count ? related_locations(told) : NULL, "properties",
      "certainty", certain ? "certain" : "possible"));
}

// Frees the value.
static bool dump(json_t *value, FILE *out) {
  bool good = json_dumpf(value, out, JSON_COMPACT) == 0;
  json_decref(value);
  return good;
}

bool sarif_write(const struct report *report,
                 const struct hvci_options *options, FILE *out) {
  (void)fputs("{\"$schema\":\"" SCHEMA "\",\n\"version\":\"2.1.0\",\n"
              "\"runs\":[{\"tool\":",
              out);
  bool good = dump(tool(), out);
  (void)fprintf(out, ",\n\"invocations\":[{\"executionSuccessful\":%s}]",
                report->incomplete ? "false" : "true");
  (void)fputs(",\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[", out);
  for (size_t i = 0; good && i < report->count; i++) {
    (void)fputs(i ? ",\n" : "\n", out);
    good = dump(result(&report->findings[i], options), out);
  }
  return fputs("]}]}\n", out) >= 0 && good && !ferror(out);
}
