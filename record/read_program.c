// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read_program.c - the functions of a record, and the values in them.
 */
#include "reader.h"

#include <string.h>

#define MAX_PARAMETERS 1024

// ---- values ----------------------------------------------------------------

static bool read_guard(struct reader *reader, const json_t *value,
                       struct hvci_predicate *out) {
  const json_t *equal = json_array_get(value, 2);
  if (!hvci_read_array(reader, value, "a guard", 3, 3) ||
      !hvci_read_bits(reader, json_array_get(value, 0), "a mask", &out->mask) ||
      !hvci_read_bits(reader, json_array_get(value, 1), "a value", &out->want))
    return false;
  out->equal = json_is_true(equal);
  return json_is_boolean(equal) ||
         hvci_refuse(reader, "damaged record: a guard says neither");
}

static bool read_guards(struct reader *reader, const json_t *guards,
                        struct hvci_alternative *out) {
  if (!hvci_read_array(reader, guards, "guards", 0, HVCI_MAX_GUARDS))
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
  if (!hvci_read_integer(reader, json_array_get(entry, 3), "a base",
                         site_count ? (json_int_t)HVCI_RESULT_OF(site_count - 1)
                                    : 0,
                         MAX_PARAMETERS, &base))
    return false;
  if (base == HVCI_NO_BASE)
    return hvci_refuse(reader, "damaged record: a base is none");
  out->base = (int32_t)base;
  return read_guards(reader, json_array_get(entry, 4), out);
}

static bool read_alternative(struct reader *reader, const json_t *entry,
                             size_t site_count, size_t term_count,
                             struct hvci_alternative *out) {
  json_int_t terms;
  if (!hvci_read_array(reader, entry, "an alternative", 3, 5) ||
      json_array_size(entry) == 4 ||
      !hvci_read_bits(reader, json_array_get(entry, 0), "ones", &out->ones) ||
      !hvci_read_bits(reader, json_array_get(entry, 1), "zeros", &out->zeros) ||
      !hvci_read_integer(reader, json_array_get(entry, 2), "terms", 0,
                         (INT64_C(1) << term_count) - 1, &terms))
    return hvci_refuse(reader, "damaged record: an alternative is too short");
  if (out->ones & out->zeros)
    return hvci_refuse(reader, "damaged record: a bit is both one and zero");
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
  if (!hvci_unpack(reader, object, "a term", "{s:o,s?o,s?o,s:o,s?o,s?o,s?b}",
                   "written", &written, "constant", &constant, "type", &type,
                   "value", &value, "place", &place, "origin", &origin,
                   "literal", &literal))
    return false;
  out->type = "";
  out->literal = literal;
  if (!hvci_read_string(reader, written, "a term", &out->written))
    return false;
  out->constant = out->written;
  return (!constant ||
          hvci_read_string(reader, constant, "a constant", &out->constant)) &&
         (!type || hvci_read_string(reader, type, "a type", &out->type)) &&
         hvci_read_bits(reader, value, "a term's value", &out->value) &&
         hvci_read_range(reader, place, &out->range) &&
         hvci_read_range(reader, origin, &out->origin);
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
  if (!hvci_unpack(reader, object, "an argument", "{s:o,s?o,s:o,s?o,s?o}",
                   "value", &alternatives, "terms", &terms, "text", &text,
                   "place", &place, "toggled", &toggled))
    return false;
  if (terms)
    out->terms =
        hvci_read_each(reader, terms, "terms", HVCI_MAX_TERMS,
                       sizeof *out->terms, read_term, NULL, &out->term_count);
  if ((terms && !out->terms) ||
      !hvci_read_string(reader, text, "an argument", &out->text) ||
      !hvci_read_range(reader, place, &out->range) ||
      (toggled && !hvci_read_bits(reader, toggled, "bits", &out->toggled)) ||
      !hvci_read_array(reader, alternatives, "alternatives", 0,
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
  if (!hvci_read_integer(reader, value, "a callee", 0,
                         (json_int_t)reader->record->function_count - 1,
                         &callee))
    return false;
  *out = (size_t)callee;
  return true;
}

static bool read_site(struct reader *reader, json_t *object, size_t site_count,
                      struct hvci_site *site, struct hvci_call_fact *call) {
  json_t *callee, *place = NULL, *arguments;
  call->unit = &reader->record->unit;
  return hvci_unpack(reader, object, "a site", "{s:o,s?o,s:o}", "callee",
                     &callee, "place", &place, "arguments", &arguments) &&
         read_callee(reader, callee, &site->callee) &&
         hvci_read_range(reader, place, &call->callee_range) &&
         (call->arguments =
              hvci_read_each(reader, arguments, "arguments", MAX_ARGUMENTS,
                             sizeof *call->arguments, read_argument,
                             &site_count, &call->argument_count)) != NULL;
}

static bool read_sites(struct reader *reader, const json_t *sites,
                       struct hvci_record_function *out) {
  if (!hvci_read_array(reader, sites, "sites", 1, INT32_MAX / 2))
    return false;
  size_t count = json_array_size(sites);
  struct hvci_site *read = hvci_allocate(reader, count, sizeof *read);
  struct hvci_call_fact *calls = hvci_allocate(reader, count, sizeof *calls);
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
  if (!hvci_read_array(reader, entry, "a step", 2, 3) || !word)
    return hvci_refuse(reader, "damaged record: a step has no name");
  if (!hvci_read_word(reader, word, hvci_step_names, "step", &kind))
    return false;
  out->kind = (enum hvci_step_kind)kind;
  return read_callee(reader, json_array_get(entry, 1), &out->callee) &&
         hvci_read_range(reader, json_array_get(entry, 2), &out->range);
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
    out->steps =
        hvci_read_each(reader, steps, "steps", SIZE_MAX, sizeof *out->steps,
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
  if (!hvci_unpack(reader, object, "a function",
                   "{s:o,s?o,s?b,s?b,s?b,s?o,s?o,s?o,s?o}", "name", &name,
                   "symbol", &symbol, "open", &open, "quiet", &quiet, "body",
                   &body, "place", &place, "sites", &sites, "result", &result,
                   "steps", &steps) ||
      !hvci_read_string(reader, name, "a name", &out->is.name) ||
      (symbol &&
       !hvci_read_string(reader, symbol, "a symbol", &out->is.symbol)) ||
      !hvci_read_range(reader, place, &out->range))
    return false;
  out->is.open = open;
  out->is.quiet = quiet;
  out->is.has_body = body;
  out->is.has_result = result != NULL;
  if (body ? open : sites || result || steps)
    return hvci_refuse(reader,
                       "damaged record: a function is open and has a body");
  return read_body(reader, sites, result, steps, out);
}

bool hvci_read_functions(struct reader *reader, const json_t *functions) {
  struct hvci_record *record = reader->record;
  // Callees are numbers below this, also those that are yet to be read.
  record->function_count = json_array_size(functions);
  struct hvci_record_function *read =
      hvci_read_each(reader, functions, "functions", UINT32_MAX, sizeof *read,
                     read_function, NULL, &record->function_count);
  for (size_t f = 0; read && f < record->function_count; f++)
    for (size_t s = 0; s < read[f].is.site_count; s++)
      read[f].calls[s].callee = read[read[f].is.sites[s].callee].is.name;
  record->functions = read;
  return read != NULL;
}
