// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * pending.c - what only the whole program can tell of a unit's functions.
 */
#include "solution.h"

#include <stdlib.h>

#define ALL_ARGUMENTS UINT32_MAX

static bool mark(struct hvci_solution *solution, size_t function, size_t site,
                 uint32_t arguments) {
  struct hvci_node *node = &solution->nodes[function];
  if (!node->pending)
    node->pending =
        calloc(solution->program->functions[function].site_count + 1,
               sizeof *node->pending);
  if (!node->pending) {
    solution->failed = true;
    return false;
  }
  bool grew = (arguments & ~node->pending[site]) != 0;
  node->pending[site] |= arguments;
  return grew;
}

// A value that says something: a constant, some bits, or where it comes from.
static bool says_something(const struct hvci_value *value) {
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *a = &value->alternatives[i];
    if (a->base != HVCI_NO_BASE || a->ones || (a->zeros & UINT32_MAX))
      return true;
  }
  return false;
}

static void mark_value(struct hvci_solution *solution, size_t function,
                       const struct hvci_value *value);

static void mark_result(struct hvci_solution *solution, size_t function) {
  struct hvci_node *node = &solution->nodes[function];
  const struct hvci_program *program = solution->program;
  if (node->result_pending || !program->functions[function].has_result)
    return;
  node->result_pending = true;
  (void)hvci_solution_result(solution, function);
  mark_value(solution, function, &node->returned.value);
}

// The calls whose results the value has, and what those functions return.
static void mark_value(struct hvci_solution *solution, size_t function,
                       const struct hvci_value *value) {
  const struct hvci_function *f = &solution->program->functions[function];
  for (unsigned i = 0; i < value->count; i++) {
    int32_t base = value->alternatives[i].base;
    if (base >= HVCI_NO_BASE)
      continue;
    size_t site = (size_t)HVCI_SITE_OF(base);
    if (!mark(solution, function, site, ALL_ARGUMENTS))
      continue;
    const struct hvci_call_fact *fact =
        hvci_solution_fact(solution, function, site, ALL_ARGUMENTS);
    for (size_t a = 0; fact && a < fact->argument_count; a++)
      mark_value(solution, function, &fact->arguments[a].value);
    mark_result(solution, f->sites[site].callee);
  }
}

static void add_parameters(struct hvci_solution *solution, size_t function,
                           uint32_t parameters) {
  struct hvci_node *node = &solution->nodes[function];
  if (!(parameters & ~node->pending_parameters))
    return;
  node->pending_parameters |= parameters;
  for (size_t i = solution->first_caller[function];
       i < solution->first_caller[function + 1]; i++)
    hvci_solution_enqueue(solution, solution->callers[i]);
}

// What goes to an open function, directly or on the way of a parameter.
static void look_at(struct hvci_solution *solution, size_t function) {
  const struct hvci_program *program = solution->program;
  const struct hvci_function *f = &program->functions[function];
  for (size_t site = 0; site < f->site_count && !solution->failed; site++) {
    size_t callee = f->sites[site].callee;
    uint32_t wanted = program->functions[callee].open
                          ? ALL_ARGUMENTS
                          : solution->nodes[callee].pending_parameters;
    if (wanted == 0)
      continue;
    const struct hvci_call_fact *fact =
        hvci_solution_fact(solution, function, site, wanted);
    for (size_t i = 0; fact && i < fact->argument_count && i < 32; i++) {
      if (!(wanted >> i & 1))
        continue;
      const struct hvci_value *raw = &fact->arguments[i].value;
      struct hvci_value value =
          hvci_solution_resolve(solution, function, raw, NULL);
      if (!says_something(&value))
        continue;
      mark(solution, function, site, UINT32_C(1) << i);
      mark_value(solution, function, raw);
      add_parameters(solution, function, hvci_value_parameters(&value));
    }
  }
}

// What the callee's reaches look at, where the value comes from an open
// function.
static void look_at_results(struct hvci_solution *solution, size_t function) {
  const struct hvci_function *f = &solution->program->functions[function];
  for (size_t site = 0; site < f->site_count && !solution->failed; site++) {
    const struct hvci_node *callee = &solution->nodes[f->sites[site].callee];
    for (size_t r = 0; r < callee->reach_count; r++) {
      uint32_t wanted = hvci_reach_reads(&callee->reaches[r]);
      const struct hvci_call_fact *fact =
          hvci_solution_fact(solution, function, site, wanted);
      for (size_t i = 0; fact && i < fact->argument_count && i < 32; i++) {
        const struct hvci_value *raw = &fact->arguments[i].value;
        if (!(wanted >> i & 1))
          continue;
        struct hvci_value value =
            hvci_solution_resolve(solution, function, raw, NULL);
        for (unsigned a = 0; a < value.count; a++) {
          if (value.alternatives[a].base >= HVCI_NO_BASE)
            continue;
          mark(solution, function, site, wanted);
          mark_value(solution, function, raw);
        }
      }
    }
  }
}

// The sites on the way from a function that others call to the row.
static void mark_reach(struct hvci_solution *solution, size_t function,
                       size_t index) {
  const struct hvci_program *program = solution->program;
  for (;;) {
    const struct hvci_reach *reach = &solution->nodes[function].reaches[index];
    if (reach->site == HVCI_NO_INDEX)
      return;
    size_t callee = program->functions[function].sites[reach->site].callee;
    const struct hvci_reach *next =
        &solution->nodes[callee].reaches[reach->next];
    uint32_t wanted = hvci_reach_reads(next);
    const struct hvci_call_fact *fact =
        hvci_solution_fact(solution, function, reach->site, wanted);
    mark(solution, function, reach->site, wanted);
    for (size_t i = 0; fact && i < fact->argument_count && i < 32; i++)
      if (wanted >> i & 1)
        mark_value(solution, function, &fact->arguments[i].value);
    function = callee;
    index = reach->next;
  }
}

bool hvci_solution_look_out(struct hvci_solution *solution) {
  const struct hvci_program *program = solution->program;
  for (size_t f = 0; f < program->function_count; f++) {
    const struct hvci_function *function = &program->functions[f];
    if (function->has_body)
      hvci_solution_enqueue(solution, f);
    if (!function->symbol || !function->has_body)
      continue;
    for (size_t r = 0; r < solution->nodes[f].reach_count; r++)
      mark_reach(solution, f, r);
    if (function->has_result &&
        says_something(hvci_solution_result(solution, f)))
      mark_result(solution, f);
  }
  for (size_t f; (f = hvci_solution_dequeue(solution)) != HVCI_NO_INDEX;)
    look_at(solution, f);
  for (size_t f = 0; f < program->function_count; f++)
    if (program->functions[f].has_body)
      look_at_results(solution, f);
  return !solution->failed;
}

uint32_t hvci_solution_pending(const struct hvci_solution *solution,
                               size_t function, size_t site) {
  const struct hvci_node *node = &solution->nodes[function];
  return node->pending ? node->pending[site] : 0;
}

bool hvci_solution_result_pending(const struct hvci_solution *solution,
                                  size_t function) {
  return solution->nodes[function].result_pending;
}
