// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * solve.c - which parameters reach an argument that decides, and what functions
 * return.
 *
 * Both are fixpoints over the calls. Results are settled first, and only those
 * that somebody asks for: they do not depend on what is done with them. Then
 * the reaches spread from the catalogue's rows to the callers. Operations that
 * keep a base never make new bits of it, so both end; the bounds below are for
 * the odd cases that would take long.
 */
#include "solution.h"

#include <stdlib.h>
#include <string.h>

/* Rounds in which the results of functions that call each other must settle. */
#define MAX_ROUNDS 24

/* Calls within calls whose results are followed for one value. */
#define MAX_DEPTH 8

/* Of those, the ones whose constants are named in a finding. */
#define MAX_WORDS_DEPTH 3

void hvci_solution_enqueue(struct hvci_solution *solution, size_t function) {
  struct hvci_node *node = &solution->nodes[function];
  size_t size = solution->program->function_count;
  if (node->queued || !solution->program->functions[function].has_body)
    return;
  node->queued = true;
  solution->queue[(solution->queue_first + solution->queue_count++) % size] =
      function;
}

size_t hvci_solution_dequeue(struct hvci_solution *solution) {
  if (solution->queue_count == 0)
    return HVCI_NO_INDEX;
  size_t function = solution->queue[solution->queue_first];
  solution->queue_first =
      (solution->queue_first + 1) % solution->program->function_count;
  solution->queue_count--;
  solution->nodes[function].queued = false;
  return function;
}

const struct hvci_call_fact *hvci_solution_fact(struct hvci_solution *solution,
                                                size_t function, size_t site,
                                                uint32_t wanted) {
  const struct hvci_program *program = solution->program;
  struct hvci_node *node = &solution->nodes[function];
  if (!node->facts) {
    size_t count = program->functions[function].site_count;
    node->facts = calloc(count, sizeof *node->facts);
    node->asked = calloc(count, sizeof *node->asked);
    if (!node->facts || !node->asked) {
      solution->failed = true;
      return NULL;
    }
  }
  bool first = !node->facts[site].callee;
  if (first || (wanted & ~node->asked[site])) {
    node->asked[site] |= wanted;
    program->call(function, site, node->asked[site], HVCI_VALUES,
                  &node->facts[site], program->payload);
  }
  return &node->facts[site];
}

bool hvci_solution_applies(const struct hvci_solution *solution,
                           size_t function, size_t site,
                           const struct hvci_call_fact *fact) {
  size_t callee = solution->program->functions[function].sites[site].callee;
  const struct hvci_ddi *row = solution->nodes[callee].row;
  return !row || hvci_ddi_applies(row, fact->unit);
}

uint32_t hvci_value_parameters(const struct hvci_value *value) {
  uint32_t parameters = 0;
  for (unsigned i = 0; i < value->count; i++) {
    int32_t base = value->alternatives[i].base;
    if (base >= 0 && base < 32)
      parameters |= UINT32_C(1) << base;
  }
  return parameters;
}

uint32_t hvci_reach_reads(const struct hvci_reach *reach) {
  return hvci_value_parameters(&reach->value) |
         hvci_value_parameters(&reach->condition);
}

static struct hvci_value resolve(struct hvci_solution *solution,
                                 size_t function,
                                 const struct hvci_value *value,
                                 struct hvci_words *words, unsigned depth);

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
    value->alternatives[i].terms = first < HVCI_MAX_TERMS ? (uint32_t)moved : 0;
  }
}

static void drop_terms(struct hvci_value *value) {
  for (unsigned i = 0; i < value->count; i++)
    value->alternatives[i].terms = 0;
}

// Begins to settle a result, and says what is known of it so far.
static const struct hvci_value *result_so_far(struct hvci_solution *solution,
                                              size_t function) {
  struct hvci_node *node = &solution->nodes[function];
  const struct hvci_program *program = solution->program;
  if (node->result_state == HVCI_RESULT_NOT_ASKED) {
    node->result_state = HVCI_RESULT_SETTLING;
    hvci_value_none(&node->result);
    program->result(function, HVCI_VALUES, &node->returned, program->payload);
    solution->settling[solution->settling_count++] = function;
  }
  return &node->result;
}

// One round over all that is being settled; functions may join on the way.
static bool settle_once(struct hvci_solution *solution) {
  bool changed = false;
  for (size_t i = 0; i < solution->settling_count; i++) {
    size_t function = solution->settling[i];
    struct hvci_node *node = &solution->nodes[function];
    struct hvci_value value =
        resolve(solution, function, &node->returned.value, NULL, 0);
    drop_terms(&value);
    if (hvci_value_equal(&value, &node->result))
      continue;
    node->result = value;
    changed = true;
  }
  return changed;
}

const struct hvci_value *hvci_solution_result(struct hvci_solution *solution,
                                              size_t function) {
  bool outermost = solution->settling_count == 0;
  const struct hvci_value *result = result_so_far(solution, function);
  if (!outermost || solution->settling_count == 0)
    return result;
  unsigned rounds = 0;
  bool changed = true;
  while (changed && rounds++ < MAX_ROUNDS)
    changed = settle_once(solution);
  for (size_t i = 0; i < solution->settling_count; i++) {
    struct hvci_node *node = &solution->nodes[solution->settling[i]];
    if (changed)
      hvci_value_unknown(&node->result, 64);
    node->result_state = HVCI_RESULT_SETTLED;
  }
  solution->settling_count = 0;
  return result;
}

// What the callee returns, over its own parameters.
static struct hvci_value result_in_words(struct hvci_solution *solution,
                                         size_t callee,
                                         struct hvci_words *words,
                                         unsigned depth) {
  const struct hvci_program *program = solution->program;
  struct hvci_value value = *hvci_solution_result(solution, callee);
  if (!words || words->count == HVCI_MAX_TERMS || depth == MAX_WORDS_DEPTH)
    return value;
  struct hvci_argument returned;
  program->result(callee, HVCI_WORDS, &returned, program->payload);
  add_terms(words, &returned.value, &returned);
  return resolve(solution, callee, &returned.value, words, depth + 1);
}

// What the call at the site gives, over the bases of the calling function.
static struct hvci_value result_at(struct hvci_solution *solution,
                                   size_t function, size_t site,
                                   struct hvci_words *words, unsigned depth) {
  const struct hvci_program *program = solution->program;
  size_t callee = program->functions[function].sites[site].callee;
  const struct hvci_function *called = &program->functions[callee];
  struct hvci_value result;
  hvci_value_none(&result);

  if (called->open) {
    hvci_value_base(&result, HVCI_RESULT_OF(site), 64);
    return result;
  }
  if (!called->has_result || depth == MAX_DEPTH) {
    hvci_value_unknown(&result, 64);
    return result;
  }
  struct hvci_value returned = result_in_words(solution, callee, words, depth);
  const struct hvci_call_fact *fact = hvci_solution_fact(
      solution, function, site, hvci_value_parameters(&returned));
  for (unsigned i = 0; fact && i < returned.count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {returned.alternatives[i]}};
    int32_t base = one.alternatives[0].base;
    struct hvci_value by;
    if (base >= 0) {
      const struct hvci_argument *argument = hvci_call_argument(fact, base);
      hvci_value_unknown(&by, 64);
      if (argument)
        by = resolve(solution, function, &argument->value, NULL, depth + 1);
      drop_terms(&by);
      hvci_value_substitute(&one, &one, base, &by);
    } else if (base != HVCI_NO_BASE) {
      // Only another unit knows: so it stays this call's result.
      hvci_value_base(&by, HVCI_RESULT_OF(site), 64);
      hvci_value_substitute(&one, &one, base, &by);
    }
    hvci_value_join(&result, &result, &one);
  }
  return result;
}

static struct hvci_value resolve(struct hvci_solution *solution,
                                 size_t function,
                                 const struct hvci_value *value,
                                 struct hvci_words *words, unsigned depth) {
  struct hvci_value result;
  hvci_value_none(&result);
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {value->alternatives[i]}};
    int32_t base = one.alternatives[0].base;
    if (base < HVCI_NO_BASE) {
      struct hvci_value by = result_at(
          solution, function, (size_t)HVCI_SITE_OF(base), words, depth);
      hvci_value_substitute(&one, &one, base, &by);
    }
    hvci_value_join(&result, &result, &one);
  }
  return result;
}

struct hvci_value hvci_solution_resolve(struct hvci_solution *solution,
                                        size_t function,
                                        const struct hvci_value *value,
                                        struct hvci_words *words) {
  return resolve(solution, function, value, words, 0);
}

struct hvci_value hvci_solution_put_in(struct hvci_solution *solution,
                                       size_t function,
                                       const struct hvci_call_fact *fact,
                                       const struct hvci_value *value,
                                       struct hvci_words *words) {
  struct hvci_value result;
  hvci_value_none(&result);
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {value->alternatives[i]}};
    int32_t base = one.alternatives[0].base;
    if (base >= 0) {
      const struct hvci_argument *argument = hvci_call_argument(fact, base);
      struct hvci_value by;
      hvci_value_unknown(&by, 64);
      if (argument)
        by = resolve(solution, function, &argument->value, words, 0);
      hvci_value_substitute(&one, &one, base, &by);
    }
    hvci_value_join(&result, &result, &one);
  }
  return result;
}

static bool same_reach(const struct hvci_reach *a, const struct hvci_reach *b) {
  return a->row == b->row && a->parameter == b->parameter &&
         hvci_value_equal(&a->value, &b->value) &&
         hvci_value_equal(&a->condition, &b->condition);
}

// Adds what is new. The callers of the function are to be looked at again then.
static void add_reach(struct hvci_solution *solution, size_t function,
                      const struct hvci_reach *reach) {
  struct hvci_node *node = &solution->nodes[function];
  for (size_t i = 0; i < node->reach_count; i++)
    if (same_reach(&node->reaches[i], reach))
      return;
  if (node->reach_count == HVCI_MAX_REACHES)
    return;
  struct hvci_reach *more =
      realloc(node->reaches, (node->reach_count + 1) * sizeof *node->reaches);
  if (!more) {
    solution->failed = true;
    return;
  }
  node->reaches = more;
  node->reaches[node->reach_count++] = *reach;
  for (size_t i = solution->first_caller[function];
       i < solution->first_caller[function + 1]; i++)
    hvci_solution_enqueue(solution, solution->callers[i]);
}

// The alternatives that the parameter decides: those of it that nothing has
// decided yet.
static struct hvci_value decided_by(const struct hvci_value *value,
                                    int32_t parameter,
                                    const struct hvci_predicate *executable) {
  struct hvci_value result;
  hvci_value_none(&result);
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {value->alternatives[i]}};
    if (one.alternatives[0].base == parameter &&
        hvci_value_ask(&one, executable).answer == HVCI_UNKNOWN)
      hvci_value_join(&result, &result, &one);
  }
  drop_terms(&result);
  return result;
}

// The site passes something on to the reach of its callee: what comes from a
// parameter is a reach of this function.
static void pass_on(struct hvci_solution *solution, size_t function,
                    size_t site, const struct hvci_reach *reach, size_t index) {
  const struct hvci_predicate *executable =
      &hvci_kind_get(reach->row->kind)->executable;
  if (executable->mask == 0)
    return; // what no argument decides was reported where it is
  const struct hvci_call_fact *fact =
      hvci_solution_fact(solution, function, site,
                         hvci_value_parameters(&reach->value) |
                             hvci_value_parameters(&reach->condition));
  if (!fact || !hvci_solution_applies(solution, function, site, fact))
    return;
  struct hvci_value value =
      hvci_solution_put_in(solution, function, fact, &reach->value, NULL);
  struct hvci_value condition =
      hvci_solution_put_in(solution, function, fact, &reach->condition, NULL);
  uint32_t parameters = hvci_value_parameters(&value);
  drop_terms(&condition);
  for (int32_t p = 0; parameters >> p; p++) {
    struct hvci_reach mine = {.row = reach->row,
                              .parameter = p,
                              .value = decided_by(&value, p, executable),
                              .condition = condition,
                              .site = site,
                              .next = index};
    if (mine.value.count > 0)
      add_reach(solution, function, &mine);
    if (p == 31)
      break;
  }
}

static void look_at(struct hvci_solution *solution, size_t function) {
  const struct hvci_function *f = &solution->program->functions[function];
  for (size_t site = 0; site < f->site_count && !solution->failed; site++) {
    const struct hvci_node *callee = &solution->nodes[f->sites[site].callee];
    for (size_t i = 0; i < callee->reach_count; i++) {
      struct hvci_reach reach = callee->reaches[i]; // may move meanwhile
      pass_on(solution, function, site, &reach, i);
    }
  }
}

// The row as a reach of the function that it names.
static void add_row(struct hvci_solution *solution, size_t function,
                    const struct hvci_ddi *row) {
  struct hvci_reach reach = {.row = row,
                             .parameter = row->argument,
                             .site = HVCI_NO_INDEX,
                             .next = HVCI_NO_INDEX};
  hvci_value_unknown(&reach.value, 64);
  if (row->argument != HVCI_NOARG)
    hvci_value_base(&reach.value, row->argument, 64);
  hvci_value_unknown(&reach.condition, 64);
  if (row->condition_argument != HVCI_NOARG)
    hvci_value_base(&reach.condition, row->condition_argument, 64);
  add_reach(solution, function, &reach);
}

// Whether a body leads to a row of the catalogue: by structure, whatever the
// values are. Uses the queue, and leaves it empty.
static void find_derivable(struct hvci_solution *solution, bool *derivable) {
  for (size_t f = 0; f < solution->program->function_count; f++) {
    if (!solution->nodes[f].row)
      continue;
    for (size_t i = solution->first_caller[f];
         i < solution->first_caller[f + 1]; i++)
      hvci_solution_enqueue(solution, solution->callers[i]);
  }
  for (size_t f; (f = hvci_solution_dequeue(solution)) != HVCI_NO_INDEX;) {
    if (derivable[f])
      continue;
    derivable[f] = true;
    for (size_t i = solution->first_caller[f];
         i < solution->first_caller[f + 1]; i++)
      if (!derivable[solution->callers[i]])
        hvci_solution_enqueue(solution, solution->callers[i]);
  }
}

// A body says more than a row: except on whether it matters in the unit at all,
// and where it calls what nobody can name, and so does not lead to any row.
static void add_rows(struct hvci_solution *solution) {
  const struct hvci_program *program = solution->program;
  bool *derivable = calloc(program->function_count, sizeof *derivable);
  if (!derivable) {
    solution->failed = true;
    return;
  }
  for (size_t f = 0; f < program->function_count; f++)
    solution->nodes[f].row = hvci_ddi_find(program->functions[f].name);
  find_derivable(solution, derivable);
  for (size_t f = 0; f < program->function_count; f++)
    if (solution->nodes[f].row && !derivable[f])
      add_row(solution, f, solution->nodes[f].row);
  free(derivable);
}

static bool link_callers(struct hvci_solution *solution) {
  const struct hvci_program *program = solution->program;
  size_t count = program->function_count;
  size_t *first = calloc(count + 2, sizeof *first);
  if (!first)
    return false;
  solution->first_caller = first;
  // Counted two places on, summed, and filled in one place on: so that each
  // entry ends where the next one begins.
  for (size_t f = 0; f < count; f++)
    for (size_t s = 0; s < program->functions[f].site_count; s++)
      first[program->functions[f].sites[s].callee + 2]++;
  for (size_t f = 2; f < count + 2; f++)
    first[f] += first[f - 1];
  solution->callers = calloc(first[count + 1] + 1, sizeof(size_t));
  if (!solution->callers)
    return false;
  for (size_t f = 0; f < count; f++)
    for (size_t s = 0; s < program->functions[f].site_count; s++)
      solution->callers[first[program->functions[f].sites[s].callee + 1]++] = f;
  return true;
}

struct hvci_solution *hvci_solve(const struct hvci_program *program,
                                 const struct hvci_options *options) {
  struct hvci_solution *solution = calloc(1, sizeof *solution);
  size_t count = program->function_count;
  if (!solution)
    return NULL;
  solution->program = program;
  solution->options = options;
  solution->nodes = calloc(count + 1, sizeof *solution->nodes);
  solution->queue = calloc(count + 1, sizeof *solution->queue);
  solution->settling = calloc(count + 1, sizeof *solution->settling);
  if (!solution->nodes || !solution->queue || !solution->settling ||
      !link_callers(solution)) {
    hvci_solution_free(solution);
    return NULL;
  }
  add_rows(solution);
  for (size_t f; (f = hvci_solution_dequeue(solution)) != HVCI_NO_INDEX;)
    look_at(solution, f);
  if (solution->failed) {
    hvci_solution_free(solution);
    return NULL;
  }
  return solution;
}

void hvci_solution_free(struct hvci_solution *solution) {
  if (!solution)
    return;
  for (size_t f = 0; solution->nodes && f < solution->program->function_count;
       f++) {
    free(solution->nodes[f].reaches);
    free(solution->nodes[f].facts);
    free(solution->nodes[f].asked);
    free(solution->nodes[f].pending);
  }
  free(solution->nodes);
  free(solution->first_caller);
  free(solution->callers);
  free(solution->queue);
  free(solution->settling);
  free(solution);
}
