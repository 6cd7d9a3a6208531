// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

enum {
  R = HVCI_ACCESS_READ,
  RW = HVCI_ACCESS_READ | HVCI_ACCESS_WRITE,
  RX = HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE,
  RWX = RW | RX,
  MAX_CLAIMS = 16
};

/* Claims in order; claim i stands at place 10 * (i + 1). */
struct claims {
  struct hvci_unit_fact unit;
  struct hvci_options options;
  struct hvci_claim at[MAX_CLAIMS];
  size_t count;
  struct recorder recorder;
};

static void start(struct claims *out) {
  memset(out, 0, sizeof *out);
  out->unit.pointer_width = 64;
  hvci_options_init(&out->options);
}

static struct hvci_claim *add(struct claims *c, enum hvci_claim_kind kind,
                              const char *section, const char *subject,
                              uint32_t access) {
  struct hvci_claim *claim = &c->at[c->count++];
  *claim = (struct hvci_claim){.kind = kind,
                               .section = section,
                               .subject = subject,
                               .into = "",
                               .access = access,
                               .range = place(10 * c->count)};
  return claim;
}

static void content(struct claims *c, const char *section, const char *subject,
                    uint32_t access) {
  add(c, HVCI_CLAIM_CONTENT, section, subject, access);
}

static void merge(struct claims *c, const char *from, const char *into,
                  const char *subject) {
  add(c, HVCI_CLAIM_MERGE, from, subject, 0)->into = into;
}

static void set(struct claims *c, const char *section, const char *subject,
                uint32_t access) {
  add(c, HVCI_CLAIM_ACCESS, section, subject, access)->denied = RWX & ~access;
}

static size_t count(struct claims *c) {
  struct hvci_sink sink = sink_of(&c->recorder);
  struct hvci_layout_fact layout = {
      .claims = c->at, .claim_count = c->count, .unit = &c->unit};
  c->recorder.count = 0;
  assert_int_equal(hvci_check_layout(&layout, &c->options, &sink), HVCI_OK);
  return c->recorder.count;
}

static const struct hvci_finding *only(struct claims *c, enum hvci_rule rule,
                                       enum hvci_certainty certainty,
                                       uint64_t at) {
  assert_int_equal(count(c), 1);
  const struct hvci_finding *finding = &c->recorder.last;
  assert_int_equal(finding->rule, rule);
  assert_int_equal(finding->certainty, certainty);
  assert_int_equal(finding->range.begin, at);
  return finding;
}

// ---- executable and writable -----------------------------------------------

static void an_option_that_says_both_is_certain(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  set(&c, ".text", "/SECTION:.text,ERW", RWX);
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_CERTAIN, 10);
  assert_string_equal(f->message,
                      "'/SECTION:.text,ERW' makes section '.text' executable "
                      "and writable; drop E or W");
  c.unit.pointer_width = 32;
  f = only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
  assert_string_equal(f->notes[0].text,
                      "memory integrity runs on 64-bit Windows only");
}

static void what_windows_strips_is_silent(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  set(&c, "INIT", "/SECTION:INIT,ERWD", RWX);
  content(&c, "INIT", "start", RX);
  content(&c, "INIT", "table", RW);
  assert_int_equal(count(&c), 0);
}

static void a_pragma_needs_content_to_be_certain(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  add(&c, HVCI_CLAIM_PRAGMA, "mixed", "", RWX);
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
  assert_string_equal(f->message,
                      "section 'mixed' may become executable and writable; "
                      "drop 'execute' or 'write', and keep code and data "
                      "apart");
  content(&c, "mixed", "table", RWX);
  f = only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_CERTAIN, 10);
  assert_string_equal(f->message,
                      "section 'mixed' is executable and writable; drop "
                      "'execute' or 'write', and keep code and data apart");
}

static void code_and_data_of_one_name_are_possible(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  content(&c, "PAGE", "read_all", RX);
  content(&c, "PAGE$b", "const_table", R);
  assert_int_equal(count(&c), 0);
  content(&c, "PAGE$a", "table", RW);
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 30);
  assert_string_equal(f->message,
                      "section 'PAGE' may become executable and writable, as "
                      "code and writable data meet in it; give each a section "
                      "of its own");
  assert_int_equal(f->note_count, 2);
  assert_int_equal(f->notes[0].range.begin, 30);
  assert_string_equal(f->notes[0].text, "'table' is writable data in 'PAGE$a'");
  assert_string_equal(f->notes[1].text, "'read_all' is code in 'PAGE'");
}

static void a_name_that_begins_another_is_another(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  content(&c, "PAGE", "read_all", RX);
  content(&c, "PAGEDATA", "table", RW);
  content(&c, "PAG", "other", RW);
  assert_int_equal(count(&c), 0);
}

static void data_among_the_compilers_code(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  content(&c, ".text", "table", RW);
  only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
  start(&c);
  content(&c, ".data", "run", RX);
  only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
}

static void a_merge_of_data_into_code_is_possible(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".data", ".text", "/MERGE:.data=.text");
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
  assert_string_equal(f->message,
                      "'/MERGE:.data=.text' may make section '.text' "
                      "executable and writable; do not merge writable data "
                      "and code");
  set(&c, ".text", "/SECTION:.text,ER", RX);
  assert_int_equal(count(&c), 0);
}

static void merges_of_what_is_alike_are_silent(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  content(&c, "_TEXT", "run", RX);
  merge(&c, "_TEXT", ".text", "/MERGE:_TEXT=.text");
  merge(&c, ".bss", ".data", "/MERGE:.bss=.data");
  merge(&c, ".rdata", ".data", "/MERGE:.rdata=.data");
  merge(&c, "_PAGE", "PAGE", "/MERGE:_PAGE=PAGE");
  set(&c, "INIT", "/SECTION:INIT,D", 0);
  c.at[c.count - 1].denied = 0;
  assert_int_equal(count(&c), 0);
}

static void a_chain_of_merges_brings_data_to_code(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, "b", "PAGE", "/MERGE:b=PAGE");
  merge(&c, "a", "b", "/MERGE:a=b");
  content(&c, "PAGE", "run", RX);
  assert_int_equal(count(&c), 0);
  content(&c, "a", "table", RW);
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
  assert_int_equal(f->note_count, 2);
  assert_string_equal(f->notes[0].text, "'table' is writable data in 'a'");
  assert_string_equal(f->notes[1].text, "'run' is code in 'PAGE'");
}

static void the_merge_to_blame_is_where_the_two_meet(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".bss", ".data", "/MERGE:.bss=.data");
  merge(&c, ".data", ".text", "/MERGE:.data=.text");
  only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 20);
  start(&c);
  merge(&c, "data", "code", "/MERGE:data=code");
  merge(&c, "code", "all", "/MERGE:code=all");
  content(&c, "code", "run", RX);
  content(&c, "data", "table", RW);
  only(&c, HVCI_RULE_EXECUTE_WRITE_SECTION, HVCI_POSSIBLE, 10);
}

static void circles_and_second_merges_lead_nowhere(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".text", "b", "/MERGE:.text=b");
  merge(&c, "b", ".text", "/MERGE:b=.text");
  merge(&c, "b", "b", "/MERGE:b=b");
  content(&c, "b", "table", RW);
  assert_int_equal(count(&c), 0);
  start(&c);
  merge(&c, ".data", "other", "/MERGE:.data=other");
  merge(&c, ".data", ".text", "/MERGE:.data=.text");
  assert_int_equal(count(&c), 0);
}

static void an_option_that_only_takes_away(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  content(&c, "PAGE", "run", RX);
  content(&c, "PAGE", "table", RW);
  set(&c, "PAGE", "/SECTION:PAGE,!R", 0);
  c.at[2].denied = R;
  assert_int_equal(count(&c), 1);
  c.at[2].denied = HVCI_ACCESS_WRITE;
  assert_int_equal(count(&c), 0);
}

// ---- the import table ------------------------------------------------------

static void imports_merged_into_code(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".rdata", ".text", "/MERGE:.rdata=.text");
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION, HVCI_CERTAIN, 10);
  assert_string_equal(f->message,
                      "'/MERGE:.rdata=.text' puts the import address table "
                      "into section '.text', which is executable; do not merge "
                      "it into code");
  start(&c);
  merge(&c, ".idata", ".text", "/MERGE:.idata=.text");
  only(&c, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION, HVCI_CERTAIN, 10);
}

static void imports_in_a_chain_of_merges(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".idata", ".rdata", "/MERGE:.idata=.rdata");
  merge(&c, ".rdata", "all", "/MERGE:.rdata=all");
  assert_int_equal(count(&c), 0);
  content(&c, "all", "run", RX);
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION, HVCI_CERTAIN, 20);
  assert_string_equal(f->notes[0].text, "'run' is code in 'all'");
}

static void imports_that_are_elsewhere(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".idata", ".data", "/MERGE:.idata=.data");
  merge(&c, ".rdata", ".text", "/MERGE:.rdata=.text");
  assert_int_equal(count(&c), 0);
}

static void an_option_makes_the_imports_executable(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  set(&c, ".rdata", "/SECTION:.rdata,ER", RX);
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION, HVCI_CERTAIN, 10);
  assert_string_equal(f->message,
                      "'/SECTION:.rdata,ER' makes section '.rdata' executable, "
                      "and the import address table lies in it; drop E");
}

static void code_beside_the_imports_is_possible(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  content(&c, ".rdata", "run", RX);
  only(&c, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION, HVCI_POSSIBLE, 10);
}

// ---- alignment -------------------------------------------------------------

static void alignments_below_a_page(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  struct hvci_claim *all = add(&c, HVCI_CLAIM_ALIGN, "", "/ALIGN:512", 0);
  all->alignment = 512;
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_SECTION_ALIGNMENT, HVCI_CERTAIN, 10);
  assert_string_equal(f->message,
                      "'/ALIGN:512' leaves sections unaligned to pages; use a "
                      "multiple of 4096, or leave it out");
  all->alignment = 8192;
  assert_int_equal(count(&c), 0);
}

static void a_sections_own_alignment_is_possible(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  set(&c, "own", "/SECTION:own,R,ALIGN=16", R);
  c.at[0].alignment = 16;
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_SECTION_ALIGNMENT, HVCI_POSSIBLE, 10);
  assert_string_equal(f->message,
                      "'/SECTION:own,R,ALIGN=16' may leave section 'own' "
                      "unaligned to pages; use a multiple of 4096");
}

static void dead_text_is_said_once(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  for (int i = 0; i < 3; i++) {
    struct hvci_claim *all = add(&c, HVCI_CLAIM_ALIGN, "", "/ALIGN:512", 0);
    all->alignment = 512;
    all->dead = true;
  }
  const struct hvci_finding *f =
      only(&c, HVCI_RULE_SECTION_ALIGNMENT, HVCI_UNDECIDED, 10);
  assert_string_equal(f->message,
                      "'/ALIGN:512' has no effect here: linkers take it from "
                      "their command line only");
}

// ---- hosts -----------------------------------------------------------------

static void no_claims_no_findings(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  assert_int_equal(count(&c), 0);
}

static void the_sinks_refusal_stops(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".rdata", ".text", "/MERGE:.rdata=.text");
  merge(&c, ".data", ".text", "/MERGE:.data=.text");
  c.recorder.answer = HVCI_ERROR_SINK;
  struct hvci_sink sink = sink_of(&c.recorder);
  struct hvci_layout_fact layout = {
      .claims = c.at, .claim_count = c.count, .unit = &c.unit};
  assert_int_equal(hvci_check_layout(&layout, &c.options, &sink),
                   HVCI_ERROR_SINK);
  assert_int_equal(c.recorder.count, 1);
}

static void a_rule_that_is_off_is_silent(void **state) {
  (void)state;
  struct claims c;
  start(&c);
  merge(&c, ".rdata", ".text", "/MERGE:.rdata=.text");
  c.options.off = hvci_layout_rules();
  assert_int_equal(count(&c), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_option_that_says_both_is_certain),
      cmocka_unit_test(what_windows_strips_is_silent),
      cmocka_unit_test(a_pragma_needs_content_to_be_certain),
      cmocka_unit_test(code_and_data_of_one_name_are_possible),
      cmocka_unit_test(a_name_that_begins_another_is_another),
      cmocka_unit_test(data_among_the_compilers_code),
      cmocka_unit_test(a_merge_of_data_into_code_is_possible),
      cmocka_unit_test(merges_of_what_is_alike_are_silent),
      cmocka_unit_test(a_chain_of_merges_brings_data_to_code),
      cmocka_unit_test(the_merge_to_blame_is_where_the_two_meet),
      cmocka_unit_test(circles_and_second_merges_lead_nowhere),
      cmocka_unit_test(an_option_that_only_takes_away),
      cmocka_unit_test(imports_merged_into_code),
      cmocka_unit_test(imports_in_a_chain_of_merges),
      cmocka_unit_test(imports_that_are_elsewhere),
      cmocka_unit_test(an_option_makes_the_imports_executable),
      cmocka_unit_test(code_beside_the_imports_is_possible),
      cmocka_unit_test(alignments_below_a_page),
      cmocka_unit_test(a_sections_own_alignment_is_possible),
      cmocka_unit_test(dead_text_is_said_once),
      cmocka_unit_test(no_claims_no_findings),
      cmocka_unit_test(the_sinks_refusal_stops),
      cmocka_unit_test(a_rule_that_is_off_is_silent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
