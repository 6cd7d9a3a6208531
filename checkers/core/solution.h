// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * solution.h - what the files that follow values through a program share.
 */
#ifndef HVCI_CORE_SOLUTION_H
#define HVCI_CORE_SOLUTION_H

#include "hvci/program.h"
#include "hvci/rule.h"

#define HVCI_NO_INDEX SIZE_MAX

/* A parameter of a function that reaches an argument which decides: calling the
   function comes to calling the row's callee. */
struct hvci_reach {
  const struct hvci_ddi *row;
  int32_t parameter;           /* the one that decides */
  struct hvci_value value;     /* of the row's deciding argument, over it */
  struct hvci_value condition; /* of the row's condition argument, over all
                                  parameters; unknown if there is none */
  size_t site; /* the call that passes it on; HVCI_NO_INDEX: the function is the
                  row's callee */
  size_t next; /* index of the callee's own reach */
};

/* A function's reaches beyond this many are not followed. */
#define HVCI_MAX_REACHES 16

enum hvci_result_state {
  HVCI_RESULT_NOT_ASKED = 0,
  HVCI_RESULT_SETTLING = 1,
  HVCI_RESULT_SETTLED = 2
};

struct hvci_result {
  enum hvci_result_state state;
  struct hvci_value value; /* over the function's parameters, without terms */
};

/* A result that is being settled: of the site's call or, with HVCI_NO_INDEX, of
   the function. */
struct hvci_unsettled {
  size_t function;
  size_t site;
};

struct hvci_node {
  struct hvci_reach *reaches;
  size_t reach_count;
  const struct hvci_ddi *row;    /* the function's own, or NULL */
  struct hvci_call_fact *facts;  /* by site; or NULL: nothing asked yet */
  uint32_t *asked;               /* by site: the arguments that facts have */
  struct hvci_argument returned; /* as the host said it */
  struct hvci_result result;
  struct hvci_result *site_results; /* by site; or NULL */
  bool queued;
  /* What other units may ask, by pending.c. */
  uint32_t *pending; /* by site; or NULL */
  uint32_t pending_parameters;
  bool result_pending;
};

struct hvci_solution {
  const struct hvci_program *program;
  const struct hvci_options *options;
  struct hvci_node *nodes;
  /* The callers of function f: callers[first_caller[f]] up to [f + 1]. */
  size_t *first_caller;
  size_t *callers;
  /* Functions to look at again, a ring of function_count entries. */
  size_t *queue;
  size_t queue_first, queue_count;
  struct hvci_unsettled *settling;
  size_t settling_count, settling_room;
  bool failed; /* memory ran out */
};

void hvci_solution_enqueue(struct hvci_solution *solution, size_t function);

/* The next function in the queue, or HVCI_NO_INDEX. */
size_t hvci_solution_dequeue(struct hvci_solution *solution);

/* The site's fact with the values of the wanted arguments; NULL if memory ran
   out. */
const struct hvci_call_fact *hvci_solution_fact(struct hvci_solution *solution,
                                                size_t function, size_t site,
                                                uint32_t wanted);

/* Whether the callee's row, if it has one, matters in the site's unit. */
bool hvci_solution_applies(const struct hvci_solution *solution,
                           size_t function, size_t site,
                           const struct hvci_call_fact *fact);

/* The terms that several arguments and results bring to one. */
struct hvci_words {
  struct hvci_term terms[HVCI_MAX_TERMS];
  size_t count;
};

/*
 * The argument's value with the results of calls put in, over the parameters of
 * the function; a result that only another unit knows keeps its base. With
 * `words`, which have the argument's own terms already, the results bring
 * theirs; without, the value has the terms of the argument alone.
 */
struct hvci_value hvci_solution_resolve(struct hvci_solution *solution,
                                        size_t function,
                                        const struct hvci_value *value,
                                        struct hvci_words *words);

/* A value over the callee's parameters as one over the calling function's, by
   the arguments of the fact; words as above. */
struct hvci_value hvci_solution_put_in(struct hvci_solution *solution,
                                       size_t function,
                                       const struct hvci_call_fact *fact,
                                       const struct hvci_value *value,
                                       struct hvci_words *words);

/* The parameters that the reach looks at, bit i: parameter i. */
uint32_t hvci_reach_reads(const struct hvci_reach *reach);

/* What the function, which has_result, returns: over its parameters, without
   terms. */
const struct hvci_value *hvci_solution_result(struct hvci_solution *solution,
                                              size_t function);

void hvci_value_drop_terms(struct hvci_value *value);

/* The bits of the parameters on which the value depends. */
uint32_t hvci_value_parameters(const struct hvci_value *value);

#endif
