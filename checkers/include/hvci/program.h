// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * program.h - functions that call each other, judged together.
 *
 * A function whose parameter reaches an argument that decides executability is
 * itself such a sink: its callers are judged by what they pass. Likewise a
 * value may come from a function that returns it. Both are followed through all
 * the functions of a program, in one unit or, by the records, in many.
 */
#ifndef HVCI_PROGRAM_H
#define HVCI_PROGRAM_H

#include "hvci/check.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A call that a function makes, or a store to a structure's field that the
   catalogue names. */
struct hvci_site {
  size_t callee; /* index of the program's function; a field is one as well */
};

struct hvci_function {
  const char *name; /* as the catalogue spells it, or as messages call it */
  /* The linker's name, or NULL if no other unit can call it. */
  const char *symbol;
  const struct hvci_site *sites; /* in the order of the source */
  size_t site_count;
  bool has_body; /* the sites are all that it does */
  bool open;     /* without a body here, but another unit may have one */
  bool quiet;    /* findings inside it are not reported: it is the kit's own */
};

/* How much of a fact is asked for. */
enum hvci_detail {
  HVCI_VALUES = 0, /* what a judgement needs: no places, no text as written */
  HVCI_WORDS = 1   /* everything */
};

/*
 * The functions, and the answers to what is asked of them: little is asked of
 * most. An answer and what it points to stay valid until the program's
 * judgement is over. Values are over the bases of the function that was asked
 * about. An argument that is not among the `wanted` (bit i: argument i) may be
 * unknown.
 */
struct hvci_program {
  const struct hvci_function *functions;
  size_t function_count;
  void (*call)(size_t function, size_t site, uint32_t wanted,
               enum hvci_detail detail, struct hvci_call_fact *out,
               void *payload);
  /* What the function returns, as an argument would pass it. */
  void (*result)(size_t function, enum hvci_detail detail,
                 struct hvci_argument *out, void *payload);
  void *payload;
};

/* What was found out about the functions. */
struct hvci_solution;

/* Follows the values; NULL if memory ran out. The program must outlive it. */
struct hvci_solution *hvci_solve(const struct hvci_program *program);
void hvci_solution_free(struct hvci_solution *solution);

/* Judges every call, in order. Findings of the rules that the options switch on
   go to the sink. Returns as hvci_check_call() does. */
enum hvci_status hvci_solution_judge(struct hvci_solution *solution,
                                     const struct hvci_options *options,
                                     const struct hvci_sink *sink);

/*
 * What another unit's functions may still have to be told: bit i is set if
 * argument i of the site may yet decide something there, because its callee is
 * open or leads to one that is.
 */
uint32_t hvci_solution_pending(const struct hvci_solution *solution,
                               size_t function, size_t site);

/* Whether the function's result may be asked for from outside. */
bool hvci_solution_result_pending(const struct hvci_solution *solution,
                                  size_t function);

#ifdef __cplusplus
}
#endif

#endif
