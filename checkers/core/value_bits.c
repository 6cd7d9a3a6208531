// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * value_bits.c - what C's operators and conversions make of a value's bits.
 */
#include "alternative.h"

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
      hvci_value_include(&result, r);
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
    hvci_value_include(&result, r);
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
    hvci_value_include(&result, r);
  }
  *out = result;
}
