// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

static void memory_that_is_called_is_certain(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_MEMORY, "ExAllocatePool2");
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->rule, HVCI_RULE_DYNAMIC_CODE);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'x' is data called as code: memory from "
                      "'ExAllocatePool2'; use a function of the driver");
  assert_int_equal(f->range.begin, USE_PLACE);
  assert_int_equal(f->anchor.begin, USE_PLACE);
  assert_int_equal(f->warnings, 0);
  assert_int_equal(f->edit_count, 0);
  assert_int_equal(f->note_count, 1);
  assert_note(f, 0, ORIGIN_PLACE, "the memory comes from here");
}

static void a_variable_is_shown_where_it_is_defined(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_VARIABLE, "Bytes");
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_non_null(strstr(f->message, ": the variable 'Bytes'; use "));
  assert_note(f, 0, ORIGIN_PLACE, "'Bytes' is defined here");

  u.fact.origin.in_code = true;
  f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_non_null(strstr(f->message, "'x' may be data called as code: "));
  assert_note(f, 1, USE_PLACE,
              "its section holds code, which is checked with the image: that "
              "may be meant");
}

static void a_string_needs_no_note(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_STRING, "");
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_int_equal(f->note_count, 0);
  assert_non_null(strstr(f->message, ": a string literal; use "));
}

static void a_fixed_address_is_possible(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_NUMBER, "0xFFD00000");
  u.fact.origin.number = 0xFFD00000;
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_non_null(strstr(f->message, ": the fixed address 0xFFD00000; use "));
  assert_note(f, 0, USE_PLACE, "what lies at that address is not known here");
}

static void a_small_number_is_no_address(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_NUMBER, "0x17");
  u.fact.origin.number = 0x17;
  assert_int_equal(use_count(&u), 0);
  u.fact.origin.number = 0xFFFF;
  assert_int_equal(use_count(&u), 0);
  u.fact.origin.number = 0x10000;
  assert_int_equal(use_count(&u), 1);
}

static void a_routine_for_the_system_names_who_runs_it(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_PASS, HVCI_ORIGIN_MEMORY, "ExAllocatePool2");
  use_callee(&u, "PsCreateSystemThread");
  const struct hvci_finding *f = use_finding(&u);
  assert_string_equal(f->message,
                      "'PsCreateSystemThread' runs data as code: memory from "
                      "'ExAllocatePool2'; use a function of the driver");
  assert_int_equal(f->range.begin, USE_PLACE);
  assert_int_equal(f->anchor.begin, CALLEE_PLACE);
}

static void only_what_is_run_counts(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_MEMORY, "ExAllocatePool2");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_PASS, HVCI_ORIGIN_MEMORY, "ExAllocatePool2");
  use_callee(&u, "IoCancelIrp");
  assert_int_equal(use_count(&u), 0);
}

static void code_and_the_unknown_may_be_called(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_UNKNOWN, "");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_FUNCTION, "f");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_ROUTINE, "MmGetSystemRoutineAddress");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_FILE, "ZwCreateFile");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_FUNCTION, "f");
  u.fact.origin.via = HVCI_VIA_MAPPING;
  assert_int_equal(use_count(&u), 0);
}

static void the_rule_can_be_switched_off(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_STRING, "");
  char error[256];
  assert_int_equal(hvci_options_apply(&u.options, "off=hvci-dynamic-code",
                                      error, sizeof error),
                   HVCI_OK);
  assert_int_equal(use_count(&u), 0);
}

static void the_sinks_answer_is_passed_on(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_STRING, "");
  u.recorder.answer = HVCI_ERROR_SINK;
  struct hvci_sink sink = sink_of(&u.recorder);
  assert_int_equal(hvci_check_code_use(&u.fact, &u.options, &sink),
                   HVCI_ERROR_SINK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_that_is_called_is_certain),
      cmocka_unit_test(a_variable_is_shown_where_it_is_defined),
      cmocka_unit_test(a_string_needs_no_note),
      cmocka_unit_test(a_fixed_address_is_possible),
      cmocka_unit_test(a_small_number_is_no_address),
      cmocka_unit_test(a_routine_for_the_system_names_who_runs_it),
      cmocka_unit_test(only_what_is_run_counts),
      cmocka_unit_test(code_and_the_unknown_may_be_called),
      cmocka_unit_test(the_rule_can_be_switched_off),
      cmocka_unit_test(the_sinks_answer_is_passed_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
