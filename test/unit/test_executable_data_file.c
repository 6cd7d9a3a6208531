// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

#include "hvci/rule.h"

/* ZwCreateSection(..., 4: protection, 5: attributes, 6: file). */
static void section_init(struct use *u, enum hvci_origin_kind file,
                         uint64_t protection, uint64_t attributes) {
  use_init(u, HVCI_USE_PASS, file, "ZwCreateFile");
  use_callee(u, "ZwCreateSection");
  scene_set(&u->scene, 4, "Protection", protection);
  scene_set(&u->scene, 5, "Attributes", attributes);
}

enum {
  PAGE_READONLY = 0x02,
  PAGE_EXECUTE_READ = 0x20,
  SEC_IMAGE = 0x01000000,
  SEC_COMMIT = 0x08000000,
  SEC_IMAGE_NO_EXECUTE = 0x11000000
};

static void an_image_is_possible_and_gets_the_other_constant(void **state) {
  (void)state;
  struct use u;
  section_init(&u, HVCI_ORIGIN_UNKNOWN, PAGE_READONLY, SEC_IMAGE);
  scene_set(&u.scene, 5, "SEC_IMAGE", SEC_IMAGE);
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->rule, HVCI_RULE_EXECUTABLE_DATA_FILE);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'ZwCreateSection' may make a file executable with "
                      "'SEC_IMAGE'; use SEC_IMAGE_NO_EXECUTE");
  assert_int_equal(f->range.begin, argument_place(5));
  assert_int_equal(f->anchor.begin, CALLEE_PLACE);
  assert_int_equal(f->warnings, 0);
  assert_note(f, 0, argument_place(5),
              "the view may be a process's own, or the file a signed image");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, term_place(5, 0), "SEC_IMAGE_NO_EXECUTE");
}

static void the_unit_may_lack_the_other_constant(void **state) {
  (void)state;
  struct use u;
  char name[] = "SEC_IMAGE_NO_EXECUTE";
  section_init(&u, HVCI_ORIGIN_UNKNOWN, PAGE_READONLY, SEC_IMAGE);
  scene_set(&u.scene, 5, "SEC_IMAGE", SEC_IMAGE);
  scene_forget(&u.scene, name);
  assert_int_equal(use_finding(&u)->edit_count, 0);
}

static void an_image_without_execute_is_silent(void **state) {
  (void)state;
  struct use u;
  section_init(&u, HVCI_ORIGIN_FILE, PAGE_EXECUTE_READ, SEC_IMAGE_NO_EXECUTE);
  assert_int_equal(use_count(&u), 0);
}

static void a_data_file_is_certain(void **state) {
  (void)state;
  struct use u;
  section_init(&u, HVCI_ORIGIN_FILE, PAGE_EXECUTE_READ, SEC_COMMIT);
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->rule, HVCI_RULE_EXECUTABLE_DATA_FILE);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_string_equal(f->message,
                      "'ZwCreateSection' makes a data file executable with "
                      "'Protection'; use a protection without PAGE_EXECUTE");
  assert_int_equal(f->range.begin, argument_place(4));
  assert_note(f, 0, ORIGIN_PLACE, "the file is opened here");
}

static void attributes_that_are_not_known_leave_it_possible(void **state) {
  (void)state;
  struct use u;
  section_init(&u, HVCI_ORIGIN_FILE, PAGE_EXECUTE_READ, 0);
  hvci_value_unknown(&u.scene.arguments[5].value, 64);
  const struct hvci_finding *f = use_finding(&u);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_non_null(strstr(f->message, "' may make a data file executable "));
  assert_note(f, 0, argument_place(4),
              "whether it is an image is not known here");
}

static void a_handle_need_not_be_one_of_a_file(void **state) {
  (void)state;
  struct use u;
  section_init(&u, HVCI_ORIGIN_UNKNOWN, PAGE_EXECUTE_READ, SEC_COMMIT);
  assert_int_equal(use_count(&u), 0);
  section_init(&u, HVCI_ORIGIN_NUMBER, PAGE_READONLY, SEC_IMAGE);
  assert_int_equal(use_count(&u), 0);
}

static void a_file_object_may_be_an_image(void **state) {
  (void)state;
  struct use u;
  use_init(&u, HVCI_USE_PASS, HVCI_ORIGIN_UNKNOWN, "");
  use_callee(&u, "FltCreateSectionForDataScan");
  scene_set(&u.scene, 6, "PAGE_EXECUTE_READ", PAGE_EXECUTE_READ);
  scene_set(&u.scene, 7, "SEC_IMAGE", SEC_IMAGE);
  assert_int_equal(use_finding(&u)->range.begin, argument_place(7));
}

static void what_is_not_known_or_missing_is_silent(void **state) {
  (void)state;
  struct use u;
  section_init(&u, HVCI_ORIGIN_FILE, PAGE_READONLY, SEC_COMMIT);
  assert_int_equal(use_count(&u), 0);
  hvci_value_unknown(&u.scene.arguments[4].value, 64);
  assert_int_equal(use_count(&u), 0);
  section_init(&u, HVCI_ORIGIN_FILE, PAGE_EXECUTE_READ, SEC_IMAGE);
  u.scene.call.argument_count = 5;
  assert_int_equal(use_count(&u), 0);
  section_init(&u, HVCI_ORIGIN_FILE, PAGE_EXECUTE_READ, SEC_IMAGE);
  use_callee(&u, "memcpy");
  assert_int_equal(use_count(&u), 0);
}

static void a_sink_of_the_project_is_judged_by_its_attributes(void **state) {
  (void)state;
  struct scene s;
  struct hvci_sink sink = sink_of(&s.recorder);
  const struct hvci_ddi row = {.callee = "OurSection",
                               .kind = HVCI_KIND_SECTION_IMAGE,
                               .argument = 1,
                               .condition_argument = HVCI_NOARG};
  scene_init(&s, "OurSection");
  scene_set(&s, 1, "SEC_IMAGE", SEC_IMAGE);
  assert_int_equal(hvci_check_row(&s.call, &row, &s.options, &sink), HVCI_OK);
  assert_int_equal(s.recorder.count, 1);
  assert_int_equal(s.recorder.last.certainty, HVCI_CERTAIN);
  assert_non_null(strstr(s.recorder.last.message, "' makes a file executable"));
  scene_set(&s, 1, "SEC_COMMIT", SEC_COMMIT);
  assert_int_equal(hvci_check_row(&s.call, &row, &s.options, &sink), HVCI_OK);
  assert_int_equal(s.recorder.count, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_image_is_possible_and_gets_the_other_constant),
      cmocka_unit_test(the_unit_may_lack_the_other_constant),
      cmocka_unit_test(an_image_without_execute_is_silent),
      cmocka_unit_test(a_data_file_is_certain),
      cmocka_unit_test(attributes_that_are_not_known_leave_it_possible),
      cmocka_unit_test(a_handle_need_not_be_one_of_a_file),
      cmocka_unit_test(a_file_object_may_be_an_image),
      cmocka_unit_test(what_is_not_known_or_missing_is_silent),
      cmocka_unit_test(a_sink_of_the_project_is_judged_by_its_attributes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
