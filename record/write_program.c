// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * write_program.c - the functions that linking asks for, and the values in
 * them.
 */
#include "writer.h"

#include <stdio.h>
#include <string.h>

static size_t function_number(struct writer *writer, size_t function) {
  if (writer->numbers[function] == 0) {
    writer->chosen[writer->chosen_count] = function;
    writer->numbers[function] = ++writer->chosen_count;
  }
  return writer->numbers[function] - 1;
}

bool hvci_is_pending(const struct writer *writer, size_t function,
                     size_t site) {
  return hvci_solution_pending(writer->source->solution, function, site) != 0;
}

// A site's index among those of its function that are written.
static size_t site_number(const struct writer *writer, size_t function,
                          size_t site) {
  size_t number = 0;
  for (size_t i = 0; i < site; i++)
    number += hvci_is_pending(writer, function, i);
  return number;
}

static json_t *guards_of(struct writer *writer,
                         const struct hvci_alternative *alternative) {
  json_t *guards = json_array();
  for (uint32_t i = 0; i < alternative->guard_count; i++) {
    const struct hvci_predicate *guard = &alternative->guards[i];
    hvci_append(writer, guards,
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
    hvci_append(writer, entry, hvci_integer(a->ones));
    hvci_append(writer, entry, hvci_integer(a->zeros));
    hvci_append(writer, entry, hvci_integer(a->terms));
    if (a->base != HVCI_NO_BASE) {
      int32_t base = a->base;
      if (base < HVCI_NO_BASE)
        base = HVCI_RESULT_OF(
            site_number(writer, function, (size_t)HVCI_SITE_OF(base)));
      hvci_append(writer, entry, json_integer(base));
      hvci_append(writer, entry, guards_of(writer, a));
    }
    hvci_append(writer, alternatives, entry);
  }
  return alternatives;
}

static json_t *term_of(struct writer *writer, const struct hvci_term *term) {
  json_t *object = json_object();
  hvci_set_string(writer, object, "written", term->written);
  if (strcmp(term->constant, term->written) != 0)
    hvci_set_string(writer, object, "constant", term->constant);
  if (term->type[0])
    hvci_set_string(writer, object, "type", term->type);
  hvci_set(writer, object, "value", hvci_integer(term->value));
  hvci_set_place(writer, object, "place", term->range);
  hvci_set_place(writer, object, "origin", term->origin);
  hvci_set_flag(writer, object, "literal", term->literal);
  return object;
}

static json_t *argument_of(struct writer *writer, size_t function,
                           const struct hvci_argument *argument) {
  json_t *object = json_object();
  hvci_set(writer, object, "value",
           value_of(writer, function, &argument->value));
  if (argument->term_count) {
    json_t *terms = json_array();
    for (size_t i = 0; i < argument->term_count; i++)
      hvci_append(writer, terms, term_of(writer, &argument->terms[i]));
    hvci_set(writer, object, "terms", terms);
  }
  hvci_set_string(writer, object, "text", argument->text);
  hvci_set_place(writer, object, "place", argument->range);
  if (argument->toggled)
    hvci_set(writer, object, "toggled", hvci_integer(argument->toggled));
  return object;
}

// A result that no stored site gives has no base in the record: it is unknown.
static bool has_lost_base(const struct writer *writer, size_t function,
                          const struct hvci_value *value) {
  for (unsigned i = 0; i < value->count; i++) {
    int32_t base = value->alternatives[i].base;
    if (base < HVCI_NO_BASE &&
        !hvci_is_pending(writer, function, (size_t)HVCI_SITE_OF(base)))
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
    hvci_append(writer, arguments,
                known ? argument_of(writer, function, argument) : json_null());
  }
  json_t *object = json_object();
  hvci_set(writer, object, "callee",
           hvci_integer(function_number(writer, callee)));
  hvci_set_place(writer, object, "place", call.callee_range);
  hvci_set(writer, object, "arguments", arguments);
  return object;
}

static json_t *sites_of(struct writer *writer, size_t function) {
  size_t count = writer->source->program->functions[function].site_count;
  json_t *sites = json_array();
  for (size_t site = 0; site < count; site++)
    if (hvci_is_pending(writer, function, site))
      hvci_append(writer, sites, site_of(writer, function, site));
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
      hvci_set(writer, called, key, json_true());
    }
    json_t *entry = json_array();
    hvci_append(writer, entry, json_string(hvci_step_names[step.kind]));
    hvci_append(writer, entry, hvci_integer(callee));
    if (step.kind != HVCI_STEP_CALL)
      hvci_append(writer, entry,
                  hvci_integer(hvci_place_number(writer, step.range)));
    hvci_append(writer, steps, entry);
  }
  json_decref(called);
  return steps;
}

static json_t *function_of(struct writer *writer, size_t function) {
  const struct hvci_record_source *source = writer->source;
  const struct hvci_program *program = source->program;
  const struct hvci_function *is = &program->functions[function];
  json_t *object = json_object();
  hvci_set_string(writer, object, "name", is->name);
  hvci_set_string(writer, object, "symbol", is->symbol);
  hvci_set_flag(writer, object, "open", is->open);
  hvci_set_flag(writer, object, "quiet", is->quiet);
  if (!is->has_body)
    return object;
  hvci_set(writer, object, "body", json_true());
  hvci_set_place(writer, object, "place",
                 source->name(function, source->payload));
  hvci_set_array(writer, object, "sites", sites_of(writer, function));
  if (is->has_result &&
      hvci_solution_result_pending(source->solution, function)) {
    struct hvci_argument result;
    program->result(function, HVCI_WORDS, &result, program->payload);
    if (!has_lost_base(writer, function, &result.value))
      hvci_set(writer, object, "result",
               argument_of(writer, function, &result));
  }
  hvci_set_array(writer, object, "steps", steps_of(writer, function));
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
    if (hvci_is_pending(writer, function, site) ||
        hvci_step_of(source->program, source->unit, function, site, &step))
      return true;
  return false;
}

// What a function mentions is numbered behind it, and written in turn.
void hvci_write_functions(struct writer *writer) {
  for (size_t f = 0; f < writer->source->program->function_count; f++)
    if (has_part(writer, f))
      (void)function_number(writer, f);
  for (size_t i = 0; i < writer->chosen_count && !writer->failed; i++)
    hvci_append(writer, writer->functions,
                function_of(writer, writer->chosen[i]));
}
