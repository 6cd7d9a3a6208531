// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

/* The sample of the memory-integrity page, by its number of elements. */
struct table {
  struct hvci_unit_fact unit;
  struct hvci_repeat repeat;
  struct hvci_relocation slot;
  struct hvci_global_fact global;
  struct hvci_options options;
  struct recorder recorder;
};

static void table_init(struct table *out, uint64_t elements) {
  memset(out, 0, sizeof *out);
  out->unit.pointer_width = 64;
  out->repeat = (struct hvci_repeat){.stride = 10, .count = elements};
  out->slot = (struct hvci_relocation){.offset = 2,
                                       .width = 8,
                                       .repeat_count = 1,
                                       .repeats = &out->repeat,
                                       .record = "struct entry",
                                       .field = "pointer",
                                       .field_offset = 2,
                                       .field_range = place(20),
                                       .packing = place(30)};
  out->global = (struct hvci_global_fact){.name = "Table",
                                          .range = place(10),
                                          .alignment = 8,
                                          .relocations = &out->slot,
                                          .relocation_count = 1,
                                          .unit = &out->unit};
  hvci_options_init(&out->options);
}

static size_t count(struct table *t) {
  struct hvci_sink sink = sink_of(&t->recorder);
  t->recorder.count = 0;
  assert_int_equal(hvci_check_global(&t->global, &t->options, &sink), HVCI_OK);
  return t->recorder.count;
}

static const struct hvci_finding *finding(struct table *t) {
  assert_int_equal(count(t), 1);
  return &t->recorder.last;
}

static void a_table_that_must_straddle_is_certain(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 4096);
  const struct hvci_finding *f = finding(&t);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(
      f->message,
      "'Table' is laid out so that at least 6 and at most 6 of its 4096 "
      "relocations straddle a page boundary, which Windows 10 1507 to 1607 "
      "refuse; align 'pointer' to 8 bytes");
  assert_int_equal(f->range.begin, 10);
  assert_int_equal(f->anchor.begin, 10);
  assert_int_equal(f->warnings, 0);
  assert_int_equal(f->edit_count, 0);
}

static void a_table_that_can_straddle_is_possible(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 409);
  const struct hvci_finding *f = finding(&t);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(
      f->message,
      "'Table' may be placed so that at least 0 and at most 1 of its 409 "
      "relocations straddle a page boundary, which Windows 10 1507 to 1607 "
      "refuse; align 'pointer' to 8 bytes");
}

static void a_table_that_cannot_straddle_is_silent(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 1);
  t.global.alignment = 16;
  assert_int_equal(count(&t), 0);
  table_init(&t, 4096);
  t.repeat.stride = 16;
  t.slot.offset = 8;
  assert_int_equal(count(&t), 0);
  t.global.relocation_count = 0;
  assert_int_equal(count(&t), 0);
}

static void notes_tell_what_misplaces_the_pointer(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 4096);
  const struct hvci_finding *f = finding(&t);
  assert_int_equal(f->note_count, 2);
  assert_note(f, 0, 20,
              "the 8-byte pointer 'pointer' lies 2 bytes into 'struct entry'");
  assert_note(f, 1, 30, "'struct entry' is packed here");
}

static void what_is_not_known_of_the_pointer_is_not_told(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 4096);
  t.slot.packing = (struct hvci_range){0};
  assert_int_equal(finding(&t)->note_count, 1);
  t.slot.field = t.slot.record = "";
  const struct hvci_finding *f = finding(&t);
  assert_int_equal(f->note_count, 0);
  assert_string_equal(strstr(f->message, "; align "),
                      "; align its pointers to 8 bytes");
}

static void the_finding_names_the_slot_that_straddles(void **state) {
  (void)state;
  struct table t;
  const struct hvci_relocation slots[] = {
      {.offset = 0, .width = 8, .record = "struct good", .field = "good"},
      {.offset = 29, .width = 4, .record = "struct bad", .field = "bad"}};
  table_init(&t, 1);
  t.global.alignment = 32;
  t.global.relocations = slots;
  t.global.relocation_count = 2;
  const struct hvci_finding *f = finding(&t);
  assert_string_equal(strstr(f->message, "; align "),
                      "; align 'bad' to 4 bytes");
}

static void on_32_bits_nothing_is_certain(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 4096);
  t.unit.pointer_width = 32;
  t.repeat.stride = 6;
  t.slot.width = 4;
  const struct hvci_finding *f = finding(&t);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_non_null(
      strstr(f->message, "' may be placed so that at least 2 and "));
  assert_int_equal(f->note_count, 3);
  assert_note(f, 2, 10, "memory integrity runs on 64-bit Windows only");
}

static void windows_10_1703_and_later_accept_them(void **state) {
  (void)state;
  struct table t;
  table_init(&t, 4096);
  t.options.min_build = HVCI_BUILD_1703 - 1;
  assert_int_equal(count(&t), 1);
  t.options.min_build = HVCI_BUILD_1703;
  assert_int_equal(count(&t), 0);
  t.options.min_build = 26100;
  assert_int_equal(count(&t), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_table_that_must_straddle_is_certain),
      cmocka_unit_test(a_table_that_can_straddle_is_possible),
      cmocka_unit_test(a_table_that_cannot_straddle_is_silent),
      cmocka_unit_test(notes_tell_what_misplaces_the_pointer),
      cmocka_unit_test(what_is_not_known_of_the_pointer_is_not_told),
      cmocka_unit_test(the_finding_names_the_slot_that_straddles),
      cmocka_unit_test(on_32_bits_nothing_is_certain),
      cmocka_unit_test(windows_10_1703_and_later_accept_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
