// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * solution.c - what is known of a program's functions so far.
 */
#include "solution.h"

#include <stdlib.h>

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

void hvci_value_drop_terms(struct hvci_value *value) {
  for (unsigned i = 0; i < value->count; i++)
    value->alternatives[i].terms = 0;
}

void hvci_solution_free(struct hvci_solution *solution) {
  if (!solution)
    return;
  for (size_t f = 0; solution->nodes && f < solution->program->function_count;
       f++) {
    free(solution->nodes[f].reaches);
    free(solution->nodes[f].facts);
    free(solution->nodes[f].asked);
    free(solution->nodes[f].site_results);
    free(solution->nodes[f].pending);
  }
  free(solution->nodes);
  free(solution->first_caller);
  free(solution->callers);
  free(solution->queue);
  free(solution->settling);
  free(solution);
}
