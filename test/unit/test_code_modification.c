// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

// ---- Control registers -----------------------------------------------------

/* The bits are known to be zero: `x & ~bits`. */
static void scene_clear(struct scene *s, size_t index, uint64_t bits) {
  struct hvci_value mask;
  hvci_value_constant(&mask, ~bits, 0, 64);
  hvci_value_apply(&s->arguments[index].value, HVCI_AND,
                   &s->arguments[index].value, &mask, 64);
}

static void write_protection_off_is_certain(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "__writecr0");
  scene_clear(&s, 0, 0x10000);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->rule, HVCI_RULE_CODE_MODIFICATION);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'__writecr0' switches off write protection (CR0.WP) "
                      "with 'x'; use a value with bit 16 set");
  assert_int_equal(f->range.begin, argument_place(0));
  assert_int_equal(f->warnings, 0);
  s.unit.opt_in = HVCI_OPT_IN_RUNTIME;
  assert_int_equal(scene_finding(&s)->warnings, 0);
}

static void write_protection_on_is_silent(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "__writecr0");
  assert_int_equal(scene_count(&s), 0);
  scene_with(&s, 0, "CR0_WP", 0x10000);
  assert_int_equal(scene_count(&s), 0);
}

static void a_toggle_is_possible(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "__writecr0");
  s.arguments[0].toggled = 0x10000;
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'__writecr0' may switch off write protection (CR0.WP) "
                      "with 'x'; use a value with bit 16 set");
  assert_note(f, 0, argument_place(0), "this clears the bit if it was set");
  s.arguments[0].toggled = 8;
  assert_int_equal(scene_count(&s), 0);
  // What it gives is known even so.
  s.arguments[0].toggled = 0x10000;
  scene_with(&s, 0, "CR0_WP", 0x10000);
  assert_int_equal(scene_count(&s), 0);
}

static void no_execute_off_is_certain_in_its_register(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "__writemsr");
  scene_clear(&s, 1, 0x800);
  assert_int_equal(scene_count(&s), 0);
  scene_set(&s, 0, "IA32_LSTAR", 0xC0000082);
  assert_int_equal(scene_count(&s), 0);
  scene_set(&s, 0, "IA32_EFER", 0xC0000080);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'__writemsr' switches off no-execute (EFER.NXE) with "
                      "'x'; use a value with bit 11 set");
  scene_with(&s, 1, "EFER_NXE", 0x800);
  assert_int_equal(scene_count(&s), 0);
}

// ---- Addresses of code -----------------------------------------------------

static void a_store_into_a_function_is_certain(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_FUNCTION, "target");
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->rule, HVCI_RULE_CODE_MODIFICATION);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'x' writes into the code of 'target'; use a callback, "
                      "or a function pointer in data");
  assert_int_equal(f->range.begin, USE_PLACE);
  assert_int_equal(f->note_count, 1);
  assert_note(f, 0, ORIGIN_PLACE, "'target' is declared here");
  u.fact.origin.range = (struct hvci_range){0, 0};
  assert_int_equal(use_finding(&u)->note_count, 0);
}

static void what_a_look_up_found_is_possible(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_ROUTINE,
           "MmGetSystemRoutineAddress");
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'x' may write into the code found by "
                      "'MmGetSystemRoutineAddress'; use a callback, or a "
                      "function pointer in data");
  assert_note(f, 0, ORIGIN_PLACE, "the address comes from here");
  assert_note(f, 1, USE_PLACE,
              "the name that is looked up may be that of a variable");
}

static void a_copy_names_its_function(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_PASS, HVCI_ORIGIN_FUNCTION, "target");
  use_callee(&u, "memcpy");
  const struct hvci_finding *f = use_finding(&u);
  assert_string_equal(f->message,
                      "'memcpy' writes into the code of 'target'; use a "
                      "callback, or a function pointer in data");
  assert_int_equal(f->anchor.begin, CALLEE_PLACE);
  use_callee(&u, "_InterlockedCompareExchange64");
  assert_int_equal(use_count(&u), 1);
  use_callee(&u, "memcmp");
  assert_int_equal(use_count(&u), 0);
  use_callee(&u, "PsCreateSystemThread");
  assert_int_equal(use_count(&u), 0);
}

static void an_alias_is_written_to_and_an_mdl_is_data(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_FUNCTION, "target");
  u.fact.origin.via = HVCI_VIA_MAPPING;
  assert_int_equal(use_finding(&u)->certainty, HVCI_CERTAIN);
  u.fact.origin.via = HVCI_VIA_DESCRIPTION;
  assert_int_equal(use_count(&u), 0);
}

static void a_section_of_code_is_written_to(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_VARIABLE, "Stub");
  assert_int_equal(use_count(&u), 0);
  u.fact.origin.in_code = true;
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message, "'x' writes into 'Stub', which lies in a "
                                  "section of code; use a section of data");
}

static void a_writable_protection_is_told(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_PASS, HVCI_ORIGIN_FUNCTION, "target");
  u.fact.origin.via = HVCI_VIA_DESCRIPTION;
  use_callee(&u, "MmProtectMdlSystemAddress");
  assert_int_equal(use_count(&u), 0); // an unknown one
  scene_set(&u.scene, 1, "PAGE_READONLY", 2);
  assert_int_equal(use_count(&u), 0);
  scene_or_else(&u.scene, 1, "PAGE_READWRITE", 4);
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'MmProtectMdlSystemAddress' may make the code of "
                      "'target' writable; use PAGE_READONLY");
  scene_set(&u.scene, 1, "PAGE_EXECUTE_WRITECOPY", 0x80);
  f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_non_null(strstr(f->message, "' makes the code of 'target' writable"));

  u.scene.call.argument_count = 1;
  assert_int_equal(use_count(&u), 0);
  u.scene.call.argument_count = 2;
  u.fact.origin.kind = HVCI_ORIGIN_MEMORY;
  assert_int_equal(use_count(&u), 0);
}

static void code_may_be_called_and_the_unknown_written_to(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_CALL, HVCI_ORIGIN_FUNCTION, "target");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_UNKNOWN, "");
  assert_int_equal(use_count(&u), 0);
  use_init(&u, HVCI_USE_STORE, HVCI_ORIGIN_MEMORY, "ExAllocatePool2");
  assert_int_equal(use_count(&u), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(write_protection_off_is_certain),
      cmocka_unit_test(write_protection_on_is_silent),
      cmocka_unit_test(a_toggle_is_possible),
      cmocka_unit_test(no_execute_off_is_certain_in_its_register),
      cmocka_unit_test(a_store_into_a_function_is_certain),
      cmocka_unit_test(what_a_look_up_found_is_possible),
      cmocka_unit_test(a_copy_names_its_function),
      cmocka_unit_test(an_alias_is_written_to_and_an_mdl_is_data),
      cmocka_unit_test(a_section_of_code_is_written_to),
      cmocka_unit_test(a_writable_protection_is_told),
      cmocka_unit_test(code_may_be_called_and_the_unknown_written_to),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
