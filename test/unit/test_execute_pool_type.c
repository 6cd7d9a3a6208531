// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

enum { WIN7 = 0x06010000 };

#define OPT_IN                                                                 \
  "POOL_NX_OPTIN with ExInitializeDriverRuntime(DrvRtPoolNxOptIn), as the "    \
  "unit targets systems before Windows 8"

static void set_of_type(struct scene *s, const char *constant, uint64_t value) {
  scene_set(s, 0, constant, value)->type = "_POOL_TYPE";
}

static void executable_pool_types_have_their_twin_as_fix(void **state) {
  (void)state;
  static const struct {
    const char *constant;
    uint64_t value;
    const char *twin;
  } rows[] = {
      {"NonPagedPool", 0, "NonPagedPoolNx"},
      {"NonPagedPoolExecute", 0, "NonPagedPoolNx"},
      {"NonPagedPoolBase", 0, "NonPagedPoolNx"},
      {"NonPagedPoolCacheAligned", 4, "NonPagedPoolNxCacheAligned"},
      {"NonPagedPoolBaseCacheAligned", 4, "NonPagedPoolNxCacheAligned"},
      {"NonPagedPoolSession", 32, "NonPagedPoolSessionNx"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    char tail[60] = "'; use ";
    scene_init(&s, "ExAllocatePoolWithTag");
    set_of_type(&s, rows[i].constant, rows[i].value);
    const struct hvci_finding *f = scene_finding(&s);
    strcat(tail, rows[i].twin);
    assert_string_equal(strrchr(f->message, '\''), tail);
    assert_int_equal(f->edit_count, 1);
    assert_edit(f, 0, HVCI_REPLACE, term_place(0, 0), rows[i].twin);
  }
}

static void a_type_without_a_twin_has_a_remedy_and_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool");
  set_of_type(&s, "NonPagedPoolMustSucceed", 2);
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message,
                      "'ExAllocatePool' allocates executable pool with "
                      "'NonPagedPoolMustSucceed'; use NonPagedPoolNx");
  assert_int_equal(f->edit_count, 0);
}

static void what_may_be_executable_is_told_as_such(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool");
  set_of_type(&s, "PagedPool", 1);
  scene_or_else(&s, 0, "NonPagedPoolSession", 32)->type = "_POOL_TYPE";
  s.arguments[0].text = "Paged ? PagedPool : NonPagedPoolSession";
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'ExAllocatePool' may allocate executable pool with "
                      "'Paged ? PagedPool : NonPagedPoolSession'; use "
                      "NonPagedPoolSessionNx");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, term_place(0, 1), "NonPagedPoolSessionNx");
}

// (NonPagedPool | POOL_NX_ALLOCATION) or NonPagedPoolSession.
static void the_remedy_is_that_of_an_executable_alternative(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool");
  set_of_type(&s, "NonPagedPool", 0);
  scene_with(&s, 0, "POOL_NX_ALLOCATION", 512);
  scene_or_else(&s, 0, "NonPagedPoolSession", 32)->type = "_POOL_TYPE";
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(strstr(f->message, "; use "),
                      "; use NonPagedPoolSessionNx");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, term_place(0, 2), "NonPagedPoolSessionNx");
}

static void a_value_that_nobody_has_named_has_its_twin(void **state) {
  (void)state;
  static const struct {
    uint64_t first, second;
    const char *remedy;
  } rows[] = {{0, 0, "; use NonPagedPoolNx"},
              {4, 4, "; use NonPagedPoolNxCacheAligned"},
              {32, 32, "; use NonPagedPoolSessionNx"},
              {36, 36, "; use NonPagedPoolSessionNx"},
              {2, 2, "; use NonPagedPoolNx"},
              {512, 4, "; use NonPagedPoolNxCacheAligned"},
              {33, 0, "; use NonPagedPoolNx"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    struct hvci_value second;
    scene_init(&s, "ExAllocatePool");
    hvci_value_constant(&s.arguments[0].value, rows[i].first, 0, 64);
    hvci_value_constant(&second, rows[i].second, 0, 64);
    hvci_value_join(&s.arguments[0].value, &s.arguments[0].value, &second);
    const struct hvci_finding *f = scene_finding(&s);
    assert_string_equal(strstr(f->message, "; use "), rows[i].remedy);
    assert_int_equal(f->edit_count, 0);
  }
}

static void a_literal_zero_is_replaced_with_its_casts(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool");
  scene_set_literal(&s, 0, "0", 0);
  s.arguments[0].text = "(POOL_TYPE)0";
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message, "'ExAllocatePool' allocates executable pool "
                                  "with '(POOL_TYPE)0'; use NonPagedPoolNx");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, argument_place(0), "NonPagedPoolNx");
}

static void a_literal_is_not_replaced_where_it_cannot_be(void **state) {
  (void)state;
  char nx[] = "NonPagedPoolNx";
  for (unsigned why = 0; why < 4; why++) {
    struct scene s;
    scene_init(&s, "ExAllocatePool");
    scene_set_literal(&s, 0, "0", 0);
    if (why == 0)
      scene_set_literal(&s, 0, "4", 4);
    if (why == 1)
      s.terms[0][0].editable = false;
    if (why == 2)
      s.arguments[0].editable = false;
    if (why == 3)
      scene_forget(&s, nx);
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->edit_count, 0);
  }
}

// `c ? 0 : choose()`: the 0 is not all there is.
static void
a_literal_zero_beside_something_unknown_is_not_the_argument(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool");
  scene_set_literal(&s, 0, "0", 0);
  scene_or_unknown(&s, 0);
  s.arguments[0].text = "c ? 0 : choose()";
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  for (size_t i = 0; i < f->edit_count; i++)
    assert_false(f->edits[i].placement == HVCI_REPLACE &&
                 f->edits[i].range.begin == argument_place(0));
}

static void before_windows_8_there_is_no_nx_type_to_use(void **state) {
  (void)state;
  static const char *const constants[] = {"NonPagedPool",
                                          "NonPagedPoolMustSucceed"};
  for (size_t i = 0; i < 2; i++) {
    struct scene s;
    scene_init(&s, "ExAllocatePool");
    set_of_type(&s, constants[i], 2 * i);
    s.unit.os = WIN7;
    const struct hvci_finding *f = scene_finding(&s);
    // An opt-in changes NonPagedPool; other constants have to become that
    // first.
    assert_string_equal(strstr(f->message, "; use "),
                        i == 0 ? "; use " OPT_IN
                               : "; use NonPagedPool under POOL_NX_OPTIN, as "
                                 "the unit targets systems before Windows 8");
    assert_int_equal(f->edit_count, 0);
    s.unit.os = HVCI_NTDDI_WIN8;
    assert_string_equal(strstr(scene_finding(&s)->message, "; use "),
                        "; use NonPagedPoolNx");
  }
}

static void executable_pool_flags_become_non_paged(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  scene_set(&s, 0, "POOL_FLAG_NON_PAGED_EXECUTE", 0x80);
  scene_with(&s, 0, "POOL_FLAG_USE_QUOTA", 1);
  s.unit.os = WIN7; // the DDI would not be there either
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message,
                      "'ExAllocatePool2' allocates executable pool with "
                      "'POOL_FLAG_NON_PAGED_EXECUTE'; use POOL_FLAG_NON_PAGED");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, term_place(0, 0), "POOL_FLAG_NON_PAGED");
}

static void a_literal_pool_flag_has_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  scene_set_literal(&s, 0, "0x80", 0x80);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->edit_count, 0);
}

static void scene_lookaside(struct scene *s) {
  scene_init(s, "ExInitializeNPagedLookasideList");
  scene_set(s, 1, "NULL", 0);
}

static void literal_lookaside_flags_become_nx(void **state) {
  (void)state;
  struct scene s;
  scene_lookaside(&s);
  scene_set_literal(&s, 3, "0", 0);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'ExInitializeNPagedLookasideList' allocates executable "
                      "pool with '0'; use POOL_NX_ALLOCATION");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, argument_place(3), "POOL_NX_ALLOCATION");
}

static void other_lookaside_flags_get_nx_added(void **state) {
  (void)state;
  struct scene s;
  scene_lookaside(&s);
  scene_set(&s, 3, "POOL_RAISE_IF_ALLOCATION_FAILURE", 16);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_AFTER, argument_place(3), " | POOL_NX_ALLOCATION");

  // `c ? 0 : flags`: the 0 is not all there is.
  scene_lookaside(&s);
  scene_set_literal(&s, 3, "0", 0);
  scene_or_unknown(&s, 3);
  s.arguments[3].needs_parentheses = true;
  f = scene_finding(&s);
  assert_int_equal(f->edit_count, 2);
  assert_edit(f, 1, HVCI_AFTER, argument_place(3), ") | POOL_NX_ALLOCATION");
}

static void lookaside_flags_before_windows_8_need_the_opt_in(void **state) {
  (void)state;
  struct scene s;
  scene_lookaside(&s);
  scene_set_literal(&s, 3, "0", 0);
  s.unit.os = WIN7;
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(strstr(f->message, "; use "), "; use " OPT_IN);
  assert_int_equal(f->edit_count, 0);
}

static void an_allocator_of_ones_own_leaves_it_possible(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExInitializeNPagedLookasideList");
  scene_set_literal(&s, 3, "0", 0);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_int_equal(f->note_count, 1);
  assert_note(f, 0, argument_place(3),
              "the list's own allocator decides in the end, and it may choose "
              "a non-executable type");
}

static void a_video_port_pool_has_a_remedy_and_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "VideoPortAllocatePool");
  scene_set(&s, 1, "VpNonPagedPool", 0)->type = "_VP_POOL_TYPE";
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'VideoPortAllocatePool' may allocate executable pool "
                      "with 'VpNonPagedPool'; use VpPagedPool where the IRQL "
                      "allows it, or a WDM allocation");
  assert_int_equal(f->edit_count, 0);
  scene_set_literal(&s, 1, "0", 0);
  f = scene_finding(&s);
  assert_int_equal(f->edit_count, 0);
}

static void a_pool_type_among_pool_flags_is_misplaced(void **state) {
  (void)state;
  static const struct {
    const char *constant;
    uint64_t value;
    const char *other;
  } rows[] = {
      {"NonPagedPool", 0, "POOL_FLAG_NON_PAGED"},
      {"NonPagedPoolNx", 512, "POOL_FLAG_NON_PAGED"},
      {"NonPagedPoolExecute", 0, "POOL_FLAG_NON_PAGED"},
      {"ExDefaultNonPagedPoolType", 0, "POOL_FLAG_NON_PAGED"},
      {"PagedPool", 1, "POOL_FLAG_PAGED"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    char message[200] = "'ExAllocatePool2' takes POOL_FLAGS, but '";
    scene_init(&s, "ExAllocatePool2");
    set_of_type(&s, rows[i].constant, rows[i].value);
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->rule, HVCI_RULE_EXECUTE_POOL_TYPE);
    assert_int_equal(f->certainty, HVCI_CERTAIN);
    assert_int_equal(f->range.begin, term_place(0, 0));
    assert_int_equal(f->anchor.begin, CALLEE_PLACE);
    strcat(strcat(message, rows[i].constant), "' is a POOL_TYPE; use ");
    strcat(message, rows[i].other);
    assert_string_equal(f->message, message);
    assert_int_equal(f->edit_count, 1);
    assert_edit(f, 0, HVCI_REPLACE, term_place(0, 0), rows[i].other);
  }
}

static void a_pool_flag_as_pool_type_is_misplaced(void **state) {
  (void)state;
  static const struct {
    const char *constant;
    uint64_t value;
    const char *other;
  } rows[] = {
      {"POOL_FLAG_NON_PAGED", 0x40, "NonPagedPoolNx"},
      {"POOL_FLAG_NON_PAGED_EXECUTE", 0x80, "NonPagedPoolNx"},
      {"POOL_FLAG_PAGED", 0x100, "PagedPool"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    char message[200] = "'ExAllocatePool' takes a POOL_TYPE, but '";
    scene_init(&s, "ExAllocatePool");
    scene_set(&s, 0, rows[i].constant, rows[i].value);
    const struct hvci_finding *f = scene_finding(&s);
    strcat(strcat(message, rows[i].constant), "' is a pool flag; use ");
    strcat(message, rows[i].other);
    assert_string_equal(f->message, message);
    assert_edit(f, 0, HVCI_REPLACE, term_place(0, 0), rows[i].other);
  }
}

static void a_misplaced_constant_without_a_twin_names_none(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  set_of_type(&s, "NonPagedPoolMustSucceed", 2);
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message, "'ExAllocatePool2' takes POOL_FLAGS, but "
                                  "'NonPagedPoolMustSucceed' is a POOL_TYPE");
  assert_int_equal(f->edit_count, 0);
}

static void a_misplaced_constant_is_told_as_it_is_written(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  set_of_type(&s, "NonPagedPoolNx", 512);
  s.terms[0][0].written = "MY_POOL";
  s.terms[0][0].editable = false;
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message,
                      "'ExAllocatePool2' takes POOL_FLAGS, but 'MY_POOL' is a "
                      "POOL_TYPE; use POOL_FLAG_NON_PAGED");
  assert_int_equal(f->edit_count, 0);
}

static void a_misplaced_constant_among_others_has_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  scene_set(&s, 0, "POOL_FLAG_USE_QUOTA", 1);
  scene_with(&s, 0, "NonPagedPoolNx", 512)->type = "_POOL_TYPE";
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->range.begin, term_place(0, 1));
  assert_int_equal(f->edit_count, 0);
}

static void a_misplaced_constant_has_no_unknown_twin(void **state) {
  (void)state;
  char other[] = "POOL_FLAG_NON_PAGED";
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  set_of_type(&s, "NonPagedPoolNx", 512);
  scene_forget(&s, other);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->edit_count, 0);
}

static void constants_in_their_place_are_silent(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool");
  set_of_type(&s, "PagedPool", 1);
  assert_int_equal(scene_count(&s), 0);
  set_of_type(&s, "NonPagedPoolNx", 512);
  assert_int_equal(scene_count(&s), 0);
  scene_init(&s, "ExAllocatePool2");
  scene_set(&s, 0, "POOL_FLAG_NON_PAGED", 0x40);
  assert_int_equal(scene_count(&s), 0);
  // Lookaside flags are those of POOL_TYPE.
  scene_lookaside(&s);
  scene_set(&s, 3, "NonPagedPoolNx", 512)->type = "_POOL_TYPE";
  assert_int_equal(scene_count(&s), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(executable_pool_types_have_their_twin_as_fix),
      cmocka_unit_test(a_type_without_a_twin_has_a_remedy_and_no_fix),
      cmocka_unit_test(what_may_be_executable_is_told_as_such),
      cmocka_unit_test(the_remedy_is_that_of_an_executable_alternative),
      cmocka_unit_test(a_value_that_nobody_has_named_has_its_twin),
      cmocka_unit_test(a_literal_zero_is_replaced_with_its_casts),
      cmocka_unit_test(a_literal_is_not_replaced_where_it_cannot_be),
      cmocka_unit_test(
          a_literal_zero_beside_something_unknown_is_not_the_argument),
      cmocka_unit_test(before_windows_8_there_is_no_nx_type_to_use),
      cmocka_unit_test(executable_pool_flags_become_non_paged),
      cmocka_unit_test(a_literal_pool_flag_has_no_fix),
      cmocka_unit_test(literal_lookaside_flags_become_nx),
      cmocka_unit_test(other_lookaside_flags_get_nx_added),
      cmocka_unit_test(lookaside_flags_before_windows_8_need_the_opt_in),
      cmocka_unit_test(an_allocator_of_ones_own_leaves_it_possible),
      cmocka_unit_test(a_video_port_pool_has_a_remedy_and_no_fix),
      cmocka_unit_test(a_pool_type_among_pool_flags_is_misplaced),
      cmocka_unit_test(a_pool_flag_as_pool_type_is_misplaced),
      cmocka_unit_test(a_misplaced_constant_without_a_twin_names_none),
      cmocka_unit_test(a_misplaced_constant_is_told_as_it_is_written),
      cmocka_unit_test(a_misplaced_constant_among_others_has_no_fix),
      cmocka_unit_test(a_misplaced_constant_has_no_unknown_twin),
      cmocka_unit_test(constants_in_their_place_are_silent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
