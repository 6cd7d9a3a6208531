// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

enum { WIN7 = 0x06010000, WIN81 = 0x06030000, NO_EXECUTE = 0x40000000 };

#define OPT_IN                                                                 \
  "POOL_NX_OPTIN with ExInitializeDriverRuntime(DrvRtPoolNxOptIn), as the "    \
  "unit targets systems before Windows 8"

static void a_priority_without_no_execute_gets_it_added(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdlSafe");
  scene_set(&s, 1, "NormalPagePriority", 16);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->rule, HVCI_RULE_EXECUTE_PAGE_MAPPING);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'MmGetSystemAddressForMdlSafe' maps an MDL executable "
                      "with 'NormalPagePriority'; use MdlMappingNoExecute");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_AFTER, argument_place(1), " | MdlMappingNoExecute");
}

static void a_priority_that_may_lack_it_is_told_as_such(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdlSafe");
  scene_set(&s, 1, "x", 16 | NO_EXECUTE);
  scene_or_else(&s, 1, "HighPagePriority", 32);
  s.arguments[1].needs_parentheses = true;
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'MmGetSystemAddressForMdlSafe' may map an MDL "
                      "executable with 'x'; use MdlMappingNoExecute");
  assert_int_equal(f->edit_count, 2);
  assert_edit(f, 0, HVCI_BEFORE, argument_place(1), "(");
  assert_edit(f, 1, HVCI_AFTER, argument_place(1), ") | MdlMappingNoExecute");
}

static void no_execute_beside_anything_is_silent(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdlSafe");
  scene_with(&s, 1, "MdlMappingNoExecute", NO_EXECUTE);
  s.options.unknown = true;
  assert_int_equal(scene_count(&s), 0);
}

static void the_flag_is_there_since_windows_8(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdlSafe");
  scene_set(&s, 1, "NormalPagePriority", 16);
  s.unit.os = WIN7;
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(strstr(f->message, "; use "), "; use " OPT_IN);
  assert_int_equal(f->edit_count, 0);
  s.unit.os = WIN81;
  assert_int_equal(scene_finding(&s)->edit_count, 1);
}

static void an_opt_in_makes_the_kits_inline_add_the_flag(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdlSafe");
  scene_set(&s, 1, "NormalPagePriority", 16);
  s.unit.opt_in = HVCI_OPT_IN_AUTO;
  assert_int_equal(scene_count(&s), 0);
  s.unit.opt_in = HVCI_OPT_OUT;
  assert_int_equal(scene_count(&s), 1);
}

static void a_mapping_for_user_mode_is_silent(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapLockedPagesSpecifyCache");
  scene_set(&s, 5, "NormalPagePriority", 16);
  scene_set(&s, 1, "KernelMode", 0);
  assert_int_equal(scene_finding(&s)->certainty, HVCI_CERTAIN);
  assert_int_equal(scene_finding(&s)->note_count, 0);
  scene_set(&s, 1, "UserMode", 1);
  assert_int_equal(scene_count(&s), 0);
}

static void a_mapping_for_an_unknown_mode_is_possible(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapLockedPagesSpecifyCache");
  scene_set(&s, 5, "NormalPagePriority", 16);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_note(f, 0, argument_place(5),
              "a mapping for UserMode is never executable, and the access mode "
              "is not known here");
  assert_int_equal(f->edit_count, 1);
}

static void a_call_that_cannot_say_it_is_named_with_another(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapLockedPages");
  scene_set(&s, 1, "KernelMode", 0);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'MmMapLockedPages' always maps executable memory; use "
                      "MmGetSystemAddressForMdlSafe with MdlMappingNoExecute");
  assert_int_equal(f->range.begin, CALLEE_PLACE);
  assert_int_equal(f->edit_count, 0);

  scene_or_else(&s, 1, "UserMode", 1);
  f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_non_null(strstr(f->message, "' may map executable memory; use "));
  scene_set(&s, 1, "UserMode", 1);
  assert_int_equal(scene_count(&s), 0);
}

static void before_windows_8_no_call_can_say_it(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdl");
  s.unit.os = WIN7;
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(strstr(f->message, "; use "),
                      "; use MmGetSystemAddressForMdlSafe under POOL_NX_OPTIN, "
                      "as the unit targets systems before Windows 8");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_priority_without_no_execute_gets_it_added),
      cmocka_unit_test(a_priority_that_may_lack_it_is_told_as_such),
      cmocka_unit_test(no_execute_beside_anything_is_silent),
      cmocka_unit_test(the_flag_is_there_since_windows_8),
      cmocka_unit_test(an_opt_in_makes_the_kits_inline_add_the_flag),
      cmocka_unit_test(a_mapping_for_user_mode_is_silent),
      cmocka_unit_test(a_mapping_for_an_unknown_mode_is_possible),
      cmocka_unit_test(a_call_that_cannot_say_it_is_named_with_another),
      cmocka_unit_test(before_windows_8_no_call_can_say_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
