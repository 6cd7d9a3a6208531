// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * program.c - the judgement of a program's calls.
 */
#include "solution.h"

/* Arguments of one call that are looked at. */
#define MAX_ARGUMENTS 32

/* A call as the rules see it: the site's own or, where the callee passes an
   argument on, the call that it comes to. */
struct view {
  struct hvci_call_fact call;
  struct hvci_argument arguments[MAX_ARGUMENTS];
  struct hvci_words words; /* of the deciding argument */
};

static void set_words(struct view *view, struct hvci_argument *argument,
                      const struct hvci_argument *written) {
  view->words.count = 0;
  for (size_t i = 0; i < written->term_count && i < HVCI_MAX_TERMS; i++)
    view->words.terms[view->words.count++] = written->terms[i];
  argument->terms = view->words.terms;
}

// The call of the DDI itself: with the results of calls in its arguments.
static void view_direct(struct hvci_solution *solution, size_t function,
                        const struct hvci_call_fact *fact,
                        const struct hvci_ddi *row, bool in_words,
                        struct view *view) {
  view->call = *fact;
  view->call.arguments = view->arguments;
  if (view->call.argument_count > MAX_ARGUMENTS)
    view->call.argument_count = MAX_ARGUMENTS;
  for (size_t i = 0; i < view->call.argument_count; i++) {
    struct hvci_argument *argument = &view->arguments[i];
    bool decides = (int)i == row->argument;
    *argument = fact->arguments[i];
    if (!decides && (int)i != row->condition_argument)
      continue;
    if (decides)
      set_words(view, argument, &fact->arguments[i]);
    argument->value =
        hvci_solution_resolve(solution, function, &argument->value,
                              decides && in_words ? &view->words : NULL);
    if (decides)
      argument->term_count = view->words.count;
  }
}

// Whether the bits that decide get there as they are passed: then a change of
// them is one there.
static bool keeps_bits(const struct hvci_reach *reach) {
  uint64_t mask = hvci_kind_get(reach->row->kind)->executable.mask;
  for (unsigned i = 0; i < reach->value.count; i++) {
    const struct hvci_alternative *a = &reach->value.alternatives[i];
    if (a->base == reach->parameter && ((a->ones | a->zeros) & mask))
      return false;
  }
  return true;
}

static void forbid_edits(struct view *view, struct hvci_argument *argument) {
  argument->editable = false;
  for (size_t i = 0; i < view->words.count; i++)
    view->words.terms[i].editable = false;
}

// The call that the reach comes to, with the words of the argument that goes
// there. The callee's name is not the DDI's: it cannot be replaced.
static void view_reach(struct hvci_solution *solution, size_t function,
                       const struct hvci_call_fact *fact,
                       const struct hvci_reach *reach, bool in_words,
                       struct view *view) {
  const struct hvci_ddi *row = reach->row;
  const struct hvci_argument *passed =
      hvci_call_argument(fact, reach->parameter);
  static const struct hvci_argument nothing = {.text = ""};
  int last = row->argument > row->condition_argument ? row->argument
                                                     : row->condition_argument;

  view->call = *fact;
  view->call.callee_editable = false;
  view->call.arguments = view->arguments;
  view->call.argument_count = (size_t)last + 1;
  for (int i = 0; i <= last; i++) {
    view->arguments[i] = nothing;
    hvci_value_unknown(&view->arguments[i].value, 64);
  }
  if (row->condition_argument != HVCI_NOARG)
    view->arguments[row->condition_argument].value =
        hvci_solution_put_in(solution, function, fact, &reach->condition, NULL);
  struct hvci_argument *deciding = &view->arguments[row->argument];
  if (passed) {
    *deciding = *passed;
    set_words(view, deciding, passed);
  }
  deciding->value =
      hvci_solution_put_in(solution, function, fact, &reach->value,
                           passed && in_words ? &view->words : NULL);
  if (passed)
    deciding->term_count = view->words.count;
  if (!keeps_bits(reach))
    forbid_edits(view, deciding);
}

static void view_site(struct hvci_solution *solution, size_t function,
                      const struct hvci_call_fact *fact,
                      const struct hvci_reach *reach, bool in_words,
                      struct view *view) {
  if (reach->site == HVCI_NO_INDEX)
    view_direct(solution, function, fact, reach->row, in_words, view);
  else
    view_reach(solution, function, fact, reach, in_words, view);
}

// Adds a note for each step from the callee to the DDI.
struct narrator {
  struct hvci_solution *solution;
  const struct hvci_site *site;
  const struct hvci_reach *reach;
  const struct hvci_sink *sink;
};

static enum hvci_status narrate(const struct hvci_finding *finding,
                                void *payload) {
  const struct narrator *narrator = payload;
  const struct hvci_program *program = narrator->solution->program;
  const struct hvci_reach *reach = narrator->reach;
  struct hvci_finding told = *finding;
  size_t f = narrator->site->callee;
  told.site = narrator->site;
  while (reach->site != HVCI_NO_INDEX) {
    const struct hvci_function *function = &program->functions[f];
    size_t callee = function->sites[reach->site].callee;
    if (!function->quiet) {
      struct hvci_call_fact fact;
      program->call(f, reach->site, 0, HVCI_WORDS, &fact, program->payload);
      hvci_finding_note(&told, fact.callee_range,
                        "'%.80s' passes it to '%.80s' here", function->name,
                        program->functions[callee].name);
    }
    reach = &narrator->solution->nodes[callee].reaches[reach->next];
    f = callee;
  }
  return narrator->sink->report(&told, narrator->sink->payload);
}

static enum hvci_status remember(const struct hvci_finding *finding,
                                 void *payload) {
  *(enum hvci_certainty *)payload = finding->certainty;
  return HVCI_OK;
}

// Whether a glance at the constants shows that there is nothing to say: not
// even that one of them is out of place.
static bool is_fine(struct hvci_solution *solution, size_t function,
                    size_t site, const struct hvci_reach *reach) {
  const struct hvci_program *program = solution->program;
  const struct hvci_predicate *executable =
      &hvci_kind_get(reach->row->kind)->executable;
  enum hvci_certainty certainty = HVCI_SILENT;
  const struct hvci_sink sink = {.report = remember, .payload = &certainty};
  struct hvci_call_fact fact;
  struct view view;
  program->call(function, site, hvci_reach_reads(reach), HVCI_GLANCE, &fact,
                program->payload);
  view_site(solution, function, &fact, reach, false, &view);
  const struct hvci_argument *deciding =
      hvci_call_argument(&view.call, reach->row->argument);
  if (executable->mask == 0 || !deciding ||
      hvci_value_ask(&deciding->value, executable).answer != HVCI_NO)
    return false;
  (void)hvci_check_row(&view.call, reach->row, solution->options, &sink);
  return certainty == HVCI_SILENT;
}

// How certain a finding there is, by the values alone.
static enum hvci_certainty probe(struct hvci_solution *solution,
                                 size_t function, size_t site,
                                 const struct hvci_reach *reach) {
  enum hvci_certainty certainty = HVCI_SILENT;
  const struct hvci_sink sink = {.report = remember, .payload = &certainty};
  if (is_fine(solution, function, site, reach))
    return HVCI_SILENT;
  const struct hvci_call_fact *fact =
      hvci_solution_fact(solution, function, site, hvci_reach_reads(reach));
  struct view view;
  if (!fact || !hvci_solution_applies(solution, function, site, fact))
    return HVCI_SILENT;
  view_site(solution, function, fact, reach, false, &view);
  (void)hvci_check_row(&view.call, reach->row, solution->options, &sink);
  return certainty;
}

static enum hvci_status report(struct hvci_solution *solution, size_t function,
                               size_t site, const struct hvci_reach *reach,
                               const struct hvci_sink *sink) {
  const struct hvci_program *program = solution->program;
  struct narrator narrator = {.solution = solution,
                              .site = &program->functions[function].sites[site],
                              .reach = reach,
                              .sink = sink};
  const struct hvci_sink told = {.report = narrate, .payload = &narrator};
  struct hvci_call_fact fact;
  struct view view;
  // Every argument: a fix may read those that the judgement does not.
  program->call(function, site, UINT32_MAX, HVCI_WORDS, &fact,
                program->payload);
  view_site(solution, function, &fact, reach, true, &view);
  return hvci_check_row(&view.call, reach->row, solution->options, &told);
}

static enum hvci_status judge_site(struct hvci_solution *solution,
                                   size_t function, size_t site,
                                   const struct hvci_sink *sink) {
  const struct hvci_program *program = solution->program;
  size_t callee = program->functions[function].sites[site].callee;
  const struct hvci_node *node = &solution->nodes[callee];
  enum hvci_certainty certainty[HVCI_MAX_REACHES];

  for (size_t i = 0; i < node->reach_count; i++)
    certainty[i] = probe(solution, function, site, &node->reaches[i]);
  // An argument that goes to several places is one finding, the surest.
  for (size_t i = 0; i < node->reach_count; i++) {
    const struct hvci_reach *reach = &node->reaches[i];
    bool best = certainty[i] > HVCI_SILENT;
    for (size_t j = 0; j < node->reach_count && best; j++) {
      const struct hvci_reach *other = &node->reaches[j];
      bool same = other->parameter == reach->parameter &&
                  hvci_kind_get(other->row->kind)->rule ==
                      hvci_kind_get(reach->row->kind)->rule;
      if (same && (certainty[j] > certainty[i] ||
                   (certainty[j] == certainty[i] && j < i)))
        best = false;
    }
    if (!best)
      continue;
    enum hvci_status status = report(solution, function, site, reach, sink);
    if (status != HVCI_OK)
      return status;
  }
  return HVCI_OK;
}

enum hvci_status hvci_solution_judge(struct hvci_solution *solution,
                                     const struct hvci_sink *sink) {
  const struct hvci_program *program = solution->program;
  for (size_t f = 0; f < program->function_count; f++) {
    const struct hvci_function *function = &program->functions[f];
    if (!function->has_body || function->quiet)
      continue;
    for (size_t site = 0; site < function->site_count; site++) {
      enum hvci_status status = judge_site(solution, f, site, sink);
      if (status != HVCI_OK)
        return status;
    }
  }
  return HVCI_OK;
}
