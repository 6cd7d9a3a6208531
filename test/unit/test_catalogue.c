// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/catalogue.h"

/* The most parameters that a DDI of the catalogue has. */
enum { MOST_ARGUMENTS = 16 };

/* The longest name that a message shows in full (check.c, rules). */
enum { LONGEST_CALLEE = 100 };

/* Every name that ddi.def knows, those that decide nothing included. */
static const char *const names[] = {
#define HVCI_DDI(callee, kind, argument, condition, condition_argument, doubt) \
  callee,
#define HVCI_SILENT(callee, why) callee,
#define HVCI_REPLACEMENT(callee, cache, replacement, more)
#include "ddi.def"
};

static const struct {
  const char *callee;
  const char *why;
} silent[] = {
#define HVCI_DDI(callee, kind, argument, condition, condition_argument, doubt)
#define HVCI_SILENT(callee, why) {callee, why},
#define HVCI_REPLACEMENT(callee, cache, replacement, more)
#include "ddi.def"
};

static const char *const replaced[] = {
#define HVCI_DDI(callee, kind, argument, condition, condition_argument, doubt)
#define HVCI_SILENT(callee, why)
#define HVCI_REPLACEMENT(callee, cache, replacement, more) callee,
#include "ddi.def"
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool takes_argument(enum hvci_condition condition) {
  return condition == HVCI_CONDITION_KERNEL_MODE ||
         condition == HVCI_CONDITION_NO_ALLOCATOR ||
         condition == HVCI_CONDITION_CACHED ||
         condition == HVCI_CONDITION_EFER_MSR;
}

static void every_name_is_there_once(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(names); i++)
    for (size_t j = 0; j < i; j++)
      if (strcmp(names[i], names[j]) == 0)
        fail_msg("'%s' is there twice", names[i]);
}

static void every_name_fits_a_message(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(names); i++)
    assert_in_range(strlen(names[i]), 1, LONGEST_CALLEE);
}

static void every_row_is_found_by_its_name_alone(void **state) {
  (void)state;
  assert_true(hvci_ddi_count() > 100);
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    char name[LONGEST_CALLEE + 2];
    size_t length = strlen(ddi->callee);
    assert_ptr_equal(hvci_ddi_find(ddi->callee), ddi);
    memcpy(name, ddi->callee, length + 1);
    strcpy(name + length, "x");
    assert_null(hvci_ddi_find(name));
    name[length] = '\0';
    name[0] ^= 0x20; // the other case
    assert_null(hvci_ddi_find(name));
  }
  assert_null(hvci_ddi_find(""));
  assert_null(hvci_ddi_find("ExAllocatePoolWithTa"));
}

static void the_rows_end_at_their_count(void **state) {
  (void)state;
  assert_non_null(hvci_ddi_at(hvci_ddi_count() - 1));
  assert_null(hvci_ddi_at(hvci_ddi_count()));
  assert_null(hvci_ddi_at(SIZE_MAX));
  assert_int_equal(hvci_ddi_count() + COUNT(silent), COUNT(names));
}

static void every_row_is_in_range(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    assert_in_range(ddi->kind, 0, HVCI_KIND_COUNT - 1);
    assert_in_range(ddi->condition, 0, HVCI_CONDITION_COUNT - 1);
    assert_in_range(ddi->doubt, 0, HVCI_DOUBT_COUNT - 1);
    assert_in_range(ddi->argument + 1, 0, MOST_ARGUMENTS);
    assert_in_range(ddi->condition_argument + 1, 0, MOST_ARGUMENTS);
  }
}

static void every_row_has_the_arguments_it_needs(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    bool decides = hvci_kind_get(ddi->kind)->executable.mask != 0;
    if (decides && ddi->argument == HVCI_NOARG)
      fail_msg("'%s' has no deciding argument", ddi->callee);
    if (takes_argument(ddi->condition) !=
        (ddi->condition_argument != HVCI_NOARG))
      fail_msg("the condition's argument of '%s'", ddi->callee);
    if (decides && ddi->argument == ddi->condition_argument)
      fail_msg("'%s' is conditioned by what decides", ddi->callee);
  }
}

static void a_row_reads_the_arguments_it_needs(void **state) {
  (void)state;
  for (size_t i = 0; i < hvci_ddi_count(); i++) {
    const struct hvci_ddi *ddi = hvci_ddi_at(i);
    int read = 0;
    for (int index = 0; index < MOST_ARGUMENTS; index++)
      read += hvci_ddi_reads(ddi, index);
    bool same = ddi->argument == ddi->condition_argument;
    assert_int_equal(read,
                     (ddi->argument != HVCI_NOARG) +
                         (ddi->condition_argument != HVCI_NOARG && !same));
    assert_true(ddi->argument == HVCI_NOARG ||
                hvci_ddi_reads(ddi, ddi->argument));
    assert_true(ddi->condition_argument == HVCI_NOARG ||
                hvci_ddi_reads(ddi, ddi->condition_argument));
  }
}

static void what_decides_nothing_says_why_and_has_no_row(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(silent); i++) {
    assert_null(hvci_ddi_find(silent[i].callee));
    assert_true(silent[i].why[0] != '\0');
  }
}

// The cache type of the old call stands where the new one takes a protection.
static void every_replacement_takes_a_protection_there(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(replaced); i++) {
    const struct hvci_replacement *r = hvci_replacement_find(replaced[i]);
    assert_non_null(r);
    assert_string_equal(r->callee, replaced[i]);
    const struct hvci_ddi *before = hvci_ddi_find(r->callee);
    const struct hvci_ddi *after = hvci_ddi_find(r->replacement);
    assert_non_null(before);
    assert_non_null(after);
    assert_int_equal(before->kind, HVCI_KIND_ANY_MEMORY);
    assert_int_equal(before->argument, r->cache_argument);
    assert_int_equal(after->kind, HVCI_KIND_PAGE_PROTECTION);
    if (r->cache_argument != HVCI_NOARG) // or it is only named
      assert_int_equal(after->argument, r->cache_argument);
    assert_true(!r->freed_by || strcmp(r->freed_by, r->replacement) != 0);
  }
  assert_null(hvci_replacement_find("MmMapIoSpaceEx"));
  assert_null(hvci_replacement_find(""));
}

static void every_rule_has_a_name_of_its_own(void **state) {
  (void)state;
  for (int i = 0; i < HVCI_RULE_COUNT; i++) {
    const char *name = hvci_rule_name((enum hvci_rule)i);
    assert_int_equal(strncmp(name, "hvci-", 5), 0);
    assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
    assert_true(hvci_rule_summary((enum hvci_rule)i)[0] != '\0');
    for (int j = 0; j < i; j++)
      assert_string_not_equal(name, hvci_rule_name((enum hvci_rule)j));
  }
}

static void rules_are_bits_of_32(void **state) {
  (void)state;
  assert_in_range(HVCI_RULE_COUNT, 1, 31);
}

static void a_rule_is_found_by_its_exact_name_only(void **state) {
  (void)state;
  for (int i = 0; i < HVCI_RULE_COUNT; i++) {
    char name[64];
    size_t length = strlen(hvci_rule_name((enum hvci_rule)i));
    assert_true(length + 2 < sizeof name);
    memcpy(name, hvci_rule_name((enum hvci_rule)i), length);
    memset(name + length, '?', sizeof name - length); // no NUL
    assert_int_equal(hvci_rule_find(name, length), i);
    for (size_t shorter = 0; shorter < length; shorter++)
      assert_int_equal(hvci_rule_find(name, shorter), HVCI_RULE_COUNT);
    assert_int_equal(hvci_rule_find(name, length + 1), HVCI_RULE_COUNT);
    name[length] = '\0';
    assert_int_equal(hvci_rule_find(name, length + 1), HVCI_RULE_COUNT);
    assert_int_equal(hvci_rule_find(name + 1, length - 1), HVCI_RULE_COUNT);
    name[0] = 'H';
    assert_int_equal(hvci_rule_find(name, length), HVCI_RULE_COUNT);
  }
}

// Microsoft Learn, "Driver Verifier code integrity checking"; hvci-facts.md,
// A.1.
static void verifier_codes_are_those_of_the_stop(void **state) {
  (void)state;
  assert_int_equal(hvci_rule_verifier_code(HVCI_RULE_EXECUTE_POOL_TYPE),
                   0x2000);
  assert_int_equal(hvci_rule_verifier_code(HVCI_RULE_EXECUTE_PAGE_PROTECTION),
                   0x2001);
  assert_int_equal(hvci_rule_verifier_code(HVCI_RULE_EXECUTE_PAGE_MAPPING),
                   0x2002);
  assert_int_equal(hvci_rule_verifier_code(HVCI_RULE_UNSUPPORTED_RELOC), 0);
}

static void every_kind_can_be_answered(void **state) {
  (void)state;
  for (int i = 0; i < HVCI_KIND_COUNT; i++) {
    const struct hvci_kind_info *kind = hvci_kind_get((enum hvci_kind)i);
    assert_in_range(kind->rule, 0, HVCI_RULE_COUNT - 1);
    assert_int_equal(kind->executable.want & ~kind->executable.mask, 0);
    assert_true(kind->name[0] != '\0');
    // Without a mask all values are equal, and so executable.
    assert_true(kind->executable.mask != 0 || kind->executable.equal);
  }
}

static void
every_condition_weakens_to_something_that_can_be_said(void **state) {
  (void)state;
  for (int i = 0; i < HVCI_CONDITION_COUNT; i++) {
    const struct hvci_condition_info *info =
        hvci_condition_get((enum hvci_condition)i);
    // Undecided would be a remark on an argument that is known.
    assert_int_not_equal(info->if_unknown, HVCI_UNDECIDED);
    assert_int_not_equal(info->if_not, HVCI_UNDECIDED);
    assert_int_equal(info->holds.want & ~info->holds.mask, 0);
    if (info->if_unknown == HVCI_POSSIBLE || info->if_not == HVCI_POSSIBLE) {
      assert_non_null(info->note);
      assert_in_range(strlen(info->note), 1, HVCI_NOTE_BYTES - 1);
    }
    if (takes_argument((enum hvci_condition)i))
      assert_true(info->holds.mask != 0);
  }
  assert_null(hvci_condition_get(HVCI_CONDITION_ALWAYS)->note);
}

static void a_star_stands_for_any_rest_of_the_name(void **state) {
  (void)state;
  const struct hvci_code_ddi *exchange =
      hvci_code_ddi_find("_InterlockedExchange64");
  assert_non_null(exchange);
  assert_ptr_equal(hvci_code_ddi_find("_Interlocked"), exchange);
  assert_ptr_not_equal(hvci_code_ddi_find("InterlockedExchange64"), exchange);
  assert_null(hvci_code_ddi_find("_interlockedExchange"));
  assert_null(hvci_code_ddi_find("memcpys"));
  assert_null(hvci_code_ddi_find("memcp"));
  assert_null(hvci_code_ddi_find(""));
  assert_null(hvci_code_source_find(""));
  assert_int_equal(hvci_code_source_find("ZwMapViewOfSectionEx")->out, 2);
  assert_null(hvci_code_source_find("ExAllocatePool2")); // it is in ddi.def
}

static void every_doubt_but_none_says_why(void **state) {
  (void)state;
  assert_null(hvci_doubt_note(HVCI_DOUBT_NONE));
  assert_int_equal(HVCI_DOUBT_NONE, 0);
  for (int i = 1; i < HVCI_DOUBT_COUNT; i++) {
    const char *note = hvci_doubt_note((enum hvci_doubt)i);
    assert_non_null(note);
    assert_in_range(strlen(note), 1, HVCI_NOTE_BYTES - 1);
  }
}

static void releases_ascend_and_are_found_by_name(void **state) {
  (void)state;
  uint32_t last = 0;
  size_t count = 0;
  for (; hvci_os_name(count); count++) {
    uint32_t build = hvci_os_build(hvci_os_name(count));
    assert_true(build > last);
    last = build;
    for (size_t j = 0; j < count; j++)
      assert_string_not_equal(hvci_os_name(count), hvci_os_name(j));
  }
  assert_true(count > 10);
  assert_null(hvci_os_name(count + 1));
  assert_null(hvci_os_name(SIZE_MAX));
  assert_int_equal(hvci_os_build("1607"), 14393);
  assert_int_equal(hvci_os_build("1703"), HVCI_BUILD_1703);
}

static void a_build_is_taken_by_its_number(void **state) {
  (void)state;
  assert_int_equal(hvci_os_build("10.0.15063"), 15063);
  assert_int_equal(hvci_os_build("10.0.1"), 1);
  assert_int_equal(hvci_os_build("10.0.99999"), 99999);
}

static void what_is_no_release_has_no_build(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",           "17",        "1703 ",      " 1703",      "22h2",
      "10",         "10.0",      "10.0.",      "10.0.x",     "10.0.0",
      "10.0.1506x", "10.0.0x10", "6.1.7601",   "10.1.15063", "10.0.15063.1",
      "10.0.-1",    "10.0.+1",   "10.0. 1703", "10.0.\n1",   "10.0.1703 ",
      "15063",      "v1703",     "10.0.150631"};
  for (size_t i = 0; i < COUNT(bad); i++)
    if (hvci_os_build(bad[i]) != 0)
      fail_msg("'%s' is no release", bad[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_name_is_there_once),
      cmocka_unit_test(every_name_fits_a_message),
      cmocka_unit_test(every_row_is_found_by_its_name_alone),
      cmocka_unit_test(the_rows_end_at_their_count),
      cmocka_unit_test(every_row_is_in_range),
      cmocka_unit_test(every_row_has_the_arguments_it_needs),
      cmocka_unit_test(a_row_reads_the_arguments_it_needs),
      cmocka_unit_test(what_decides_nothing_says_why_and_has_no_row),
      cmocka_unit_test(every_replacement_takes_a_protection_there),
      cmocka_unit_test(every_rule_has_a_name_of_its_own),
      cmocka_unit_test(rules_are_bits_of_32),
      cmocka_unit_test(a_rule_is_found_by_its_exact_name_only),
      cmocka_unit_test(verifier_codes_are_those_of_the_stop),
      cmocka_unit_test(every_kind_can_be_answered),
      cmocka_unit_test(every_condition_weakens_to_something_that_can_be_said),
      cmocka_unit_test(a_star_stands_for_any_rest_of_the_name),
      cmocka_unit_test(every_doubt_but_none_says_why),
      cmocka_unit_test(releases_ascend_and_are_found_by_name),
      cmocka_unit_test(a_build_is_taken_by_its_number),
      cmocka_unit_test(what_is_no_release_has_no_build),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
