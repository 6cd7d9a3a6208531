// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read.c - a record from bytes that may come from anyone.
 *
 * Nothing is believed: each number is held against its bounds, each object
 * against the keys that it may have. The first fault refuses the record.
 */
#include "format.h"

#include "hvci/record.h"
#include "hvci/suppress.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "{\"format\":\"" RECORD_FORMAT "\",\"version\":"

#define MAX_PARAMETERS 1024

struct chunk {
  struct chunk *next;
  alignas(max_align_t) char bytes[];
};

// The record and what it is made of: freed together.
struct storage {
  struct hvci_record record;
  struct chunk *chunks;
  size_t left; // bytes at the end of the newest chunk
  char *free;
};

struct scope {
  const char *name;
  uint32_t first, last; // lines
};

struct reader {
  struct storage *storage;
  struct hvci_record *record;
  const char **files;
  size_t file_count;
  struct scope *scopes;
  size_t scope_count;
  char *error;
  size_t error_size;
};

// Keeps what was said first. Always false.
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static bool refuse(struct reader *reader, const char *format, ...) {
  va_list arguments;
  if (reader->error[0])
    return false;
  va_start(arguments, format);
  (void)vsnprintf(reader->error, reader->error_size, format, arguments);
  va_end(arguments);
  return false;
}

// Zeroed; NULL if memory ran out.
static void *allocate(struct reader *reader, size_t count, size_t size) {
  enum { CHUNK_BYTES = 1 << 16 };
  struct storage *storage = reader->storage;
  size_t align = alignof(max_align_t);
  size_t bytes = (count * size + align) / align * align;
  if (count > SIZE_MAX / 2 / size) {
    refuse(reader, "memory ran out");
    return NULL;
  }
  if (bytes > storage->left) {
    size_t room = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    struct chunk *chunk = calloc(1, sizeof *chunk + room);
    if (!chunk) {
      refuse(reader, "memory ran out");
      return NULL;
    }
    chunk->next = storage->chunks;
    storage->chunks = chunk;
    storage->free = chunk->bytes;
    storage->left = room;
  }
  void *result = storage->free;
  storage->free += bytes;
  storage->left -= bytes;
  return result;
}

// ---- simple values ---------------------------------------------------------

static bool read_integer(struct reader *reader, const json_t *value,
                         const char *what, json_int_t least, json_int_t most,
                         json_int_t *out) {
  *out = 0;
  if (!json_is_integer(value))
    return refuse(reader, "damaged record: %s is not an integer", what);
  *out = json_integer_value(value);
  if (*out < least || *out > most)
    return refuse(reader, "damaged record: %s is %lld, which is out of bounds",
                  what, (long long)*out);
  return true;
}

static bool read_bits(struct reader *reader, const json_t *value,
                      const char *what, uint64_t *out) {
  if (!json_is_integer(value))
    return refuse(reader, "damaged record: %s is not an integer", what);
  *out = (uint64_t)json_integer_value(value);
  return true;
}

static bool read_bytes(struct reader *reader, const json_t *object,
                       const char *what, const char **out) {
  const char *digits = json_string_value(json_object_get(object, KEY_BYTES));
  size_t length = digits ? strlen(digits) : 1;
  if (length % 2 != 0 || json_object_size(object) != 1)
    return refuse(reader, "damaged record: %s is not a text", what);
  char *text = allocate(reader, length / 2 + 1, 1);
  for (size_t i = 0; text && i < length / 2; i++) {
    unsigned byte = 0;
    if (strspn(digits + 2 * i, "0123456789abcdef") < 2 ||
        sscanf(digits + 2 * i, "%2x", &byte) != 1 || byte == 0)
      return refuse(reader, "damaged record: %s is not a text", what);
    text[i] = (char)byte;
  }
  *out = text;
  return text != NULL;
}

// Each string is copied: the JSON is gone before the record is.
static bool read_string(struct reader *reader, const json_t *value,
                        const char *what, const char **out) {
  if (json_is_object(value))
    return read_bytes(reader, value, what, out);
  if (!json_is_string(value))
    return refuse(reader, "damaged record: %s is not a text", what);
  size_t length = json_string_length(value);
  char *text = allocate(reader, length + 1, 1);
  if (!text)
    return false;
  memcpy(text, json_string_value(value), length + 1);
  *out = text;
  return true;
}

static bool read_array(struct reader *reader, const json_t *value,
                       const char *what, size_t least, size_t most) {
  if (!json_is_array(value) || json_array_size(value) < least ||
      json_array_size(value) > most)
    return refuse(reader, "damaged record: %s is not an array as it should be",
                  what);
  return true;
}

// The object's members, as by json_unpack(), and no others.
static bool unpack(struct reader *reader, json_t *object, const char *what,
                   const char *format, ...) {
  json_error_t error;
  va_list arguments;
  va_start(arguments, format);
  int status = json_vunpack_ex(object, &error, JSON_STRICT, format, arguments);
  va_end(arguments);
  return status == 0 ||
         refuse(reader, "damaged record: %s: %s", what, error.text);
}

static bool find_word(struct reader *reader, const char *word,
                      const char *const *words, const char *what,
                      unsigned *out) {
  *out = 0;
  for (unsigned i = 0; words[i]; i++)
    if (strcmp(words[i], word) == 0) {
      *out = i;
      return true;
    }
  return refuse(reader, "damaged record: unknown %s '%.60s'", what, word);
}

static bool read_rule(struct reader *reader, const json_t *value,
                      enum hvci_rule *out) {
  *out = HVCI_RULE_COUNT;
  const char *name = json_string_value(value);
  if (!name)
    return refuse(reader, "damaged record: a rule is not a text");
  *out = hvci_rule_find(name, strlen(name));
  return *out != HVCI_RULE_COUNT ||
         refuse(reader, "this hvcilint does not know the rule '%.60s'", name);
}

// Reads an item into zeroed memory; `context` is read_each()'s.
typedef bool (*read_fn)(struct reader *reader, json_t *value, void *out,
                        const void *context);

// The items of an array of at most that many; NULL if it is refused.
static void *read_each(struct reader *reader, const json_t *array,
                       const char *what, size_t most, size_t size, read_fn read,
                       const void *context, size_t *count) {
  if (!read_array(reader, array, what, 0, most))
    return NULL;
  size_t length = json_array_size(array);
  char *items = allocate(reader, length, size);
  for (size_t i = 0; items && i < length; i++)
    if (!read(reader, json_array_get(array, i), items + i * size, context))
      return NULL;
  *count = length;
  return items;
}

// ---- places ----------------------------------------------------------------

// A place's number, or NULL for none.
static bool read_range(struct reader *reader, const json_t *value,
                       struct hvci_range *out) {
  json_int_t number = 0;
  if (value && !read_integer(reader, value, "a place", 0,
                             (json_int_t)reader->record->place_count, &number))
    return false;
  if (number > 0)
    out->begin = out->end = reader->record->first_place + (uint64_t)number - 1;
  return true;
}

static bool read_rules(struct reader *reader, const json_t *rules,
                       uint32_t *out) {
  if (rules &&
      !read_array(reader, rules, "suppressed rules", 0, HVCI_RULE_COUNT))
    return false;
  for (size_t i = 0; i < json_array_size(rules); i++) {
    enum hvci_rule rule;
    if (!read_rule(reader, json_array_get(rules, i), &rule))
      return false;
    *out |= UINT32_C(1) << rule;
  }
  return true;
}

static bool read_warnings(struct reader *reader, const json_t *warnings,
                          uint32_t *out) {
  if (warnings && !read_array(reader, warnings, "suppressed warnings", 0, 32))
    return false;
  for (size_t i = 0; i < json_array_size(warnings); i++) {
    json_int_t number;
    if (!read_integer(reader, json_array_get(warnings, i), "a warning", 0,
                      UINT32_MAX, &number))
      return false;
    *out |= hvci_warning_bit((unsigned)number);
  }
  return true;
}

static bool read_number(struct reader *reader, const json_t *value,
                        const char *what, uint32_t *out) {
  json_int_t number;
  if (!read_integer(reader, value, what, 0, UINT32_MAX, &number))
    return false;
  *out = (uint32_t)number;
  return true;
}

static bool read_suppression_number(struct reader *reader, json_t *value,
                                    void *out, const void *context) {
  (void)context;
  return read_number(reader, value, "a suppression's number", out) &&
         (*(uint32_t *)out < reader->record->suppression_count ||
          refuse(reader, "damaged record: there is no such suppression"));
}

static bool read_by(struct reader *reader, const json_t *by,
                    const uint32_t **out, size_t *count) {
  if (by)
    *out = read_each(reader, by, "suppressions", UINT32_MAX, sizeof(uint32_t),
                     read_suppression_number, NULL, count);
  return !by || *out;
}

static bool read_file(struct reader *reader, json_t *value, void *out,
                      const void *context) {
  (void)context;
  return read_string(reader, value, "a file", out);
}

static bool read_file_number(struct reader *reader, const json_t *value,
                             const char **out) {
  json_int_t file;
  if (!read_integer(reader, value, "a place's file", 0,
                    (json_int_t)reader->file_count - 1, &file))
    return false;
  *out = reader->files[file];
  return true;
}

static bool read_scope(struct reader *reader, json_t *entry, void *out,
                       const void *context) {
  struct scope *scope = out;
  (void)context;
  return read_array(reader, entry, "a scope", 3, 3) &&
         read_string(reader, json_array_get(entry, 0), "a scope",
                     &scope->name) &&
         read_number(reader, json_array_get(entry, 1), "a line",
                     &scope->first) &&
         read_number(reader, json_array_get(entry, 2), "a line", &scope->last);
}

static bool read_end(struct reader *reader, const json_t *end,
                     struct hvci_place *place) {
  return read_array(reader, end, "an end", 2, 2) &&
         read_number(reader, json_array_get(end, 0), "a line",
                     &place->end_line) &&
         read_number(reader, json_array_get(end, 1), "a column",
                     &place->end_column);
}

static bool read_scope_number(struct reader *reader, const json_t *value,
                              struct hvci_place *place) {
  json_int_t number;
  if (!read_integer(reader, value, "a scope's number", 0,
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
  return unpack(reader, object, "a place", "{s?o,s?o,s?o,s?o,s?o,s?o,s?o}",
                "end", &end, "scope", &scope, "words", &words, "macro", &macro,
                "rules", &rules, "warnings", &warnings, "by", &by) &&
         (!end || read_end(reader, end, place)) &&
         (!scope || read_scope_number(reader, scope, place)) &&
         (!words || read_string(reader, words, "words", &place->words)) &&
         read_range(reader, macro, &place->macro) &&
         read_rules(reader, rules, &place->rules) &&
         read_warnings(reader, warnings, &place->warnings) &&
         read_by(reader, by, &place->by, &place->by_count);
}

static bool read_place(struct reader *reader, json_t *entry, void *out,
                       const void *context) {
  struct hvci_place *place = out;
  (void)context;
  place->scope = place->words = "";
  return read_array(reader, entry, "a place", 3, 4) &&
         read_file_number(reader, json_array_get(entry, 0), &place->file) &&
         read_number(reader, json_array_get(entry, 1), "a line",
                     &place->line) &&
         read_number(reader, json_array_get(entry, 2), "a column",
                     &place->column) &&
         (json_array_size(entry) == 3 ||
          read_around(reader, json_array_get(entry, 3), place));
}

static bool read_files(struct reader *reader, const json_t *files) {
  reader->files = read_each(reader, files, "files", SIZE_MAX, sizeof(char *),
                            read_file, NULL, &reader->file_count);
  return reader->files != NULL;
}

static bool read_places(struct reader *reader, const json_t *scopes,
                        const json_t *places) {
  struct hvci_record *record = reader->record;
  reader->scopes =
      read_each(reader, scopes, "scopes", UINT32_MAX, sizeof *reader->scopes,
                read_scope, NULL, &reader->scope_count);
  if (!reader->scopes)
    return false;
  // Places are numbers up to this, also those that are yet to be read.
  record->place_count = json_array_size(places);
  record->places =
      read_each(reader, places, "places", UINT32_MAX, sizeof *record->places,
                read_place, NULL, &record->place_count);
  return record->places != NULL;
}

// ---- suppressions ----------------------------------------------------------

static bool read_suppressed(struct reader *reader, json_t *object,
                            uint32_t *rules, uint32_t *warnings) {
  json_t *rule_names = NULL, *numbers = NULL;
  return unpack(reader, object, "what is idle", "{s?o,s?o}", "rules",
                &rule_names, "warnings", &numbers) &&
         read_rules(reader, rule_names, rules) &&
         read_warnings(reader, numbers, warnings);
}

static bool read_position(struct reader *reader, const json_t *at,
                          struct hvci_suppression *out) {
  return read_array(reader, at, "a suppression's place", 3, 3) &&
         read_file_number(reader, json_array_get(at, 0), &out->file) &&
         read_number(reader, json_array_get(at, 1), "a line", &out->line) &&
         read_number(reader, json_array_get(at, 2), "a column", &out->column);
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
  if (!unpack(reader, object, "a suppression", "{s:s,s:o,s?o,s?o,s?o,s?o,s?o}",
              "kind", &kind, "at", &at, "rules", &rules, "warnings", &warnings,
              "idle", &idle, "reason", &reason, "until", &until) ||
      !find_word(reader, kind, hvci_suppression_names, "suppression", &found))
    return false;
  out->kind = (enum hvci_suppression_kind)found;
  return read_position(reader, at, out) &&
         read_rules(reader, rules, &out->rules) &&
         read_warnings(reader, warnings, &out->warnings) &&
         (!idle || read_suppressed(reader, idle, &out->idle_rules,
                                   &out->idle_warnings)) &&
         (!reason || read_string(reader, reason, "a reason", &out->reason)) &&
         (!until || read_number(reader, until, "a date", &out->until));
}

static bool read_suppressions(struct reader *reader, const json_t *list) {
  struct hvci_record *record = reader->record;
  record->suppressions = read_each(
      reader, list, "suppressions", UINT32_MAX, sizeof *record->suppressions,
      read_suppression, NULL, &record->suppression_count);
  return record->suppressions != NULL;
}

// ---- values ----------------------------------------------------------------

static bool read_guard(struct reader *reader, const json_t *value,
                       struct hvci_predicate *out) {
  const json_t *equal = json_array_get(value, 2);
  if (!read_array(reader, value, "a guard", 3, 3) ||
      !read_bits(reader, json_array_get(value, 0), "a mask", &out->mask) ||
      !read_bits(reader, json_array_get(value, 1), "a value", &out->want))
    return false;
  out->equal = json_is_true(equal);
  return json_is_boolean(equal) ||
         refuse(reader, "damaged record: a guard says neither");
}

static bool read_guards(struct reader *reader, const json_t *guards,
                        struct hvci_alternative *out) {
  if (!read_array(reader, guards, "guards", 0, HVCI_MAX_GUARDS))
    return false;
  out->guard_count = (uint32_t)json_array_size(guards);
  for (size_t i = 0; i < out->guard_count; i++)
    if (!read_guard(reader, json_array_get(guards, i), &out->guards[i]))
      return false;
  return true;
}

static bool read_base(struct reader *reader, const json_t *entry,
                      size_t site_count, struct hvci_alternative *out) {
  json_int_t base;
  if (!read_integer(reader, json_array_get(entry, 3), "a base",
                    site_count ? (json_int_t)HVCI_RESULT_OF(site_count - 1) : 0,
                    MAX_PARAMETERS, &base))
    return false;
  if (base == HVCI_NO_BASE)
    return refuse(reader, "damaged record: a base is none");
  out->base = (int32_t)base;
  return read_guards(reader, json_array_get(entry, 4), out);
}

static bool read_alternative(struct reader *reader, const json_t *entry,
                             size_t site_count, size_t term_count,
                             struct hvci_alternative *out) {
  json_int_t terms;
  if (!read_array(reader, entry, "an alternative", 3, 5) ||
      json_array_size(entry) == 4 ||
      !read_bits(reader, json_array_get(entry, 0), "ones", &out->ones) ||
      !read_bits(reader, json_array_get(entry, 1), "zeros", &out->zeros) ||
      !read_integer(reader, json_array_get(entry, 2), "terms", 0,
                    (INT64_C(1) << term_count) - 1, &terms))
    return refuse(reader, "damaged record: an alternative is too short");
  if (out->ones & out->zeros)
    return refuse(reader, "damaged record: a bit is both one and zero");
  out->terms = (uint32_t)terms;
  out->base = HVCI_NO_BASE;
  return json_array_size(entry) == 3 ||
         read_base(reader, entry, site_count, out);
}

static bool read_term(struct reader *reader, json_t *object, void *item,
                      const void *context) {
  struct hvci_term *out = item;
  json_t *written, *constant = NULL, *type = NULL, *value;
  json_t *place = NULL, *origin = NULL;
  int literal = 0;
  (void)context;
  if (!unpack(reader, object, "a term", "{s:o,s?o,s?o,s:o,s?o,s?o,s?b}",
              "written", &written, "constant", &constant, "type", &type,
              "value", &value, "place", &place, "origin", &origin, "literal",
              &literal))
    return false;
  out->type = "";
  out->literal = literal;
  if (!read_string(reader, written, "a term", &out->written))
    return false;
  out->constant = out->written;
  return (!constant ||
          read_string(reader, constant, "a constant", &out->constant)) &&
         (!type || read_string(reader, type, "a type", &out->type)) &&
         read_bits(reader, value, "a term's value", &out->value) &&
         read_range(reader, place, &out->range) &&
         read_range(reader, origin, &out->origin);
}

static void unknown_argument(struct hvci_argument *out) {
  *out = (struct hvci_argument){.text = ""};
  hvci_value_unknown(&out->value, 64);
}

// An argument of a function with *context sites, or null for an unknown one.
static bool read_argument(struct reader *reader, json_t *object, void *item,
                          const void *context) {
  struct hvci_argument *out = item;
  json_t *alternatives, *terms = NULL, *text, *place = NULL, *toggled = NULL;
  unknown_argument(out);
  if (json_is_null(object))
    return true;
  if (!unpack(reader, object, "an argument", "{s:o,s?o,s:o,s?o,s?o}", "value",
              &alternatives, "terms", &terms, "text", &text, "place", &place,
              "toggled", &toggled))
    return false;
  if (terms)
    out->terms =
        read_each(reader, terms, "terms", HVCI_MAX_TERMS, sizeof *out->terms,
                  read_term, NULL, &out->term_count);
  if ((terms && !out->terms) ||
      !read_string(reader, text, "an argument", &out->text) ||
      !read_range(reader, place, &out->range) ||
      (toggled && !read_bits(reader, toggled, "bits", &out->toggled)) ||
      !read_array(reader, alternatives, "alternatives", 0,
                  HVCI_MAX_ALTERNATIVES))
    return false;
  memset(&out->value, 0, sizeof out->value);
  out->value.count = (unsigned)json_array_size(alternatives);
  for (size_t i = 0; i < out->value.count; i++)
    if (!read_alternative(reader, json_array_get(alternatives, i),
                          *(const size_t *)context, out->term_count,
                          &out->value.alternatives[i]))
      return false;
  return true;
}

// ---- functions -------------------------------------------------------------

static bool read_callee(struct reader *reader, const json_t *value,
                        size_t *out) {
  json_int_t callee;
  if (!read_integer(reader, value, "a callee", 0,
                    (json_int_t)reader->record->function_count - 1, &callee))
    return false;
  *out = (size_t)callee;
  return true;
}

static bool read_site(struct reader *reader, json_t *object, size_t site_count,
                      struct hvci_site *site, struct hvci_call_fact *call) {
  json_t *callee, *place = NULL, *arguments;
  call->unit = &reader->record->unit;
  return unpack(reader, object, "a site", "{s:o,s?o,s:o}", "callee", &callee,
                "place", &place, "arguments", &arguments) &&
         read_callee(reader, callee, &site->callee) &&
         read_range(reader, place, &call->callee_range) &&
         (call->arguments =
              read_each(reader, arguments, "arguments", MAX_ARGUMENTS,
                        sizeof *call->arguments, read_argument, &site_count,
                        &call->argument_count)) != NULL;
}

static bool read_sites(struct reader *reader, const json_t *sites,
                       struct hvci_record_function *out) {
  if (!read_array(reader, sites, "sites", 1, INT32_MAX / 2))
    return false;
  size_t count = json_array_size(sites);
  struct hvci_site *read = allocate(reader, count, sizeof *read);
  struct hvci_call_fact *calls = allocate(reader, count, sizeof *calls);
  if (!read || !calls)
    return false;
  for (size_t i = 0; i < count; i++)
    if (!read_site(reader, json_array_get(sites, i), count, &read[i],
                   &calls[i]))
      return false;
  out->is.sites = read;
  out->is.site_count = count;
  out->calls = calls;
  return true;
}

static bool read_step(struct reader *reader, json_t *entry, void *item,
                      const void *context) {
  struct hvci_step *out = item;
  const char *word = json_string_value(json_array_get(entry, 0));
  unsigned kind;
  (void)context;
  if (!read_array(reader, entry, "a step", 2, 3) || !word)
    return refuse(reader, "damaged record: a step has no name");
  if (!find_word(reader, word, hvci_step_names, "step", &kind))
    return false;
  out->kind = (enum hvci_step_kind)kind;
  return read_callee(reader, json_array_get(entry, 1), &out->callee) &&
         read_range(reader, json_array_get(entry, 2), &out->range);
}

// What stands in a function's body.
static bool read_body(struct reader *reader, const json_t *sites,
                      json_t *result, const json_t *steps,
                      struct hvci_record_function *out) {
  if (sites && !read_sites(reader, sites, out))
    return false;
  if (result &&
      !read_argument(reader, result, &out->result, &out->is.site_count))
    return false;
  if (steps)
    out->steps = read_each(reader, steps, "steps", SIZE_MAX, sizeof *out->steps,
                           read_step, NULL, &out->step_count);
  return !steps || out->steps;
}

static bool read_function(struct reader *reader, json_t *object, void *item,
                          const void *context) {
  struct hvci_record_function *out = item;
  json_t *name, *symbol = NULL, *place = NULL, *sites = NULL, *result = NULL;
  json_t *steps = NULL;
  int open = 0, quiet = 0, body = 0;
  (void)context;
  unknown_argument(&out->result);
  if (!unpack(reader, object, "a function",
              "{s:o,s?o,s?b,s?b,s?b,s?o,s?o,s?o,s?o}", "name", &name, "symbol",
              &symbol, "open", &open, "quiet", &quiet, "body", &body, "place",
              &place, "sites", &sites, "result", &result, "steps", &steps) ||
      !read_string(reader, name, "a name", &out->is.name) ||
      (symbol && !read_string(reader, symbol, "a symbol", &out->is.symbol)) ||
      !read_range(reader, place, &out->range))
    return false;
  out->is.open = open;
  out->is.quiet = quiet;
  out->is.has_body = body;
  out->is.has_result = result != NULL;
  if (body ? open : sites || result || steps)
    return refuse(reader, "damaged record: a function is open and has a body");
  return read_body(reader, sites, result, steps, out);
}

static bool read_functions(struct reader *reader, const json_t *functions) {
  struct hvci_record *record = reader->record;
  // Callees are numbers below this, also those that are yet to be read.
  record->function_count = json_array_size(functions);
  struct hvci_record_function *read =
      read_each(reader, functions, "functions", UINT32_MAX, sizeof *read,
                read_function, NULL, &record->function_count);
  for (size_t f = 0; read && f < record->function_count; f++)
    for (size_t s = 0; s < read[f].is.site_count; s++)
      read[f].calls[s].callee = read[read[f].is.sites[s].callee].is.name;
  record->functions = read;
  return read != NULL;
}

// ---- findings --------------------------------------------------------------

static bool read_note(struct reader *reader, json_t *value, void *item,
                      const void *context) {
  struct hvci_record_note *out = item;
  (void)context;
  return read_array(reader, value, "a note", 2, 2) &&
         read_range(reader, json_array_get(value, 0), &out->range) &&
         read_string(reader, json_array_get(value, 1), "a note", &out->text);
}

static bool read_edit(struct reader *reader, json_t *entry, void *item,
                      const void *context) {
  struct hvci_record_edit *out = item;
  (void)context;
  return read_array(reader, entry, "an edit", 6, 6) &&
         read_file_number(reader, json_array_get(entry, 0), &out->file) &&
         read_number(reader, json_array_get(entry, 1), "a line", &out->line) &&
         read_number(reader, json_array_get(entry, 2), "a column",
                     &out->column) &&
         read_number(reader, json_array_get(entry, 3), "a line",
                     &out->end_line) &&
         read_number(reader, json_array_get(entry, 4), "a column",
                     &out->end_column) &&
         read_string(reader, json_array_get(entry, 5), "an edit", &out->text);
}

static bool read_fix(struct reader *reader, const json_t *fix,
                     struct hvci_record_finding *out) {
  if (fix)
    out->edits =
        read_each(reader, fix, "edits", HVCI_MAX_EDITS, sizeof *out->edits,
                  read_edit, NULL, &out->edit_count);
  return !fix || out->edits;
}

static bool read_finding(struct reader *reader, json_t *object, void *item,
                         const void *context) {
  struct hvci_record_finding *out = item;
  json_t *rule, *place = NULL, *anchor = NULL, *message, *notes = NULL;
  json_t *by = NULL, *fix = NULL;
  int certain = 0;
  (void)context;
  if (!unpack(reader, object, "a finding", "{s:o,s?b,s?o,s?o,s:o,s?o,s?o,s?o}",
              "rule", &rule, "certain", &certain, "place", &place, "anchor",
              &anchor, "message", &message, "notes", &notes, "by", &by, "fix",
              &fix))
    return false;
  out->certainty = certain ? HVCI_CERTAIN : HVCI_POSSIBLE;
  if (notes)
    out->notes =
        read_each(reader, notes, "notes", HVCI_MAX_NOTES, sizeof *out->notes,
                  read_note, NULL, &out->note_count);
  return (!notes || out->notes) && read_rule(reader, rule, &out->rule) &&
         read_range(reader, place, &out->range) &&
         read_range(reader, anchor ? anchor : place, &out->anchor) &&
         read_string(reader, message, "a message", &out->message) &&
         read_by(reader, by, &out->by, &out->by_count) &&
         read_fix(reader, fix, out);
}

static bool read_findings(struct reader *reader, const json_t *findings) {
  struct hvci_record *record = reader->record;
  record->findings = read_each(reader, findings, "findings", SIZE_MAX,
                               sizeof *record->findings, read_finding, NULL,
                               &record->finding_count);
  return record->findings != NULL;
}

// ---- claims ----------------------------------------------------------------

static bool read_text(struct reader *reader, const json_t *value,
                      const char *what, const char **out) {
  *out = "";
  return !value || read_string(reader, value, what, out);
}

static bool read_access(struct reader *reader, const json_t *value,
                        uint32_t *out) {
  json_int_t bits = 0;
  if (value && !read_integer(reader, value, "an access", 0, ACCESS_MASK, &bits))
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
  return refuse(reader,
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
  if (!unpack(reader, object, "a claim",
              "{s:s,s?o,s?o,s?o,s?o,s?o,s?o,s?b,s?o}", "kind", &kind, "section",
              &section, "subject", &subject, "into", &into, "access", &access,
              "denied", &denied, "alignment", &alignment, "dead", &dead,
              "place", &place) ||
      !find_word(reader, kind, hvci_claim_names, "claim", &found))
    return false;
  out->kind = (enum hvci_claim_kind)found;
  out->dead = dead;
  return read_text(reader, section, "a section", &out->section) &&
         read_text(reader, subject, "a subject", &out->subject) &&
         read_text(reader, into, "a section", &out->into) &&
         read_access(reader, access, &out->access) &&
         read_access(reader, denied, &out->denied) &&
         (!alignment ||
          read_bits(reader, alignment, "an alignment", &out->alignment)) &&
         read_range(reader, place, &out->range) && check_claim(reader, out);
}

static bool read_claims(struct reader *reader, const json_t *claims) {
  struct hvci_record *record = reader->record;
  record->claims =
      read_each(reader, claims, "claims", SIZE_MAX, sizeof *record->claims,
                read_claim, NULL, &record->claim_count);
  return record->claims != NULL;
}

// ---- the whole -------------------------------------------------------------

static bool read_unit(struct reader *reader, json_t *object) {
  struct hvci_record *record = reader->record;
  json_t *file, *target, *opt_out = NULL, *os, *width;
  const char *opt_in;
  unsigned state;
  json_int_t number;
  if (!unpack(reader, object, "the unit", "{s:o,s:o,s:s,s?o,s:o,s:o}", "file",
              &file, "target", &target, "opt_in", &opt_in, "opt_out", &opt_out,
              "os", &os, "pointer_width", &width) ||
      !read_string(reader, file, "a file", &record->file) ||
      !read_string(reader, target, "a target", &record->target) ||
      !find_word(reader, opt_in, hvci_opt_in_names, "opt-in", &state) ||
      !read_range(reader, opt_out, &record->opt_out) ||
      !read_integer(reader, os, "a system", 0, UINT32_MAX, &number))
    return false;
  record->unit.opt_in = (enum hvci_opt_in)state;
  record->unit.os = (uint32_t)number;
  if (!read_integer(reader, width, "a pointer's width", 1, 128, &number))
    return false;
  record->unit.pointer_width = (unsigned)number;
  return true;
}

static bool read_root(struct reader *reader, json_t *root) {
  const char *format;
  int version;
  json_t *producer, *unit, *files, *scopes, *suppressions, *places, *findings;
  json_t *claims, *functions;
  return unpack(reader, root, "the record",
                "{s:s,s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "format",
                &format, "version", &version, "producer", &producer, "unit",
                &unit, "files", &files, "scopes", &scopes, "suppressions",
                &suppressions, "places", &places, "findings", &findings,
                "claims", &claims, "functions", &functions) &&
         read_string(reader, producer, "a producer",
                     &reader->record->producer) &&
         read_files(reader, files) && read_suppressions(reader, suppressions) &&
         read_places(reader, scopes, places) && read_unit(reader, unit) &&
         read_functions(reader, functions) && read_findings(reader, findings) &&
         read_claims(reader, claims);
}

// What the first bytes say, whatever the version made of the rest.
static bool check_version(struct reader *reader, const char *bytes,
                          size_t length) {
  size_t prefix = sizeof PREFIX - 1, digits = 0;
  unsigned long long version = 0;
  if (memcmp(bytes, PREFIX, length < prefix ? length : prefix) != 0)
    return refuse(reader, "not a record of hvcilint");
  while (prefix + digits < length && digits < 9 &&
         bytes[prefix + digits] >= '0' && bytes[prefix + digits] <= '9')
    version = 10 * version + (unsigned)(bytes[prefix + digits++] - '0');
  if (prefix + digits >= length)
    return refuse(reader, "truncated record");
  if (digits == 0)
    return refuse(reader, "not a record of hvcilint");
  if (version != HVCI_RECORD_VERSION)
    return refuse(reader, "%s record version %llu; this hvcilint reads %d",
                  version > HVCI_RECORD_VERSION ? "newer" : "older", version,
                  HVCI_RECORD_VERSION);
  return true;
}

static bool read_all(struct reader *reader, const char *bytes, size_t length) {
  json_error_t error;
  if (!check_version(reader, bytes, length))
    return false;
  json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
  if (!root && (size_t)error.position >= length)
    return refuse(reader, "truncated record");
  if (!root)
    return refuse(reader, "damaged record: no JSON at byte %d", error.position);
  bool good = read_root(reader, root);
  json_decref(root);
  return good;
}

struct hvci_record *hvci_record_read(const char *bytes, size_t length,
                                     uint64_t first_place, char *error,
                                     size_t error_size) {
  struct storage *storage = calloc(1, sizeof *storage);
  error[0] = '\0';
  if (!storage) {
    (void)snprintf(error, error_size, "memory ran out");
    return NULL;
  }
  struct reader reader = {.storage = storage,
                          .record = &storage->record,
                          .error = error,
                          .error_size = error_size};
  storage->record.first_place = first_place;
  if (read_all(&reader, bytes, length))
    return &storage->record;
  hvci_record_free(&storage->record);
  return NULL;
}

void hvci_record_free(struct hvci_record *record) {
  struct storage *storage = (struct storage *)record;
  if (!storage)
    return;
  for (struct chunk *chunk = storage->chunks, *next; chunk; chunk = next) {
    next = chunk->next;
    free(chunk);
  }
  free(storage);
}
