// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * value.h - what is known of an argument's value.
 *
 * A value is a small set of alternatives, one for each way the program may
 * choose it. Of each alternative some bits are known; the others are unknown,
 * or come from elsewhere (the base): from a parameter of the enclosing function
 * or from the result of a call it makes. All values are at most 64 bits wide;
 * bits above a value's width are known to be zero.
 *
 * A value without alternatives belongs to a place that is never reached.
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

/* What gives the unknown bits, each in its own place: a parameter (its 0-based
   index), the result of one of the function's calls (HVCI_RESULT_OF its 0-based
   site, see program.h), or nothing that is known. */
#define HVCI_NO_BASE (-1)
#define HVCI_RESULT_OF(site) (-2 - (int32_t)(site))
#define HVCI_SITE_OF(base) (-2 - (base)) /* base <= -2 */

/* Holds for v iff (v & mask) == want, or != want where `equal` is false. */
struct hvci_predicate {
  uint64_t mask;
  uint64_t want;
  bool equal;
};

/* An alternative that would need more is unknown. */
#define HVCI_MAX_GUARDS 3

struct hvci_alternative {
  uint64_t ones;  /* bits known to be one; disjoint from zeros */
  uint64_t zeros; /* bits known to be zero */
  uint32_t terms; /* bit i: term i of the argument contributed to it */
  int32_t base;   /* see above */
  /* What the program has tested of the base on the way here: the alternative
     exists only where all of it holds for the base's own bits. A constant may
     have them too: `return p ? A : B`. */
  uint32_t guard_count; /* 0 .. HVCI_MAX_GUARDS; 0 without a base */
  struct hvci_predicate guards[HVCI_MAX_GUARDS];
};

struct hvci_value {
  unsigned count; /* 0 .. HVCI_MAX_ALTERNATIVES */
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

/* What the base gives: a parameter's index or HVCI_RESULT_OF a site. */
void hvci_value_base(struct hvci_value *out, int32_t base, unsigned width);

/* No value: the place is not reached. */
void hvci_value_none(struct hvci_value *out);

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

/*
 * The value behind a test that found the predicate to hold for it (or, with
 * `holds` false, not to): alternatives of which that is known to be impossible
 * are gone, those with a base remember the test as a guard.
 */
void hvci_value_assume(struct hvci_value *out, const struct hvci_value *value,
                       const struct hvci_predicate *predicate, bool holds);

/*
 * The value where the program's tests have left `tested` of another value: each
 * constant takes over the guards of those alternatives, and is there once for
 * each. What has a base already, or is not known, stays as it is.
 */
void hvci_value_under(struct hvci_value *out, const struct hvci_value *value,
                      const struct hvci_value *tested);

/*
 * Puts `by` in the base's place: each alternative with that base becomes those
 * alternatives of `by` that its guards let through. The terms of both are kept:
 * they must be of one numbering.
 */
void hvci_value_substitute(struct hvci_value *out,
                           const struct hvci_value *value, int32_t base,
                           const struct hvci_value *by);

/* True iff both have the same alternatives, in any order, terms aside. */
bool hvci_value_equal(const struct hvci_value *left,
                      const struct hvci_value *right);

/* True iff there is one alternative and all its bits are known; then they are
   stored in *bits, unless bits is NULL. */
bool hvci_value_is_constant(const struct hvci_value *value, uint64_t *bits);

struct hvci_verdict hvci_value_ask(const struct hvci_value *value,
                                   const struct hvci_predicate *predicate);

#ifdef __cplusplus
}
#endif

#endif
