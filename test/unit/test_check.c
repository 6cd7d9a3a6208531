// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

enum { WIN7 = 0x06010000 };

/* A value of the kind that is executable, and one that is not. */
static const uint64_t executable[HVCI_KIND_COUNT] = {
    [HVCI_KIND_POOL_FLAGS] = 0x80,    [HVCI_KIND_PAGE_PROTECTION] = 0x40,
    [HVCI_KIND_HEAP_FLAGS] = 0x40000, [HVCI_KIND_CACHE_TYPE] = 1,
    [HVCI_KIND_ANY_MEMORY] = 1,
};
static const uint64_t safe[HVCI_KIND_COUNT] = {
    [HVCI_KIND_POOL_TYPE] = 0x200,
    [HVCI_KIND_VP_POOL_TYPE] = 1,
    [HVCI_KIND_POOL_FLAGS] = 0x40,
    [HVCI_KIND_LOOKASIDE_FLAGS] = 0x200,
    [HVCI_KIND_PAGE_PROTECTION] = 4,
    [HVCI_KIND_CACHE_TYPE] = 0,
    [HVCI_KIND_MDL_PRIORITY] = 0x40000010,
    [HVCI_KIND_CR0] = 0x80010033,
    [HVCI_KIND_EFER] = 0xD01,
};

static bool decides(const struct hvci_ddi *ddi) {
  return hvci_kind_get(ddi->kind)->executable.mask != 0;
}

/* A call of the row's DDI whose condition holds and whose value is as given. */
static void scene_of_row(struct scene *s, const struct hvci_ddi *ddi,
                         uint64_t value) {
  scene_init(s, ddi->callee);
  s->unit.os = WIN7;
  if (ddi->condition_argument != HVCI_NOARG)
    scene_set(s, (size_t)ddi->condition_argument, "",
              hvci_condition_get(ddi->condition)->holds.want);
  if (ddi->argument != HVCI_NOARG)
    scene_set(s, (size_t)ddi->argument, "", value);
}

static void a_callee_without_a_row_is_silent(void **state) {
  (void)state;
  static const char *const callees[] = {"",
                                        "memcpy",
                                        "exallocatepool",
                                        "ExAllocatePool ",
                                        "SeAssignSecurity",
                                        "ExInitializePagedLookasideList"};
  for (size_t i = 0; i < sizeof callees / sizeof *callees; i++) {
    struct scene s;
    scene_init(&s, callees[i]);
    s.options.unknown = true;
    for (size_t index = 0; index < SCENE_ARGUMENTS; index++)
      scene_set(&s, index, "", 0);
    assert_int_equal(scene_count(&s), 0);
  }
}

static void every_row_reports_what_is_executable(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    struct scene s;
    scene_of_row(&s, ddi, executable[ddi->kind]);
    const struct hvci_finding *f = &s.recorder.last;
    if (scene_count(&s) != 1)
      fail_msg("'%s' is silent", ddi->callee);
    assert_int_equal(f->rule, hvci_kind_get(ddi->kind)->rule);
    assert_int_equal(f->certainty, ddi->doubt == HVCI_DOUBT_NONE
                                       ? HVCI_CERTAIN
                                       : HVCI_POSSIBLE);
    assert_int_equal(f->anchor.begin, CALLEE_PLACE);
    assert_int_equal(f->range.begin, decides(ddi)
                                         ? argument_place((size_t)ddi->argument)
                                         : CALLEE_PLACE);
    assert_int_equal(f->message[0], '\'');
    assert_memory_equal(f->message + 1, ddi->callee, strlen(ddi->callee));
    assert_non_null(strstr(f->message, "; "));
    assert_true(strlen(f->message) < HVCI_MESSAGE_BYTES - 1);
  }
}

static void every_row_is_silent_on_what_is_not(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    struct scene s;
    scene_of_row(&s, ddi, safe[ddi->kind]);
    s.options.unknown = true;
    assert_int_equal(scene_count(&s), decides(ddi) ? 0 : 1);
  }
}

// What a row does not read, a host need not look at.
static void arguments_that_a_row_does_not_read_decide_nothing(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    struct scene s;
    scene_of_row(&s, ddi, executable[ddi->kind]);
    struct hvci_finding before = *scene_finding(&s);
    for (int index = 0; index < SCENE_ARGUMENTS; index++)
      if (!hvci_ddi_reads(ddi, index))
        scene_set_literal(&s, (size_t)index, "0x77", 0x77);
    const struct hvci_finding *after = scene_finding(&s);
    assert_int_equal(after->certainty, before.certainty);
    assert_string_equal(after->message, before.message);
    assert_int_equal(after->note_count, before.note_count);
    assert_int_equal(after->edit_count, before.edit_count);
  }
}

static void unknown_pool_type_is_silent(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePoolWithTag");
  assert_int_equal(scene_count(&s), 0);
}

static void an_unknown_value_of_any_row_is_silent(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    struct scene s;
    scene_of_row(&s, ddi, 0);
    if (!decides(ddi))
      continue;
    hvci_value_unknown(&s.arguments[ddi->argument].value, 64);
    assert_int_equal(scene_count(&s), 0);
  }
}

static void an_unknown_value_is_remarked_on_if_asked_for(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    struct scene s;
    scene_of_row(&s, ddi, 0);
    if (!decides(ddi))
      continue;
    hvci_value_unknown(&s.arguments[ddi->argument].value, 64);
    s.options.unknown = true;
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->certainty, HVCI_UNDECIDED);
    assert_int_equal(f->rule, hvci_kind_get(ddi->kind)->rule);
    assert_int_equal(f->edit_count, 0);
  }
}

static void the_remark_names_the_argument(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmGetSystemAddressForMdlSafe");
  s.arguments[1].text = "Priority";
  s.options.unknown = true;
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message, "'MmGetSystemAddressForMdlSafe': the MDL "
                                  "page priority 'Priority' is not known here");
  assert_int_equal(f->range.begin, argument_place(1));
}

// The value is open, the enumeration is wrong all the same: `unknown` adds
// remarks and takes no finding away.
static void
an_unknown_value_of_the_wrong_enumeration_is_reported(void **state) {
  (void)state;
  for (int unknown = 0; unknown <= 1; unknown++) {
    struct scene s;
    scene_init(&s, "ExAllocatePool2");
    s.arguments[0].text = "Type";
    scene_term(&s, 0, "Type", 0)->type = "_POOL_TYPE";
    s.options.unknown = unknown;
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->certainty, HVCI_CERTAIN);
  }
}

static void certain_only_drops_what_is_possible(void **state) {
  (void)state;
  for (int both = 0; both <= 1; both++) {
    struct scene s;
    scene_init(&s, "ExAllocatePool");
    scene_set(&s, 0, "NonPagedPool", 0);
    if (both)
      scene_or_else(&s, 0, "PagedPool", 1);
    s.options.certain_only = true;
    assert_int_equal(scene_count(&s), !both);
  }
}

static void missing_arguments_are_silent(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    struct scene s;
    scene_of_row(&s, ddi, executable[ddi->kind]);
    s.call.argument_count = decides(ddi) ? (size_t)ddi->argument : 0;
    s.options.unknown = true;
    assert_int_equal(scene_count(&s), decides(ddi) ? 0 : 1);
  }
}

static void a_rule_that_is_off_is_silent(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    enum hvci_rule rule = hvci_kind_get(ddi->kind)->rule;
    struct scene s;
    scene_of_row(&s, ddi, executable[ddi->kind]);
    s.options.unknown = true;
    s.options.off = UINT32_C(1) << rule;
    assert_int_equal(scene_count(&s), 0);
    s.options.off = ~s.options.off;
    assert_int_equal(scene_count(&s), 1);
  }
}

static void what_the_sink_answers_is_passed_on(void **state) {
  (void)state;
  static const enum hvci_status answers[] = {HVCI_OK, HVCI_ERROR_SINK,
                                             HVCI_ERROR_FACT};
  for (size_t a = 0; a < sizeof answers / sizeof *answers; a++) {
    for (size_t i = 0; i < hvci_ddi_count(); i++) {
      const struct hvci_ddi *ddi = hvci_ddi_at(i);
      struct scene s;
      scene_of_row(&s, ddi, executable[ddi->kind]);
      s.recorder.answer = answers[a];
      struct hvci_sink sink = sink_of(&s.recorder);
      assert_int_equal(hvci_check_call(&s.call, &s.options, &sink), answers[a]);
      assert_int_equal(s.recorder.count, 1);
    }
  }
}

static void what_the_sink_answers_to_a_remark_is_passed_on(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ExAllocatePool2");
  s.options.unknown = true;
  s.recorder.answer = HVCI_ERROR_SINK;
  struct hvci_sink sink = sink_of(&s.recorder);
  assert_int_equal(hvci_check_call(&s.call, &s.options, &sink),
                   HVCI_ERROR_SINK);
  scene_term(&s, 0, "Type", 0)->type = "_POOL_TYPE";
  s.options.unknown = false;
  assert_int_equal(hvci_check_call(&s.call, &s.options, &sink),
                   HVCI_ERROR_SINK);
  assert_int_equal(s.recorder.count, 2);
}

/* One pointer at offset 0xFFC of a page: it straddles. */
static const struct hvci_unit_fact unit64 = {.pointer_width = 64};
static const struct hvci_relocation at_the_end = {
    .offset = 0xFFC, .width = 8, .record = "", .field = ""};
static const struct hvci_global_fact global = {.name = "g",
                                               .alignment = 4096,
                                               .relocations = &at_the_end,
                                               .relocation_count = 1,
                                               .unit = &unit64};

static void a_global_is_checked_by_the_rules_of_globals(void **state) {
  (void)state;
  struct recorder recorder = {.count = 0};
  struct hvci_sink sink = sink_of(&recorder);
  struct hvci_options options;
  hvci_options_init(&options);
  assert_int_equal(hvci_check_global(&global, &options, &sink), HVCI_OK);
  assert_int_equal(recorder.count, 1);
  assert_int_equal(recorder.last.rule, HVCI_RULE_UNSUPPORTED_RELOC);

  options.off = ~(UINT32_C(1) << HVCI_RULE_UNSUPPORTED_RELOC);
  assert_int_equal(hvci_check_global(&global, &options, &sink), HVCI_OK);
  assert_int_equal(recorder.count, 2);

  options.off = UINT32_C(1) << HVCI_RULE_UNSUPPORTED_RELOC;
  assert_int_equal(hvci_check_global(&global, &options, &sink), HVCI_OK);
  assert_int_equal(recorder.count, 2);
}

static void a_refused_finding_of_a_global_is_passed_on(void **state) {
  (void)state;
  struct recorder recorder = {.answer = HVCI_ERROR_SINK};
  struct hvci_sink sink = sink_of(&recorder);
  struct hvci_options options;
  hvci_options_init(&options);
  assert_int_equal(hvci_check_global(&global, &options, &sink),
                   HVCI_ERROR_SINK);
}

static void a_bad_global_is_refused_and_not_reported(void **state) {
  (void)state;
  struct recorder recorder = {.count = 0};
  struct hvci_sink sink = sink_of(&recorder);
  struct hvci_options options;
  struct hvci_global_fact bad = global;
  bad.alignment = 3;
  hvci_options_init(&options);
  assert_int_equal(hvci_check_global(&bad, &options, &sink), HVCI_ERROR_FACT);
  assert_int_equal(recorder.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_callee_without_a_row_is_silent),
      cmocka_unit_test(every_row_reports_what_is_executable),
      cmocka_unit_test(every_row_is_silent_on_what_is_not),
      cmocka_unit_test(arguments_that_a_row_does_not_read_decide_nothing),
      cmocka_unit_test(unknown_pool_type_is_silent),
      cmocka_unit_test(an_unknown_value_of_any_row_is_silent),
      cmocka_unit_test(an_unknown_value_is_remarked_on_if_asked_for),
      cmocka_unit_test(the_remark_names_the_argument),
      cmocka_unit_test(an_unknown_value_of_the_wrong_enumeration_is_reported),
      cmocka_unit_test(certain_only_drops_what_is_possible),
      cmocka_unit_test(missing_arguments_are_silent),
      cmocka_unit_test(a_rule_that_is_off_is_silent),
      cmocka_unit_test(what_the_sink_answers_is_passed_on),
      cmocka_unit_test(what_the_sink_answers_to_a_remark_is_passed_on),
      cmocka_unit_test(a_global_is_checked_by_the_rules_of_globals),
      cmocka_unit_test(a_refused_finding_of_a_global_is_passed_on),
      cmocka_unit_test(a_bad_global_is_refused_and_not_reported),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
