// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * write.c - a unit's record from what is known of the unit.
 *
 * jansson steals what it is given and passes failure on: an object of NULL
 * members is a failed call, so that memory is looked at once, at the end.
 */
#include "format.h"

#include "hvci/record.h"
#include "hvci/suppress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
  const struct hvci_record_source *source;
  bool failed;
  json_t *files, *file_numbers;   // each name, and its index
  json_t *places, *place_numbers; // each place, and its number by its range
  json_t *scopes, *scope_numbers; // likewise, by its own text
  json_t *functions;
  // By function of the program: its number in the record + 1, or 0.
  size_t *numbers;
  // By number: the function of the program.
  size_t *chosen;
  size_t chosen_count;
};

static json_t *check(struct writer *writer, json_t *value) {
  if (!value)
    writer->failed = true;
  return value;
}

static void set(struct writer *writer, json_t *object, const char *key,
                json_t *value) {
  if (json_object_set_new(object, key, check(writer, value)) != 0)
    writer->failed = true;
}

static void append(struct writer *writer, json_t *array, json_t *value) {
  if (json_array_append_new(array, check(writer, value)) != 0)
    writer->failed = true;
}

static json_t *integer(uint64_t value) {
  return json_integer((json_int_t)value);
}

// Bytes that are no UTF-8 are written in hexadecimal, under a key.
static json_t *string(struct writer *writer, const char *text) {
  json_t *plain = json_string(text);
  if (plain)
    return plain;
  size_t length = strlen(text);
  char *digits = malloc(2 * length + 1);
  if (!digits) {
    writer->failed = true;
    return NULL;
  }
  for (size_t i = 0; i < length; i++)
    snprintf(digits + 2 * i, 3, "%02x", (unsigned char)text[i]);
  json_t *object = json_pack("{s:s}", KEY_BYTES, digits);
  free(digits);
  return object;
}

static void set_string(struct writer *writer, json_t *object, const char *key,
                       const char *text) {
  if (text)
    set(writer, object, key, string(writer, text));
}

static void set_flag(struct writer *writer, json_t *object, const char *key,
                     bool flag) {
  if (flag)
    set(writer, object, key, json_true());
}

// ---- places ----------------------------------------------------------------

static size_t file_number(struct writer *writer, const char *file) {
  char key[32];
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (const char *c = file; *c; c++)
    hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
  // The names themselves may be no keys: they need not be UTF-8.
  for (unsigned again = 0;; again++) {
    snprintf(key, sizeof key, "%016llx.%u", (unsigned long long)hash, again);
    json_t *known = json_object_get(writer->file_numbers, key);
    json_t *name = string(writer, file);
    if (!name)
      return 0;
    if (!known) {
      size_t number = json_array_size(writer->files);
      append(writer, writer->files, name);
      set(writer, writer->file_numbers, key, integer(number));
      return number;
    }
    size_t number = (size_t)json_integer_value(known);
    bool same = json_equal(json_array_get(writer->files, number), name);
    json_decref(name);
    if (same)
      return number;
  }
}

static json_t *rule_names(struct writer *writer, uint32_t rules) {
  json_t *names = json_array();
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    if (rules >> rule & 1)
      append(writer, names, json_string(hvci_rule_name((enum hvci_rule)rule)));
  return names;
}

static json_t *warning_numbers(struct writer *writer, uint32_t warnings) {
  json_t *numbers = json_array();
  for (; warnings; warnings &= warnings - 1)
    append(writer, numbers,
           integer(hvci_warning_number(warnings & (~warnings + 1))));
  return numbers;
}

static void set_array(struct writer *writer, json_t *object, const char *key,
                      json_t *array) {
  if (json_array_size(array) > 0)
    set(writer, object, key, array);
  else
    json_decref(array);
}

static json_t *numbers_of(struct writer *writer, const uint32_t *numbers,
                          size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; i < count; i++)
    append(writer, array, integer(numbers[i]));
  return array;
}

// A scope and its lines are told once.
static json_t *scope_number(struct writer *writer,
                            const struct hvci_place *place) {
  json_t *entry = json_array();
  append(writer, entry, string(writer, place->scope));
  append(writer, entry, integer(place->scope_first));
  append(writer, entry, integer(place->scope_last));
  char *key = json_dumps(entry, JSON_COMPACT);
  if (!key) {
    json_decref(entry);
    return check(writer, NULL);
  }
  json_t *known = json_incref(json_object_get(writer->scope_numbers, key));
  if (known) {
    json_decref(entry);
  } else {
    known = integer(json_array_size(writer->scopes));
    append(writer, writer->scopes, entry);
    set(writer, writer->scope_numbers, key, json_incref(known));
  }
  free(key);
  return known;
}

static void set_suppressed(struct writer *writer, json_t *object,
                           uint32_t rules, uint32_t warnings) {
  set_array(writer, object, "rules", rule_names(writer, rules));
  set_array(writer, object, "warnings", warning_numbers(writer, warnings));
}

// What is known of a place beside its file, line and column.
static json_t *around(struct writer *writer, const struct hvci_place *place) {
  json_t *object = json_object();
  if (place->end_line)
    set(writer, object, "end",
        json_pack("[I,I]", (json_int_t)place->end_line,
                  (json_int_t)place->end_column));
  if (place->scope && place->scope[0])
    set(writer, object, "scope", scope_number(writer, place));
  if (place->words && place->words[0])
    set_string(writer, object, "words", place->words);
  set_suppressed(writer, object, place->rules, place->warnings);
  set_array(writer, object, "by",
            numbers_of(writer, place->by, place->by_count));
  return object;
}

static size_t place_number(struct writer *writer, struct hvci_range range);

static size_t add_place(struct writer *writer, const struct hvci_place *place) {
  struct hvci_range macro = place->macro;
  json_t *entry = json_array();
  append(writer, entry, integer(file_number(writer, place->file)));
  append(writer, entry, integer(place->line));
  append(writer, entry, integer(place->column));
  json_t *more = around(writer, place);
  append(writer, writer->places, entry);
  size_t number = json_array_size(writer->places);
  // What the place points to is gone when another is asked for.
  size_t body = place_number(writer, macro);
  if (body)
    set(writer, more, "macro", integer(body));
  if (json_object_size(more) > 0)
    append(writer, entry, more);
  else
    json_decref(more);
  return number;
}

// The number of the place of a range: 1 .., or 0 for none.
static size_t place_number(struct writer *writer, struct hvci_range range) {
  const struct hvci_record_source *source = writer->source;
  struct hvci_place place = {.line = 0};
  char key[40];
  if (range.begin == 0 && range.end == 0)
    return 0;
  snprintf(key, sizeof key, "%llx.%llx", (unsigned long long)range.begin,
           (unsigned long long)range.end);
  json_t *known = json_object_get(writer->place_numbers, key);
  if (known)
    return (size_t)json_integer_value(known);

  size_t number = 0;
  if (source->locate(range, &place, source->payload))
    number = add_place(writer, &place);
  set(writer, writer->place_numbers, key, integer(number));
  return number;
}

static void set_place(struct writer *writer, json_t *object, const char *key,
                      struct hvci_range range) {
  size_t number = place_number(writer, range);
  if (number)
    set(writer, object, key, integer(number));
}

// ---- functions -------------------------------------------------------------

static size_t function_number(struct writer *writer, size_t function) {
  if (writer->numbers[function] == 0) {
    writer->chosen[writer->chosen_count] = function;
    writer->numbers[function] = ++writer->chosen_count;
  }
  return writer->numbers[function] - 1;
}

static bool is_pending(const struct writer *writer, size_t function,
                       size_t site) {
  return hvci_solution_pending(writer->source->solution, function, site) != 0;
}

// A site's index among those of its function that are written.
static size_t site_number(const struct writer *writer, size_t function,
                          size_t site) {
  size_t number = 0;
  for (size_t i = 0; i < site; i++)
    number += is_pending(writer, function, i);
  return number;
}

static json_t *guards_of(struct writer *writer,
                         const struct hvci_alternative *alternative) {
  json_t *guards = json_array();
  for (uint32_t i = 0; i < alternative->guard_count; i++) {
    const struct hvci_predicate *guard = &alternative->guards[i];
    append(writer, guards,
           json_pack("[I,I,b]", (json_int_t)guard->mask,
                     (json_int_t)guard->want, guard->equal));
  }
  return guards;
}

// [ones, zeros, terms], and with a base [.., base, guards].
static json_t *value_of(struct writer *writer, size_t function,
                        const struct hvci_value *value) {
  json_t *alternatives = json_array();
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *a = &value->alternatives[i];
    json_t *entry = json_array();
    append(writer, entry, integer(a->ones));
    append(writer, entry, integer(a->zeros));
    append(writer, entry, integer(a->terms));
    if (a->base != HVCI_NO_BASE) {
      int32_t base = a->base;
      if (base < HVCI_NO_BASE)
        base = HVCI_RESULT_OF(
            site_number(writer, function, (size_t)HVCI_SITE_OF(base)));
      append(writer, entry, json_integer(base));
      append(writer, entry, guards_of(writer, a));
    }
    append(writer, alternatives, entry);
  }
  return alternatives;
}

static json_t *term_of(struct writer *writer, const struct hvci_term *term) {
  json_t *object = json_object();
  set_string(writer, object, "written", term->written);
  if (strcmp(term->constant, term->written) != 0)
    set_string(writer, object, "constant", term->constant);
  if (term->type[0])
    set_string(writer, object, "type", term->type);
  set(writer, object, "value", integer(term->value));
  set_place(writer, object, "place", term->range);
  set_place(writer, object, "origin", term->origin);
  set_flag(writer, object, "literal", term->literal);
  return object;
}

static json_t *argument_of(struct writer *writer, size_t function,
                           const struct hvci_argument *argument) {
  json_t *object = json_object();
  set(writer, object, "value", value_of(writer, function, &argument->value));
  if (argument->term_count) {
    json_t *terms = json_array();
    for (size_t i = 0; i < argument->term_count; i++)
      append(writer, terms, term_of(writer, &argument->terms[i]));
    set(writer, object, "terms", terms);
  }
  set_string(writer, object, "text", argument->text);
  set_place(writer, object, "place", argument->range);
  if (argument->toggled)
    set(writer, object, "toggled", integer(argument->toggled));
  return object;
}

// A result that no stored site gives has no base in the record: it is unknown.
static bool has_lost_base(const struct writer *writer, size_t function,
                          const struct hvci_value *value) {
  for (unsigned i = 0; i < value->count; i++) {
    int32_t base = value->alternatives[i].base;
    if (base < HVCI_NO_BASE &&
        !is_pending(writer, function, (size_t)HVCI_SITE_OF(base)))
      return true;
  }
  return false;
}

static json_t *site_of(struct writer *writer, size_t function, size_t site) {
  const struct hvci_program *program = writer->source->program;
  size_t callee = program->functions[function].sites[site].callee;
  uint32_t wanted =
      hvci_solution_pending(writer->source->solution, function, site);
  struct hvci_call_fact call;
  program->call(function, site, wanted, HVCI_WORDS, &call, program->payload);

  json_t *arguments = json_array();
  for (size_t i = 0; i < call.argument_count && i < MAX_ARGUMENTS; i++) {
    const struct hvci_argument *argument = &call.arguments[i];
    bool known =
        (wanted >> i & 1) && !has_lost_base(writer, function, &argument->value);
    append(writer, arguments,
           known ? argument_of(writer, function, argument) : json_null());
  }
  json_t *object = json_object();
  set(writer, object, "callee", integer(function_number(writer, callee)));
  set_place(writer, object, "place", call.callee_range);
  set(writer, object, "arguments", arguments);
  return object;
}

static json_t *sites_of(struct writer *writer, size_t function) {
  size_t count = writer->source->program->functions[function].site_count;
  json_t *sites = json_array();
  for (size_t site = 0; site < count; site++)
    if (is_pending(writer, function, site))
      append(writer, sites, site_of(writer, function, site));
  return sites;
}

// [kind, callee, place]. A function is called once for all: what it does, it
// does the first time.
static json_t *steps_of(struct writer *writer, size_t function) {
  const struct hvci_record_source *source = writer->source;
  size_t count = source->program->functions[function].site_count;
  json_t *steps = json_array();
  json_t *called = json_object();
  for (size_t site = 0; site < count; site++) {
    struct hvci_step step;
    char key[24];
    if (!hvci_step_of(source->program, source->unit, function, site, &step))
      continue;
    size_t callee = function_number(writer, step.callee);
    snprintf(key, sizeof key, "%zu", callee);
    if (step.kind == HVCI_STEP_CALL) {
      if (json_object_get(called, key))
        continue;
      set(writer, called, key, json_true());
    }
    json_t *entry = json_array();
    append(writer, entry, json_string(hvci_step_names[step.kind]));
    append(writer, entry, integer(callee));
    if (step.kind != HVCI_STEP_CALL)
      append(writer, entry, integer(place_number(writer, step.range)));
    append(writer, steps, entry);
  }
  json_decref(called);
  return steps;
}

static json_t *function_of(struct writer *writer, size_t function) {
  const struct hvci_record_source *source = writer->source;
  const struct hvci_program *program = source->program;
  const struct hvci_function *is = &program->functions[function];
  json_t *object = json_object();
  set_string(writer, object, "name", is->name);
  set_string(writer, object, "symbol", is->symbol);
  set_flag(writer, object, "open", is->open);
  set_flag(writer, object, "quiet", is->quiet);
  if (!is->has_body)
    return object;
  set(writer, object, "body", json_true());
  set_place(writer, object, "place", source->name(function, source->payload));
  set_array(writer, object, "sites", sites_of(writer, function));
  if (is->has_result &&
      hvci_solution_result_pending(source->solution, function)) {
    struct hvci_argument result;
    program->result(function, HVCI_WORDS, &result, program->payload);
    if (!has_lost_base(writer, function, &result.value))
      set(writer, object, "result", argument_of(writer, function, &result));
  }
  set_array(writer, object, "steps", steps_of(writer, function));
  return object;
}

// Whether the driver may ask for the function, or it asks for others.
static bool has_part(const struct writer *writer, size_t function) {
  const struct hvci_record_source *source = writer->source;
  const struct hvci_function *is = &source->program->functions[function];
  struct hvci_step step;
  if (!is->has_body)
    return false;
  if (hvci_solution_result_pending(source->solution, function))
    return true;
  for (size_t site = 0; site < is->site_count; site++)
    if (is_pending(writer, function, site) ||
        hvci_step_of(source->program, source->unit, function, site, &step))
      return true;
  return false;
}

// What a function mentions is numbered behind it, and written in turn.
static void write_functions(struct writer *writer) {
  for (size_t f = 0; f < writer->source->program->function_count; f++)
    if (has_part(writer, f))
      (void)function_number(writer, f);
  for (size_t i = 0; i < writer->chosen_count && !writer->failed; i++)
    append(writer, writer->functions, function_of(writer, writer->chosen[i]));
}

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
      return is_pending(writer, f, (size_t)(finding->site - is->sites));
  }
  return false;
}

// [file, line, column, end line, end column, text]
static json_t *edit_of(struct writer *writer,
                       const struct hvci_record_edit *edit) {
  json_t *entry = json_array();
  append(writer, entry, integer(file_number(writer, edit->file)));
  append(writer, entry, integer(edit->line));
  append(writer, entry, integer(edit->column));
  append(writer, entry, integer(edit->end_line));
  append(writer, entry, integer(edit->end_column));
  append(writer, entry, string(writer, edit->text));
  return entry;
}

static void set_extra(struct writer *writer, json_t *object,
                      const struct hvci_record_extra *extra) {
  json_t *edits = json_array();
  for (size_t i = 0; i < extra->edit_count; i++)
    append(writer, edits, edit_of(writer, &extra->edits[i]));
  set_array(writer, object, "by",
            numbers_of(writer, extra->by, extra->by_count));
  set_array(writer, object, "fix", edits);
}

static json_t *finding_of(struct writer *writer,
                          const struct hvci_finding *finding) {
  json_t *object = json_object();
  json_t *notes = json_array();
  for (size_t i = 0; i < finding->note_count; i++) {
    json_t *note = json_array();
    append(writer, note,
           integer(place_number(writer, finding->notes[i].range)));
    append(writer, note, string(writer, finding->notes[i].text));
    append(writer, notes, note);
  }
  set(writer, object, "rule", json_string(hvci_rule_name(finding->rule)));
  set_flag(writer, object, "certain", finding->certainty == HVCI_CERTAIN);
  set_place(writer, object, "place", finding->range);
  if (finding->anchor.begin != finding->range.begin)
    set_place(writer, object, "anchor", finding->anchor);
  set_string(writer, object, "message", finding->message);
  set_array(writer, object, "notes", notes);
  return object;
}

static json_t *findings_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *findings = json_array();
  for (size_t i = 0; i < source->finding_count; i++) {
    if (is_judged_again(writer, &source->findings[i]))
      continue;
    json_t *object = finding_of(writer, &source->findings[i]);
    if (source->extras)
      set_extra(writer, object, &source->extras[i]);
    append(writer, findings, object);
  }
  return findings;
}

static json_t *suppression_of(struct writer *writer,
                              const struct hvci_suppression *suppression) {
  json_t *object = json_object();
  json_t *idle = json_object();
  json_t *at = json_array();
  append(writer, at, integer(file_number(writer, suppression->file)));
  append(writer, at, integer(suppression->line));
  append(writer, at, integer(suppression->column));
  set(writer, object, "kind",
      json_string(hvci_suppression_names[suppression->kind]));
  set(writer, object, "at", at);
  set_suppressed(writer, object, suppression->rules, suppression->warnings);
  set_suppressed(writer, idle, suppression->idle_rules,
                 suppression->idle_warnings);
  if (json_object_size(idle) > 0)
    set(writer, object, "idle", idle);
  else
    json_decref(idle);
  if (suppression->reason && suppression->reason[0])
    set_string(writer, object, "reason", suppression->reason);
  if (suppression->until)
    set(writer, object, "until", integer(suppression->until));
  return object;
}

static json_t *suppressions_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *list = json_array();
  for (size_t i = 0; i < source->suppression_count; i++)
    append(writer, list, suppression_of(writer, &source->suppressions[i]));
  return list;
}

// ---- claims ----------------------------------------------------------------

static void set_text(struct writer *writer, json_t *object, const char *key,
                     const char *text) {
  if (text[0])
    set_string(writer, object, key, text);
}

static void set_number(struct writer *writer, json_t *object, const char *key,
                       uint64_t number) {
  if (number)
    set(writer, object, key, integer(number));
}

static json_t *claim_of(struct writer *writer, const struct hvci_claim *claim) {
  json_t *object = json_object();
  set(writer, object, "kind", json_string(hvci_claim_names[claim->kind]));
  set_text(writer, object, "section", claim->section);
  set_text(writer, object, "subject", claim->subject);
  set_text(writer, object, "into", claim->into);
  set_number(writer, object, "access", claim->access);
  set_number(writer, object, "denied", claim->denied);
  set_number(writer, object, "alignment", claim->alignment);
  set_flag(writer, object, "dead", claim->dead);
  set_place(writer, object, "place", claim->range);
  return object;
}

static json_t *claims_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *claims = json_array();
  for (size_t i = 0; i < source->claim_count; i++)
    append(writer, claims, claim_of(writer, &source->claims[i]));
  return claims;
}

// ---- the whole -------------------------------------------------------------

static json_t *unit_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *object = json_object();
  set_string(writer, object, "file", source->file);
  set_string(writer, object, "target", source->target);
  set(writer, object, "opt_in",
      json_string(hvci_opt_in_names[source->unit->opt_in]));
  set_place(writer, object, "opt_out", source->opt_out);
  set(writer, object, "os", integer(source->unit->os));
  set(writer, object, "pointer_width", integer(source->unit->pointer_width));
  return object;
}

static char *write_all(struct writer *writer) {
  json_t *root = json_object();
  json_t *unit = unit_of(writer);
  json_t *findings = findings_of(writer);
  json_t *claims = claims_of(writer);
  json_t *suppressions = suppressions_of(writer);
  write_functions(writer);

  set(writer, root, "format", json_string(RECORD_FORMAT));
  set(writer, root, "version", json_integer(HVCI_RECORD_VERSION));
  set_string(writer, root, "producer", writer->source->producer);
  set(writer, root, "unit", unit);
  set(writer, root, "files", json_incref(writer->files));
  set(writer, root, "scopes", json_incref(writer->scopes));
  set(writer, root, "suppressions", suppressions);
  set(writer, root, "places", json_incref(writer->places));
  set(writer, root, "findings", findings);
  set(writer, root, "claims", claims);
  set(writer, root, "functions", json_incref(writer->functions));
  char *text = writer->failed ? NULL : json_dumps(root, JSON_COMPACT);
  json_decref(root);
  return text;
}

char *hvci_record_write(const struct hvci_record_source *source,
                        size_t *length) {
  size_t count = source->program->function_count;
  struct writer writer = {.source = source,
                          .files = json_array(),
                          .file_numbers = json_object(),
                          .places = json_array(),
                          .place_numbers = json_object(),
                          .scopes = json_array(),
                          .scope_numbers = json_object(),
                          .functions = json_array(),
                          .numbers = calloc(count + 1, sizeof(size_t)),
                          .chosen = calloc(count + 1, sizeof(size_t))};
  char *text = NULL;
  if (writer.numbers && writer.chosen)
    text = write_all(&writer);
  if (text)
    *length = strlen(text);
  json_decref(writer.files);
  json_decref(writer.file_numbers);
  json_decref(writer.places);
  json_decref(writer.place_numbers);
  json_decref(writer.scopes);
  json_decref(writer.scope_numbers);
  json_decref(writer.functions);
  free(writer.numbers);
  free(writer.chosen);
  return text;
}
