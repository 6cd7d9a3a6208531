// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * value.c - the value domain: sets of partly known bit patterns.
 */
#include "hvci/value.h"

static uint64_t mask_of(unsigned width) {
  return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

static bool is_known(const struct hvci_alternative *a) {
  return (a->ones | a->zeros) == UINT64_MAX;
}

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

static void drop_base(struct hvci_alternative *a) {
  a->base = HVCI_NO_BASE;
  a->guard_count = 0;
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

static void add_alternative(struct hvci_value *value,
                            struct hvci_alternative a) {
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
      add_alternative(value, a); // it may take in others now
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
    add_alternative(&result, right->alternatives[i]);
  *out = result;
}

// Addition of partly known numbers: a result bit is known where both operands'
// bits and the carry into it are. The carries are those of the least and of
// the greatest possible sum.
static struct hvci_alternative add_bits(const struct hvci_alternative *a,
                                        const struct hvci_alternative *b,
                                        uint64_t carry) {
  uint64_t greatest = ~a->zeros + ~b->zeros + carry;
  uint64_t least = a->ones + b->ones + carry;
  uint64_t carry_zero = ~(greatest ^ a->zeros ^ b->zeros);
  uint64_t carry_one = least ^ a->ones ^ b->ones;
  uint64_t known =
      (a->ones | a->zeros) & (b->ones | b->zeros) & (carry_zero | carry_one);
  return (struct hvci_alternative){
      .ones = least & known, .zeros = ~greatest & known, .base = HVCI_NO_BASE};
}

static struct hvci_alternative complement(const struct hvci_alternative *a) {
  return (struct hvci_alternative){.ones = a->zeros,
                                   .zeros = a->ones,
                                   .terms = a->terms,
                                   .base = HVCI_NO_BASE};
}

static struct hvci_alternative shift(const struct hvci_alternative *a,
                                     const struct hvci_alternative *by,
                                     bool left, unsigned width) {
  struct hvci_alternative r = {.base = HVCI_NO_BASE};
  if (!is_known(by) || by->ones >= width)
    return r;
  unsigned n = (unsigned)by->ones;
  if (left) {
    r.ones = a->ones << n;
    r.zeros = a->zeros << n | mask_of(n);
  } else {
    r.ones = a->ones >> n;
    r.zeros = n == 0 ? a->zeros : a->zeros >> n | ~(UINT64_MAX >> n);
  }
  return r;
}

// The parameter behind the unknown bits of `a` stays behind those of the result
// when the other operand is a constant that leaves each of them alone.
static void keep_base(struct hvci_alternative *out,
                      const struct hvci_alternative *a,
                      const struct hvci_alternative *b) {
  const struct hvci_alternative *from = is_known(b) ? a : b;
  const struct hvci_alternative *other = is_known(b) ? b : a;
  if (!is_known(other))
    return;
  out->base = from->base;
  out->guard_count = from->guard_count;
  for (uint32_t i = 0; i < from->guard_count; i++)
    out->guards[i] = from->guards[i];
}

static struct hvci_alternative combine(enum hvci_operation operation,
                                       const struct hvci_alternative *a,
                                       const struct hvci_alternative *b,
                                       unsigned width) {
  struct hvci_alternative r = {.base = HVCI_NO_BASE};
  switch (operation) {
  case HVCI_OR:
    r.ones = a->ones | b->ones;
    r.zeros = a->zeros & b->zeros;
    keep_base(&r, a, b);
    break;
  case HVCI_AND:
    r.ones = a->ones & b->ones;
    r.zeros = a->zeros | b->zeros;
    keep_base(&r, a, b);
    break;
  case HVCI_XOR:
    r.ones = (a->ones & b->zeros) | (a->zeros & b->ones);
    r.zeros = (a->ones & b->ones) | (a->zeros & b->zeros);
    break;
  case HVCI_ADD:
    r = add_bits(a, b, 0);
    break;
  case HVCI_SUBTRACT: {
    struct hvci_alternative inverted = complement(b);
    r = add_bits(a, &inverted, 1);
    break;
  }
  case HVCI_SHIFT_LEFT:
  case HVCI_SHIFT_RIGHT:
    r = shift(a, b, operation == HVCI_SHIFT_LEFT, width);
    break;
  }
  r.terms = a->terms | b->terms;
  return r;
}

static void cut(struct hvci_alternative *a, unsigned width) {
  a->ones &= mask_of(width);
  a->zeros |= ~mask_of(width);
}

void hvci_value_apply(struct hvci_value *out, enum hvci_operation operation,
                      const struct hvci_value *left,
                      const struct hvci_value *right, unsigned width) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < left->count; i++) {
    for (unsigned j = 0; j < right->count; j++) {
      struct hvci_alternative r = combine(operation, &left->alternatives[i],
                                          &right->alternatives[j], width);
      cut(&r, width);
      add_alternative(&result, r);
    }
  }
  *out = result;
}

void hvci_value_complement(struct hvci_value *out,
                           const struct hvci_value *value, unsigned width) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_alternative r = complement(&value->alternatives[i]);
    cut(&r, width);
    add_alternative(&result, r);
  }
  *out = result;
}

static void sign_extend(struct hvci_alternative *a, unsigned from_width) {
  uint64_t sign = UINT64_C(1) << (from_width - 1);
  uint64_t above = ~mask_of(from_width);
  a->zeros &= ~above;
  if (a->ones & sign)
    a->ones |= above;
  else if (a->zeros & sign)
    a->zeros |= above;
  else
    drop_base(a); // the new bits repeat one bit of the base
}

void hvci_value_convert(struct hvci_value *out, const struct hvci_value *value,
                        unsigned from_width, bool from_signed,
                        unsigned to_width) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < value->count; i++) {
    struct hvci_alternative r = value->alternatives[i];
    if (from_signed && to_width > from_width)
      sign_extend(&r, from_width);
    cut(&r, to_width);
    add_alternative(&result, r);
  }
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
    add_alternative(&result, a);
  }
  *out = result;
}

void hvci_value_under(struct hvci_value *out, const struct hvci_value *value,
                      const struct hvci_value *tested) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *a = &value->alternatives[i];
    if (a->base != HVCI_NO_BASE || !is_known(a)) {
      add_alternative(&result, *a);
      continue;
    }
    for (unsigned j = 0; j < tested->count; j++) {
      struct hvci_alternative guarded = tested->alternatives[j];
      guarded.ones = a->ones;
      guarded.zeros = a->zeros;
      guarded.terms = a->terms;
      add_alternative(&result, guarded);
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
  add_alternative(out, r);
}

void hvci_value_substitute(struct hvci_value *out,
                           const struct hvci_value *value, int32_t base,
                           const struct hvci_value *by) {
  struct hvci_value result = {.count = 0};
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *a = &value->alternatives[i];
    if (a->base != base) {
      add_alternative(&result, *a);
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
