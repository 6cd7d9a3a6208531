// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_sarif.c - what a SARIF log says of findings, read back with jansson.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sarif.h"

#include "hvci/options.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct report report;
static struct hvci_options options;

static int set_up(void **state) {
  (void)state;
  report = (struct report){.findings = NULL};
  hvci_options_init(&options);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  report_free(&report);
  return 0;
}

static struct told *add(const char *file, const char *message, size_t notes) {
  struct told *told = report_add(&report, HVCI_RULE_EXECUTE_POOL_TYPE,
                                 HVCI_CERTAIN, message, notes);
  told->spot = (struct spot){.file = file, .line = 12, .column = 5};
  for (size_t i = 0; i < notes; i++)
    told->notes[i] = (struct told_note){.text = strdup("from here")};
  return told;
}

// The bytes, which the caller frees.
static char *write_log(void) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&bytes, &length);
  assert_non_null(out);
  assert_true(sarif_write(&report, &options, out));
  assert_int_equal(fclose(out), 0);
  assert_int_equal(strlen(bytes), length);
  return bytes;
}

static json_t *read_log(void) {
  char *bytes = write_log();
  json_error_t error;
  json_t *log = json_loads(bytes, JSON_REJECT_DUPLICATES, &error);
  free(bytes);
  assert_non_null(log);
  return log;
}

// The value behind keys and indices, "runs/0/results"; NULL if there is none.
static json_t *at(json_t *value, const char *path) {
  char copy[128], *rest = copy, *step;
  assert_true(strlen(path) < sizeof copy);
  strcpy(copy, path);
  while (value && (step = strsep(&rest, "/")))
    value = json_is_array(value)
                ? json_array_get(value, strtoul(step, NULL, 10))
                : json_object_get(value, step);
  return value;
}

static void assert_text(json_t *value, const char *path, const char *wanted) {
  const char *text = json_string_value(at(value, path));
  assert_non_null(text);
  assert_string_equal(text, wanted);
}

static void assert_number(json_t *value, const char *path, json_int_t wanted) {
  assert_true(json_is_integer(at(value, path)));
  assert_int_equal(json_integer_value(at(value, path)), wanted);
}

static void no_findings_are_an_empty_list(void **state) {
  (void)state;
  json_t *log = read_log();
  assert_text(log, "version", "2.1.0");
  assert_text(log, "runs/0/tool/driver/name", "hvcilint");
  assert_text(log, "runs/0/tool/driver/version", HVCI_VERSION);
  assert_true(json_is_array(at(log, "runs/0/results")));
  assert_int_equal(json_array_size(at(log, "runs/0/results")), 0);
  json_decref(log);
}

static void inputs_that_were_not_judged_are_no_success(void **state) {
  const char *path = "runs/0/invocations/0/executionSuccessful";
  (void)state;
  json_t *log = read_log();
  assert_true(json_is_true(at(log, path)));
  json_decref(log);
  report.incomplete = true;
  log = read_log();
  assert_true(json_is_false(at(log, path)));
  json_decref(log);
}

static void every_rule_has_a_row_at_its_index(void **state) {
  (void)state;
  json_t *log = read_log();
  json_t *rules = at(log, "runs/0/tool/driver/rules");
  assert_int_equal(json_array_size(rules), HVCI_RULE_COUNT);
  for (int r = 0; r < HVCI_RULE_COUNT; r++) {
    enum hvci_rule rule = (enum hvci_rule)r;
    json_t *row = json_array_get(rules, (size_t)r);
    unsigned code = hvci_rule_verifier_code(rule);
    assert_text(row, "id", hvci_rule_name(rule));
    assert_text(row, "shortDescription/text", hvci_rule_summary(rule));
    assert_true(!code == !at(row, "properties"));
  }
  assert_text(rules, "0/properties/verifierCode", "0x2000");
  json_decref(log);
}

static void a_finding_is_a_result(void **state) {
  (void)state;
  add("dir/a.c", "'f' allocates", 0);
  json_t *log = read_log();
  json_t *result = at(log, "runs/0/results/0");
  assert_text(result, "ruleId", "hvci-execute-pool-type");
  assert_number(result, "ruleIndex", HVCI_RULE_EXECUTE_POOL_TYPE);
  assert_text(result, "level", "warning");
  assert_text(result, "message/text", "'f' allocates");
  assert_text(result, "properties/certainty", "certain");
  json_t *place = at(result, "locations/0/physicalLocation");
  assert_text(place, "artifactLocation/uri", "dir/a.c");
  assert_number(place, "region/startLine", 12);
  assert_number(place, "region/startColumn", 5);
  assert_null(at(place, "address"));
  assert_null(at(result, "relatedLocations"));
  json_decref(log);
}

static void the_level_is_the_option_s(void **state) {
  (void)state;
  add("a.c", "x", 0)->certainty = HVCI_POSSIBLE;
  options.error = 1u << HVCI_RULE_EXECUTE_POOL_TYPE;
  json_t *log = read_log();
  assert_text(log, "runs/0/results/0/level", "error");
  assert_text(log, "runs/0/results/0/properties/certainty", "possible");
  json_decref(log);
}

static void notes_are_related_locations(void **state) {
  (void)state;
  struct told *told = add("a.c", "x", 2);
  told->notes[0].spot = (struct spot){.file = "b.h", .line = 3, .column = 1};
  json_t *log = read_log();
  json_t *notes = at(log, "runs/0/results/0/relatedLocations");
  assert_int_equal(json_array_size(notes), 2);
  assert_text(notes, "0/message/text", "from here");
  assert_text(notes, "0/physicalLocation/artifactLocation/uri", "b.h");
  assert_number(notes, "0/physicalLocation/region/startLine", 3);
  // As in the text: a note without a place stands at the finding's.
  assert_text(notes, "1/physicalLocation/artifactLocation/uri", "a.c");
  json_decref(log);
}

static void a_finding_without_a_place_has_no_location(void **state) {
  (void)state;
  add(NULL, "x", 1);
  json_t *log = read_log();
  json_t *result = at(log, "runs/0/results/0");
  assert_int_equal(json_array_size(at(result, "locations")), 0);
  assert_null(at(result, "relatedLocations/0/physicalLocation"));
  assert_text(result, "relatedLocations/0/message/text", "from here");
  json_decref(log);
}

static void lines_and_columns_that_are_unknown_are_left_out(void **state) {
  (void)state;
  add("a.c", "no column", 0)->spot.column = 0;
  add("b.c", "no line", 0)->spot = (struct spot){.file = "b.c"};
  json_t *log = read_log();
  json_t *results = at(log, "runs/0/results");
  json_t *region = at(results, "0/locations/0/physicalLocation/region");
  assert_number(region, "startLine", 12);
  assert_null(at(region, "startColumn"));
  assert_null(at(results, "1/locations/0/physicalLocation/region"));
  json_decref(log);
}

static void an_address_names_its_section(void **state) {
  (void)state;
  struct told *told = add("my driver.sys", "straddles", 0);
  told->spot = (struct spot){.file = "my driver.sys",
                             .has_address = true,
                             .address = 0x2FFC,
                             .section = ".rdata"};
  json_t *log = read_log();
  json_t *place = at(log, "runs/0/results/0/locations/0/physicalLocation");
  assert_text(place, "artifactLocation/uri", "my%20driver.sys");
  assert_number(place, "address/relativeAddress", 0x2FFC);
  assert_text(place, "address/kind", "data");
  assert_text(place, "address/fullyQualifiedName", ".rdata");
  assert_null(at(place, "region"));
  json_decref(log);
}

static void an_address_may_be_a_section_s(void **state) {
  (void)state;
  struct told *told = report_add(&report, HVCI_RULE_EXECUTE_WRITE_SECTION,
                                 HVCI_CERTAIN, "both", 0);
  told->spot = (struct spot){.file = "a.sys",
                             .has_address = true,
                             .address = 0x1000,
                             .section = "IN\xFFIT"};
  json_t *log = read_log();
  json_t *place = at(log, "runs/0/results/0/locations/0/physicalLocation");
  assert_number(place, "address/relativeAddress", 0x1000);
  assert_text(place, "address/kind", "section");
  assert_text(place, "address/name", "IN\xEF\xBF\xBDIT");
  assert_null(at(place, "address/fullyQualifiedName"));
  json_decref(log);
}

static void an_address_may_lie_in_no_section(void **state) {
  (void)state;
  add("a.sys", "x", 0)->spot =
      (struct spot){.file = "a.sys", .has_address = true, .section = ""};
  json_t *log = read_log();
  json_t *address =
      at(log, "runs/0/results/0/locations/0/physicalLocation/address");
  assert_int_equal(json_object_size(address), 1);
  assert_number(address, "relativeAddress", 0);
  json_decref(log);
}

static void bytes_that_are_no_utf8_are_replaced(void **state) {
  (void)state;
  add("a\xFF.c", "\xFFx\xC3\xA4y\xE2\x82", 0);
  json_t *log = read_log();
  json_t *result = at(log, "runs/0/results/0");
  assert_text(result, "message/text",
              "\xEF\xBF\xBDx\xC3\xA4y\xEF\xBF\xBD\xEF\xBF\xBD");
  assert_text(result, "locations/0/physicalLocation/artifactLocation/uri",
              "a%FF.c");
  json_decref(log);
}

static void controls_and_quotes_are_escaped(void **state) {
  (void)state;
  add("a.c", "say \"x\\y\"\n\x01\x7F", 0);
  char *bytes = write_log();
  assert_non_null(strstr(bytes, "say \\\"x\\\\y\\\"\\n\\u0001\x7F"));
  free(bytes);
}

static void the_same_findings_give_the_same_bytes(void **state) {
  (void)state;
  add("a.c", "x", 2);
  add("b.c", "y", 0);
  char *first = write_log(), *second = write_log();
  assert_string_equal(first, second);
  free(first);
  free(second);
}

static void a_full_disk_is_a_failure(void **state) {
  (void)state;
  char room[64];
  FILE *out = fmemopen(room, sizeof room, "w");
  assert_non_null(out);
  (void)setvbuf(out, NULL, _IONBF, 0);
  assert_false(sarif_write(&report, &options, out));
  (void)fclose(out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(no_findings_are_an_empty_list),
      TEST(inputs_that_were_not_judged_are_no_success),
      TEST(every_rule_has_a_row_at_its_index),
      TEST(a_finding_is_a_result),
      TEST(the_level_is_the_option_s),
      TEST(notes_are_related_locations),
      TEST(a_finding_without_a_place_has_no_location),
      TEST(lines_and_columns_that_are_unknown_are_left_out),
      TEST(an_address_names_its_section),
      TEST(an_address_may_be_a_section_s),
      TEST(an_address_may_lie_in_no_section),
      TEST(bytes_that_are_no_utf8_are_replaced),
      TEST(controls_and_quotes_are_escaped),
      TEST(the_same_findings_give_the_same_bytes),
      TEST(a_full_disk_is_a_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
