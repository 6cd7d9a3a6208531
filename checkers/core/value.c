// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * value.c - the value domain: sets of partly known bit patterns.
 */
#include "alternative.h"

static bool same_predicate(const struct hvci_predicate *a,
                           const struct hvci_predicate *b) {
  return a->mask == b->mask && a->want == b->want && a->equal == b->equal;
}

static bool has_guard(const struct hvci_alternative *a,
                      const struct hvci_predicate *guard) {
  for (uint32_t i = 0; i < a->guard_count; i++)
    if (same_predicate(&a->guards[i], guard))
      return true;
  return false;
}

static bool has_guards(const struct hvci_alternative *a,
                       const struct hvci_alternative *of) {
  for (uint32_t i = 0; i < of->guard_count; i++)
    if (!has_guard(a, &of->guards[i]))
      return false;
  return true;
}

static bool same_but_guards(const struct hvci_alternative *a,
                            const struct hvci_alternative *b) {
  return a->ones == b->ones && a->zeros == b->zeros && a->base == b->base;
}

static bool same_bits(const struct hvci_alternative *a,
                      const struct hvci_alternative *b) {
  return same_but_guards(a, b) && a->guard_count == b->guard_count &&
         has_guards(b, a);
}

static void drop_base_if_known(struct hvci_alternative *a) {
  if (is_known(a) && a->guard_count == 0)
    drop_base(a);
}

static void set_single(struct hvci_value *out, struct hvci_alternative a) {
  drop_base_if_known(&a);
  out->count = 1;
  out->alternatives[0] = a;
}

void hvci_value_unknown(struct hvci_value *out, unsigned width) {
  set_single(out, (struct hvci_alternative){.zeros = ~mask_of(width),
                                            .base = HVCI_NO_BASE});
}

void hvci_value_constant(struct hvci_value *out, uint64_t bits, uint32_t terms,
                         unsigned width) {
  bits &= mask_of(width);
  set_single(out, (struct hvci_alternative){.ones = bits,
                                            .zeros = ~bits,
                                            .terms = terms,
                                            .base = HVCI_NO_BASE});
}

void hvci_value_base(struct hvci_value *out, int32_t base, unsigned width) {
  set_single(out,
             (struct hvci_alternative){.zeros = ~mask_of(width), .base = base});
}

void hvci_value_none(struct hvci_value *out) { out->count = 0; }

// What both have in common: the bits on which they agree. The others are no
// longer the base's own: one of the two may have set or cleared them.
static struct hvci_alternative widen(struct hvci_alternative a,
                                     const struct hvci_alternative *b) {
  a.ones &= b->ones;
  a.zeros &= b->zeros;
  a.terms |= b->terms;
  drop_base(&a);
  return a;
}

// Both ways of a test that meet again leave nothing to remember of it: takes
// the one guard from `a` of which `b` has the opposite, all others being equal.
static bool drop_opposite(struct hvci_alternative *a,
                          const struct hvci_alternative *b) {
  if (a->guard_count != b->guard_count)
    return false;
  for (uint32_t i = 0; i < a->guard_count; i++) {
    struct hvci_alternative rest = *a;
    struct hvci_predicate opposite = a->guards[i];
    opposite.equal = !opposite.equal;
    rest.guards[i] = rest.guards[--rest.guard_count];
    if (has_guard(b, &opposite) && has_guards(b, &rest)) {
      rest.terms |= b->terms;
      *a = rest;
      return true;
    }
  }
  return false;
}

void hvci_value_include(struct hvci_value *value, struct hvci_alternative a) {
  drop_base_if_known(&a);
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_alternative *old = &value->alternatives[i];
    if (!same_but_guards(old, &a))
      continue;
    if (has_guards(&a, old)) { // what it stands for is there
      old->terms |= a.terms;
      return;
    }
    if (has_guards(old, &a) || drop_opposite(&a, old)) {
      a.terms |= old->terms;
      *old = value->alternatives[--value->count];
      hvci_value_include(value, a); // it may take in others now
      return;
    }
  }
  if (value->count < HVCI_MAX_ALTERNATIVES) {
    value->alternatives[value->count++] = a;
    return;
  }
  for (unsigned i = 0; i < value->count; i++)
    a = widen(a, &value->alternatives[i]);
  set_single(value, a);
}

void hvci_value_join(struct hvci_value *out, const struct hvci_value *left,
                     const struct hvci_value *right) {
  struct hvci_value result = *left;
  for (unsigned i = 0; i < right->count; i++)
    hvci_value_include(&result, right->alternatives[i]);
  *out = result;
}

// If the base is neither of two values that differ in one bit alone, its other
// bits are not those: a switch that sorts values out needs fewer guards. Takes
// the other out of the alternative and widens this one.
static bool absorb_guard(struct hvci_alternative *a,
                         struct hvci_predicate *guard) {
  for (uint32_t i = 0; i < a->guard_count; i++) {
    const struct hvci_predicate *other = &a->guards[i];
    uint64_t bit = other->want ^ guard->want;
    if (other->equal || guard->equal || other->mask != guard->mask ||
        (bit & (bit - 1)))
      continue;
    guard->mask &= ~bit;
    guard->want &= ~bit;
    a->guards[i] = a->guards[--a->guard_count];
    return true;
  }
  return false;
}

// Adds what is known of the base; an alternative that would have to remember
// too much becomes unknown.
static void add_guard(struct hvci_alternative *a, struct hvci_predicate guard) {
  if (has_guard(a, &guard))
    return;
  while (absorb_guard(a, &guard))
    ;
  if (a->guard_count == HVCI_MAX_GUARDS)
    drop_base(a);
  else
    a->guards[a->guard_count++] = guard;
}

static enum hvci_answer ask_one(const struct hvci_alternative *a,
                                const struct hvci_predicate *p);

// What the guards tell of the predicate.
static enum hvci_answer ask_guards(const struct hvci_alternative *a,
                                   const struct hvci_predicate *p) {
  struct hvci_alternative base = {.base = HVCI_NO_BASE};
  struct hvci_predicate opposite = *p;
  opposite.equal = !p->equal;
  if (has_guard(a, &opposite))
    return HVCI_NO;
  for (uint32_t i = 0; i < a->guard_count; i++) {
    const struct hvci_predicate *guard = &a->guards[i];
    if (!guard->equal)
      continue;
    base.ones |= guard->want;
    base.zeros |= guard->mask & ~guard->want;
  }
  return ask_one(&base, p);
}

// What the predicate asks of the base, when it is asked of the alternative: of
// the bits that are not known.
static struct hvci_predicate of_base(const struct hvci_alternative *a,
                                     const struct hvci_predicate *p) {
  uint64_t unknown = ~(a->ones | a->zeros);
  return (struct hvci_predicate){
      .mask = p->mask & unknown, .want = p->want & unknown, .equal = p->equal};
}

void hvci_value_assume(struct hvci_value *out, const struct hvci_value *value,
                       const struct hvci_predicate *predicate, bool holds) {
  struct hvci_value result = {.count = 0};
  struct hvci_predicate wanted = *predicate;
  wanted.equal = holds ? predicate->equal : !predicate->equal;
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_alternative a = value->alternatives[i];
    enum hvci_answer answer = ask_one(&a, &wanted);
    if (answer == HVCI_NO)
      continue;
    if (answer == HVCI_UNKNOWN && a.base != HVCI_NO_BASE) {
      struct hvci_predicate guard = of_base(&a, &wanted);
      enum hvci_answer told = ask_guards(&a, &guard);
      if (told == HVCI_NO)
        continue;
      if (told == HVCI_UNKNOWN)
        add_guard(&a, guard);
    }
    hvci_value_include(&result, a);
  }
  *out = result;
}

void hvci_value_under(struct hvci_value *out, const struct hvci_value *value,
                      const struct hvci_value *tested) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *a = &value->alternatives[i];
    if (a->base != HVCI_NO_BASE || !is_known(a)) {
      hvci_value_include(&result, *a);
      continue;
    }
    for (unsigned j = 0; j < tested->count; j++) {
      struct hvci_alternative guarded = tested->alternatives[j];
      guarded.ones = a->ones;
      guarded.zeros = a->zeros;
      guarded.terms = a->terms;
      hvci_value_include(&result, guarded);
    }
  }
  *out = result;
}

// The base of `a` turns out to be `by`.
static void substitute_one(struct hvci_value *out,
                           const struct hvci_alternative *a,
                           const struct hvci_alternative *by) {
  uint64_t unknown = ~(a->ones | a->zeros);
  struct hvci_alternative r = *by;
  r.ones = a->ones | (by->ones & unknown);
  r.zeros = a->zeros | (by->zeros & unknown);
  r.terms |= a->terms;
  for (uint32_t i = 0; i < a->guard_count; i++) {
    enum hvci_answer answer = ask_one(by, &a->guards[i]);
    if (answer == HVCI_NO)
      return;
    if (answer == HVCI_YES || r.base == HVCI_NO_BASE)
      continue;
    add_guard(&r, of_base(by, &a->guards[i]));
  }
  hvci_value_include(out, r);
}

void hvci_value_substitute(struct hvci_value *out,
                           const struct hvci_value *value, int32_t base,
                           const struct hvci_value *by) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *a = &value->alternatives[i];
    if (a->base != base) {
      hvci_value_include(&result, *a);
      continue;
    }
    for (unsigned j = 0; j < by->count; j++)
      substitute_one(&result, a, &by->alternatives[j]);
  }
  *out = result;
}

bool hvci_value_equal(const struct hvci_value *left,
                      const struct hvci_value *right) {
  if (left->count != right->count)
    return false;
  for (unsigned i = 0; i < left->count; i++) {
    bool found = false;
    for (unsigned j = 0; j < right->count && !found; j++)
      found = same_bits(&left->alternatives[i], &right->alternatives[j]);
    if (!found)
      return false;
  }
  return true;
}

bool hvci_value_is_constant(const struct hvci_value *value, uint64_t *bits) {
  if (value->count != 1 || !is_known(&value->alternatives[0]))
    return false;
  if (bits)
    *bits = value->alternatives[0].ones;
  return true;
}

static enum hvci_answer ask_one(const struct hvci_alternative *a,
                                const struct hvci_predicate *p) {
  uint64_t wrong = (a->ones & p->mask & ~p->want) | (a->zeros & p->want);
  if (wrong)
    return p->equal ? HVCI_NO : HVCI_YES;
  if (p->mask & ~(a->ones | a->zeros))
    return HVCI_UNKNOWN;
  return p->equal ? HVCI_YES : HVCI_NO;
}

struct hvci_verdict hvci_value_ask(const struct hvci_value *value,
                                   const struct hvci_predicate *predicate) {
  unsigned yes = 0, no = 0;
  struct hvci_verdict verdict = {.answer = HVCI_UNKNOWN};
  for (unsigned i = 0; i < value->count; i++) {
    switch (ask_one(&value->alternatives[i], predicate)) {
    case HVCI_YES:
      yes++;
      verdict.terms |= value->alternatives[i].terms;
      break;
    case HVCI_NO:
      no++;
      break;
    case HVCI_UNKNOWN:
      break;
    }
  }
  if (yes > 0)
    verdict.answer = HVCI_YES;
  else if (no == value->count)
    verdict.answer = HVCI_NO;
  verdict.every = yes == value->count;
  return verdict;
}
