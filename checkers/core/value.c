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

static bool same_bits(const struct hvci_alternative *a,
                      const struct hvci_alternative *b) {
  return a->ones == b->ones && a->zeros == b->zeros && a->base == b->base;
}

static void drop_base_if_known(struct hvci_alternative *a) {
  if (is_known(a))
    a->base = HVCI_NO_BASE;
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

void hvci_value_parameter(struct hvci_value *out, int32_t index,
                          unsigned width) {
  set_single(
      out, (struct hvci_alternative){.zeros = ~mask_of(width), .base = index});
}

// What both have in common: the bits on which they agree. The others are no
// longer the base's own: one of the two may have set or cleared them.
static struct hvci_alternative widen(struct hvci_alternative a,
                                     const struct hvci_alternative *b) {
  a.ones &= b->ones;
  a.zeros &= b->zeros;
  a.terms |= b->terms;
  a.base = HVCI_NO_BASE;
  return a;
}

static void add_alternative(struct hvci_value *value,
                            struct hvci_alternative a) {
  drop_base_if_known(&a);
  for (unsigned i = 0; i < value->count; i++) {
    if (same_bits(&value->alternatives[i], &a)) {
      value->alternatives[i].terms |= a.terms;
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
static int32_t kept_base(const struct hvci_alternative *a,
                         const struct hvci_alternative *b) {
  if (a->base != HVCI_NO_BASE && is_known(b))
    return a->base;
  if (b->base != HVCI_NO_BASE && is_known(a))
    return b->base;
  return HVCI_NO_BASE;
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
    r.base = kept_base(a, b);
    break;
  case HVCI_AND:
    r.ones = a->ones & b->ones;
    r.zeros = a->zeros | b->zeros;
    r.base = kept_base(a, b);
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
    a->base = HVCI_NO_BASE; // the new bits repeat one bit of the base
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
