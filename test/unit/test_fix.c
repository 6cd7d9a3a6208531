// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/rule.h"

static const struct hvci_ddi pool_row = {.callee = "f",
                                         .kind = HVCI_KIND_POOL_TYPE,
                                         .condition_argument = HVCI_NOARG};
static const struct hvci_ddi flags_row = {.callee = "f",
                                          .kind = HVCI_KIND_POOL_FLAGS,
                                          .condition_argument = HVCI_NOARG};

/* The constants of the tests: what begins with X has the twin Y, as X1 has Y1;
   anything else can stay. */
static const char *twin_of(const struct hvci_term *term) {
  static const char *const twins[] = {"Y0", "Y1", "Y2", "Y3", "Y4",  "Y5",
                                      "Y6", "Y7", "Y8", "Y9", "Y10", "Y11"};
  unsigned number = 0;
  if (term->constant[0] != 'X')
    return NULL;
  for (const char *digit = term->constant + 1; *digit; digit++)
    number = number * 10 + (unsigned)(*digit - '0');
  return twins[number];
}

static struct hvci_finding finding_of(struct scene *s,
                                      const struct hvci_ddi *ddi) {
  struct hvci_finding finding;
  struct hvci_judgement judgement = hvci_judge(&s->call, ddi);
  memset(&finding, 0xA5, sizeof finding);
  hvci_finding_of_call(&finding, &s->call, ddi, &judgement);
  return finding;
}

static struct hvci_finding terms_edited(struct scene *s,
                                        const struct hvci_ddi *ddi) {
  struct hvci_finding finding;
  struct hvci_judgement judgement = hvci_judge(&s->call, ddi);
  hvci_finding_of_call(&finding, &s->call, ddi, &judgement);
  hvci_edit_terms(&finding, &s->call, ddi, &judgement, twin_of);
  return finding;
}

static struct hvci_finding or_edited(struct scene *s) {
  struct hvci_finding finding;
  hvci_finding_init(&finding, HVCI_RULE_EXECUTE_PAGE_MAPPING, HVCI_CERTAIN,
                    place(9));
  hvci_edit_or(&finding, &s->call, &s->arguments[0], "FLAG");
  return finding;
}

static void
a_finding_stands_at_the_argument_anchored_at_the_name(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X0", 0);
  s.unit.opt_in = HVCI_OPT_OUT;
  struct hvci_finding f = finding_of(&s, &pool_row);
  assert_int_equal(f.rule, HVCI_RULE_EXECUTE_POOL_TYPE);
  assert_int_equal(f.certainty, HVCI_CERTAIN);
  assert_int_equal(f.range.begin, argument_place(0));
  assert_int_equal(f.anchor.begin, CALLEE_PLACE);
  assert_int_equal(f.warnings, hvci_judge(&s.call, &pool_row).warnings);
  assert_int_not_equal(f.warnings, 0);
  assert_int_equal(f.note_count, 0);
  assert_int_equal(f.edit_count, 0);
  assert_string_equal(f.message, "");
}

// MmMapIoSpace's cache type only tells the remedy.
static void where_no_value_decides_it_stands_at_the_name(void **state) {
  (void)state;
  const struct hvci_ddi ddi = {.callee = "f", .kind = HVCI_KIND_ANY_MEMORY};
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "MmCached", 1)->origin = place(50);
  struct hvci_finding f = finding_of(&s, &ddi);
  assert_int_equal(f.rule, HVCI_RULE_EXECUTE_PAGE_PROTECTION);
  assert_int_equal(f.range.begin, CALLEE_PLACE);
  assert_int_equal(f.note_count, 0);
}

static void notes_tell_where_executable_terms_come_from(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X0", 0)->origin = place(50);
  scene_or_else(&s, 0, "Paged", 1)->origin = place(51);
  scene_or_else(&s, 0, "X1", 4); // defined nowhere in the project
  scene_or_else(&s, 0, "X2", 8)->origin = place(52);
  struct hvci_finding f = finding_of(&s, &pool_row);
  assert_int_equal(f.certainty, HVCI_POSSIBLE);
  assert_int_equal(f.note_count, 2);
  assert_note(&f, 0, 50, "the value of 'X0' comes from here");
  assert_note(&f, 1, 52, "the value of 'X2' comes from here");
}

static void notes_tell_the_name_as_it_is_written(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  struct hvci_term *term = scene_set(&s, 0, "X0", 0);
  term->written = "MY_POOL";
  term->origin = place(50);
  struct hvci_finding f = finding_of(&s, &pool_row);
  assert_note(&f, 0, 50, "the value of 'MY_POOL' comes from here");
}

static void
reasons_stand_before_the_origins_and_are_never_crowded_out(void **state) {
  (void)state;
  struct hvci_ddi ddi = pool_row;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X0", 0)->origin = place(50);
  ddi.condition = HVCI_CONDITION_NO_ALLOCATOR;
  ddi.condition_argument = 1;
  ddi.doubt = HVCI_DOUBT_UNDOCUMENTED;
  struct hvci_finding f = finding_of(&s, &ddi);
  assert_int_equal(f.certainty, HVCI_POSSIBLE);
  assert_int_equal(f.note_count, 3);
  assert_note(&f, 0, argument_place(0),
              hvci_condition_get(HVCI_CONDITION_NO_ALLOCATOR)->note);
  assert_note(&f, 1, argument_place(0),
              hvci_doubt_note(HVCI_DOUBT_UNDOCUMENTED));
  assert_note(&f, 2, 50, "the value of 'X0' comes from here");
}

static void a_flag_is_put_behind_the_argument(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  struct hvci_finding f = or_edited(&s);
  assert_int_equal(f.edit_count, 1);
  assert_edit(&f, 0, HVCI_AFTER, argument_place(0), " | FLAG");
}

static void a_flag_is_put_behind_parentheses_where_needed(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  s.arguments[0].needs_parentheses = true;
  struct hvci_finding f = or_edited(&s);
  assert_int_equal(f.edit_count, 2);
  assert_edit(&f, 0, HVCI_BEFORE, argument_place(0), "(");
  assert_edit(&f, 1, HVCI_AFTER, argument_place(0), ") | FLAG");
}

static void a_flag_is_not_put_where_it_cannot_be(void **state) {
  (void)state;
  char flag[] = "FLAG";
  struct scene s;
  scene_init(&s, "f");
  s.arguments[0].editable = false;
  assert_int_equal(or_edited(&s).edit_count, 0);

  scene_init(&s, "f");
  s.arguments[0].takes_or = false;
  assert_int_equal(or_edited(&s).edit_count, 0);

  scene_init(&s, "f");
  scene_forget(&s, flag);
  assert_int_equal(or_edited(&s).edit_count, 0);
}

static void each_executable_term_is_replaced(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  scene_or_else(&s, 0, "X9", 1); // has a twin, but is paged
  scene_or_else(&s, 0, "X2", 4);
  struct hvci_finding f = terms_edited(&s, &pool_row);
  assert_int_equal(f.edit_count, 2);
  assert_edit(&f, 0, HVCI_REPLACE, term_place(0, 0), "Y1");
  assert_edit(&f, 1, HVCI_REPLACE, term_place(0, 2), "Y2");
}

static void one_nx_term_mends_what_is_ored_to_it(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  scene_with(&s, 0, "COLD", 0x100);
  struct hvci_finding f = terms_edited(&s, &pool_row);
  assert_int_equal(f.edit_count, 1);
  assert_edit(&f, 0, HVCI_REPLACE, term_place(0, 0), "Y1");
}

static void an_unknown_alternative_needs_no_mending(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  scene_or_unknown(&s, 0);
  assert_int_equal(terms_edited(&s, &pool_row).edit_count, 1);
}

static void an_alternative_without_a_twin_leaves_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  scene_or_else(&s, 0, "MUST_SUCCEED", 2);
  assert_int_equal(terms_edited(&s, &pool_row).edit_count, 0);
}

static void an_alternative_without_terms_leaves_no_fix(void **state) {
  (void)state;
  struct scene s;
  struct hvci_value other;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  hvci_value_constant(&other, 4, 0, 64);
  hvci_value_join(&s.arguments[0].value, &s.arguments[0].value, &other);
  assert_int_equal(terms_edited(&s, &pool_row).edit_count, 0);
}

static void a_term_that_cannot_be_edited_leaves_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  scene_or_else(&s, 0, "X2", 4)->editable = false;
  scene_or_else(&s, 0, "X3", 8);
  assert_int_equal(terms_edited(&s, &pool_row).edit_count, 0);
}

static void a_twin_that_is_not_known_leaves_no_fix(void **state) {
  (void)state;
  char twin[] = "Y2";
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  scene_or_else(&s, 0, "X2", 4);
  scene_or_else(&s, 0, "X3", 8);
  scene_forget(&s, twin);
  assert_int_equal(terms_edited(&s, &pool_row).edit_count, 0);
}

// ... | X1 | 0x80: without X1 the pool is still executable.
static void
a_second_executable_term_without_a_twin_leaves_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0x80);
  scene_with(&s, 0, "HARMLESS", 0x2);
  assert_int_equal(terms_edited(&s, &flags_row).edit_count, 1);
  scene_with(&s, 0, "0x80", 0x80)->literal = true;
  assert_int_equal(terms_edited(&s, &flags_row).edit_count, 0);
}

// X1 & 0xFF: the mask would take the twin's NX bit away.
static void a_mask_of_the_deciding_bits_leaves_no_fix(void **state) {
  (void)state;
  struct scene s;
  struct hvci_value mask;
  scene_init(&s, "f");
  scene_set(&s, 0, "X1", 0);
  hvci_value_constant(&mask, 0xFF, 2, 64);
  hvci_value_apply(&s.arguments[0].value, HVCI_AND, &s.arguments[0].value,
                   &mask, 64);
  scene_term(&s, 0, "0xFF", 0xFF)->literal = true;
  assert_int_equal(terms_edited(&s, &pool_row).edit_count, 0);
}

static void as_many_terms_as_there_are_edits_are_replaced(void **state) {
  (void)state;
  static const char *const names[] = {"X0", "X1", "X2", "X3", "X4",  "X5",
                                      "X6", "X7", "X8", "X9", "X10", "X11"};
  for (size_t terms = 1; terms <= SCENE_TERMS; terms++) {
    struct scene s;
    scene_init(&s, "f");
    scene_set(&s, 0, names[0], 0);
    for (size_t i = 1; i < terms; i++)
      scene_or_else(&s, 0, names[i], 0);
    struct hvci_finding f = terms_edited(&s, &pool_row);
    assert_int_equal(f.edit_count, terms <= HVCI_MAX_EDITS ? terms : 0);
  }
}

static void before_windows_8_there_is_another_remedy(void **state) {
  (void)state;
  struct hvci_unit_fact unit = {.os = 0};
  assert_string_equal(hvci_remedy_since_win8(&unit, "FLAG", "OLD"), "FLAG");
  unit.os = HVCI_NTDDI_WIN8;
  assert_string_equal(hvci_remedy_since_win8(&unit, "FLAG", "OLD"), "FLAG");
  unit.os = HVCI_NTDDI_WIN8 - 1;
  assert_string_equal(hvci_remedy_since_win8(&unit, "FLAG", "OLD"), "OLD");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_finding_stands_at_the_argument_anchored_at_the_name),
      cmocka_unit_test(where_no_value_decides_it_stands_at_the_name),
      cmocka_unit_test(notes_tell_where_executable_terms_come_from),
      cmocka_unit_test(notes_tell_the_name_as_it_is_written),
      cmocka_unit_test(
          reasons_stand_before_the_origins_and_are_never_crowded_out),
      cmocka_unit_test(a_flag_is_put_behind_the_argument),
      cmocka_unit_test(a_flag_is_put_behind_parentheses_where_needed),
      cmocka_unit_test(a_flag_is_not_put_where_it_cannot_be),
      cmocka_unit_test(each_executable_term_is_replaced),
      cmocka_unit_test(one_nx_term_mends_what_is_ored_to_it),
      cmocka_unit_test(an_unknown_alternative_needs_no_mending),
      cmocka_unit_test(an_alternative_without_a_twin_leaves_no_fix),
      cmocka_unit_test(an_alternative_without_terms_leaves_no_fix),
      cmocka_unit_test(a_term_that_cannot_be_edited_leaves_no_fix),
      cmocka_unit_test(a_twin_that_is_not_known_leaves_no_fix),
      cmocka_unit_test(a_second_executable_term_without_a_twin_leaves_no_fix),
      cmocka_unit_test(a_mask_of_the_deciding_bits_leaves_no_fix),
      cmocka_unit_test(as_many_terms_as_there_are_edits_are_replaced),
      cmocka_unit_test(before_windows_8_there_is_another_remedy),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
