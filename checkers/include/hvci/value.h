// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * value.h - what is known of an argument's value.
 *
 * A value is a small set of alternatives, one for each way the program may
 * choose it. Of each alternative some bits are known; the others are unknown,
 * or come from a parameter of the enclosing function (the base). All values
 * are at most 64 bits wide; bits above a value's width are known to be zero.
 *
 * Nothing here allocates or fails: what cannot be represented becomes unknown.
 */
#ifndef HVCI_VALUE_H
#define HVCI_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* More alternatives than this are widened to the bits they have in common. */
#define HVCI_MAX_ALTERNATIVES 8

/* The terms of one argument (facts.h) are numbered below this. */
#define HVCI_MAX_TERMS 32

#define HVCI_NO_BASE (-1)

struct hvci_alternative {
  uint64_t ones;  /* bits known to be one; disjoint from zeros */
  uint64_t zeros; /* bits known to be zero */
  uint32_t terms; /* bit i: term i of the argument contributed to it */
  int32_t base;   /* the 0-based parameter that gives the unknown bits, each
                     in its own place, or HVCI_NO_BASE */
};

struct hvci_value {
  unsigned count; /* 1 .. HVCI_MAX_ALTERNATIVES */
  struct hvci_alternative alternatives[HVCI_MAX_ALTERNATIVES];
};

enum hvci_operation {
  HVCI_OR = 0,
  HVCI_AND = 1,
  HVCI_XOR = 2,
  HVCI_ADD = 3,
  HVCI_SUBTRACT = 4,
  HVCI_SHIFT_LEFT = 5,
  HVCI_SHIFT_RIGHT = 6 /* logical: the host asks for it on unsigned values */
};

enum hvci_answer { HVCI_NO = 0, HVCI_YES = 1, HVCI_UNKNOWN = 2 };

/* Holds for v iff (v & mask) == want, or != want where `equal` is false. */
struct hvci_predicate {
  uint64_t mask;
  uint64_t want;
  bool equal;
};

/* The answer over all alternatives. */
struct hvci_verdict {
  enum hvci_answer answer; /* YES: of some alternative; NO: of all */
  bool every;              /* with YES: of every alternative */
  uint32_t terms;          /* with YES: the terms of those alternatives */
};

/* Widths are in bits, 1 .. 64. `out` may be one of the operands. */
void hvci_value_unknown(struct hvci_value *out, unsigned width);
void hvci_value_constant(struct hvci_value *out, uint64_t bits, uint32_t terms,
                         unsigned width);

/* The value of parameter `index` (0-based) of the enclosing function. */
void hvci_value_parameter(struct hvci_value *out, int32_t index,
                          unsigned width);

/* One value or the other: `?:`, two branches. */
void hvci_value_join(struct hvci_value *out, const struct hvci_value *left,
                     const struct hvci_value *right);

void hvci_value_apply(struct hvci_value *out, enum hvci_operation operation,
                      const struct hvci_value *left,
                      const struct hvci_value *right, unsigned width);

/* Every bit inverted. */
void hvci_value_complement(struct hvci_value *out,
                           const struct hvci_value *value, unsigned width);

/* A conversion to another width, as C defines it for integers. */
void hvci_value_convert(struct hvci_value *out, const struct hvci_value *value,
                        unsigned from_width, bool from_signed,
                        unsigned to_width);

/* True iff there is one alternative and all its bits are known; then they are
   stored in *bits, unless bits is NULL. */
bool hvci_value_is_constant(const struct hvci_value *value, uint64_t *bits);

struct hvci_verdict hvci_value_ask(const struct hvci_value *value,
                                   const struct hvci_predicate *predicate);

#ifdef __cplusplus
}
#endif

#endif
