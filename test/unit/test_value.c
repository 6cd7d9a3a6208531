// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/value.h"

/* Small widths are checked against every number a pattern stands for. */
enum { WIDTH = 4, NUMBERS = 1 << WIDTH, PATTERNS = 3 * 3 * 3 * 3 };

static uint64_t low_bits(unsigned width) {
  return width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

/* Pattern number `code`: each base-3 digit says 0, 1 or unknown. */
static struct hvci_value pattern(unsigned code, unsigned width) {
  struct hvci_value v;
  hvci_value_unknown(&v, width);
  for (unsigned bit = 0; bit < width; bit++, code /= 3) {
    if (code % 3 == 0)
      v.alternatives[0].zeros |= UINT64_C(1) << bit;
    else if (code % 3 == 1)
      v.alternatives[0].ones |= UINT64_C(1) << bit;
  }
  return v;
}

static unsigned pattern_count(unsigned width) {
  return width == 0 ? 1 : 3 * pattern_count(width - 1);
}

static bool fits(const struct hvci_alternative *a, uint64_t number) {
  return (number & a->ones) == a->ones && (number & a->zeros) == 0;
}

/* The bits that a set of numbers has in common, built one by one. */
struct common {
  uint64_t ones;
  uint64_t zeros;
};

static struct common nothing_seen(void) {
  return (struct common){.ones = UINT64_MAX, .zeros = UINT64_MAX};
}

static void see(struct common *common, uint64_t number) {
  common->ones &= number;
  common->zeros &= ~number;
}

static void assert_common(const struct hvci_value *v, struct common expected) {
  assert_int_equal(v->count, 1);
  assert_int_equal(v->alternatives[0].ones, expected.ones);
  assert_int_equal(v->alternatives[0].zeros, expected.zeros);
}

static uint64_t compute(enum hvci_operation operation, uint64_t a, uint64_t b) {
  switch (operation) {
  case HVCI_OR:
    return a | b;
  case HVCI_AND:
    return a & b;
  case HVCI_XOR:
    return a ^ b;
  case HVCI_ADD:
    return a + b;
  case HVCI_SUBTRACT:
    return a - b;
  case HVCI_SHIFT_LEFT:
    return a << b;
  case HVCI_SHIFT_RIGHT:
    return a >> b;
  }
  return 0;
}

static const enum hvci_operation operations[] = {
    HVCI_OR,       HVCI_AND,        HVCI_XOR,        HVCI_ADD,
    HVCI_SUBTRACT, HVCI_SHIFT_LEFT, HVCI_SHIFT_RIGHT};

static void a_constant_is_known(void **state) {
  (void)state;
  struct hvci_value v;
  uint64_t bits = 0;
  hvci_value_constant(&v, 512, 1, 32);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, 512);
  assert_true(hvci_value_is_constant(&v, NULL));
  assert_int_equal(v.alternatives[0].terms, 1);
  assert_int_equal(v.alternatives[0].base, HVCI_NO_BASE);
}

static void a_constant_is_cut_to_its_width(void **state) {
  (void)state;
  struct hvci_value v;
  uint64_t bits = 0;
  hvci_value_constant(&v, UINT64_MAX, 0, 32);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, UINT32_MAX);
  hvci_value_constant(&v, UINT64_MAX, 0, 1);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, 1);
  hvci_value_constant(&v, UINT64_MAX, 0, 64);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, UINT64_MAX);
}

static void an_unknown_value_is_no_constant(void **state) {
  (void)state;
  struct hvci_value v;
  uint64_t bits = 7;
  hvci_value_unknown(&v, 1);
  assert_false(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, 7);
  assert_int_equal(v.alternatives[0].ones, 0);
  assert_int_equal(v.alternatives[0].zeros, ~UINT64_C(1));
  assert_int_equal(v.alternatives[0].base, HVCI_NO_BASE);
  hvci_value_unknown(&v, 64);
  assert_int_equal(v.alternatives[0].zeros, 0);
}

static void two_alternatives_are_no_constant(void **state) {
  (void)state;
  struct hvci_value a, b;
  hvci_value_constant(&a, 0, 0, 32);
  hvci_value_constant(&b, 1, 0, 32);
  hvci_value_join(&a, &a, &b);
  assert_false(hvci_value_is_constant(&a, NULL));
}

static void a_parameter_gives_its_own_bits(void **state) {
  (void)state;
  struct hvci_value v;
  hvci_value_base(&v, 3, 8);
  assert_int_equal(v.count, 1);
  assert_int_equal(v.alternatives[0].base, 3);
  assert_int_equal(v.alternatives[0].ones, 0);
  assert_int_equal(v.alternatives[0].zeros, ~UINT64_C(0xFF));
  assert_int_equal(v.alternatives[0].terms, 0);
}

// Not only sound, but exact: a bit that is the same in all results is known.
static void an_operation_knows_exactly_the_common_bits(void **state) {
  (void)state;
  for (unsigned o = 0; o <= HVCI_SUBTRACT; o++) {
    for (unsigned i = 0; i < PATTERNS; i++) {
      for (unsigned j = 0; j < PATTERNS; j++) {
        struct hvci_value a = pattern(i, WIDTH), b = pattern(j, WIDTH), r;
        struct common expected = nothing_seen();
        for (uint64_t x = 0; x < NUMBERS; x++)
          for (uint64_t y = 0; y < NUMBERS; y++)
            if (fits(a.alternatives, x) && fits(b.alternatives, y))
              see(&expected, compute(operations[o], x, y) & low_bits(WIDTH));
        hvci_value_apply(&r, operations[o], &a, &b, WIDTH);
        assert_common(&r, expected);
      }
    }
  }
}

static void a_shift_by_a_constant_is_exact(void **state) {
  (void)state;
  for (unsigned o = HVCI_SHIFT_LEFT; o <= HVCI_SHIFT_RIGHT; o++) {
    for (unsigned i = 0; i < PATTERNS; i++) {
      for (unsigned by = 0; by < WIDTH; by++) {
        struct hvci_value a = pattern(i, WIDTH), n, r;
        struct common expected = nothing_seen();
        for (uint64_t x = 0; x < NUMBERS; x++)
          if (fits(a.alternatives, x))
            see(&expected, compute(operations[o], x, by) & low_bits(WIDTH));
        hvci_value_constant(&n, by, 0, 32);
        hvci_value_apply(&r, operations[o], &a, &n, WIDTH);
        assert_common(&r, expected);
      }
    }
  }
}

static void a_shift_reaches_the_ends_of_64_bits(void **state) {
  (void)state;
  struct hvci_value one, top, none, n, r;
  uint64_t bits = 0;
  hvci_value_constant(&one, 1, 0, 64);
  hvci_value_constant(&top, UINT64_C(1) << 63, 0, 64);
  hvci_value_constant(&n, 63, 0, 64);
  hvci_value_constant(&none, 0, 0, 64);
  hvci_value_apply(&r, HVCI_SHIFT_LEFT, &one, &n, 64);
  assert_true(hvci_value_is_constant(&r, &bits));
  assert_int_equal(bits, UINT64_C(1) << 63);
  hvci_value_apply(&r, HVCI_SHIFT_RIGHT, &top, &n, 64);
  assert_true(hvci_value_is_constant(&r, &bits));
  assert_int_equal(bits, 1);
  hvci_value_apply(&r, HVCI_SHIFT_RIGHT, &top, &none, 64);
  assert_true(hvci_value_is_constant(&r, &bits));
  assert_int_equal(bits, UINT64_C(1) << 63);
}

static void a_shift_by_something_else_is_unknown(void **state) {
  (void)state;
  struct hvci_value one, some, r;
  hvci_value_constant(&one, 1, 0, 32);
  for (unsigned o = HVCI_SHIFT_LEFT; o <= HVCI_SHIFT_RIGHT; o++) {
    static const uint64_t too_far[] = {64, 65, UINT64_C(1) << 32, UINT64_MAX};
    for (size_t i = 0; i < sizeof too_far / sizeof *too_far; i++) {
      hvci_value_constant(&some, too_far[i], 0, 64);
      hvci_value_apply(&r, operations[o], &one, &some, 32);
      assert_common(&r, (struct common){.zeros = ~low_bits(32)});
    }
    hvci_value_unknown(&some, 32);
    hvci_value_apply(&r, operations[o], &one, &some, 32);
    assert_common(&r, (struct common){.zeros = ~low_bits(32)});
  }
}

static void a_sum_carries_and_wraps_at_its_width(void **state) {
  (void)state;
  static const struct {
    enum hvci_operation operation;
    uint64_t left, right;
    unsigned width;
    uint64_t result;
  } sums[] = {
      {HVCI_ADD, UINT32_MAX, 1, 32, 0},
      {HVCI_ADD, UINT32_MAX, 1, 64, UINT64_C(0x100000000)},
      {HVCI_ADD, UINT64_MAX, 2, 64, 1},
      {HVCI_SUBTRACT, 0, 1, 32, UINT32_MAX},
      {HVCI_SUBTRACT, 0, 1, 64, UINT64_MAX},
      {HVCI_SUBTRACT, UINT64_C(1) << 63, 1, 64, INT64_MAX},
      {HVCI_ADD, 16, 0x40000000, 32, 0x40000010},
  };
  for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
    struct hvci_value a, b, r;
    uint64_t bits = 0;
    hvci_value_constant(&a, sums[i].left, 0, sums[i].width);
    hvci_value_constant(&b, sums[i].right, 0, sums[i].width);
    hvci_value_apply(&r, sums[i].operation, &a, &b, sums[i].width);
    assert_true(hvci_value_is_constant(&r, &bits));
    assert_int_equal(bits, sums[i].result);
  }
}

static void a_complement_inverts_the_bits_of_its_width(void **state) {
  (void)state;
  for (unsigned i = 0; i < PATTERNS; i++) {
    struct hvci_value a = pattern(i, WIDTH), r;
    struct common expected = nothing_seen();
    for (uint64_t x = 0; x < NUMBERS; x++)
      if (fits(a.alternatives, x))
        see(&expected, ~x & low_bits(WIDTH));
    hvci_value_complement(&r, &a, WIDTH);
    assert_common(&r, expected);
    hvci_value_complement(&r, &r, WIDTH);
    assert_common(&r, (struct common){.ones = a.alternatives[0].ones,
                                      .zeros = a.alternatives[0].zeros});
  }
}

static uint64_t converted(uint64_t number, unsigned from, bool from_signed,
                          unsigned to) {
  if (from_signed && (number >> (from - 1) & 1))
    number |= ~low_bits(from);
  return number & low_bits(to);
}

static void a_conversion_is_that_of_c(void **state) {
  (void)state;
  static const unsigned widths[] = {1, 2, 3, 4, 5, 8, 63, 64};
  for (unsigned from = 1; from <= WIDTH; from++) {
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
      for (int is_signed = 0; is_signed <= 1; is_signed++) {
        for (unsigned i = 0; i < pattern_count(from); i++) {
          struct hvci_value a = pattern(i, from), r;
          struct common expected = nothing_seen();
          for (uint64_t x = 0; x <= low_bits(from); x++)
            if (fits(a.alternatives, x))
              see(&expected, converted(x, from, is_signed, widths[w]));
          hvci_value_convert(&r, &a, from, is_signed, widths[w]);
          assert_common(&r, expected);
        }
      }
    }
  }
}

static void a_negative_int_becomes_a_large_ulong64(void **state) {
  (void)state;
  struct hvci_value v;
  uint64_t bits = 0;
  hvci_value_constant(&v, (uint64_t)-2, 0, 32);
  hvci_value_convert(&v, &v, 32, true, 64);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, (uint64_t)-2);
  hvci_value_constant(&v, (uint64_t)-2, 0, 32);
  hvci_value_convert(&v, &v, 32, false, 64);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, UINT64_C(0xFFFFFFFE));
}

static void an_answer_is_that_of_every_number(void **state) {
  (void)state;
  enum { BITS = 3 };
  for (unsigned i = 0; i < pattern_count(BITS); i++) {
    for (uint64_t mask = 0; mask <= low_bits(BITS); mask++) {
      for (uint64_t want = 0; want <= mask; want++) {
        for (int equal = 0; equal <= 1; equal++) {
          if (want & ~mask)
            continue;
          struct hvci_value a = pattern(i, BITS);
          struct hvci_predicate p = {mask, want, equal};
          bool yes = false, no = false;
          for (uint64_t x = 0; x <= low_bits(BITS); x++) {
            if (!fits(a.alternatives, x))
              continue;
            if (((x & mask) == want) == equal)
              yes = true;
            else
              no = true;
          }
          enum hvci_answer expected = yes && no ? HVCI_UNKNOWN
                                      : yes     ? HVCI_YES
                                                : HVCI_NO;
          struct hvci_verdict verdict = hvci_value_ask(&a, &p);
          assert_int_equal(verdict.answer, expected);
          if (expected == HVCI_YES)
            assert_true(verdict.every);
        }
      }
    }
  }
}

static const struct hvci_predicate bit_0_is_set = {1, 1, true};

// What an alternative of each answer looks like; all have a term of their own.
static struct hvci_alternative answering(enum hvci_answer answer,
                                         unsigned term) {
  return (struct hvci_alternative){
      .ones = answer == HVCI_YES,
      .zeros = answer == HVCI_NO,
      .terms = UINT32_C(1) << term,
      .base = HVCI_NO_BASE,
  };
}

static void an_answer_counts_all_alternatives(void **state) {
  (void)state;
  for (unsigned code = 0; code < 27; code++) {
    const enum hvci_answer each[3] = {code % 3, code / 3 % 3, code / 9};
    struct hvci_value v = {.count = 3};
    unsigned yes = 0, no = 0;
    uint32_t terms = 0;
    for (unsigned i = 0; i < 3; i++) {
      v.alternatives[i] = answering(each[i], i);
      yes += each[i] == HVCI_YES;
      no += each[i] == HVCI_NO;
      terms |= (uint32_t)(each[i] == HVCI_YES) << i;
    }
    struct hvci_verdict verdict = hvci_value_ask(&v, &bit_0_is_set);
    assert_int_equal(verdict.answer, yes       ? HVCI_YES
                                     : no == 3 ? HVCI_NO
                                               : HVCI_UNKNOWN);
    assert_int_equal(verdict.terms, terms);
    if (yes)
      assert_int_equal(verdict.every, yes == 3);
  }
}

static void a_join_keeps_both_values(void **state) {
  (void)state;
  struct hvci_value a, b;
  hvci_value_constant(&a, 0, 1, 32);
  hvci_value_constant(&b, 512, 2, 32);
  hvci_value_join(&a, &a, &b);
  assert_int_equal(a.count, 2);
  assert_int_equal(a.alternatives[0].ones, 0);
  assert_int_equal(a.alternatives[0].terms, 1);
  assert_int_equal(a.alternatives[1].ones, 512);
  assert_int_equal(a.alternatives[1].terms, 2);
}

static void the_same_alternative_is_kept_once_with_both_terms(void **state) {
  (void)state;
  struct hvci_value a, b;
  hvci_value_constant(&a, 5, 1, 32);
  hvci_value_constant(&b, 5, 8, 32);
  hvci_value_join(&b, &a, &b);
  assert_int_equal(b.count, 1);
  assert_int_equal(b.alternatives[0].terms, 9);
}

static void two_parameters_are_two_alternatives(void **state) {
  (void)state;
  struct hvci_value a, b;
  hvci_value_base(&a, 0, 32);
  hvci_value_base(&b, 1, 32);
  hvci_value_join(&a, &a, &b);
  assert_int_equal(a.count, 2);
}

static void operands_multiply_their_alternatives_and_terms(void **state) {
  (void)state;
  struct hvci_value a, b, c;
  hvci_value_constant(&a, 1, 1, 32);
  hvci_value_constant(&b, 2, 2, 32);
  hvci_value_join(&a, &a, &b);
  hvci_value_constant(&b, 4, 4, 32);
  hvci_value_constant(&c, 8, 8, 32);
  hvci_value_join(&b, &b, &c);
  hvci_value_apply(&a, HVCI_OR, &a, &b, 32);
  assert_int_equal(a.count, 4);
  for (unsigned i = 0; i < 4; i++) {
    assert_int_equal(a.alternatives[i].ones, (i / 2 ? 2 : 1) + (i % 2 ? 8 : 4));
    assert_int_equal(a.alternatives[i].terms, a.alternatives[i].ones);
  }
}

static void each_operation_keeps_the_terms(void **state) {
  (void)state;
  struct hvci_value a, b, r;
  hvci_value_constant(&a, 12, 1, 32);
  hvci_value_constant(&b, 1, 2, 32);
  for (size_t o = 0; o < sizeof operations / sizeof *operations; o++) {
    hvci_value_apply(&r, operations[o], &a, &b, 32);
    assert_int_equal(r.alternatives[0].terms, 3);
    assert_int_equal(r.alternatives[0].ones,
                     compute(operations[o], 12, 1) & UINT32_MAX);
  }
  hvci_value_complement(&r, &a, 32);
  assert_int_equal(r.alternatives[0].terms, 1);
  hvci_value_convert(&r, &a, 32, true, 64);
  assert_int_equal(r.alternatives[0].terms, 1);
}

/* The numbers first, first + step, ..., each with a term of its own. */
static struct hvci_value choice_of(unsigned count, uint64_t first,
                                   uint64_t step) {
  struct hvci_value v, next;
  hvci_value_constant(&v, first, 1, 32);
  for (unsigned i = 1; i < count; i++) {
    hvci_value_constant(&next, first + i * step, UINT32_C(1) << i, 32);
    hvci_value_join(&v, &v, &next);
  }
  return v;
}

static void eight_alternatives_stay_apart(void **state) {
  (void)state;
  struct hvci_value v = choice_of(HVCI_MAX_ALTERNATIVES, 0x10, 0x100);
  assert_int_equal(v.count, HVCI_MAX_ALTERNATIVES);
  for (unsigned i = 0; i < HVCI_MAX_ALTERNATIVES; i++)
    assert_int_equal(v.alternatives[i].ones, 0x10 + i * 0x100);
}

static void nine_alternatives_become_their_common_bits(void **state) {
  (void)state;
  struct hvci_value v = choice_of(HVCI_MAX_ALTERNATIVES + 1, 0x10, 0x100);
  assert_int_equal(v.count, 1);
  assert_int_equal(v.alternatives[0].ones, 0x10);
  assert_int_equal(v.alternatives[0].zeros, ~UINT64_C(0xF10));
  assert_int_equal(v.alternatives[0].terms, 0x1FF);
}

static int32_t base_after(enum hvci_operation operation,
                          const struct hvci_value *left,
                          const struct hvci_value *right) {
  struct hvci_value r;
  hvci_value_apply(&r, operation, left, right, 32);
  assert_int_equal(r.count, 1);
  return r.alternatives[0].base;
}

static void or_and_and_with_a_constant_keep_the_parameter(void **state) {
  (void)state;
  struct hvci_value p, c, r;
  hvci_value_base(&p, 2, 32);
  hvci_value_constant(&c, 0x200, 1, 32);
  assert_int_equal(base_after(HVCI_OR, &p, &c), 2);
  assert_int_equal(base_after(HVCI_OR, &c, &p), 2);
  assert_int_equal(base_after(HVCI_AND, &p, &c), 2);
  assert_int_equal(base_after(HVCI_AND, &c, &p), 2);
  hvci_value_apply(&r, HVCI_OR, &p, &c, 32);
  assert_int_equal(r.alternatives[0].ones, 0x200);
  assert_int_equal(r.alternatives[0].zeros, ~low_bits(32));
}

static void bits_that_move_or_mix_lose_the_parameter(void **state) {
  (void)state;
  struct hvci_value p, q, c, unknown, r;
  hvci_value_base(&p, 0, 32);
  hvci_value_base(&q, 1, 32);
  hvci_value_constant(&c, 1, 0, 32);
  hvci_value_unknown(&unknown, 32);
  for (unsigned o = HVCI_XOR; o <= HVCI_SHIFT_RIGHT; o++)
    assert_int_equal(base_after(operations[o], &p, &c), HVCI_NO_BASE);
  for (unsigned o = HVCI_OR; o <= HVCI_SHIFT_RIGHT; o++) {
    assert_int_equal(base_after(operations[o], &p, &q), HVCI_NO_BASE);
    assert_int_equal(base_after(operations[o], &p, &unknown), HVCI_NO_BASE);
    assert_int_equal(base_after(operations[o], &unknown, &p), HVCI_NO_BASE);
  }
  hvci_value_complement(&r, &p, 32);
  assert_int_equal(r.alternatives[0].base, HVCI_NO_BASE);
}

static void a_constant_has_no_parameter_left(void **state) {
  (void)state;
  struct hvci_value p, zero, r;
  hvci_value_base(&p, 0, 32);
  hvci_value_constant(&zero, 0, 0, 32);
  hvci_value_apply(&r, HVCI_AND, &p, &zero, 32);
  assert_true(hvci_value_is_constant(&r, NULL));
  assert_int_equal(r.alternatives[0].base, HVCI_NO_BASE);
}

static void only_sign_extension_loses_the_parameter(void **state) {
  (void)state;
  struct hvci_value p, r;
  hvci_value_base(&p, 4, 32);
  hvci_value_convert(&r, &p, 32, false, 64);
  assert_int_equal(r.alternatives[0].base, 4);
  hvci_value_convert(&r, &p, 32, true, 8);
  assert_int_equal(r.alternatives[0].base, 4);
  hvci_value_convert(&r, &p, 32, true, 32);
  assert_int_equal(r.alternatives[0].base, 4);
  hvci_value_convert(&r, &p, 32, true, 64);
  assert_int_equal(r.alternatives[0].base, HVCI_NO_BASE);
}

// T | 1, T | 2, ...: what they have in common is not T, whose bits are open.
static void widening_loses_the_parameter(void **state) {
  (void)state;
  struct hvci_value p, v;
  hvci_value_base(&p, 0, 32);
  v = p;
  for (unsigned i = 0; i < HVCI_MAX_ALTERNATIVES; i++) {
    struct hvci_value flag, next;
    hvci_value_constant(&flag, UINT64_C(1) << i, 0, 32);
    hvci_value_apply(&next, HVCI_OR, &p, &flag, 32);
    hvci_value_join(&v, &v, &next);
  }
  assert_int_equal(v.count, 1);
  assert_int_equal(v.alternatives[0].ones, 0);
  assert_int_equal(v.alternatives[0].base, HVCI_NO_BASE);
}

static void assert_same(const struct hvci_value *a,
                        const struct hvci_value *b) {
  assert_int_equal(a->count, b->count);
  assert_memory_equal(a->alternatives, b->alternatives,
                      a->count * sizeof *a->alternatives);
}

static void the_result_may_be_an_operand(void **state) {
  (void)state;
  struct hvci_value a = choice_of(3, 1, 1), b = choice_of(2, 8, 8), r, both;
  hvci_value_apply(&r, HVCI_ADD, &a, &b, 32);
  assert_int_equal(r.count, 6);
  both = a;
  hvci_value_apply(&both, HVCI_ADD, &both, &b, 32);
  assert_same(&r, &both);
  both = b;
  hvci_value_apply(&both, HVCI_ADD, &a, &both, 32);
  assert_same(&r, &both);

  hvci_value_complement(&r, &a, 32);
  both = a;
  hvci_value_complement(&both, &both, 32);
  assert_same(&r, &both);
  hvci_value_convert(&r, &a, 32, true, 64);
  both = a;
  hvci_value_convert(&both, &both, 32, true, 64);
  assert_same(&r, &both);
}

/* Random programs of two parameters and an input, run beside their values. */
enum { STEPS = 40, BYTE = 8 };

struct step {
  struct hvci_value value;
  uint64_t number;
};

static bool covers(const struct hvci_value *v, uint64_t number,
                   const uint64_t *parameters) {
  for (unsigned i = 0; i < v->count; i++) {
    const struct hvci_alternative *a = &v->alternatives[i];
    uint64_t open = ~(a->ones | a->zeros);
    if (fits(a, number) && (a->base == HVCI_NO_BASE ||
                            ((number ^ parameters[a->base]) & open) == 0))
      return true;
  }
  return false;
}

static void take_step(struct step *out, const struct step *a,
                      const struct step *b, uint64_t kind, uint64_t number,
                      bool choice) {
  struct hvci_value constant;
  enum hvci_operation operation = operations[kind % 7];
  hvci_value_constant(&constant, number, 0, BYTE);
  if (kind < HVCI_SHIFT_LEFT) {
    hvci_value_apply(&out->value, operation, &a->value, &b->value, BYTE);
    out->number = compute(operation, a->number, b->number) & 0xFF;
  } else if (kind <= HVCI_SHIFT_RIGHT) {
    hvci_value_constant(&constant, number % BYTE, 0, BYTE);
    hvci_value_apply(&out->value, operation, &a->value, &constant, BYTE);
    out->number = compute(operation, a->number, number % BYTE) & 0xFF;
  } else if (kind < 10) {
    hvci_value_apply(&out->value, operation, &a->value, &constant, BYTE);
    out->number = compute(operation, a->number, number) & 0xFF;
  } else if (kind == 10) {
    hvci_value_complement(&out->value, &a->value, BYTE);
    out->number = ~a->number & 0xFF;
  } else if (kind == 11) {
    hvci_value_convert(&out->value, &a->value, BYTE, true, 5);
    hvci_value_convert(&out->value, &out->value, 5, true, BYTE);
    out->number = converted(a->number & 0x1F, 5, true, BYTE);
  } else {
    hvci_value_join(&out->value, &a->value, &b->value);
    out->number = choice ? a->number : b->number;
  }
}

// Half of the programs have one parameter and only choose and set or clear
// flags, as drivers do: the parameter stays in their values.
static uint64_t kind_of_step(bool of_driver, uint64_t random) {
  static const uint64_t of_drivers[4] = {7, 8, 12, 12};
  return of_driver ? of_drivers[random % 4] : random % 16;
}

static void a_program_stays_within_its_values(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (unsigned program = 0; program < 4000; program++) {
    bool of_driver = program % 2 != 0;
    unsigned inputs = of_driver ? 1 : 3;
    struct step steps[STEPS];
    uint64_t parameters[2];
    for (unsigned i = 0; i < STEPS; i++) {
      uint64_t r = next_random(&seed);
      if (i >= inputs) {
        take_step(&steps[i], &steps[(r >> 8) % i], &steps[(r >> 16) % i],
                  kind_of_step(of_driver, r >> 24 & 0xFF), r >> 32 & 0xFF,
                  r >> 40 & 1);
      } else if (i < 2) {
        parameters[i] = steps[i].number = r & 0xFF;
        hvci_value_base(&steps[i].value, (int32_t)i, BYTE);
      } else {
        steps[i].number = r & 0xFF;
        hvci_value_unknown(&steps[i].value, BYTE);
      }
      if (!covers(&steps[i].value, steps[i].number, parameters))
        fail_msg("program %u, step %u: %#llx is missing", program, i,
                 (unsigned long long)steps[i].number);
    }
  }
}

/* A parameter that is none of the numbers in the set, bit n: number n. */
static struct hvci_value other_than(unsigned set) {
  struct hvci_value v;
  hvci_value_base(&v, 0, WIDTH);
  for (unsigned n = 0; n < NUMBERS; n++) {
    const struct hvci_predicate is_n = {
        .mask = low_bits(WIDTH), .want = n, .equal = true};
    if (set >> n & 1)
      hvci_value_assume(&v, &v, &is_n, false);
  }
  return v;
}

static void what_was_tested_does_not_get_through(void **state) {
  (void)state;
  for (unsigned set = 0; set < 1u << NUMBERS; set++) {
    struct hvci_value rest = other_than(set);
    bool forgot = rest.alternatives[0].base == HVCI_NO_BASE;
    for (unsigned n = 0; n < NUMBERS; n++) {
      struct hvci_value by, v;
      hvci_value_constant(&by, n, 0, WIDTH);
      hvci_value_substitute(&v, &rest, 0, &by);
      bool passes = v.count == 1;
      bool may_pass = !(set >> n & 1) || forgot;
      if (passes != may_pass)
        fail_msg("set %#x, number %u", set, n);
    }
  }
}

static void tests_that_differ_in_one_bit_are_one(void **state) {
  (void)state;
  struct hvci_value rest = other_than(1u << 0 | 1u << 4 | 1u << 1 | 1u << 5);
  assert_int_equal(rest.alternatives[0].base, 0);
  assert_int_equal(rest.alternatives[0].guard_count, 1);
  assert_int_equal(rest.alternatives[0].guards[0].mask, low_bits(WIDTH) & ~5u);
  // Of two that differ in more, both are remembered.
  rest = other_than(1u << 0 | 1u << 3);
  assert_int_equal(rest.alternatives[0].guard_count, 2);
}

static struct hvci_value tested(const struct hvci_value *value, uint64_t want,
                                bool holds) {
  const struct hvci_predicate is = {low_bits(WIDTH), want, true};
  struct hvci_value result;
  hvci_value_assume(&result, value, &is, holds);
  return result;
}

static void both_ways_of_a_test_meet_without_a_guard(void **state) {
  (void)state;
  struct hvci_value base, yes, no, inner;
  hvci_value_base(&base, 0, WIDTH);
  yes = tested(&base, 1, true);
  no = tested(&base, 1, false);
  // One way holds a test of its own.
  inner = tested(&no, 6, false);
  struct hvci_value other = tested(&no, 6, true);
  hvci_value_join(&inner, &inner, &other);
  assert_true(hvci_value_equal(&inner, &no));
  hvci_value_join(&yes, &yes, &inner);
  assert_true(hvci_value_equal(&yes, &base));
  // What was not tested takes in what was.
  hvci_value_join(&no, &no, &base);
  assert_true(hvci_value_equal(&no, &base));
}

static void a_test_is_answered_by_an_earlier_one(void **state) {
  (void)state;
  struct hvci_value base;
  hvci_value_base(&base, 0, WIDTH);
  struct hvci_value is_one = tested(&base, 1, true);
  struct hvci_value again = tested(&is_one, 6, false);
  assert_true(hvci_value_equal(&again, &is_one));
  assert_int_equal(tested(&is_one, 1, false).count, 0);
  assert_int_equal(tested(&is_one, 2, true).count, 0);
  struct hvci_value not_one = tested(&base, 1, false);
  assert_int_equal(tested(&not_one, 1, true).count, 0);
}

static void constants_remember_the_tests_on_the_way(void **state) {
  (void)state;
  const struct hvci_predicate is_two = {
      .mask = UINT32_MAX, .want = 2, .equal = true};
  struct hvci_value p, yes, no, a, b, by;
  hvci_value_base(&p, 0, 32);
  hvci_value_assume(&yes, &p, &is_two, true);
  hvci_value_assume(&no, &p, &is_two, false);
  hvci_value_constant(&a, 0x200, 1, 32);
  hvci_value_constant(&b, 0, 2, 32);
  hvci_value_under(&a, &a, &yes);
  hvci_value_under(&b, &b, &no);
  hvci_value_join(&a, &a, &b);
  assert_int_equal(a.count, 2);
  for (uint64_t n = 0; n < 4; n++) {
    hvci_value_constant(&by, n, 0, 32);
    struct hvci_value got;
    uint64_t bits;
    hvci_value_substitute(&got, &a, 0, &by);
    assert_true(hvci_value_is_constant(&got, &bits));
    assert_int_equal(bits, n == 2 ? 0x200 : 0);
    assert_int_equal(got.alternatives[0].base, HVCI_NO_BASE);
  }
  // Both ways with one constant are the constant.
  hvci_value_constant(&a, 7, 1, 32);
  hvci_value_under(&b, &a, &no);
  hvci_value_under(&a, &a, &yes);
  hvci_value_join(&a, &a, &b);
  assert_int_equal(a.count, 1);
  assert_int_equal(a.alternatives[0].guard_count, 0);
  assert_int_equal(a.alternatives[0].base, HVCI_NO_BASE);
  // What is not a constant stays, and so does what was not tested.
  hvci_value_under(&b, &p, &yes);
  assert_true(hvci_value_equal(&b, &p));
  hvci_value_under(&b, &a, &p);
  assert_true(hvci_value_equal(&b, &a));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_constant_is_known),
      cmocka_unit_test(a_constant_is_cut_to_its_width),
      cmocka_unit_test(an_unknown_value_is_no_constant),
      cmocka_unit_test(two_alternatives_are_no_constant),
      cmocka_unit_test(a_parameter_gives_its_own_bits),
      cmocka_unit_test(an_operation_knows_exactly_the_common_bits),
      cmocka_unit_test(a_shift_by_a_constant_is_exact),
      cmocka_unit_test(a_shift_reaches_the_ends_of_64_bits),
      cmocka_unit_test(a_shift_by_something_else_is_unknown),
      cmocka_unit_test(a_sum_carries_and_wraps_at_its_width),
      cmocka_unit_test(a_complement_inverts_the_bits_of_its_width),
      cmocka_unit_test(a_conversion_is_that_of_c),
      cmocka_unit_test(a_negative_int_becomes_a_large_ulong64),
      cmocka_unit_test(an_answer_is_that_of_every_number),
      cmocka_unit_test(an_answer_counts_all_alternatives),
      cmocka_unit_test(a_join_keeps_both_values),
      cmocka_unit_test(the_same_alternative_is_kept_once_with_both_terms),
      cmocka_unit_test(two_parameters_are_two_alternatives),
      cmocka_unit_test(operands_multiply_their_alternatives_and_terms),
      cmocka_unit_test(each_operation_keeps_the_terms),
      cmocka_unit_test(eight_alternatives_stay_apart),
      cmocka_unit_test(nine_alternatives_become_their_common_bits),
      cmocka_unit_test(or_and_and_with_a_constant_keep_the_parameter),
      cmocka_unit_test(bits_that_move_or_mix_lose_the_parameter),
      cmocka_unit_test(a_constant_has_no_parameter_left),
      cmocka_unit_test(only_sign_extension_loses_the_parameter),
      cmocka_unit_test(widening_loses_the_parameter),
      cmocka_unit_test(the_result_may_be_an_operand),
      cmocka_unit_test(a_program_stays_within_its_values),
      cmocka_unit_test(what_was_tested_does_not_get_through),
      cmocka_unit_test(tests_that_differ_in_one_bit_are_one),
      cmocka_unit_test(both_ways_of_a_test_meet_without_a_guard),
      cmocka_unit_test(a_test_is_answered_by_an_earlier_one),
      cmocka_unit_test(constants_remember_the_tests_on_the_way),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
