// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * results.c - what functions return, and what the values are that come from it.
 *
 * A function's result and the result of a call are both unknowns of one system
 * of equations. Those that somebody asks for are settled together, from nothing
 * upwards. Operations that keep a base never make new bits of it, so that this
 * ends; what takes long even so becomes unknown.
 */
#include "solution.h"

#include <stdlib.h>

/* Rounds in which results must settle. */
#define MAX_ROUNDS 32

/* Functions within functions whose constants are named in a finding. */
#define MAX_WORDS_DEPTH 3

/* Where bases are looked up. */
struct scope {
  struct hvci_solution *solution;
  size_t function;
  size_t site;                       /* of at_site() */
  const struct hvci_call_fact *fact; /* the site's */
  struct hvci_words *words;
  unsigned depth;
};

/* What stands for the base in the scope; false if it stays. */
typedef bool (*find_fn)(const struct scope *scope, int32_t base,
                        struct hvci_value *by);

// The value with what is found for its bases.
static struct hvci_value put_bases(const struct hvci_value *value,
                                   const struct scope *scope, find_fn find) {
  struct hvci_value result, by;
  hvci_value_none(&result);
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {value->alternatives[i]}};
    int32_t base = one.alternatives[0].base;
    if (base != HVCI_NO_BASE && find(scope, base, &by))
      hvci_value_substitute(&one, &one, base, &by);
    hvci_value_join(&result, &result, &one);
  }
  return result;
}

// The result of the site's call or, with HVCI_NO_INDEX, of the function.
static struct hvci_result *slot_of(struct hvci_solution *solution,
                                   size_t function, size_t site) {
  struct hvci_node *node = &solution->nodes[function];
  if (site == HVCI_NO_INDEX)
    return &node->result;
  if (!node->site_results)
    node->site_results =
        calloc(solution->program->functions[function].site_count,
               sizeof *node->site_results);
  if (!node->site_results) {
    solution->failed = true;
    return NULL;
  }
  return &node->site_results[site];
}

// What is known so far; who asks first has it settled.
static struct hvci_value so_far(struct hvci_solution *solution, size_t function,
                                size_t site) {
  struct hvci_result *slot = slot_of(solution, function, site);
  struct hvci_value unknown;
  hvci_value_unknown(&unknown, 64);
  if (!slot)
    return unknown;
  if (slot->state != HVCI_RESULT_NOT_ASKED)
    return slot->value;
  if (solution->settling_count == solution->settling_room) {
    size_t room = solution->settling_room * 2 + 16;
    struct hvci_unsettled *more =
        realloc(solution->settling, room * sizeof *more);
    if (!more) {
      solution->failed = true;
      return unknown;
    }
    solution->settling = more;
    solution->settling_room = room;
  }
  slot->state = HVCI_RESULT_SETTLING;
  hvci_value_none(&slot->value);
  if (site == HVCI_NO_INDEX)
    solution->program->result(function, HVCI_VALUES,
                              &solution->nodes[function].returned,
                              solution->program->payload);
  solution->settling[solution->settling_count++] =
      (struct hvci_unsettled){.function = function, .site = site};
  return slot->value;
}

static bool find_so_far(const struct scope *scope, int32_t base,
                        struct hvci_value *by) {
  if (base >= 0)
    return false;
  *by = so_far(scope->solution, scope->function, (size_t)HVCI_SITE_OF(base));
  return true;
}

// The value with what is known so far of the results in it.
static struct hvci_value resolve(struct hvci_solution *solution,
                                 size_t function,
                                 const struct hvci_value *value) {
  struct scope scope = {.solution = solution, .function = function};
  return put_bases(value, &scope, find_so_far);
}

static bool find_at_site(const struct scope *scope, int32_t base,
                         struct hvci_value *by) {
  const struct hvci_argument *argument = hvci_call_argument(scope->fact, base);
  hvci_value_unknown(by, 64);
  if (base < 0) // only another unit knows: so it stays this call's result
    hvci_value_base(by, HVCI_RESULT_OF(scope->site), 64);
  else if (argument)
    *by = resolve(scope->solution, scope->function, &argument->value);
  hvci_value_drop_terms(by);
  return true;
}

// What the callee returns, over its own parameters, as the site's value.
static struct hvci_value at_site(struct hvci_solution *solution,
                                 size_t function, size_t site,
                                 const struct hvci_value *returned) {
  struct hvci_value unknown;
  struct scope scope = {
      .solution = solution,
      .function = function,
      .site = site,
      .fact = hvci_solution_fact(solution, function, site,
                                 hvci_value_parameters(returned))};
  hvci_value_unknown(&unknown, 64);
  return scope.fact ? put_bases(returned, &scope, find_at_site) : unknown;
}

static struct hvci_value compute(struct hvci_solution *solution,
                                 size_t function, size_t site) {
  const struct hvci_program *program = solution->program;
  struct hvci_value value;
  if (site == HVCI_NO_INDEX) {
    value =
        resolve(solution, function, &solution->nodes[function].returned.value);
    hvci_value_drop_terms(&value);
    return value;
  }
  size_t callee = program->functions[function].sites[site].callee;
  if (program->functions[callee].open) {
    hvci_value_base(&value, HVCI_RESULT_OF(site), 64);
  } else if (!program->functions[callee].has_result) {
    hvci_value_unknown(&value, 64);
  } else {
    struct hvci_value returned = so_far(solution, callee, HVCI_NO_INDEX);
    value = at_site(solution, function, site, &returned);
  }
  return value;
}

// One round; what is asked for on the way joins. Who was asked for last is
// mostly needed first.
static bool settle_once(struct hvci_solution *solution) {
  size_t before = solution->settling_count;
  bool changed = false;
  for (size_t i = before; i-- > 0;) {
    struct hvci_unsettled item = solution->settling[i];
    struct hvci_value value = compute(solution, item.function, item.site);
    struct hvci_result *slot = slot_of(solution, item.function, item.site);
    if (hvci_value_equal(&value, &slot->value))
      continue;
    slot->value = value;
    changed = true;
  }
  return changed || solution->settling_count > before;
}

static void settle(struct hvci_solution *solution) {
  bool changed = solution->settling_count > 0;
  // A round that only finds more to settle does not count.
  for (unsigned rounds = 0; changed && rounds < MAX_ROUNDS;) {
    size_t before = solution->settling_count;
    changed = settle_once(solution);
    rounds += solution->settling_count == before;
  }
  for (size_t i = 0; i < solution->settling_count; i++) {
    struct hvci_unsettled item = solution->settling[i];
    struct hvci_result *slot = slot_of(solution, item.function, item.site);
    if (changed)
      hvci_value_unknown(&slot->value, 64);
    slot->state = HVCI_RESULT_SETTLED;
  }
  solution->settling_count = 0;
}

const struct hvci_value *hvci_solution_result(struct hvci_solution *solution,
                                              size_t function) {
  (void)so_far(solution, function, HVCI_NO_INDEX);
  settle(solution);
  return &solution->nodes[function].result.value;
}

// Adds the terms and renumbers the value's; those that do not fit lose their
// words.
static void add_terms(struct hvci_words *words, struct hvci_value *value,
                      const struct hvci_argument *argument) {
  size_t first = words->count;
  for (size_t i = 0; i < argument->term_count && words->count < HVCI_MAX_TERMS;
       i++)
    words->terms[words->count++] = argument->terms[i];
  for (unsigned i = 0; i < value->count; i++) {
    uint64_t moved = (uint64_t)value->alternatives[i].terms << first;
    value->alternatives[i].terms = (uint32_t)moved;
  }
}

static struct hvci_value resolve_words(struct hvci_solution *solution,
                                       size_t function,
                                       const struct hvci_value *value,
                                       struct hvci_words *words,
                                       unsigned depth);

// What the site's call gives, with the constants behind it.
static struct hvci_value tell_site(struct hvci_solution *solution,
                                   size_t function, size_t site,
                                   struct hvci_words *words, unsigned depth) {
  const struct hvci_program *program = solution->program;
  size_t callee = program->functions[function].sites[site].callee;
  if (!program->functions[callee].has_result ||
      words->count == HVCI_MAX_TERMS || depth == MAX_WORDS_DEPTH) {
    (void)so_far(solution, function, site);
    settle(solution);
    return slot_of(solution, function, site)->value;
  }
  struct hvci_argument returned;
  program->result(callee, HVCI_WORDS, &returned, program->payload);
  add_terms(words, &returned.value, &returned);
  struct hvci_value value =
      resolve_words(solution, callee, &returned.value, words, depth + 1);
  (void)at_site(solution, function, site, &value); // asks
  settle(solution);
  return at_site(solution, function, site, &value);
}

static bool find_words(const struct scope *scope, int32_t base,
                       struct hvci_value *by) {
  if (base >= 0)
    return false;
  *by = tell_site(scope->solution, scope->function, (size_t)HVCI_SITE_OF(base),
                  scope->words, scope->depth);
  return true;
}

static struct hvci_value resolve_words(struct hvci_solution *solution,
                                       size_t function,
                                       const struct hvci_value *value,
                                       struct hvci_words *words,
                                       unsigned depth) {
  struct scope scope = {.solution = solution,
                        .function = function,
                        .words = words,
                        .depth = depth};
  return put_bases(value, &scope, find_words);
}

struct hvci_value hvci_solution_resolve(struct hvci_solution *solution,
                                        size_t function,
                                        const struct hvci_value *value,
                                        struct hvci_words *words) {
  (void)resolve(solution, function, value);
  settle(solution);
  return words ? resolve_words(solution, function, value, words, 0)
               : resolve(solution, function, value);
}

static bool find_argument(const struct scope *scope, int32_t base,
                          struct hvci_value *by) {
  const struct hvci_argument *argument = hvci_call_argument(scope->fact, base);
  if (base < 0)
    return false;
  hvci_value_unknown(by, 64);
  if (argument)
    *by = hvci_solution_resolve(scope->solution, scope->function,
                                &argument->value, scope->words);
  return true;
}

struct hvci_value hvci_solution_put_in(struct hvci_solution *solution,
                                       size_t function,
                                       const struct hvci_call_fact *fact,
                                       const struct hvci_value *value,
                                       struct hvci_words *words) {
  struct scope scope = {
      .solution = solution, .function = function, .fact = fact, .words = words};
  return put_bases(value, &scope, find_argument);
}
