// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/straddle.h"
#include "facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum { PAGE = 4096 };

/* A global of one kind of slot, repeated in one way. */
struct array {
  struct hvci_repeat repeat;
  struct hvci_relocation slot;
  struct hvci_global_fact global;
};

static void array_init(struct array *out, uint64_t alignment, uint64_t stride,
                       uint64_t offset, uint32_t width, uint64_t count) {
  memset(out, 0, sizeof *out);
  out->repeat = (struct hvci_repeat){.stride = stride, .count = count};
  out->slot = (struct hvci_relocation){.offset = offset,
                                       .width = width,
                                       .repeat_count = 1,
                                       .repeats = &out->repeat,
                                       .record = "",
                                       .field = ""};
  out->global = (struct hvci_global_fact){.name = "g",
                                          .alignment = alignment,
                                          .relocations = &out->slot,
                                          .relocation_count = 1};
}

static struct hvci_straddle count_of(const struct hvci_global_fact *global) {
  struct hvci_straddle count;
  assert_int_equal(hvci_straddle_count(&count, global), HVCI_OK);
  return count;
}

static struct hvci_straddle count_array(uint64_t alignment, uint64_t stride,
                                        uint64_t offset, uint32_t width,
                                        uint64_t count) {
  struct array array;
  array_init(&array, alignment, stride, offset, width, count);
  return count_of(&array.global);
}

/* The reference: every copy of every slot at every placement, one by one. */
enum { MOST_COPIES = 20000 };

struct copies {
  size_t count;
  struct {
    uint64_t offset;
    uint32_t width;
  } at[MOST_COPIES];
};

static void copy_out(struct copies *out, const struct hvci_relocation *r,
                     uint32_t depth, uint64_t offset) {
  if (depth == r->repeat_count) {
    assert_true(out->count < MOST_COPIES);
    out->at[out->count].offset = offset;
    out->at[out->count++].width = r->width;
    return;
  }
  for (uint64_t i = 0; i < r->repeats[depth].count; i++)
    copy_out(out, r, depth + 1, offset + i * r->repeats[depth].stride);
}

static struct hvci_straddle reference(const struct hvci_global_fact *global) {
  static struct copies copies;
  struct hvci_straddle result = {.least = UINT64_MAX};
  copies.count = 0;
  for (size_t i = 0; i < global->relocation_count; i++)
    copy_out(&copies, &global->relocations[i], 0,
             global->relocations[i].offset);
  for (uint64_t start = 0; start < PAGE; start += global->alignment) {
    uint64_t n = 0;
    for (size_t i = 0; i < copies.count; i++)
      n += (start + copies.at[i].offset) % PAGE + copies.at[i].width > PAGE;
    result.least = n < result.least ? n : result.least;
    result.most = n > result.most ? n : result.most;
  }
  result.total = copies.count;
  return result;
}

// hvci-facts.md, E.4.
static void the_table_of_arrays_holds(void **state) {
  (void)state;
  static const uint64_t alignments[4] = {1, 2, 8, 16};
  static const struct {
    uint64_t stride, offset;
    uint32_t width;
    uint64_t count;
    struct {
      uint64_t least, most;
    } at[4];
  } rows[] = {
      {10, 2, 8, 4096, {{6, 8}, {6, 6}, {6, 6}, {6, 6}}},
      {6, 2, 4, 4096, {{2, 4}, {2, 2}, {2, 2}, {2, 2}}},
      {10, 2, 8, 1, {{0, 1}, {0, 1}, {0, 1}, {0, 0}}},
      {10, 2, 8, 3, {{0, 1}, {0, 1}, {0, 1}, {0, 1}}},
      {10, 2, 8, 409, {{0, 1}, {0, 1}, {0, 1}, {0, 1}}},
      {10, 2, 8, 410, {{0, 2}, {0, 1}, {0, 1}, {0, 1}}},
      {10, 2, 8, 819, {{1, 2}, {1, 2}, {1, 2}, {1, 2}}},
      {12, 4, 8, 4096, {{4, 8}, {4, 8}, {4, 4}, {4, 4}}},
      {16, 8, 8, 4096, {{0, 16}, {0, 16}, {0, 0}, {0, 0}}},
      {16, 9, 8, 4096, {{0, 16}, {0, 16}, {0, 16}, {16, 16}}},
  };
  for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
    for (size_t a = 0; a < 4; a++) {
      struct hvci_straddle c =
          count_array(alignments[a], rows[row].stride, rows[row].offset,
                      rows[row].width, rows[row].count);
      assert_int_equal(c.least, rows[row].at[a].least);
      assert_int_equal(c.most, rows[row].at[a].most);
      assert_int_equal(c.total, rows[row].count);
    }
  }
}

// The sample of the memory-integrity page: four levels of eight, in any order.
static void nested_repeats_are_one_array(void **state) {
  (void)state;
  struct hvci_repeat repeats[4] = {{10, 8}, {80, 8}, {640, 8}, {5120, 8}};
  for (unsigned turn = 0; turn < 4; turn++) {
    struct array array;
    array_init(&array, 1, 0, 2, 8, 1);
    array.slot.repeats = repeats;
    array.slot.repeat_count = 4;
    struct hvci_straddle c = count_of(&array.global);
    assert_int_equal(c.least, 6);
    assert_int_equal(c.most, 8);
    assert_int_equal(c.total, 4096);
    struct hvci_repeat first = repeats[0];
    memmove(repeats, repeats + 1, 3 * sizeof first);
    repeats[3] = first;
  }
}

// hvci-facts.md, E.4: the closed form for one slot.
static void one_slot_straddles_by_its_place_in_the_alignment(void **state) {
  (void)state;
  for (uint64_t alignment = 1; alignment <= 2 * PAGE; alignment *= 2) {
    for (uint64_t offset = 0; offset < 2 * PAGE; offset += 3) {
      for (uint32_t width = 4; width <= 8; width += 4) {
        struct hvci_relocation slot = {.offset = offset, .width = width};
        struct hvci_global_fact global = {.alignment = alignment,
                                          .relocations = &slot,
                                          .relocation_count = 1};
        uint64_t step = alignment < PAGE ? alignment : PAGE;
        bool can = offset % step + width > step;
        bool must = can && step == PAGE;
        struct hvci_straddle c = count_of(&global);
        assert_int_equal(c.most, can);
        assert_int_equal(c.least, must);
        assert_int_equal(c.total, 1);
        assert_ptr_equal(c.cause, can ? &slot : NULL);
      }
    }
  }
}

static void the_edges_of_a_page_are_exact(void **state) {
  (void)state;
  static const struct {
    uint64_t offset;
    uint32_t width;
    uint64_t most;
  } slots[] = {{0xFF8, 8, 0},  {0xFF9, 8, 1},  {0xFFC, 8, 1}, {0xFFF, 8, 1},
               {0x1000, 8, 0}, {0x1FF9, 8, 1}, {0xFFC, 4, 0}, {0xFFD, 4, 1},
               {0xFFF, 4, 1},  {0x1000, 4, 0}};
  for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
    struct hvci_straddle c =
        count_array(PAGE, 0, slots[i].offset, slots[i].width, 1);
    assert_int_equal(c.most, slots[i].most);
    assert_int_equal(c.least, slots[i].most);
  }
}

static void both_widths_add_up_placement_by_placement(void **state) {
  (void)state;
  const struct hvci_relocation together[] = {{.offset = 0xFFD, .width = 4},
                                             {.offset = 0x1FF9, .width = 8}};
  struct hvci_global_fact global = {
      .alignment = PAGE, .relocations = together, .relocation_count = 2};
  struct hvci_straddle c = count_of(&global);
  assert_int_equal(c.least, 2);
  assert_int_equal(c.most, 2);
  assert_int_equal(c.total, 2);

  // Each can cross, but not at the same placement.
  const struct hvci_relocation apart[] = {{.offset = 0, .width = 4},
                                          {.offset = 100, .width = 8}};
  global.alignment = 1;
  global.relocations = apart;
  c = count_of(&global);
  assert_int_equal(c.least, 0);
  assert_int_equal(c.most, 1);
}

static void a_stride_of_whole_pages_repeats_the_same_offset(void **state) {
  (void)state;
  for (uint64_t stride = 0; stride <= 3 * PAGE; stride += PAGE) {
    struct hvci_straddle c = count_array(PAGE, stride, 0xFFC, 8, 77);
    assert_int_equal(c.least, 77);
    assert_int_equal(c.most, 77);
    c = count_array(PAGE, stride, 0xFF8, 8, 77);
    assert_int_equal(c.most, 0);
    assert_null(c.cause);
  }
}

static void natural_alignment_never_straddles(void **state) {
  (void)state;
  uint64_t seed = 2;
  for (unsigned i = 0; i < 500; i++) {
    uint32_t width = i % 2 ? 4 : 8;
    uint64_t alignment = (uint64_t)width << next_random(&seed) % 12;
    struct hvci_straddle c =
        count_array(alignment, width * (next_random(&seed) % 3000),
                    width * (next_random(&seed) % 3000), width,
                    1 + next_random(&seed) % 9999);
    assert_int_equal(c.most, 0);
    assert_int_equal(c.least, 0);
    assert_null(c.cause);
  }
}

/* A random global of up to three patterns with up to three repeats each. */
struct random_global {
  struct hvci_repeat repeats[3][3];
  struct hvci_relocation slots[3];
  struct hvci_global_fact global;
};

static uint64_t random_stride(uint64_t *seed) {
  uint64_t r = next_random(seed);
  switch (r % 8) {
  case 0:
    return 0;
  case 1:
    return PAGE * (r >> 8 & 3);
  case 2:
    return UINT64_C(1) << (r >> 8) % 14;
  default:
    return (r >> 8) % 300 + (r >> 32) % 2 * PAGE;
  }
}

static void random_global(struct random_global *out, uint64_t *seed,
                          uint64_t most_copies) {
  memset(out, 0, sizeof *out);
  out->global.alignment = UINT64_C(1) << next_random(seed) % 15;
  out->global.relocations = out->slots;
  out->global.relocation_count = next_random(seed) % 4;
  for (size_t i = 0; i < out->global.relocation_count; i++) {
    struct hvci_relocation *slot = &out->slots[i];
    slot->offset = next_random(seed) % 9000;
    slot->width = next_random(seed) % 2 ? 4 : 8;
    slot->repeats = out->repeats[i];
    slot->repeat_count = (uint32_t)(next_random(seed) % 4);
    slot->record = slot->field = "";
    for (uint32_t r = 0; r < slot->repeat_count; r++) {
      out->repeats[i][r].stride = random_stride(seed);
      out->repeats[i][r].count = 1 + next_random(seed) % most_copies;
    }
  }
}

static int by_offset(const void *left, const void *right) {
  const uint64_t *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

// The crossings at the worst placement: all are counted, the first are kept.
static void assert_crossings(const struct hvci_global_fact *global,
                             const struct hvci_straddle *count,
                             unsigned number) {
  static struct copies copies;
  static uint64_t offsets[MOST_COPIES];
  struct hvci_crossings found;
  size_t n = 0;
  copies.count = 0;
  for (size_t i = 0; i < global->relocation_count; i++)
    copy_out(&copies, &global->relocations[i], 0,
             global->relocations[i].offset);
  for (size_t i = 0; i < copies.count; i++)
    if ((count->worst + copies.at[i].offset) % PAGE + copies.at[i].width > PAGE)
      offsets[n++] = copies.at[i].offset;
  qsort(offsets, n, sizeof *offsets, by_offset);
  hvci_straddle_crossings(&found, count, global);
  bool same = found.count == n && found.start == count->worst &&
              found.shown == (n < HVCI_MAX_CROSSINGS ? n : HVCI_MAX_CROSSINGS);
  for (uint32_t i = 0; same && i < found.shown; i++)
    same = found.slots[i].offset == offsets[i];
  if (!same)
    fail_msg("case %u: other crossings", number);
}

static void assert_as_reference(const struct random_global *random,
                                unsigned number) {
  struct hvci_straddle c = count_of(&random->global);
  struct hvci_straddle r = reference(&random->global);
  if (c.least != r.least || c.most != r.most || c.total != r.total)
    fail_msg("case %u: %" PRIu64 " .. %" PRIu64 " of %" PRIu64 ", not %" PRIu64
             " .. %" PRIu64 " of %" PRIu64,
             number, c.least, c.most, c.total, r.least, r.most, r.total);
  if (!c.cause && r.most > 0)
    fail_msg("case %u: no cause", number);
  assert_crossings(&random->global, &c, number);
}

static void many_small_globals_are_as_counted_one_by_one(void **state) {
  (void)state;
  uint64_t seed = 3;
  struct random_global random;
  for (unsigned i = 0; i < 6000; i++) {
    random_global(&random, &seed, 4);
    assert_as_reference(&random, i);
  }
}

static void some_large_globals_are_as_counted_one_by_one(void **state) {
  (void)state;
  uint64_t seed = 4;
  struct random_global random;
  for (unsigned i = 0; i < 300; i++) {
    random_global(&random, &seed, 17);
    assert_as_reference(&random, i);
  }
  for (unsigned i = 0; i < 60; i++) {
    random_global(&random, &seed, 6000);
    for (size_t slot = 0; slot < 3; slot++)
      random.slots[slot].repeat_count %= 2;
    assert_as_reference(&random, i);
  }
}

// Two copies, six bytes apart, cannot cross 32 bytes, where their greatest
// common divisor with the alignment says they might: the blame is elsewhere.
static void the_cause_is_the_slot_that_can_straddle(void **state) {
  (void)state;
  const struct hvci_repeat twice = {.stride = 6, .count = 2};
  const struct hvci_relocation slots[] = {
      {.offset = 0, .width = 8, .repeat_count = 1, .repeats = &twice},
      {.offset = 26, .width = 8}};
  struct hvci_global_fact global = {
      .alignment = 32, .relocations = slots, .relocation_count = 2};
  struct hvci_straddle c = count_of(&global);
  assert_int_equal(c.most, 1);
  assert_ptr_equal(c.cause, &slots[1]);
}

// Time does not depend on how often a pattern repeats.
static void the_crossings_of_a_huge_array_are_the_first(void **state) {
  (void)state;
  struct array array;
  struct hvci_crossings found;
  array_init(&array, 1, 10, 2, 8, UINT64_C(1) << 40);
  struct hvci_straddle c = count_of(&array.global);
  hvci_straddle_crossings(&found, &c, &array.global);
  assert_int_equal(found.count, c.most);
  assert_int_equal(found.shown, HVCI_MAX_CROSSINGS);
  assert_in_range(found.slots[0].offset, 1, 10 * PAGE);
  for (uint32_t i = 1; i < found.shown; i++)
    assert_true(found.slots[i - 1].offset < found.slots[i].offset);
}

static void every_cause_can_straddle(void **state) {
  (void)state;
  uint64_t seed = 5;
  struct random_global random;
  for (unsigned i = 0; i < 3000; i++) {
    random_global(&random, &seed, 4);
    struct hvci_straddle c = count_of(&random.global);
    assert_int_equal(c.cause == NULL, c.most == 0);
    if (!c.cause)
      continue;
    struct hvci_global_fact alone = random.global;
    alone.relocations = c.cause;
    alone.relocation_count = 1;
    assert_true(reference(&alone).most > 0);
  }
}

// 2048 elements of ten bytes fill five pages, whatever the placement.
static void counts_grow_with_whole_periods(void **state) {
  (void)state;
  static const uint64_t counts[] = {UINT64_C(1) << 22, UINT64_C(1) << 40,
                                    UINT64_C(1) << 60};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    uint64_t times = counts[i] / 4096;
    struct hvci_straddle c = count_array(1, 10, 2, 8, counts[i]);
    assert_int_equal(c.least, 6 * times);
    assert_int_equal(c.most, 8 * times);
    assert_int_equal(c.total, counts[i]);
    c = count_array(8, 10, 2, 8, counts[i] + 819);
    assert_int_equal(c.least, 6 * times + 1);
    assert_int_equal(c.most, 6 * times + 2);
  }
}

static void the_longest_count_does_not_overflow(void **state) {
  (void)state;
  struct hvci_straddle c = count_array(PAGE, PAGE, 0xFFF, 8, UINT64_MAX);
  assert_int_equal(c.least, UINT64_MAX);
  assert_int_equal(c.most, UINT64_MAX);
  assert_int_equal(c.total, UINT64_MAX);
  c = count_array(1, UINT64_MAX, UINT64_MAX, 8, 4096);
  assert_int_equal(c.least, 7); // one at each offset
  assert_int_equal(c.most, 7);
}

static double seconds_for(uint64_t copies) {
  clock_t start = clock();
  for (unsigned i = 0; i < 50; i++)
    (void)count_array(1, 10, 2, 8, copies);
  return (double)(clock() - start) / CLOCKS_PER_SEC;
}

// The slack is for a busy machine; one by one, 2^40 copies take hours.
static void the_cost_does_not_grow_with_the_count(void **state) {
  (void)state;
  double few = seconds_for(4096);
  assert_true(seconds_for(UINT64_C(4000000)) < 20 * few + 0.2);
  assert_true(seconds_for(UINT64_C(1) << 40) < 20 * few + 0.2);
}

static void a_global_without_relocations_is_silent(void **state) {
  (void)state;
  struct hvci_global_fact global = {.alignment = 1};
  struct hvci_straddle c = count_of(&global);
  assert_int_equal(c.least, 0);
  assert_int_equal(c.most, 0);
  assert_int_equal(c.total, 0);
  assert_null(c.cause);
}

static void an_alignment_that_is_no_power_of_two_is_refused(void **state) {
  (void)state;
  static const uint64_t bad[] = {0, 3, 6, 12, 4095, 4097, UINT64_MAX};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct array array;
    struct hvci_straddle c;
    array_init(&array, bad[i], 10, 2, 8, 4096);
    assert_int_equal(hvci_straddle_count(&c, &array.global), HVCI_ERROR_FACT);
  }
  assert_int_equal(count_array(UINT64_C(1) << 63, 10, 2, 8, 409).most, 0);
  assert_int_equal(count_array(UINT64_C(1) << 63, 10, 2, 8, 410).most, 1);
}

static void a_width_other_than_4_and_8_is_refused(void **state) {
  (void)state;
  static const uint32_t bad[] = {0, 1, 2, 5, 7, 9, 16, 4096, UINT32_MAX};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct hvci_relocation slots[2] = {{.width = 8}, {.width = bad[i]}};
    struct hvci_global_fact global = {
        .alignment = 8, .relocations = slots, .relocation_count = 2};
    struct hvci_straddle c;
    assert_int_equal(hvci_straddle_count(&c, &global), HVCI_ERROR_FACT);
  }
}

// facts.h: a repeat's count is 1 or more.
static void a_repeat_of_nothing_is_refused(void **state) {
  (void)state;
  struct array array;
  struct hvci_straddle c;
  array_init(&array, 1, 10, 2, 8, 0);
  assert_int_equal(hvci_straddle_count(&c, &array.global), HVCI_ERROR_FACT);
}

// Wrapped to zero, 2^64 relocations that must all straddle would be silent.
static void more_relocations_than_64_bits_count_are_refused(void **state) {
  (void)state;
  const struct hvci_repeat repeats[2] = {{PAGE, UINT64_C(1) << 32},
                                         {PAGE, UINT64_C(1) << 32}};
  struct hvci_relocation slots[2] = {
      {.offset = 0xFFF, .width = 8, .repeat_count = 2, .repeats = repeats}};
  struct hvci_global_fact global = {
      .alignment = PAGE, .relocations = slots, .relocation_count = 1};
  struct hvci_straddle c;
  assert_int_equal(hvci_straddle_count(&c, &global), HVCI_ERROR_FACT);

  const struct hvci_repeat most = {PAGE, UINT64_MAX};
  slots[0].repeats = &most;
  slots[0].repeat_count = 1;
  slots[1] = (struct hvci_relocation){.offset = 0xFFF, .width = 8};
  assert_int_equal(hvci_straddle_count(&c, &global), HVCI_OK);
  global.relocation_count = 2;
  assert_int_equal(hvci_straddle_count(&c, &global), HVCI_ERROR_FACT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_table_of_arrays_holds),
      cmocka_unit_test(nested_repeats_are_one_array),
      cmocka_unit_test(one_slot_straddles_by_its_place_in_the_alignment),
      cmocka_unit_test(the_edges_of_a_page_are_exact),
      cmocka_unit_test(both_widths_add_up_placement_by_placement),
      cmocka_unit_test(a_stride_of_whole_pages_repeats_the_same_offset),
      cmocka_unit_test(natural_alignment_never_straddles),
      cmocka_unit_test(many_small_globals_are_as_counted_one_by_one),
      cmocka_unit_test(some_large_globals_are_as_counted_one_by_one),
      cmocka_unit_test(the_cause_is_the_slot_that_can_straddle),
      cmocka_unit_test(the_crossings_of_a_huge_array_are_the_first),
      cmocka_unit_test(every_cause_can_straddle),
      cmocka_unit_test(counts_grow_with_whole_periods),
      cmocka_unit_test(the_longest_count_does_not_overflow),
      cmocka_unit_test(the_cost_does_not_grow_with_the_count),
      cmocka_unit_test(a_global_without_relocations_is_silent),
      cmocka_unit_test(an_alignment_that_is_no_power_of_two_is_refused),
      cmocka_unit_test(a_width_other_than_4_and_8_is_refused),
      cmocka_unit_test(a_repeat_of_nothing_is_refused),
      cmocka_unit_test(more_relocations_than_64_bits_count_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
