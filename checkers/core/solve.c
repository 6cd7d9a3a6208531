// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * solve.c - which parameters reach an argument that decides.
 *
 * A fixpoint over the calls: reaches spread from the catalogue's rows to the
 * callers. What functions return does not depend on it, and is settled as it is
 * asked for (results.c).
 */
#include "solution.h"

#include <stdlib.h>

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

// A constant that the predicate does not hold for.
static struct hvci_value harmless(const struct hvci_predicate *executable) {
  struct hvci_value value;
  uint64_t lowest = executable->mask & (~executable->mask + 1);
  hvci_value_constant(
      &value, executable->equal ? executable->want ^ lowest : executable->want,
      0, 64);
  return value;
}

// The alternatives that the parameter decides: those of it that nothing has
// decided yet. Where there are others, the parameter is not all that counts: a
// harmless one stands for them.
static struct hvci_value decided_by(const struct hvci_value *value,
                                    int32_t parameter,
                                    const struct hvci_predicate *executable) {
  struct hvci_value result;
  hvci_value_none(&result);
  struct hvci_value others = harmless(executable);
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_value one = {.count = 1,
                             .alternatives = {value->alternatives[i]}};
    if (one.alternatives[0].base == parameter &&
        hvci_value_ask(&one, executable).answer == HVCI_UNKNOWN)
      hvci_value_join(&result, &result, &one);
  }
  if (result.count > 0 && result.count < value->count)
    hvci_value_join(&result, &result, &others);
  return result;
}

// Whether constants alone tell that what the site gives the reach is not
// executable, whatever its variables hold.
static bool is_harmless(struct hvci_solution *solution, size_t function,
                        size_t site, const struct hvci_reach *reach) {
  const struct hvci_program *program = solution->program;
  struct hvci_call_fact fact;
  program->call(function, site, hvci_value_parameters(&reach->value),
                HVCI_GLANCE, &fact, program->payload);
  struct hvci_value value =
      hvci_solution_put_in(solution, function, &fact, &reach->value, NULL);
  return hvci_value_ask(&value, &hvci_kind_get(reach->row->kind)->executable)
             .answer == HVCI_NO;
}

// The site passes something on to the reach of its callee: what comes from a
// parameter is a reach of this function.
static void pass_on(struct hvci_solution *solution, size_t function,
                    size_t site, const struct hvci_reach *reach, size_t index) {
  const struct hvci_predicate *executable =
      &hvci_kind_get(reach->row->kind)->executable;
  if (executable->mask == 0)
    return; // what no argument decides was reported where it is
  if (is_harmless(solution, function, site, reach))
    return;
  const struct hvci_call_fact *fact =
      hvci_solution_fact(solution, function, site, hvci_reach_reads(reach));
  if (!fact || !hvci_solution_applies(solution, function, site, fact))
    return;
  struct hvci_value value =
      hvci_solution_put_in(solution, function, fact, &reach->value, NULL);
  struct hvci_value condition =
      hvci_solution_put_in(solution, function, fact, &reach->condition, NULL);
  hvci_value_drop_terms(&value);
  hvci_value_drop_terms(&condition);
  uint32_t parameters = hvci_value_parameters(&value);
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

static bool is_project_s(const struct hvci_solution *solution,
                         const struct hvci_ddi *row) {
  return solution->options->sink_count > 0 && hvci_ddi_find(row->callee) != row;
}

// A body says more than a row: except on whether it matters in the unit at all,
// and where it calls what nobody can name, and so does not lead to any row.
// What the project's own configuration says holds in any case.
static void add_rows(struct hvci_solution *solution) {
  const struct hvci_program *program = solution->program;
  bool *derivable = calloc(program->function_count, sizeof *derivable);
  if (!derivable) {
    solution->failed = true;
    return;
  }
  for (size_t f = 0; f < program->function_count; f++)
    solution->nodes[f].row =
        hvci_options_ddi(solution->options, program->functions[f].name);
  find_derivable(solution, derivable);
  for (size_t f = 0; f < program->function_count; f++)
    if (solution->nodes[f].row &&
        (!derivable[f] || is_project_s(solution, solution->nodes[f].row)))
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
  if (!solution->nodes || !solution->queue || !link_callers(solution)) {
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
