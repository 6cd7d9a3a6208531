// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_nx_opt_in.c - the run-time opt-in, on drivers made by hand.
 */
#include "facts.h"

#include "hvci/driver.h"
#include "hvci/suppress.h"

enum { ENTRY, INIT, ALLOC, HELPER, DLL, FUNCTIONS };
enum { MAX_STEPS = 4, ENTRY_PLACE = 100, STEP_PLACE = 1000 };

/* Function f stands at ENTRY_PLACE + f, its step s at STEP_PLACE + 10 f + s. */
struct driver {
  struct hvci_driver_function functions[FUNCTIONS];
  struct hvci_step steps[FUNCTIONS][MAX_STEPS];
  struct hvci_driver_fact fact;
  struct hvci_options options;
  struct recorder recorder;
};

static struct driver d;

static int set_up(void **state) {
  static const char *const names[FUNCTIONS] = {
      "DriverEntry", "ExInitializeDriverRuntime", "ExAllocatePoolWithTag",
      "Helper", "DllInitialize"};
  (void)state;
  memset(&d, 0, sizeof d);
  for (size_t f = 0; f < FUNCTIONS; f++)
    d.functions[f] =
        (struct hvci_driver_function){.name = names[f],
                                      .range = place(ENTRY_PLACE + f),
                                      .steps = d.steps[f],
                                      .has_body = f == ENTRY || f == HELPER,
                                      .external = true};
  d.fact.functions = d.functions;
  d.fact.function_count = FUNCTIONS;
  return 0;
}

static uint64_t step_place(size_t function, size_t step) {
  return STEP_PLACE + 10 * function + step;
}

static void step(size_t function, enum hvci_step_kind kind, size_t callee) {
  size_t s = d.functions[function].step_count++;
  d.steps[function][s] = (struct hvci_step){
      .kind = kind, .callee = callee, .range = place(step_place(function, s))};
}

static void check(size_t count) {
  struct hvci_sink sink = sink_of(&d.recorder);
  assert_int_equal(hvci_check_driver(&d.fact, &d.options, &sink), HVCI_OK);
  assert_int_equal(d.recorder.count, count);
}

static void nothing_to_opt_in_for_is_silent(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_CALL, HELPER);
  check(0);
}

static void opt_in_first_is_silent(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_OPT_IN, INIT);
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  step(ENTRY, HVCI_STEP_CALL, HELPER);
  step(HELPER, HVCI_STEP_ALLOCATION, ALLOC);
  check(0);
}

static void opt_in_by_a_callee_is_silent(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_CALL, HELPER);
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  step(HELPER, HVCI_STEP_OPT_IN, INIT);
  check(0);
}

static void late_opt_in_is_certain(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  step(ENTRY, HVCI_STEP_OPT_IN, INIT);
  check(1);
  const struct hvci_finding *finding = &d.recorder.last;
  assert_int_equal(finding->rule, HVCI_RULE_NX_OPT_IN);
  assert_int_equal(finding->certainty, HVCI_CERTAIN);
  assert_int_equal(finding->range.begin, step_place(ENTRY, 0));
  assert_int_equal(finding->warnings, hvci_warning_bit(30031) |
                                          hvci_warning_bit(30033) |
                                          hvci_warning_bit(30035));
  assert_string_equal(finding->message,
                      "'ExAllocatePoolWithTag' gives executable memory: "
                      "'DriverEntry' comes here before "
                      "ExInitializeDriverRuntime(DrvRtPoolNxOptIn)");
  assert_int_equal(finding->note_count, 2);
  assert_int_equal(finding->notes[0].range.begin, ENTRY_PLACE + ENTRY);
  assert_int_equal(finding->notes[1].range.begin, step_place(ENTRY, 1));
}

static void allocation_in_a_callee_is_on_the_way(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_CALL, HELPER);
  step(ENTRY, HVCI_STEP_OPT_IN, INIT);
  step(HELPER, HVCI_STEP_CALL, ENTRY); // a circle
  step(HELPER, HVCI_STEP_ALLOCATION, ALLOC);
  check(1);
  assert_int_equal(d.recorder.last.range.begin, step_place(HELPER, 1));
}

static void type_that_is_handed_on_is_possible(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_HANDED_ON, HELPER);
  step(ENTRY, HVCI_STEP_HANDED_ON, ALLOC); // no function of the driver
  step(ENTRY, HVCI_STEP_OPT_IN, INIT);
  check(1);
  assert_int_equal(d.recorder.last.certainty, HVCI_POSSIBLE);
  d.options.certain_only = true;
  d.recorder.count = 0;
  check(0);
}

static void missing_opt_in_is_one_finding_at_the_entry(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  step(HELPER, HVCI_STEP_ALLOCATION, ALLOC);
  step(HELPER, HVCI_STEP_NO_OPT_IN, INIT);
  check(1);
  assert_int_equal(d.recorder.last.certainty, HVCI_CERTAIN);
  assert_int_equal(d.recorder.last.range.begin, ENTRY_PLACE + ENTRY);
  assert_int_equal(d.recorder.last.note_count, 2);
  assert_int_equal(d.recorder.last.notes[0].range.begin, step_place(ENTRY, 0));
  assert_int_equal(d.recorder.last.notes[1].range.begin, step_place(HELPER, 1));
}

static void opt_in_off_the_way_leaves_it_possible(void **state) {
  (void)state;
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  step(HELPER, HVCI_STEP_OPT_IN, INIT);
  check(1);
  assert_int_equal(d.recorder.last.certainty, HVCI_POSSIBLE);
  assert_int_equal(d.recorder.last.notes[1].range.begin, step_place(HELPER, 0));
}

static void each_entry_has_to_opt_in_for_itself(void **state) {
  (void)state;
  d.functions[DLL].has_body = true;
  step(DLL, HVCI_STEP_OPT_IN, INIT);
  check(0); // DriverEntry allocates nothing
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  check(1);
  assert_int_equal(d.recorder.last.certainty, HVCI_POSSIBLE);
  assert_int_equal(d.recorder.last.range.begin, step_place(ENTRY, 0));
}

static void guarded_entry_stands_before_the_entry(void **state) {
  (void)state;
  d.functions[HELPER].name = "GsDriverEntry";
  step(HELPER, HVCI_STEP_OPT_IN, INIT);
  step(HELPER, HVCI_STEP_CALL, ENTRY);
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  check(0);
}

static void driver_without_entry_is_silent(void **state) {
  (void)state;
  d.functions[ENTRY].external = false;
  step(ENTRY, HVCI_STEP_ALLOCATION, ALLOC);
  assert_null(hvci_driver_entry(&d.fact, NULL));
  check(0);
}

static void opt_out_of_many_units_is_one_possible_finding(void **state) {
  static const struct hvci_range ranges[] = {{.begin = 7, .end = 7},
                                             {.begin = 9, .end = 9}};
  (void)state;
  d.fact.opt_outs = ranges;
  d.fact.opt_out_count = 2;
  check(1);
  assert_int_equal(d.recorder.last.certainty, HVCI_POSSIBLE);
  assert_int_equal(d.recorder.last.range.begin, 7);
  assert_int_equal(d.recorder.last.note_count, 1);
  assert_int_equal(d.recorder.last.notes[0].range.begin, 9);
  assert_int_equal(d.recorder.last.warnings, hvci_warning_bit(30032));
  d.options.off = 1u << HVCI_RULE_NX_OPT_IN;
  d.recorder.count = 0;
  check(0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(nothing_to_opt_in_for_is_silent, set_up),
      cmocka_unit_test_setup(opt_in_first_is_silent, set_up),
      cmocka_unit_test_setup(opt_in_by_a_callee_is_silent, set_up),
      cmocka_unit_test_setup(late_opt_in_is_certain, set_up),
      cmocka_unit_test_setup(allocation_in_a_callee_is_on_the_way, set_up),
      cmocka_unit_test_setup(type_that_is_handed_on_is_possible, set_up),
      cmocka_unit_test_setup(missing_opt_in_is_one_finding_at_the_entry,
                             set_up),
      cmocka_unit_test_setup(opt_in_off_the_way_leaves_it_possible, set_up),
      cmocka_unit_test_setup(each_entry_has_to_opt_in_for_itself, set_up),
      cmocka_unit_test_setup(guarded_entry_stands_before_the_entry, set_up),
      cmocka_unit_test_setup(driver_without_entry_is_silent, set_up),
      cmocka_unit_test_setup(opt_out_of_many_units_is_one_possible_finding,
                             set_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
