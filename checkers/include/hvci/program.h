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
  bool has_body;   /* the sites are all that it does */
  bool has_result; /* it has a body and returns what may be a pool type or the
                      like */
  bool open;       /* without a body here, but another unit may have one */
  bool quiet; /* findings inside it are not reported: it is the kit's own */
};

/* How much of a fact is asked for. */
enum hvci_detail {
  HVCI_VALUES = 0, /* what a judgement needs: no places, no text as written */
  HVCI_WORDS = 1,  /* everything */
  HVCI_GLANCE = 2  /* as HVCI_VALUES, but only what costs little: variables and
                      parameters may be unknown */
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

/*
 * Follows the values by the catalogue and the options' own rows. NULL if memory
 * ran out. The program and the options must outlive the solution, which the
 * caller frees.
 */
struct hvci_solution *hvci_solve(const struct hvci_program *program,
                                 const struct hvci_options *options);
void hvci_solution_free(struct hvci_solution *solution);

/* Judges every call, in order. Findings of the rules that the options switch on
   go to the sink. Returns as hvci_check_call() does. */
enum hvci_status hvci_solution_judge(struct hvci_solution *solution,
                                     const struct hvci_sink *sink);

/*
 * Finds out what the functions of other units may have to be told of these;
 * once, before the two questions below. False if memory ran out.
 */
bool hvci_solution_look_out(struct hvci_solution *solution);

/*
 * Bit i is set if argument i of the site may decide something that only the
 * whole program can tell: its callee is open or leads to an open one, its value
 * comes from an open function, or it depends on a parameter of a function that
 * other units can call.
 */
uint32_t hvci_solution_pending(const struct hvci_solution *solution,
                               size_t function, size_t site);

/* Whether callers elsewhere may have to be told the function's result. */
bool hvci_solution_result_pending(const struct hvci_solution *solution,
                                  size_t function);

#ifdef __cplusplus
}
#endif

#endif
