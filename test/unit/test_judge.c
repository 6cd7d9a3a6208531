// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/rule.h"
#include "hvci/suppress.h"

/* A call of "f", whose argument 0 decides and whose argument 1 conditions. */
static struct hvci_ddi row(enum hvci_kind kind) {
  return (struct hvci_ddi){.callee = "f",
                           .kind = kind,
                           .argument = 0,
                           .condition = HVCI_CONDITION_ALWAYS,
                           .condition_argument = HVCI_NOARG,
                           .doubt = HVCI_DOUBT_NONE};
}

static struct hvci_ddi conditional_row(enum hvci_condition condition) {
  struct hvci_ddi ddi = row(HVCI_KIND_POOL_TYPE);
  ddi.condition = condition;
  ddi.condition_argument = 1;
  return ddi;
}

static enum hvci_certainty judge_constant(enum hvci_kind kind, uint64_t value) {
  struct scene s;
  struct hvci_ddi ddi = row(kind);
  scene_init(&s, "f");
  scene_set(&s, 0, "", value);
  return hvci_judge(&s.call, &ddi).certainty;
}

/* Sets argument 0 so that its own certainty is the given one. */
static void set_certainty(struct scene *s, enum hvci_certainty certainty) {
  scene_init(s, "f");
  if (certainty == HVCI_UNDECIDED)
    return;
  scene_set(s, 0, "", certainty == HVCI_SILENT ? 0x200 : 0);
  if (certainty == HVCI_POSSIBLE)
    scene_or_unknown(s, 0);
}

enum { EXECUTABLE = HVCI_CERTAIN, SAFE = HVCI_SILENT };

struct constant {
  uint64_t value;
  int certainty;
};

static void assert_constants(enum hvci_kind kind, const struct constant *table,
                             size_t count) {
  for (size_t i = 0; i < count; i++)
    if (judge_constant(kind, table[i].value) !=
        (enum hvci_certainty)table[i].certainty)
      fail_msg("%#llx is judged wrongly", (unsigned long long)table[i].value);
}

#define ASSERT_CONSTANTS(kind, table)                                          \
  assert_constants(kind, table, sizeof table / sizeof *(table))

// wdm.h; hvci-facts.md, B.1.
static void pool_types_are_judged_by_paged_and_nx(void **state) {
  (void)state;
  static const struct constant types[] = {
      {0, EXECUTABLE},     // NonPagedPool, NonPagedPoolExecute
      {1, SAFE},           // PagedPool
      {2, EXECUTABLE},     // NonPagedPoolMustSucceed
      {4, EXECUTABLE},     // NonPagedPoolCacheAligned
      {5, SAFE},           // PagedPoolCacheAligned
      {6, EXECUTABLE},     // NonPagedPoolCacheAlignedMustS
      {32, EXECUTABLE},    // NonPagedPoolSession
      {33, SAFE},          // PagedPoolSession
      {34, EXECUTABLE},    // NonPagedPoolMustSucceedSession
      {36, EXECUTABLE},    // NonPagedPoolCacheAlignedSession
      {37, SAFE},          // PagedPoolCacheAlignedSession
      {38, EXECUTABLE},    // NonPagedPoolCacheAlignedMustSSession
      {512, SAFE},         // NonPagedPoolNx
      {516, SAFE},         // NonPagedPoolNxCacheAligned
      {544, SAFE},         // NonPagedPoolSessionNx
      {0x008, EXECUTABLE}, // NonPagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE
      {0x010, EXECUTABLE}, // NonPagedPool | POOL_RAISE_IF_ALLOCATION_FAILURE
      {0x100, EXECUTABLE}, // NonPagedPool | POOL_COLD_ALLOCATION
      {0x400, EXECUTABLE}, // NonPagedPool | POOL_ZERO_ALLOCATION
      {0x300, SAFE},       // NonPagedPoolNx | POOL_COLD_ALLOCATION
  };
  ASSERT_CONSTANTS(HVCI_KIND_POOL_TYPE, types);
}

// video.h; hvci-facts.md, B.6: no member of it is NX.
static void video_port_pool_types_are_judged_by_paged(void **state) {
  (void)state;
  static const struct constant types[] = {{0, EXECUTABLE},
                                          {1, SAFE},
                                          {4, EXECUTABLE},
                                          {5, SAFE},
                                          {0x200, EXECUTABLE}};
  ASSERT_CONSTANTS(HVCI_KIND_VP_POOL_TYPE, types);
}

// wdm.h; hvci-facts.md, B.2.
static void pool_flags_are_judged_by_the_execute_flag(void **state) {
  (void)state;
  static const struct constant flags[] = {
      {0x1, SAFE},
      {0x2, SAFE},
      {0x4, SAFE},
      {0x8, SAFE},
      {0x20, SAFE},
      {0x40, SAFE},       // POOL_FLAG_NON_PAGED
      {0x80, EXECUTABLE}, // POOL_FLAG_NON_PAGED_EXECUTE
      {0x100, SAFE},
      {0x200, SAFE},
      {UINT64_C(1) << 32, SAFE},
      {0xC0, EXECUTABLE},
      {0x280, EXECUTABLE},
      {UINT64_C(0x100000080), EXECUTABLE},
  };
  ASSERT_CONSTANTS(HVCI_KIND_POOL_FLAGS, flags);
}

static void lookaside_flags_are_judged_by_nx(void **state) {
  (void)state;
  static const struct constant flags[] = {{0, EXECUTABLE},
                                          {1, EXECUTABLE},
                                          {16, EXECUTABLE},
                                          {512, SAFE},
                                          {528, SAFE}};
  ASSERT_CONSTANTS(HVCI_KIND_LOOKASIDE_FLAGS, flags);
}

// wdm.h; hvci-facts.md, B.3.
static void protections_are_judged_by_the_four_execute_bits(void **state) {
  (void)state;
  static const struct constant protections[] = {
      {0x01, SAFE},        {0x02, SAFE},       {0x04, SAFE},
      {0x08, SAFE},        {0x10, EXECUTABLE}, {0x20, EXECUTABLE},
      {0x40, EXECUTABLE},  {0x80, EXECUTABLE}, {0x100, SAFE},
      {0x200, SAFE},       {0x400, SAFE},      {0x204, SAFE},
      {0x240, EXECUTABLE}, {0x4000, SAFE},     {0x80000000, SAFE},
  };
  ASSERT_CONSTANTS(HVCI_KIND_PAGE_PROTECTION, protections);
}

static void heap_flags_are_judged_by_enable_execute(void **state) {
  (void)state;
  static const struct constant flags[] = {
      {0, SAFE}, {2, SAFE}, {0x40000, EXECUTABLE}, {0x40002, EXECUTABLE}};
  ASSERT_CONSTANTS(HVCI_KIND_HEAP_FLAGS, flags);
}

static void cache_types_are_judged_by_cached(void **state) {
  (void)state;
  static const struct constant types[] = {
      {0, SAFE}, {1, EXECUTABLE}, {2, SAFE}, {3, SAFE}, {0xFFFFFFFF, SAFE}};
  ASSERT_CONSTANTS(HVCI_KIND_CACHE_TYPE, types);
}

// wdm.h; hvci-facts.md, B.4.
static void priorities_are_judged_by_no_execute(void **state) {
  (void)state;
  static const struct constant priorities[] = {
      {0, EXECUTABLE},          {16, EXECUTABLE},         {32, EXECUTABLE},
      {0x80000010, EXECUTABLE}, {0x20000010, EXECUTABLE}, {0x40000000, SAFE},
      {0x40000010, SAFE},       {0xC0000020, SAFE},
  };
  ASSERT_CONSTANTS(HVCI_KIND_MDL_PRIORITY, priorities);
}

static void kinds_without_choice_are_certain_whatever_is_passed(void **state) {
  (void)state;
  static const enum hvci_kind kinds[] = {HVCI_KIND_ANY_MEMORY,
                                         HVCI_KIND_ANY_MAPPING};
  for (size_t i = 0; i < 2; i++) {
    struct scene s;
    struct hvci_ddi ddi = row(kinds[i]);
    scene_init(&s, "f");
    assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_CERTAIN);
    s.call.argument_count = 0;
    struct hvci_judgement j = hvci_judge(&s.call, &ddi);
    assert_int_equal(j.certainty, HVCI_CERTAIN);
    assert_null(j.argument);
    ddi.argument = HVCI_NOARG;
    assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_CERTAIN);
  }
}

static void an_unknown_value_is_undecided(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = row(HVCI_KIND_POOL_TYPE);
  scene_init(&s, "f");
  struct hvci_judgement j = hvci_judge(&s.call, &ddi);
  assert_int_equal(j.certainty, HVCI_UNDECIDED);
  assert_int_equal(j.terms, 0);
  assert_null(j.weaker[0]);
}

static void a_missing_argument_is_silent(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = row(HVCI_KIND_POOL_TYPE);
  scene_init(&s, "f");
  scene_set(&s, 0, "NonPagedPool", 0);
  s.call.argument_count = 0;
  struct hvci_judgement j = hvci_judge(&s.call, &ddi);
  assert_int_equal(j.certainty, HVCI_SILENT);
  assert_null(j.argument);
  ddi.argument = 2;
  s.call.argument_count = 2;
  assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_SILENT);
}

static void one_alternative_of_several_is_possible(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = row(HVCI_KIND_POOL_TYPE);
  scene_init(&s, "f");
  scene_set(&s, 0, "PagedPool", 1);
  scene_or_else(&s, 0, "NonPagedPool", 0);
  struct hvci_judgement j = hvci_judge(&s.call, &ddi);
  assert_int_equal(j.certainty, HVCI_POSSIBLE);
  assert_int_equal(j.terms, 2);
  assert_ptr_equal(j.argument, &s.arguments[0]);
  assert_null(j.weaker[0]);
}

static void executable_alternatives_alone_are_certain(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = row(HVCI_KIND_POOL_TYPE);
  scene_init(&s, "f");
  scene_set(&s, 0, "NonPagedPool", 0);
  scene_or_else(&s, 0, "NonPagedPoolCacheAligned", 4);
  struct hvci_judgement j = hvci_judge(&s.call, &ddi);
  assert_int_equal(j.certainty, HVCI_CERTAIN);
  assert_int_equal(j.terms, 3);
}

static const enum hvci_condition of_an_argument[] = {
    HVCI_CONDITION_KERNEL_MODE, HVCI_CONDITION_NO_ALLOCATOR,
    HVCI_CONDITION_CACHED};

/* What the condition's argument may be. */
enum input { HOLDS, HOLDS_NOT, MIXED, ANYTHING, HOLDS_OR_ANYTHING, MISSING };

static void set_condition(struct scene *s, enum hvci_condition condition,
                          enum input input) {
  uint64_t good = condition == HVCI_CONDITION_CACHED ? 1 : 0;
  switch (input) {
  case HOLDS_NOT:
    scene_set(s, 1, "", good ^ 1);
    break;
  case HOLDS:
  case MIXED:
  case HOLDS_OR_ANYTHING:
    scene_set(s, 1, "", good);
    if (input == MIXED)
      scene_or_else(s, 1, "", good ^ 1);
    if (input == HOLDS_OR_ANYTHING)
      scene_or_unknown(s, 1);
    break;
  case ANYTHING:
    break;
  case MISSING:
    s->call.argument_count = 1;
    break;
  }
}

static enum hvci_certainty least(enum hvci_certainty a, enum hvci_certainty b) {
  return a < b ? a : b;
}

static void a_condition_limits_what_the_value_says(void **state) {
  (void)state;
  for (size_t c = 0; c < 3; c++) {
    for (int input = HOLDS; input <= MISSING; input++) {
      for (int own = HVCI_SILENT; own <= HVCI_CERTAIN; own++) {
        struct scene s;
        struct hvci_ddi ddi = conditional_row(of_an_argument[c]);
        enum hvci_certainty limit =
            input == HOLDS ? HVCI_CERTAIN
            : input == HOLDS_NOT &&
                    of_an_argument[c] == HVCI_CONDITION_KERNEL_MODE
                ? HVCI_SILENT
                : HVCI_POSSIBLE;
        set_certainty(&s, (enum hvci_certainty)own);
        set_condition(&s, of_an_argument[c], (enum input)input);
        struct hvci_judgement j = hvci_judge(&s.call, &ddi);
        assert_int_equal(j.certainty, least(limit, (enum hvci_certainty)own));
      }
    }
  }
}

static void a_condition_that_weakens_says_why(void **state) {
  (void)state;
  for (size_t c = 0; c < 3; c++) {
    struct scene s;
    struct hvci_ddi ddi = conditional_row(of_an_argument[c]);
    set_certainty(&s, HVCI_CERTAIN);
    struct hvci_judgement j = hvci_judge(&s.call, &ddi);
    assert_int_equal(j.certainty, HVCI_POSSIBLE);
    assert_non_null(j.weaker[0]);
    assert_string_equal(j.weaker[0],
                        hvci_condition_get(of_an_argument[c])->note);
    assert_null(j.weaker[1]);

    set_condition(&s, of_an_argument[c], HOLDS);
    j = hvci_judge(&s.call, &ddi);
    assert_int_equal(j.certainty, HVCI_CERTAIN);
    assert_null(j.weaker[0]);
  }
}

static void only_the_byte_of_an_access_mode_counts(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = conditional_row(HVCI_CONDITION_KERNEL_MODE);
  set_certainty(&s, HVCI_CERTAIN);
  scene_set(&s, 1, "KernelMode", 0xFFFFFF00);
  assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_CERTAIN);
  scene_set(&s, 1, "UserMode", 0xFF);
  assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_SILENT);
}

static void an_allocator_is_a_pointer_of_any_value(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = conditional_row(HVCI_CONDITION_NO_ALLOCATOR);
  set_certainty(&s, HVCI_CERTAIN);
  scene_set(&s, 1, "f", UINT64_C(1) << 63);
  assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_POSSIBLE);
}

static void both_opt_ins_add_the_flag_and_an_opt_out_does_not(void **state) {
  (void)state;
  static const struct {
    enum hvci_opt_in opt_in;
    enum hvci_certainty expected;
  } rows[] = {{HVCI_OPT_IN_NONE, HVCI_CERTAIN},
              {HVCI_OPT_IN_AUTO, HVCI_SILENT},
              {HVCI_OPT_IN_RUNTIME, HVCI_SILENT},
              {HVCI_OPT_OUT, HVCI_CERTAIN}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    struct hvci_ddi ddi = conditional_row(HVCI_CONDITION_NOT_OPTED_IN);
    ddi.condition_argument = HVCI_NOARG;
    set_certainty(&s, HVCI_CERTAIN);
    s.unit.opt_in = rows[i].opt_in;
    struct hvci_judgement j = hvci_judge(&s.call, &ddi);
    assert_int_equal(j.certainty, rows[i].expected);
    assert_null(j.weaker[0]);
    // Without that condition, the opt-in is the kit's business.
    ddi = row(HVCI_KIND_POOL_TYPE);
    assert_int_equal(hvci_judge(&s.call, &ddi).certainty, HVCI_CERTAIN);
  }
}

static void before_windows_8_is_decided_by_the_unit(void **state) {
  (void)state;
  static const struct {
    uint32_t os;
    enum hvci_certainty expected;
  } rows[] = {{0, HVCI_SILENT},
              {0x06010000, HVCI_CERTAIN},
              {0x0601FFFF, HVCI_CERTAIN},
              {0x06020000, HVCI_SILENT},
              {0x0A000000, HVCI_SILENT}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    struct hvci_ddi ddi = conditional_row(HVCI_CONDITION_BEFORE_WIN8);
    ddi.condition_argument = HVCI_NOARG;
    set_certainty(&s, HVCI_CERTAIN);
    s.unit.os = rows[i].os;
    assert_int_equal(hvci_judge(&s.call, &ddi).certainty, rows[i].expected);
  }
}

static void a_doubt_leaves_nothing_certain_and_says_why(void **state) {
  (void)state;
  for (int doubt = HVCI_DOUBT_NONE + 1; doubt < HVCI_DOUBT_COUNT; doubt++) {
    for (int own = HVCI_SILENT; own <= HVCI_CERTAIN; own++) {
      struct scene s;
      struct hvci_ddi ddi = row(HVCI_KIND_POOL_TYPE);
      ddi.doubt = (enum hvci_doubt)doubt;
      set_certainty(&s, (enum hvci_certainty)own);
      struct hvci_judgement j = hvci_judge(&s.call, &ddi);
      assert_int_equal(j.certainty,
                       least(HVCI_POSSIBLE, (enum hvci_certainty)own));
      assert_non_null(j.weaker[0]);
      assert_string_equal(j.weaker[0], hvci_doubt_note((enum hvci_doubt)doubt));
      assert_null(j.weaker[1]);
    }
  }
}

static void a_condition_and_a_doubt_give_two_reasons(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = conditional_row(HVCI_CONDITION_NO_ALLOCATOR);
  ddi.doubt = HVCI_DOUBT_UNDOCUMENTED;
  set_certainty(&s, HVCI_CERTAIN);
  struct hvci_judgement j = hvci_judge(&s.call, &ddi);
  assert_int_equal(j.certainty, HVCI_POSSIBLE);
  assert_string_equal(j.weaker[0], hvci_condition_get(ddi.condition)->note);
  assert_string_equal(j.weaker[1], hvci_doubt_note(ddi.doubt));
}

// Two reasons at once: the value is a choice, and the access mode is open.
static void a_possible_value_still_names_the_open_condition(void **state) {
  (void)state;
  struct scene s;
  struct hvci_ddi ddi = conditional_row(HVCI_CONDITION_KERNEL_MODE);
  set_certainty(&s, HVCI_POSSIBLE);
  struct hvci_judgement j = hvci_judge(&s.call, &ddi);
  assert_int_equal(j.certainty, HVCI_POSSIBLE);
  assert_non_null(j.weaker[0]);
  assert_string_equal(j.weaker[0], hvci_condition_get(ddi.condition)->note);
}

static uint32_t bits_of(unsigned a, unsigned b, unsigned c, unsigned d) {
  return hvci_warning_bit(a) | hvci_warning_bit(b) | hvci_warning_bit(c) |
         hvci_warning_bit(d);
}

static uint32_t warnings(enum hvci_kind kind, enum hvci_condition condition,
                         enum hvci_opt_in opt_in) {
  struct scene s;
  struct hvci_ddi ddi = row(kind);
  ddi.condition = condition;
  ddi.condition_argument = 1;
  scene_init(&s, "f");
  s.unit.opt_in = opt_in;
  return hvci_judge(&s.call, &ddi).warnings;
}

// hvci-facts.md, D.1. None stands for what is no
// executability.
static void each_kind_has_the_warning_of_its_fault(void **state) {
  (void)state;
  for (int kind = 0; kind < HVCI_KIND_COUNT; kind++) {
    bool none = kind == HVCI_KIND_CR0 || kind == HVCI_KIND_EFER ||
                kind == HVCI_KIND_SECTION_IMAGE;
    bool no_choice =
        kind == HVCI_KIND_ANY_MEMORY || kind == HVCI_KIND_ANY_MAPPING;
    assert_int_equal(
        warnings((enum hvci_kind)kind, HVCI_CONDITION_ALWAYS, HVCI_OPT_IN_NONE),
        none ? 0 : hvci_warning_bit(no_choice ? 30029 : 30030));
  }
}

static void conditions_and_opt_ins_add_their_warnings(void **state) {
  (void)state;
  assert_int_equal(
      warnings(HVCI_KIND_ANY_MEMORY, HVCI_CONDITION_CACHED, HVCI_OPT_IN_NONE),
      bits_of(30029, 30030, 0, 0));
  assert_int_equal(warnings(HVCI_KIND_LOOKASIDE_FLAGS,
                            HVCI_CONDITION_NO_ALLOCATOR, HVCI_OPT_IN_NONE),
                   bits_of(30030, 30034, 0, 0));
  assert_int_equal(
      warnings(HVCI_KIND_POOL_TYPE, HVCI_CONDITION_ALWAYS, HVCI_OPT_OUT),
      bits_of(30030, 30032, 0, 0));
  assert_int_equal(
      warnings(HVCI_KIND_POOL_TYPE, HVCI_CONDITION_ALWAYS, HVCI_OPT_IN_RUNTIME),
      bits_of(30030, 30031, 30033, 30035));
  assert_int_equal(warnings(HVCI_KIND_ANY_MAPPING, HVCI_CONDITION_KERNEL_MODE,
                            HVCI_OPT_IN_AUTO),
                   bits_of(30029, 0, 0, 0));
}

static void an_argument_is_found_by_its_index_only(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  s.call.argument_count = 2;
  assert_ptr_equal(hvci_call_argument(&s.call, 0), &s.arguments[0]);
  assert_ptr_equal(hvci_call_argument(&s.call, 1), &s.arguments[1]);
  assert_null(hvci_call_argument(&s.call, 2));
  assert_null(hvci_call_argument(&s.call, HVCI_NOARG));
  s.call.argument_count = 0;
  s.call.arguments = NULL;
  assert_null(hvci_call_argument(&s.call, 0));
}

static void a_unit_that_says_nothing_targets_the_newest(void **state) {
  (void)state;
  struct hvci_unit_fact unit = {.os = 0};
  assert_true(hvci_unit_targets(&unit, HVCI_NTDDI_WIN10));
  unit.os = HVCI_NTDDI_WIN10 - 1;
  assert_true(hvci_unit_targets(&unit, HVCI_NTDDI_WIN8));
  assert_false(hvci_unit_targets(&unit, HVCI_NTDDI_WIN10));
  unit.os = HVCI_NTDDI_WIN10;
  assert_true(hvci_unit_targets(&unit, HVCI_NTDDI_WIN10));
}

static void a_unit_without_a_list_of_names_knows_all(void **state) {
  (void)state;
  struct scene s;
  char name[] = "NonPagedPoolNx";
  scene_init(&s, "f");
  assert_true(hvci_unit_knows(&s.unit, name));
  scene_forget(&s, name);
  assert_false(hvci_unit_knows(&s.unit, "NonPagedPoolNx"));
  assert_true(hvci_unit_knows(&s.unit, "PAGE_READWRITE"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pool_types_are_judged_by_paged_and_nx),
      cmocka_unit_test(video_port_pool_types_are_judged_by_paged),
      cmocka_unit_test(pool_flags_are_judged_by_the_execute_flag),
      cmocka_unit_test(lookaside_flags_are_judged_by_nx),
      cmocka_unit_test(protections_are_judged_by_the_four_execute_bits),
      cmocka_unit_test(heap_flags_are_judged_by_enable_execute),
      cmocka_unit_test(cache_types_are_judged_by_cached),
      cmocka_unit_test(priorities_are_judged_by_no_execute),
      cmocka_unit_test(kinds_without_choice_are_certain_whatever_is_passed),
      cmocka_unit_test(an_unknown_value_is_undecided),
      cmocka_unit_test(a_missing_argument_is_silent),
      cmocka_unit_test(one_alternative_of_several_is_possible),
      cmocka_unit_test(executable_alternatives_alone_are_certain),
      cmocka_unit_test(a_condition_limits_what_the_value_says),
      cmocka_unit_test(a_condition_that_weakens_says_why),
      cmocka_unit_test(only_the_byte_of_an_access_mode_counts),
      cmocka_unit_test(an_allocator_is_a_pointer_of_any_value),
      cmocka_unit_test(both_opt_ins_add_the_flag_and_an_opt_out_does_not),
      cmocka_unit_test(before_windows_8_is_decided_by_the_unit),
      cmocka_unit_test(a_doubt_leaves_nothing_certain_and_says_why),
      cmocka_unit_test(a_condition_and_a_doubt_give_two_reasons),
      cmocka_unit_test(a_possible_value_still_names_the_open_condition),
      cmocka_unit_test(each_kind_has_the_warning_of_its_fault),
      cmocka_unit_test(conditions_and_opt_ins_add_their_warnings),
      cmocka_unit_test(an_argument_is_found_by_its_index_only),
      cmocka_unit_test(a_unit_that_says_nothing_targets_the_newest),
      cmocka_unit_test(a_unit_without_a_list_of_names_knows_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
