// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

#include <stdio.h>

enum { WIN7 = 0x06010000 };

// C30030's table; hvci-facts.md, B.3.
static const struct {
  const char *constant;
  const char *digits;
  uint64_t value;
  const char *twin;
} twins[] = {
    {"PAGE_EXECUTE", "0x10", 0x10, "PAGE_NOACCESS"},
    {"PAGE_EXECUTE_READ", "0x20", 0x20, "PAGE_READONLY"},
    {"PAGE_EXECUTE_READWRITE", "0x40", 0x40, "PAGE_READWRITE"},
    {"PAGE_EXECUTE_WRITECOPY", "128", 0x80, "PAGE_WRITECOPY"},
};

static void executable_protections_have_their_twin_as_fix(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
    for (int literal = 0; literal <= 1; literal++) {
      const char *text = literal ? twins[i].digits : twins[i].constant;
      char message[200];
      struct scene s;
      scene_init(&s, "MmProtectMdlSystemAddress");
      scene_set(&s, 1, text, twins[i].value)->literal = literal;
      const struct hvci_finding *f = scene_finding(&s);
      (void)snprintf(message, sizeof message,
                     "'MmProtectMdlSystemAddress' asks for executable pages "
                     "with '%s'; use %s",
                     text, twins[i].twin);
      assert_string_equal(f->message, message);
      assert_int_equal(f->edit_count, 1);
      assert_edit(f, 0, HVCI_REPLACE, term_place(1, 0), twins[i].twin);
    }
  }
}

static void other_bits_of_a_protection_stay(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapIoSpaceEx");
  scene_set(&s, 2, "PAGE_NOCACHE", 0x200);
  scene_with(&s, 2, "PAGE_EXECUTE_READWRITE", 0x40);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_CERTAIN);
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, term_place(2, 1), "PAGE_READWRITE");
}

static void a_protection_that_may_be_executable_is_told_as_such(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapMdl");
  scene_set(&s, 1, "PAGE_READONLY", 2);
  scene_or_else(&s, 1, "PAGE_EXECUTE_READ", 0x20);
  s.arguments[1].text = "Protection";
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'MmMapMdl' may ask for executable pages with "
                      "'Protection'; use PAGE_READONLY");
  assert_edit(f, 0, HVCI_REPLACE, term_place(1, 1), "PAGE_READONLY");
}

// (PAGE_EXECUTE & 0xF) or PAGE_EXECUTE_READ.
static void the_remedy_is_that_of_an_executable_alternative(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapMdl");
  scene_set(&s, 1, "PAGE_EXECUTE", 0x10);
  hvci_value_constant(&s.arguments[1].value, 0, 1, 64);
  scene_or_else(&s, 1, "PAGE_EXECUTE_READ", 0x20);
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(strstr(f->message, "; use "), "; use PAGE_READONLY");
  assert_int_equal(f->edit_count, 1);
  assert_edit(f, 0, HVCI_REPLACE, term_place(1, 1), "PAGE_READONLY");
}

static void several_twins_are_none(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapMdl");
  scene_set(&s, 1, "PAGE_EXECUTE_READ", 0x20);
  scene_or_else(&s, 1, "PAGE_EXECUTE_READWRITE", 0x40);
  assert_string_equal(strstr(scene_finding(&s)->message, "; use "),
                      "; use a protection without PAGE_EXECUTE");
}

static void a_value_that_nobody_has_named_has_its_twin(void **state) {
  (void)state;
  static const struct {
    uint64_t first, second;
    const char *remedy;
  } rows[] = {{0x40, 0x40, "PAGE_READWRITE"},
              {0x10, 0x10, "PAGE_NOACCESS"},
              {0x240, 0x40, "PAGE_READWRITE"}, // PAGE_NOCACHE stays
              {0x20, 0x2, "PAGE_READONLY"},
              {0x20, 0x40, "a protection without PAGE_EXECUTE"},
              {0x60, 0x60, "a protection without PAGE_EXECUTE"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    struct hvci_value second;
    scene_init(&s, "MmMapMdl");
    hvci_value_constant(&s.arguments[1].value, rows[i].first, 0, 64);
    hvci_value_constant(&second, rows[i].second, 0, 64);
    hvci_value_join(&s.arguments[1].value, &s.arguments[1].value, &second);
    const struct hvci_finding *f = scene_finding(&s);
    assert_string_equal(strstr(f->message, "; use ") + strlen("; use "),
                        rows[i].remedy);
    assert_int_equal(f->edit_count, 0);
  }
}

static void a_protection_without_a_twin_has_no_fix(void **state) {
  (void)state;
  static const struct {
    const char *constant;
    uint64_t value;
    bool literal;
  } rows[] = {{"MY_PROTECTION", 0x40, false},
              {"PAGE_EXECUTE_READ", 0x40, false}, // someone's own value
              {"0x60", 0x60, true}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    scene_init(&s, "MmMapMdl");
    scene_set(&s, 1, rows[i].constant, rows[i].value)->literal =
        rows[i].literal;
    const struct hvci_finding *f = scene_finding(&s);
    assert_string_equal(strstr(f->message, "; use "),
                        "; use a protection without PAGE_EXECUTE");
    assert_int_equal(f->edit_count, 0);
  }
}

// PAGE_EXECUTE_READ | 0x60: what is left would still be executable.
static void half_of_a_protection_is_not_mended(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmMapMdl");
  scene_set(&s, 1, "PAGE_EXECUTE_READ", 0x20);
  scene_with(&s, 1, "0x60", 0x60)->literal = true;
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->edit_count, 0);
}

static void a_doubtful_protection_says_why(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "ZwMapViewOfSection");
  scene_set(&s, 9, "PAGE_EXECUTE_READ", 0x20);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_int_equal(f->note_count, 1);
  assert_note(f, 0, argument_place(9), hvci_doubt_note(HVCI_DOUBT_USER_RANGE));
}

static void an_executable_heap_has_a_remedy_and_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "RtlCreateHeap");
  scene_set(&s, 0, "HEAP_CREATE_ENABLE_EXECUTE", 0x40000);
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message,
                      "'RtlCreateHeap' asks for an executable heap with "
                      "'HEAP_CREATE_ENABLE_EXECUTE'; leave "
                      "HEAP_CREATE_ENABLE_EXECUTE out");
  assert_int_equal(f->edit_count, 0);
  scene_or_unknown(&s, 0);
  assert_non_null(strstr(scene_finding(&s)->message, "' may ask for an"));
}

static void cached_storport_memory_has_a_remedy_and_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "StorPortAllocateDmaMemory");
  scene_set(&s, 5, "MmCached", 1);
  const struct hvci_finding *f = scene_finding(&s);
  assert_int_equal(f->certainty, HVCI_POSSIBLE);
  assert_string_equal(f->message,
                      "'StorPortAllocateDmaMemory' may give executable memory "
                      "with 'MmCached'; use MmNonCached if the memory need not "
                      "be cached");
  assert_int_equal(f->edit_count, 0);
}

static const struct {
  const char *constant;
  uint64_t value;
  const char *protection;
} caches[] = {
    {"MmNonCached", 0, "PAGE_READWRITE | PAGE_NOCACHE"},
    {"MmCached", 1, "PAGE_READWRITE"},
    {"MmWriteCombined", 2, "PAGE_READWRITE | PAGE_WRITECOMBINE"},
};

static void io_space_is_mapped_by_the_newer_call(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof caches / sizeof *caches; i++) {
    char message[200];
    struct scene s;
    scene_init(&s, "MmMapIoSpace");
    scene_set(&s, 2, caches[i].constant, caches[i].value);
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->certainty, HVCI_CERTAIN);
    (void)snprintf(message, sizeof message,
                   "'MmMapIoSpace' always gives executable memory; use "
                   "MmMapIoSpaceEx with %s",
                   caches[i].protection);
    assert_string_equal(f->message, message);
    assert_int_equal(f->edit_count, 2);
    assert_edit(f, 0, HVCI_REPLACE, CALLEE_PLACE, "MmMapIoSpaceEx");
    assert_edit(f, 1, HVCI_REPLACE, argument_place(2), caches[i].protection);
  }
}

static void contiguous_memory_has_another_free_and_so_no_fix(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof caches / sizeof *caches; i++) {
    for (int node = 0; node <= 1; node++) {
      struct scene s;
      scene_init(&s, node ? "MmAllocateContiguousMemorySpecifyCacheNode"
                          : "MmAllocateContiguousMemorySpecifyCache");
      scene_set(&s, 4, caches[i].constant, caches[i].value);
      const struct hvci_finding *f = scene_finding(&s);
      bool cached = caches[i].value == 1;
      assert_int_equal(f->edit_count, 0);
      assert_int_equal(f->certainty, cached ? HVCI_CERTAIN : HVCI_POSSIBLE);
      assert_non_null(strstr(f->message, cached ? "' always gives executable"
                                                : "' may give executable"));
      assert_non_null(strstr(f->message, caches[i].protection));
      assert_int_equal(f->note_count, cached ? 1 : 2);
      assert_string_equal(f->notes[f->note_count - 1].text,
                          "that memory is freed by MmFreeContiguousMemory");
    }
  }
}

static void another_cache_type_has_a_remedy_and_no_fix(void **state) {
  (void)state;
  for (unsigned i = 0; i < 4; i++) {
    struct scene s;
    scene_init(&s, "MmMapIoSpace");
    if (i == 1)
      scene_set(&s, 2, "MmHardwareCoherentCached", 3);
    if (i == 2)
      scene_set(&s, 2, "MmNotMapped", UINT32_MAX);
    if (i == 3)
      s.call.argument_count = 2;
    const struct hvci_finding *f = scene_finding(&s);
    assert_string_equal(f->message,
                        "'MmMapIoSpace' always gives executable memory; use "
                        "MmMapIoSpaceEx with PAGE_READWRITE");
    assert_int_equal(f->edit_count, 0);
  }
}

static void the_newer_call_is_not_written_where_it_cannot_be(void **state) {
  (void)state;
  static char names[2][20] = {"MmMapIoSpaceEx", "PAGE_READWRITE"};
  for (unsigned why = 0; why < 4; why++) {
    struct scene s;
    scene_init(&s, "MmMapIoSpace");
    scene_set(&s, 2, "MmNonCached", 0);
    if (why == 0)
      s.call.callee_editable = false;
    else if (why == 1)
      s.arguments[2].editable = false;
    else
      scene_forget(&s, names[why - 2]);
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->edit_count, 0);
  }
}

static void the_newer_call_is_named_with_its_first_system(void **state) {
  (void)state;
  static const struct {
    const char *callee;
    size_t cache;
    uint32_t os;
    const char *since; // or NULL: it is there
  } rows[] = {
      {"MmMapIoSpace", 2, WIN7, ", which Windows 10 and later have"},
      {"MmMapIoSpace", 2, HVCI_NTDDI_WIN8, ", which Windows 10 and later have"},
      {"MmMapIoSpace", 2, HVCI_NTDDI_WIN10, NULL},
      {"MmAllocateContiguousMemorySpecifyCache", 4, WIN7,
       ", which Windows 8 and later have"},
      {"MmAllocateContiguousMemorySpecifyCache", 4, HVCI_NTDDI_WIN8, NULL},
      {"MmAllocateContiguousMemory", 2, WIN7,
       ", which Windows 8 and later have"},
      {"MmAllocateContiguousMemory", 2, 0, NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct scene s;
    scene_init(&s, rows[i].callee);
    scene_set(&s, rows[i].cache, "MmCached", 1);
    s.unit.os = rows[i].os;
    const struct hvci_finding *f = scene_finding(&s);
    const char *end = strstr(f->message, "PAGE_READWRITE") + 14;
    assert_string_equal(end, rows[i].since ? rows[i].since : "");
    if (rows[i].since)
      assert_int_equal(f->edit_count, 0);
  }
}

static void contiguous_memory_without_a_cache_type_has_no_fix(void **state) {
  (void)state;
  struct scene s;
  scene_init(&s, "MmAllocateContiguousMemory");
  const struct hvci_finding *f = scene_finding(&s);
  assert_string_equal(f->message,
                      "'MmAllocateContiguousMemory' always gives executable "
                      "memory; use MmAllocateContiguousNodeMemory with "
                      "PAGE_READWRITE");
  assert_int_equal(f->range.begin, CALLEE_PLACE);
  assert_int_equal(f->edit_count, 0);
}

// These map memory of a device; hvci-facts.md, C.7. To allocate is no remedy.
static void a_mapping_of_io_space_is_not_told_to_allocate(void **state) {
  (void)state;
  static const char *const callees[] = {"MmMapVideoDisplay", "HalMapIoSpace"};
  for (size_t i = 0; i < 2; i++) {
    struct scene s;
    scene_init(&s, callees[i]);
    const struct hvci_finding *f = scene_finding(&s);
    assert_int_equal(f->certainty, HVCI_POSSIBLE);
    assert_null(strstr(f->message, "Contiguous"));
    assert_non_null(strstr(f->message, "use MmMapIoSpaceEx with"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(executable_protections_have_their_twin_as_fix),
      cmocka_unit_test(other_bits_of_a_protection_stay),
      cmocka_unit_test(a_protection_that_may_be_executable_is_told_as_such),
      cmocka_unit_test(the_remedy_is_that_of_an_executable_alternative),
      cmocka_unit_test(a_protection_without_a_twin_has_no_fix),
      cmocka_unit_test(half_of_a_protection_is_not_mended),
      cmocka_unit_test(a_doubtful_protection_says_why),
      cmocka_unit_test(an_executable_heap_has_a_remedy_and_no_fix),
      cmocka_unit_test(cached_storport_memory_has_a_remedy_and_no_fix),
      cmocka_unit_test(io_space_is_mapped_by_the_newer_call),
      cmocka_unit_test(contiguous_memory_has_another_free_and_so_no_fix),
      cmocka_unit_test(another_cache_type_has_a_remedy_and_no_fix),
      cmocka_unit_test(the_newer_call_is_not_written_where_it_cannot_be),
      cmocka_unit_test(the_newer_call_is_named_with_its_first_system),
      cmocka_unit_test(several_twins_are_none),
      cmocka_unit_test(a_value_that_nobody_has_named_has_its_twin),
      cmocka_unit_test(contiguous_memory_without_a_cache_type_has_no_fix),
      cmocka_unit_test(a_mapping_of_io_space_is_not_told_to_allocate),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
