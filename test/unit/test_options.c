// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/options.h"

#include <stdio.h>
#include <stdlib.h>

#define POOL "hvci-execute-pool-type"
#define PROTECTION "hvci-execute-page-protection"
#define MAPPING "hvci-execute-page-mapping"
#define WRITE "hvci-execute-write-section"
#define ALIGNMENT "hvci-section-alignment"
#define RELOC "hvci-unsupported-reloc"

enum { ROOM = 2048 };

static void apply(struct hvci_options *options, const char *argument) {
  char error[ROOM] = "untouched";
  assert_int_equal(hvci_options_apply(options, argument, error, sizeof error),
                   HVCI_OK);
}

static bool same(const struct hvci_options *a, const struct hvci_options *b) {
  return a->off == b->off && a->only == b->only && a->error == b->error &&
         a->min_build == b->min_build &&
         a->unused_suppressions == b->unused_suppressions &&
         a->unknown == b->unknown && a->certain_only == b->certain_only;
}

/* Options that all differ from the default, to see that they stay. */
static struct hvci_options some_options(void) {
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "only=" POOL "," MAPPING);
  apply(&options, "off=" MAPPING);
  apply(&options, "error=" POOL);
  apply(&options, "min-os=1511");
  apply(&options, "unused-suppressions");
  apply(&options, "unknown");
  return options;
}

/* Refused, with the options as before; what was said is in `error`. */
static void refuse(const char *argument, char *error) {
  struct hvci_options options = some_options(), before = options;
  memset(error, '?', ROOM);
  assert_int_equal(hvci_options_apply(&options, argument, error, ROOM),
                   HVCI_ERROR_OPTION);
  assert_true(same(&options, &before));
  assert_non_null(memchr(error, '\0', ROOM));
}

static void assert_says(const char *text, const char *part) {
  if (!strstr(text, part))
    fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static unsigned on_of(const struct hvci_options *options) {
  unsigned on = 0;
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    on |= (unsigned)hvci_options_on(options, (enum hvci_rule)rule) << rule;
  return on;
}

enum { ALL = (1 << HVCI_RULE_COUNT) - 1 };

static unsigned bit(enum hvci_rule rule) { return 1u << rule; }

static void all_is_on_and_nothing_an_error_at_first(void **state) {
  (void)state;
  struct hvci_options options;
  memset(&options, 0xFF, sizeof options);
  hvci_options_init(&options);
  assert_int_equal(on_of(&options), ALL);
  assert_int_equal(options.error, 0);
  assert_int_equal(options.min_build, 0);
  assert_false(options.unused_suppressions);
  assert_false(options.unknown);
  assert_false(options.certain_only);
}

static void off_switches_the_named_rules_off(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  unsigned off =
      bit(HVCI_RULE_EXECUTE_POOL_TYPE) | bit(HVCI_RULE_UNSUPPORTED_RELOC);
  apply(&options, "off=" POOL "," RELOC);
  assert_int_equal(on_of(&options), ALL & ~off);
  off |= bit(HVCI_RULE_EXECUTE_PAGE_MAPPING);
  apply(&options, "off=" MAPPING);
  assert_int_equal(on_of(&options), ALL & ~off);
  apply(&options, "off=" MAPPING);
  assert_int_equal(on_of(&options), ALL & ~off);
}

static void only_switches_all_others_off(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "only=" POOL "," MAPPING);
  assert_int_equal(on_of(&options), bit(HVCI_RULE_EXECUTE_POOL_TYPE) |
                                        bit(HVCI_RULE_EXECUTE_PAGE_MAPPING));
}

// A rule that is both asked for and switched off stays off, in either order.
static void off_takes_from_only(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "only=" POOL "," MAPPING);
  apply(&options, "off=" POOL);
  assert_int_equal(on_of(&options), bit(HVCI_RULE_EXECUTE_PAGE_MAPPING));

  hvci_options_init(&options);
  apply(&options, "off=" POOL);
  apply(&options, "only=" POOL "," MAPPING);
  assert_int_equal(on_of(&options), bit(HVCI_RULE_EXECUTE_PAGE_MAPPING));
}

// Two that exclude each other must not leave a run that finds nothing.
static void a_second_only_adds_to_the_first(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "only=" POOL);
  apply(&options, "only=" MAPPING);
  assert_int_equal(on_of(&options), bit(HVCI_RULE_EXECUTE_POOL_TYPE) |
                                        bit(HVCI_RULE_EXECUTE_PAGE_MAPPING));
}

static void error_makes_the_named_rules_errors(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "error=" PROTECTION);
  assert_int_equal(options.error, bit(HVCI_RULE_EXECUTE_PAGE_PROTECTION));
  apply(&options, "error=" RELOC "," RELOC);
  assert_int_equal(options.error, bit(HVCI_RULE_EXECUTE_PAGE_PROTECTION) |
                                      bit(HVCI_RULE_UNSUPPORTED_RELOC));
  assert_int_equal(on_of(&options), ALL);
}

static void each_rule_can_be_named_alone(void **state) {
  (void)state;
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++) {
    char argument[80];
    struct hvci_options options;
    hvci_options_init(&options);
    (void)snprintf(argument, sizeof argument, "only=%s",
                   hvci_rule_name((enum hvci_rule)rule));
    apply(&options, argument);
    assert_int_equal(on_of(&options), bit((enum hvci_rule)rule));
  }
}

static void min_os_takes_a_release_or_a_build(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "min-os=1703");
  assert_int_equal(options.min_build, 15063);
  apply(&options, "min-os=10.0.14393");
  assert_int_equal(options.min_build, 14393);
  apply(&options, "min-os=22H2");
  assert_int_equal(options.min_build, 19045);
}

static void switches_switch_on(void **state) {
  (void)state;
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "unknown");
  assert_true(options.unknown);
  assert_false(options.unused_suppressions);
  hvci_options_init(&options);
  apply(&options, "unused-suppressions");
  apply(&options, "unused-suppressions");
  assert_true(options.unused_suppressions);
  assert_false(options.unknown);
  assert_false(options.certain_only);
  apply(&options, "certain-only");
  assert_true(options.certain_only);
}

static void config_names_a_file(void **state) {
  (void)state;
  struct hvci_options options;
  char error[ROOM];
  hvci_options_init(&options);
  assert_null(options.config);
  apply(&options, "config=a=b.yaml");
  assert_string_equal(options.config, "a=b.yaml");
  refuse("config", error);
  assert_string_equal(error, "'config' needs a value: config=<file>");
  refuse("config=", error);
  assert_string_equal(error, "'config=' names no file");
}

static void an_argument_that_does_not_exist_lists_those_that_do(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",        "=",        "=x",       "onl",       "only2=x",   "ONLY=" POOL,
      "Unknown", "unknown ", " unknown", "off:" POOL, "--unknown", POOL};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char error[ROOM], quoted[80];
    refuse(bad[i], error);
    (void)snprintf(quoted, sizeof quoted, "unknown argument '%s'", bad[i]);
    assert_says(error, quoted);
    assert_says(error, "valid arguments are only=<rules>, off=<rules>, "
                       "error=<rules>, min-os=<release>, config=<file>, "
                       "unused-suppressions, unknown, certain-only");
  }
}

static void a_missing_value_is_asked_for(void **state) {
  (void)state;
  char error[ROOM];
  refuse("only", error);
  assert_string_equal(error, "'only' needs a value: only=<rules>");
  refuse("off", error);
  assert_string_equal(error, "'off' needs a value: off=<rules>");
  refuse("error", error);
  assert_string_equal(error, "'error' needs a value: error=<rules>");
  refuse("min-os", error);
  assert_string_equal(error, "'min-os' needs a value: min-os=<release>");
}

static void a_value_that_is_not_taken_is_refused(void **state) {
  (void)state;
  char error[ROOM];
  refuse("unknown=", error);
  assert_string_equal(error, "'unknown' takes no value");
  refuse("unused-suppressions=1", error);
  assert_string_equal(error, "'unused-suppressions' takes no value");
}

static void a_rule_that_does_not_exist_lists_those_that_do(void **state) {
  (void)state;
  static const struct {
    const char *argument, *quoted;
  } bad[] = {
      {"only=", "unknown rule '' in 'only='"},
      {"off=", "unknown rule '' in 'off='"},
      {"error=", "unknown rule '' in 'error='"},
      {"off=,", "unknown rule '' in"},
      {"off=" POOL ",", "unknown rule '' in"},
      {"off=," POOL, "unknown rule '' in"},
      {"off=" POOL ",," RELOC, "unknown rule '' in"},
      {"off=" POOL ", " RELOC, "unknown rule ' " RELOC "' in"},
      {"off=execute-pool-type", "unknown rule 'execute-pool-type' in"},
      {"off=" POOL "x", "unknown rule '" POOL "x' in"},
      {"off=" POOL "=" RELOC, "unknown rule '" POOL "=" RELOC "' in"},
      {"off=all", "unknown rule 'all' in"},
      {"error=" POOL "," RELOC ",no", "unknown rule 'no' in 'error='"},
      {"only=no," POOL, "unknown rule 'no' in 'only='"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char error[ROOM];
    refuse(bad[i].argument, error);
    assert_says(error, bad[i].quoted);
    assert_says(error, "valid rules are " POOL ", " PROTECTION ", " MAPPING
                       ", " WRITE ", " ALIGNMENT ", " RELOC);
  }
}

static void a_release_that_does_not_exist_lists_those_that_do(void **state) {
  (void)state;
  static const char *const bad[] = {"",          "1704",   "10.0.x",
                                    "10.0.0",    "10.0.",  "10.0.15063 ",
                                    "1703,1709", "10.0.-1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char error[ROOM], argument[40], quoted[80];
    (void)snprintf(argument, sizeof argument, "min-os=%s", bad[i]);
    refuse(argument, error);
    (void)snprintf(quoted, sizeof quoted,
                   "unknown release '%s' in 'min-os='; valid releases are "
                   "1507, 1511, 1607, 1703, ",
                   bad[i]);
    assert_says(error, quoted);
    assert_says(error, "25H2, or a build such as 10.0.15063");
  }
}

static void what_is_wrong_is_quoted_at_most_at_60_bytes(void **state) {
  (void)state;
  char argument[200], error[ROOM], expected[120];
  memset(argument, 'a', sizeof argument - 1);
  argument[sizeof argument - 1] = '\0';
  (void)snprintf(expected, sizeof expected, "'%.60s';", argument);
  refuse(argument, error);
  assert_says(error, expected);

  memcpy(argument, "off=", 4);
  (void)snprintf(expected, sizeof expected, "'%.60s' in", argument + 4);
  refuse(argument, error);
  assert_says(error, expected);

  memcpy(argument, "min-os=", 7);
  (void)snprintf(expected, sizeof expected, "'%.60s' in", argument + 7);
  refuse(argument, error);
  assert_says(error, expected);
}

// Each size in memory of its own, so that a byte too many is seen.
static void an_error_is_cut_to_its_buffer(void **state) {
  (void)state;
  static const char *const bad[] = {"nothing", "only", "unknown=1", "off=no",
                                    "min-os=2"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char whole[ROOM];
    refuse(bad[i], whole);
    for (size_t size = 1; size <= strlen(whole) + 2; size++) {
      struct hvci_options options = some_options();
      char *error = malloc(size);
      assert_non_null(error);
      memset(error, '?', size);
      assert_int_equal(hvci_options_apply(&options, bad[i], error, size),
                       HVCI_ERROR_OPTION);
      size_t kept = size <= strlen(whole) ? size - 1 : strlen(whole);
      assert_int_equal(strlen(error), kept);
      assert_memory_equal(error, whole, kept);
      free(error);
    }
  }
}

static void an_error_may_go_nowhere(void **state) {
  (void)state;
  static const char *const bad[] = {"nothing", "only", "unknown=1", "off=no",
                                    "min-os=2"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct hvci_options options = some_options();
    char byte = '?';
    assert_int_equal(hvci_options_apply(&options, bad[i], &byte, 0),
                     HVCI_ERROR_OPTION);
    assert_int_equal(byte, '?');
    assert_int_equal(hvci_options_apply(&options, bad[i], NULL, 0),
                     HVCI_ERROR_OPTION);
  }
}

static void help_names_every_option_and_rule(void **state) {
  (void)state;
  char help[2048];
  memset(help, '?', sizeof help);
  hvci_options_help(help, sizeof help);
  assert_in_range(strlen(help), 100, sizeof help - 2); // nothing is cut
  assert_int_equal(help[strlen(help) - 1], '\n');
#define HVCI_OPTION(name, apply, value, text)                                  \
  assert_says(help, "  " name);                                                \
  assert_says(help, text);
#include "options.def"
  assert_says(help, "  only=<rules>\n");
  assert_says(help, "  unknown\n");
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    assert_says(help, hvci_rule_name((enum hvci_rule)rule));
}

static void help_is_cut_to_its_buffer(void **state) {
  (void)state;
  char whole[2048];
  hvci_options_help(whole, sizeof whole);
  for (size_t size = 1; size <= strlen(whole) + 2; size++) {
    char *help = malloc(size);
    assert_non_null(help);
    memset(help, '?', size);
    hvci_options_help(help, size);
    size_t kept = size <= strlen(whole) ? size - 1 : strlen(whole);
    assert_int_equal(strlen(help), kept);
    assert_memory_equal(help, whole, kept);
    free(help);
  }
  hvci_options_help(NULL, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_is_on_and_nothing_an_error_at_first),
      cmocka_unit_test(off_switches_the_named_rules_off),
      cmocka_unit_test(only_switches_all_others_off),
      cmocka_unit_test(off_takes_from_only),
      cmocka_unit_test(a_second_only_adds_to_the_first),
      cmocka_unit_test(error_makes_the_named_rules_errors),
      cmocka_unit_test(each_rule_can_be_named_alone),
      cmocka_unit_test(min_os_takes_a_release_or_a_build),
      cmocka_unit_test(switches_switch_on),
      cmocka_unit_test(config_names_a_file),
      cmocka_unit_test(an_argument_that_does_not_exist_lists_those_that_do),
      cmocka_unit_test(a_missing_value_is_asked_for),
      cmocka_unit_test(a_value_that_is_not_taken_is_refused),
      cmocka_unit_test(a_rule_that_does_not_exist_lists_those_that_do),
      cmocka_unit_test(a_release_that_does_not_exist_lists_those_that_do),
      cmocka_unit_test(what_is_wrong_is_quoted_at_most_at_60_bytes),
      cmocka_unit_test(an_error_is_cut_to_its_buffer),
      cmocka_unit_test(an_error_may_go_nowhere),
      cmocka_unit_test(help_names_every_option_and_rule),
      cmocka_unit_test(help_is_cut_to_its_buffer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
