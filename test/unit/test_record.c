// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_record.c - what is written is read, and nothing else is.
 */
#include "record_units.h"

#include "facts.h"

#include "hvci/suppress.h"

static char error[256];

static struct hvci_record *read_back(const char *bytes, size_t length) {
  // A copy of its own, so that a sanitizer sees each byte too many.
  char *copy = malloc(length + (length == 0));
  assert_non_null(copy);
  memcpy(copy, bytes, length);
  struct hvci_record *record =
      hvci_record_read(copy, length, 1, error, sizeof error);
  free(copy);
  assert_true(record || error[0]);
  return record;
}

#define PLACE(line) {.begin = (line) << 16 | 2, .end = (line) << 16 | 9}

static const struct hvci_claim claims[] = {
    {.kind = HVCI_CLAIM_PRAGMA,
     .section = ".mine",
     .subject = "",
     .into = "",
     .access = HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE,
     .range = PLACE(20)},
    {.kind = HVCI_CLAIM_CONTENT,
     .section = "PAGE",
     .subject = "Counter",
     .into = "",
     .access = HVCI_ACCESS_READ | HVCI_ACCESS_WRITE,
     .range = PLACE(21)},
    {.kind = HVCI_CLAIM_ACCESS,
     .section = "INIT\xE4",
     .subject = "/SECTION:INIT\xE4,d!W,ALIGN=0x8000000000000000",
     .into = "",
     .access = HVCI_ACCESS_DISCARDABLE,
     .denied = HVCI_ACCESS_WRITE,
     .alignment = UINT64_C(1) << 63,
     .range = PLACE(22)},
    {.kind = HVCI_CLAIM_MERGE,
     .section = ".rdata",
     .subject = "/MERGE:.rdata=.text",
     .into = ".text",
     .range = PLACE(23)},
    {.kind = HVCI_CLAIM_ALIGN,
     .section = "",
     .subject = "/ALIGN:512",
     .into = "",
     .alignment = 512,
     .dead = true},
};

/*
 * Choose is open; Wrap passes its parameter on; Use passes a result on, then a
 * constant.
 */
static void build(struct unit *unit) {
  unit_init(unit, "a.c");
  unit->claims = claims;
  unit->claim_count = sizeof claims / sizeof *claims;
  unit->fact.opt_in = HVCI_OPT_IN_AUTO;
  unit->fact.os = HVCI_NTDDI_WIN10;
  size_t pool = unit_add(unit, "ExAllocatePoolWithTag", false);
  size_t choose = unit_add(unit, "Choose", true);
  size_t other = unit_add(unit, "Other", true);

  unit_define(unit, "Wrap");
  unit_calls(unit, pool, 1);
  struct hvci_value cold;
  struct hvci_predicate not_nine = {0xFF, 9, false};
  hvci_value_base(&unit_argument(unit, 0)->value, 0, 32);
  hvci_value_assume(&unit_argument(unit, 0)->value,
                    &unit_argument(unit, 0)->value, &not_nine, true);
  hvci_value_constant(&cold, 0x100, 0, 32);
  hvci_value_apply(&unit_argument(unit, 0)->value, HVCI_OR,
                   &unit_argument(unit, 0)->value, &cold, 32);

  size_t use = unit_define(unit, "Use");
  unit_calls(unit, pool, 1); // decides nothing elsewhere
  set_non_paged_pool(unit_argument(unit, 0));
  size_t chosen = unit_calls(unit, choose, 0);
  unit_calls(unit, pool, 1);
  hvci_value_base(&unit_argument(unit, 0)->value,
                  HVCI_RESULT_OF((int32_t)chosen), 32);
  unit_calls(unit, other, 2);
  set_non_paged_pool(unit_argument(unit, 1));
  unit_argument(unit, 1)->toggled = UINT64_C(1) << 63;
  unit->functions[use].has_result = true;
  unit->results[use].text = "0x40";
  hvci_value_constant(&unit->results[use].value, 0x40, 0, 32);
}

static const struct hvci_record_function *find(const struct hvci_record *record,
                                               const char *name) {
  for (size_t i = 0; i < record->function_count; i++)
    if (strcmp(record->functions[i].is.name, name) == 0)
      return &record->functions[i];
  fail_msg("no function %s", name);
  return NULL;
}

static const struct hvci_place *at(const struct hvci_record *record,
                                   struct hvci_range range) {
  assert_in_range(range.begin, 1, record->place_count);
  return &record->places[range.begin - 1];
}

static void unit_is_read_back(void **state) {
  static struct unit unit;
  size_t length;
  (void)state;
  build(&unit);
  unit.suppressed.rules = 1u << HVCI_RULE_EXECUTE_PAGE_MAPPING;
  unit.suppressed.warnings = hvci_warning_bit(30031) | hvci_warning_bit(30030);
  char *bytes = unit_record(&unit, &length);
  assert_non_null(bytes);
  struct hvci_record *record = read_back(bytes, length);
  if (!record)
    fail_msg("%s", error);

  assert_string_equal(record->file, "a.c");
  assert_string_equal(record->target, "x86_64-pc-windows-msvc");
  assert_string_equal(record->producer, "test");
  assert_int_equal(record->unit.opt_in, HVCI_OPT_IN_AUTO);
  assert_int_equal(record->unit.os, HVCI_NTDDI_WIN10);
  assert_int_equal(record->unit.pointer_width, 64);

  const struct hvci_record_function *wrap = find(record, "Wrap");
  assert_true(wrap->is.has_body && !wrap->is.open);
  assert_string_equal(wrap->is.symbol, "Wrap");
  assert_int_equal(at(record, wrap->range)->line, 1003);
  assert_int_equal(wrap->is.site_count, 1);
  assert_string_equal(wrap->calls[0].callee, "ExAllocatePoolWithTag");
  const struct hvci_argument *passed = &wrap->calls[0].arguments[0];
  assert_true(hvci_value_equal(&passed->value, &unit.arguments[0][0].value));
  assert_int_equal(passed->value.alternatives[0].guard_count, 1);
  assert_int_equal(at(record, passed->range)->column, 10);
  assert_int_equal(at(record, passed->range)->rules, unit.suppressed.rules);
  assert_int_equal(at(record, passed->range)->warnings,
                   unit.suppressed.warnings);
  assert_string_equal(at(record, passed->range)->file, "a.c");

  const struct hvci_record_function *use = find(record, "Use");
  assert_int_equal(use->is.site_count, 3);
  assert_true(use->is.has_result);
  assert_true(hvci_value_equal(&use->result.value, &unit.results[4].value));
  // The call whose result it is has another number now.
  assert_int_equal(use->calls[1].arguments[0].value.alternatives[0].base,
                   HVCI_RESULT_OF(0));
  assert_int_equal(use->calls[2].argument_count, 2);
  assert_int_equal(use->calls[2].arguments[0].value.alternatives[0].base,
                   HVCI_NO_BASE);
  const struct hvci_term *term = &use->calls[2].arguments[1].terms[0];
  assert_string_equal(term->written, "NonPagedPool");
  assert_string_equal(term->constant, "NonPagedPool");
  assert_string_equal(term->type, "_POOL_TYPE");
  assert_int_equal(at(record, term->range)->line, 7);
  assert_int_equal(use->calls[2].arguments[1].toggled, UINT64_C(1) << 63);
  assert_true(find(record, "Other")->is.open);

  hvci_record_free(record);
  free(bytes);
}

static void claims_are_read_back(void **state) {
  static struct unit unit;
  size_t length;
  (void)state;
  build(&unit);
  char *bytes = unit_record(&unit, &length);
  struct hvci_record *record = read_back(bytes, length);
  if (!record)
    fail_msg("%s", error);
  assert_int_equal(record->claim_count, unit.claim_count);
  for (size_t i = 0; i < record->claim_count; i++) {
    const struct hvci_claim *claim = &record->claims[i];
    assert_int_equal(claim->kind, claims[i].kind);
    assert_string_equal(claim->section, claims[i].section);
    assert_string_equal(claim->subject, claims[i].subject);
    assert_string_equal(claim->into, claims[i].into);
    assert_int_equal(claim->access, claims[i].access);
    assert_int_equal(claim->denied, claims[i].denied);
    assert_int_equal(claim->alignment, claims[i].alignment);
    assert_int_equal(claim->dead, claims[i].dead);
    if (claims[i].range.begin == 0)
      assert_int_equal(claim->range.begin, 0);
    else
      assert_int_equal(at(record, claim->range)->line, 20 + i);
  }
  hvci_record_free(record);
  free(bytes);
}

// All claims of the driver decide them, so linking finds them again.
static void findings_on_sections_are_left_to_the_driver(void **state) {
  static struct unit unit;
  static struct hvci_finding findings[HVCI_RULE_COUNT];
  size_t length;
  (void)state;
  build(&unit);
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    hvci_finding_init(&findings[rule], (enum hvci_rule)rule, HVCI_CERTAIN,
                      unit_place(1, 1));
  unit.findings = findings;
  unit.finding_count = HVCI_RULE_COUNT;
  char *bytes = unit_record(&unit, &length);
  struct hvci_record *record = read_back(bytes, length);
  assert_non_null(record);
  uint32_t stored = 0;
  for (size_t i = 0; i < record->finding_count; i++)
    stored |= UINT32_C(1) << record->findings[i].rule;
  assert_int_not_equal(hvci_layout_rules(), 0);
  assert_int_equal(stored, ((UINT32_C(1) << HVCI_RULE_COUNT) - 1) &
                               ~hvci_layout_rules());
  hvci_record_free(record);
  free(bytes);
}

static void crossings_are_read_back(void **state) {
  static struct unit unit;
  static struct hvci_finding finding;
  size_t length;
  (void)state;
  build(&unit);
  hvci_finding_init(&finding, HVCI_RULE_UNSUPPORTED_RELOC, HVCI_CERTAIN,
                    unit_place(1, 1));
  finding.crossings = (struct hvci_crossings){
      .start = 2, .shown = 2, .count = 9, .slots = {{4090, 8}, {8187, 4}}};
  unit.findings = &finding;
  unit.finding_count = 1;
  char *bytes = unit_record(&unit, &length);
  struct hvci_record *record = read_back(bytes, length);
  assert_non_null(record);
  const struct hvci_crossings *read = record->findings[0].crossings;
  assert_non_null(read);
  assert_int_equal(read->start, 2);
  assert_int_equal(read->count, 9);
  assert_int_equal(read->shown, 2);
  assert_int_equal(read->slots[0].offset, 4090);
  assert_int_equal(read->slots[1].width, 4);
  hvci_record_free(record);
  free(bytes);
}

static void same_unit_gives_same_bytes(void **state) {
  static struct unit unit;
  size_t first_length, second_length;
  (void)state;
  build(&unit);
  char *first = unit_record(&unit, &first_length);
  char *second = unit_record(&unit, &second_length);
  assert_int_equal(first_length, second_length);
  assert_memory_equal(first, second, first_length);
  free(first);
  free(second);
}

static void what_hides_a_finding_is_read_back(void **state) {
  static struct unit unit;
  static struct hvci_finding findings[2];
  static const uint32_t by[] = {1};
  static const struct hvci_record_edit edit = {.file = "a.h",
                                               .line = 3,
                                               .column = 4,
                                               .end_line = 5,
                                               .end_column = 6,
                                               .text = "NonPagedPoolNx"};
  static const struct hvci_record_extra extras[] = {
      {.by = by, .by_count = 1}, {.edits = &edit, .edit_count = 1}};
  static const struct hvci_suppression suppressions[] = {
      {.kind = HVCI_SUPPRESSION_STATE,
       .file = "b.c",
       .line = 7,
       .column = 8,
       .idle_warnings = 1,
       .warnings = 3},
      {.kind = HVCI_SUPPRESSION_COMMENT,
       .file = "a.c",
       .line = 9,
       .column = 1,
       .rules = 1u << HVCI_RULE_DYNAMIC_CODE,
       .reason = "why",
       .until = 20271231}};
  size_t length;
  (void)state;
  build(&unit);
  for (size_t i = 0; i < 2; i++) {
    hvci_finding_init(&findings[i], HVCI_RULE_DYNAMIC_CODE, HVCI_CERTAIN,
                      unit_place(30 + i, 2));
    findings[i].anchor = unit_place(40 + i, 2);
  }
  unit.findings = findings;
  unit.finding_count = 2;
  unit.extras = extras;
  unit.suppressions = suppressions;
  unit.suppression_count = 2;
  unit.suppressed.scope = "Wrap::inner";
  unit.suppressed.scope_first = 20;
  unit.suppressed.scope_last = 60;
  unit.suppressed.words = "f ( \xFF )";
  unit.suppressed.end_line = 31;
  unit.suppressed.end_column = 9;
  char *bytes = unit_record(&unit, &length);
  struct hvci_record *record = read_back(bytes, length);
  assert_non_null(record);
  assert_int_equal(record->finding_count, 2);
  assert_int_equal(record->findings[0].by_count, 1);
  assert_int_equal(record->findings[0].by[0], 1);
  assert_int_equal(record->findings[0].edit_count, 0);
  assert_int_equal(record->findings[1].by_count, 0);
  assert_int_equal(record->findings[1].edit_count, 1);
  assert_string_equal(record->findings[1].edits->file, "a.h");
  assert_int_equal(record->findings[1].edits->end_line, 5);
  assert_int_equal(record->findings[1].edits->end_column, 6);
  assert_string_equal(record->findings[1].edits->text, "NonPagedPoolNx");
  const struct hvci_place *place = at(record, record->findings[1].range);
  assert_int_equal(place->line, 31);
  assert_int_equal(place->end_line, 31);
  assert_int_equal(place->end_column, 9);
  assert_string_equal(place->scope, "Wrap::inner");
  assert_int_equal(place->scope_first, 20);
  assert_int_equal(place->scope_last, 60);
  assert_string_equal(place->words, "f ( \xFF )");
  assert_int_equal(at(record, record->findings[1].anchor)->line, 41);
  assert_int_equal(record->suppression_count, 2);
  assert_int_equal(record->suppressions[0].kind, HVCI_SUPPRESSION_STATE);
  assert_string_equal(record->suppressions[0].file, "b.c");
  assert_int_equal(record->suppressions[0].line, 7);
  assert_int_equal(record->suppressions[0].warnings, 3);
  assert_int_equal(record->suppressions[0].idle_warnings, 1);
  assert_string_equal(record->suppressions[0].reason, "");
  assert_int_equal(record->suppressions[1].rules, 1u << HVCI_RULE_DYNAMIC_CODE);
  assert_string_equal(record->suppressions[1].reason, "why");
  assert_int_equal(record->suppressions[1].until, 20271231);
  hvci_record_free(record);
  free(bytes);
}

static void path_may_be_no_utf8(void **state) {
  static struct unit unit;
  size_t length;
  (void)state;
  build(&unit);
  unit.file = "src/\xE4\xFF\"\n.c";
  char *bytes = unit_record(&unit, &length);
  struct hvci_record *record = read_back(bytes, length);
  assert_non_null(record);
  assert_string_equal(record->file, unit.file);
  assert_string_equal(record->places[0].file, unit.file);
  hvci_record_free(record);
  free(bytes);
}

static void no_part_of_a_record_is_one(void **state) {
  static struct unit unit;
  size_t length;
  (void)state;
  build(&unit);
  char *bytes = unit_record(&unit, &length);
  for (size_t part = 0; part < length; part++) {
    assert_null(read_back(bytes, part));
    assert_string_equal(error, "truncated record");
  }
  free(bytes);
}

static void damage_does_no_harm(void **state) {
  static struct unit unit;
  static const char interesting[] = "\0\xFF-0129{}[],:\"ntf\\";
  uint64_t random = 1;
  size_t length;
  (void)state;
  build(&unit);
  char *bytes = unit_record(&unit, &length);
  for (size_t i = 0; i < length; i++) {
    for (size_t j = 0; j < sizeof interesting; j++) {
      char kept = bytes[i];
      bytes[i] = j + 1 < sizeof interesting ? interesting[j]
                                            : (char)next_random(&random);
      hvci_record_free(read_back(bytes, length));
      bytes[i] = kept;
    }
  }
  free(bytes);
}

#define HEAD "{\"format\":\"hvcilint-record\",\"version\":3,"
#define UNIT                                                                   \
  "\"producer\":\"p\",\"unit\":{\"file\":\"a\",\"target\":\"t\",\"opt_in\":"   \
  "\"none\",\"os\":0,\"pointer_width\":64},"
#define FILES "\"files\":[\"a\"],\"scopes\":[[\"f\",1,2]],\"suppressions\":[],"

#define CLAIM(claim)                                                           \
  HEAD UNIT FILES "\"places\":[],\"findings\":[],\"claims\":[" claim           \
                  "],\"functions\":[]}"

#define PLACE_WITH(more)                                                       \
  HEAD UNIT FILES "\"places\":[[0,1,1," more                                   \
                  "]],\"findings\":[],\"claims\":[],\"functions\":[]}"

#define SUPPRESSION(suppression)                                               \
  HEAD UNIT "\"files\":[\"a\"],\"scopes\":[],\"suppressions\":[" suppression   \
            "],\"places\":[],\"findings\":[],\"claims\":[],\"functions\":[]}"

#define FINDING(more)                                                          \
  HEAD UNIT FILES                                                              \
      "\"places\":[],\"findings\":[{\"rule\":\"hvci-dynamic-code\","           \
      "\"message\":\"m\"," more "}],\"claims\":[],\"functions\":[]}"

static void claims_that_cannot_be_are_refused(void **state) {
  static const struct {
    const char *bytes, *why;
  } cases[] = {
      {HEAD UNIT FILES "\"places\":[],\"findings\":[],\"functions\":[]}",
       "damaged record: the record: Object item not found: claims"},
      {HEAD UNIT FILES
       "\"places\":[],\"findings\":[],\"claims\":{},\"functions\":[]}",
       "damaged record: claims is not an array as it should be"},
      {CLAIM("1"), "damaged record: a claim: Expected object, got integer"},
      {CLAIM("{}"), "damaged record: a claim: Object item not found: kind"},
      {CLAIM("{\"kind\":\"split\",\"section\":\"a\"}"),
       "damaged record: unknown claim 'split'"},
      {CLAIM("{\"kind\":\"pragma\",\"section\":\"a\",\"x\":0}"),
       "damaged record: a claim: 1 object item(s) left unpacked: x"},
      {CLAIM("{\"kind\":\"pragma\",\"section\":1}"),
       "damaged record: a section is not a text"},
      {CLAIM("{\"kind\":\"pragma\",\"section\":\"a\",\"access\":16}"),
       "damaged record: an access is 16, which is out of bounds"},
      {CLAIM("{\"kind\":\"access\",\"section\":\"a\",\"denied\":-1}"),
       "damaged record: an access is -1, which is out of bounds"},
      {CLAIM("{\"kind\":\"pragma\",\"section\":\"a\",\"access\":\"R\"}"),
       "damaged record: an access is not an integer"},
      {CLAIM("{\"kind\":\"pragma\",\"section\":\"a\",\"place\":1}"),
       "damaged record: a place is 1, which is out of bounds"},
      {CLAIM("{\"kind\":\"align\",\"alignment\":1.5}"),
       "damaged record: an alignment is not an integer"},
      {CLAIM("{\"kind\":\"pragma\"}"),
       "damaged record: a claim 'pragma' says too little or too much"},
      {CLAIM("{\"kind\":\"content\",\"section\":\"a\",\"denied\":1}"),
       "damaged record: a claim 'content' says too little or too much"},
      {CLAIM("{\"kind\":\"access\",\"section\":\"a\",\"access\":1,"
             "\"denied\":1}"),
       "damaged record: a claim 'access' says too little or too much"},
      {CLAIM("{\"kind\":\"merge\",\"section\":\"a\"}"),
       "damaged record: a claim 'merge' says too little or too much"},
      {CLAIM("{\"kind\":\"merge\",\"section\":\"a\",\"into\":\"b\","
             "\"alignment\":1}"),
       "damaged record: a claim 'merge' says too little or too much"},
      {CLAIM("{\"kind\":\"align\"}"),
       "damaged record: a claim 'align' says too little or too much"},
      {CLAIM("{\"kind\":\"align\",\"section\":\"a\",\"alignment\":1}"),
       "damaged record: a claim 'align' says too little or too much"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_null(read_back(cases[i].bytes, strlen(cases[i].bytes)));
    assert_string_equal(error, cases[i].why);
  }
}

static void refusals_say_why(void **state) {
  static const struct {
    const char *bytes, *why;
  } cases[] = {
      {"", "truncated record"},
      {"{}", "not a record of hvcilint"},
      {"MZ\x90", "not a record of hvcilint"},
      {"{\"format\":\"hvcilint-record\",\"version\":\"1\"}",
       "not a record of hvcilint"},
      {"{\"format\":\"hvcilint-record\",\"version\":4,!",
       "newer record version 4; this hvcilint reads 3"},
      {"{\"format\":\"hvcilint-record\",\"version\":1,",
       "older record version 1; this hvcilint reads 3"},
      {HEAD "!}", "damaged record: no JSON at byte 41"},
      {HEAD "\"x\":1}",
       "damaged record: the record: Object item not found: producer"},
      {HEAD UNIT FILES
       "\"places\":[],\"findings\":[],\"claims\":[],\"functions\":[],\"x\":1}",
       "damaged record: the record: 1 object item(s) left unpacked: x"},
      {HEAD UNIT FILES
       "\"places\":[[1,1,1]],\"findings\":[],\"claims\":[],\"functions\":[]}",
       "damaged record: a place's file is 1, which is out of bounds"},
      {PLACE_WITH("{\"rules\":[\"hvci-x\"]}"),
       "this hvcilint does not know the rule 'hvci-x'"},
      {PLACE_WITH("[]"), "damaged record: a place: Expected object, got array"},
      {PLACE_WITH("{\"scope\":1}"),
       "damaged record: a scope's number is 1, which is out of bounds"},
      {PLACE_WITH("{\"end\":[1]}"),
       "damaged record: an end is not an array as it should be"},
      {PLACE_WITH("{\"end\":[1,-1]}"),
       "damaged record: a column is -1, which is out of bounds"},
      {PLACE_WITH("{\"macro\":2}"),
       "damaged record: a place is 2, which is out of bounds"},
      {PLACE_WITH("{\"words\":1}"), "damaged record: words is not a text"},
      {PLACE_WITH("{\"by\":[0]}"),
       "damaged record: there is no such suppression"},
      {SUPPRESSION("1"),
       "damaged record: a suppression: Expected object, got integer"},
      {SUPPRESSION("{\"kind\":\"x\",\"at\":[0,1,1]}"),
       "damaged record: unknown suppression 'x'"},
      {SUPPRESSION("{\"kind\":\"line\",\"at\":[1,1,1]}"),
       "damaged record: a place's file is 1, which is out of bounds"},
      {SUPPRESSION("{\"kind\":\"line\",\"at\":[0,1]}"),
       "damaged record: a suppression's place is not an array as it should be"},
      {SUPPRESSION("{\"kind\":\"line\",\"at\":[0,1,1],\"until\":\"x\"}"),
       "damaged record: a date is not an integer"},
      {FINDING("\"by\":[0]"), "damaged record: there is no such suppression"},
      {FINDING("\"crossings\":[0]"),
       "damaged record: a list of crossings is not an array as it should be"},
      {FINDING("\"crossings\":[0,1,[4092]]"),
       "damaged record: a crossing is not an array as it should be"},
      {FINDING("\"crossings\":[0,1,[4092,2]]"),
       "damaged record: a pointer crosses no page"},
      {FINDING("\"crossings\":[0,1,[4088,8]]"),
       "damaged record: a pointer crosses no page"},
      {FINDING("\"crossings\":[0,2,[8188,8],[4092,8]]"),
       "damaged record: a pointer crosses no page"},
      {FINDING("\"crossings\":[0,0,[4092,8]]"),
       "damaged record: a pointer crosses no page"},
      {FINDING("\"crossings\":[4096,1,[4092,8]]"),
       "damaged record: a pointer crosses no page"},
      {FINDING("\"fix\":[[0,1,1,1]]"),
       "damaged record: an edit is not an array as it should be"},
      {FINDING("\"fix\":[[0,1,1,1,1,2]]"),
       "damaged record: an edit is not a text"},
      {HEAD UNIT FILES "\"places\":[],\"findings\":[],\"claims\":[],"
                       "\"functions\":[{\"name\":\"f\",\"body\":"
                       "true,\"sites\":[{\"callee\":1,\"arguments\":[]}]}]}",
       "damaged record: a callee is 1, which is out of bounds"},
      {HEAD UNIT FILES
       "\"places\":[],\"findings\":[],\"claims\":[],\"functions\":[{\"name\":"
       "\"f\",\"body\":"
       "true,\"sites\":[{\"callee\":0,\"arguments\":[{\"value\":[[1,1,0]],"
       "\"text\":\"\"}]}]}]}",
       "damaged record: a bit is both one and zero"},
      {HEAD UNIT FILES
       "\"places\":[],\"findings\":[],\"claims\":[],\"functions\":[{\"name\":"
       "\"f\",\"body\":"
       "true,\"sites\":[{\"callee\":0,\"arguments\":[{\"value\":[[0,0,0,-3,[]]]"
       ",\"text\":\"\"}]}]}]}",
       "damaged record: a base is -3, which is out of bounds"},
      {HEAD UNIT FILES
       "\"places\":[],\"findings\":[],\"claims\":[],\"functions\":[{\"name\":"
       "\"f\",\"body\":"
       "true,\"sites\":[{\"callee\":0,\"arguments\":[{\"value\":[[0,0,1]],"
       "\"text\":\"\"}]}]}]}",
       "damaged record: terms is 1, which is out of bounds"},
      {HEAD UNIT FILES "\"places\":[],\"findings\":[],\"claims\":[],"
                       "\"functions\":[{\"name\":\"f\",\"open\":"
                       "true,\"body\":true}]}",
       "damaged record: a function is open and has a body"},
      {HEAD UNIT FILES "\"places\":[],\"findings\":[],\"claims\":[],"
                       "\"functions\":[{\"name\":\"f\",\"name\":"
                       "\"g\"}]}",
       "damaged record: no JSON at byte 252"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_null(read_back(cases[i].bytes, strlen(cases[i].bytes)));
    assert_string_equal(error, cases[i].why);
  }
}

static void deep_nesting_is_refused(void **state) {
  enum { DEPTH = 1000000 };
  size_t head = strlen(HEAD "\"producer\":");
  char *bytes = malloc(head + DEPTH);
  (void)state;
  assert_non_null(bytes);
  memcpy(bytes, HEAD "\"producer\":", head);
  memset(bytes + head, '[', DEPTH);
  assert_null(read_back(bytes, head + DEPTH));
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(unit_is_read_back),
      cmocka_unit_test(claims_are_read_back),
      cmocka_unit_test(findings_on_sections_are_left_to_the_driver),
      cmocka_unit_test(same_unit_gives_same_bytes),
      cmocka_unit_test(what_hides_a_finding_is_read_back),
      cmocka_unit_test(path_may_be_no_utf8),
      cmocka_unit_test(no_part_of_a_record_is_one),
      cmocka_unit_test(damage_does_no_harm),
      cmocka_unit_test(claims_that_cannot_be_are_refused),
      cmocka_unit_test(crossings_are_read_back),
      cmocka_unit_test(refusals_say_why),
      cmocka_unit_test(deep_nesting_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
