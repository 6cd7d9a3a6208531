// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

/* What a host that reads images hands to the checkers. */
struct image {
  struct hvci_unit_fact unit;
  struct hvci_options options;
  struct recorder recorder;
};

static void start(struct image *out) {
  memset(out, 0, sizeof *out);
  out->unit.pointer_width = 64;
  hvci_options_init(&out->options);
}

static size_t check_section(struct image *image,
                            struct hvci_section_fact section) {
  struct hvci_sink sink = sink_of(&image->recorder);
  section.unit = &image->unit;
  image->recorder.count = 0;
  assert_int_equal(hvci_check_section(&section, &image->options, &sink),
                   HVCI_OK);
  return image->recorder.count;
}

static void says(const struct image *image, enum hvci_rule rule,
                 const char *message) {
  assert_int_equal(image->recorder.count, 1);
  assert_int_equal(image->recorder.last.rule, rule);
  assert_int_equal(image->recorder.last.certainty, HVCI_CERTAIN);
  assert_string_equal(image->recorder.last.message, message);
}

enum {
  RX = HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE,
  RWX = RX | HVCI_ACCESS_WRITE
};

static void a_good_section_is_silent(void **state) {
  (void)state;
  struct image image;
  start(&image);
  assert_int_equal(
      check_section(&image, (struct hvci_section_fact){.name = ".text",
                                                       .access = RX,
                                                       .address = 0x1000,
                                                       .alignment = 0x1000}),
      0);
}

static void a_section_that_is_both(void **state) {
  (void)state;
  struct image image;
  start(&image);
  check_section(&image, (struct hvci_section_fact){.name = ".text",
                                                   .access = RWX,
                                                   .range = place(7),
                                                   .address = 0x1000,
                                                   .alignment = 0x1000});
  says(&image, HVCI_RULE_EXECUTE_WRITE_SECTION,
       "section '.text' is executable and writable; keep code and data apart");
  assert_int_equal(image.recorder.last.range.begin, 7);
}

static void init_is_silent_if_it_is_discardable(void **state) {
  (void)state;
  struct image image;
  start(&image);
  struct hvci_section_fact init = {
      .name = "INIT", .access = RWX, .address = 0x1000, .alignment = 0x1000};
  assert_int_equal(check_section(&image, init), 1);
  init.access |= HVCI_ACCESS_DISCARDABLE;
  assert_int_equal(check_section(&image, init), 0);
}

static void sections_that_do_not_begin_on_a_page(void **state) {
  (void)state;
  struct image image;
  start(&image);
  check_section(&image, (struct hvci_section_fact){.name = ".data",
                                                   .address = 0x1400,
                                                   .alignment = 0x200});
  says(&image, HVCI_RULE_SECTION_ALIGNMENT,
       "section '.data' begins at 0x1400, not on a page; link with an "
       "alignment that is a multiple of 4096");
  check_section(&image, (struct hvci_section_fact){.name = ".data",
                                                   .address = 0x1000,
                                                   .alignment = 0x200});
  says(&image, HVCI_RULE_SECTION_ALIGNMENT,
       "section '.data' is aligned to 512 bytes, not to pages; link with an "
       "alignment that is a multiple of 4096");
}

static void an_import_table_among_code(void **state) {
  (void)state;
  struct image image;
  start(&image);
  check_section(&image, (struct hvci_section_fact){.name = ".text",
                                                   .access = RX,
                                                   .import_table = true,
                                                   .address = 0x1000,
                                                   .alignment = 0x1000});
  says(&image, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION,
       "the import address table lies in section '.text', which is "
       "executable; do not merge it into code");
}

static size_t check_relocation(struct image *image, uint64_t address,
                               uint32_t width) {
  struct hvci_sink sink = sink_of(&image->recorder);
  const struct hvci_base_relocation_fact relocation = {.address = address,
                                                       .width = width,
                                                       .range = place(3),
                                                       .unit = &image->unit};
  image->recorder.count = 0;
  assert_int_equal(
      hvci_check_base_relocation(&relocation, &image->options, &sink), HVCI_OK);
  return image->recorder.count;
}

static void relocations_across_a_page(void **state) {
  (void)state;
  struct image image;
  start(&image);
  assert_int_equal(check_relocation(&image, 0x1ff8, 8), 0);
  assert_int_equal(check_relocation(&image, 0x1ffc, 4), 0);
  assert_int_equal(check_relocation(&image, 0x2000, 8), 0);
  assert_int_equal(check_relocation(&image, 0x1ffd, 4), 1);
  assert_int_equal(check_relocation(&image, 0x1fff, 8), 1);
  assert_int_equal(check_relocation(&image, 0x1ff9, 8), 1);
  says(&image, HVCI_RULE_UNSUPPORTED_RELOC,
       "the base relocation of 8 bytes at 0x1ff9 straddles a page boundary, "
       "which Windows 10 1507 to 1607 refuse; align the pointer to 8 bytes");
  image.options.min_build = HVCI_BUILD_1703;
  assert_int_equal(check_relocation(&image, 0x1ff9, 8), 0);
}

static void a_32_bit_image_is_possible_at_most(void **state) {
  (void)state;
  struct image image;
  start(&image);
  image.unit.pointer_width = 32;
  assert_int_equal(check_relocation(&image, 0x1ffd, 4), 1);
  assert_int_equal(image.recorder.last.certainty, HVCI_POSSIBLE);
  assert_string_equal(image.recorder.last.notes[0].text,
                      "memory integrity runs on 64-bit Windows only");
}

static size_t check_import(struct image *image, const char *name) {
  struct hvci_sink sink = sink_of(&image->recorder);
  const struct hvci_import_fact import = {
      .name = name, .range = place(5), .unit = &image->unit};
  image->recorder.count = 0;
  assert_int_equal(hvci_check_import(&import, &image->options, &sink), HVCI_OK);
  return image->recorder.count;
}

static void imports_that_can_only_give_executable_memory(void **state) {
  (void)state;
  struct image image;
  start(&image);
  assert_int_equal(check_import(&image, "MmMapIoSpace"), 1);
  assert_int_equal(image.recorder.last.rule, HVCI_RULE_EXECUTE_PAGE_PROTECTION);
  assert_int_equal(image.recorder.last.certainty, HVCI_POSSIBLE);
  assert_string_equal(image.recorder.last.message,
                      "imports 'MmMapIoSpace', which can only give executable "
                      "memory; use MmMapIoSpaceEx");
  // An argument decides; the access mode decides; nobody says that it is so.
  assert_int_equal(check_import(&image, "ExAllocatePoolWithTag"), 0);
  assert_int_equal(check_import(&image, "MmMapLockedPages"), 0);
  assert_int_equal(check_import(&image, "MmMapVideoDisplay"), 0);
  assert_int_equal(check_import(&image, "memcpy"), 0);
}

static void imports_follow_the_options(void **state) {
  (void)state;
  struct image image;
  start(&image);
  image.options.certain_only = true;
  assert_int_equal(check_import(&image, "MmMapIoSpace"), 0);
  image.options.certain_only = false;
  image.options.off = 1u << HVCI_RULE_EXECUTE_PAGE_PROTECTION;
  assert_int_equal(check_import(&image, "MmMapIoSpace"), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_good_section_is_silent),
      cmocka_unit_test(a_section_that_is_both),
      cmocka_unit_test(init_is_silent_if_it_is_discardable),
      cmocka_unit_test(sections_that_do_not_begin_on_a_page),
      cmocka_unit_test(an_import_table_among_code),
      cmocka_unit_test(relocations_across_a_page),
      cmocka_unit_test(a_32_bit_image_is_possible_at_most),
      cmocka_unit_test(imports_that_can_only_give_executable_memory),
      cmocka_unit_test(imports_follow_the_options),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
