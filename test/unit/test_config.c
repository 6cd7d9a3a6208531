// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/config.h"

#include <stdio.h>
#include <stdlib.h>

#define POOL "hvci-execute-pool-type"
#define MAPPING "hvci-execute-page-mapping"

static const char folder[] = "/src/driver";

static struct hvci_config *read_bytes(const char *text, size_t length,
                                      struct hvci_config_error *error) {
  memset(error, '?', sizeof *error);
  // A copy of that very size: a read behind it is seen.
  char *copy = malloc(length ? length : 1);
  assert_non_null(copy);
  memcpy(copy, text, length);
  struct hvci_config *config = hvci_config_parse(copy, length, folder, error);
  free(copy);
  return config;
}

static struct hvci_config *read_text(const char *text) {
  struct hvci_config_error error;
  struct hvci_config *config = read_bytes(text, strlen(text), &error);
  if (!config)
    fail_msg("%u:%u: %s in\n%s", error.line, error.column, error.text, text);
  return config;
}

static struct hvci_options options_of(const struct hvci_config *config) {
  struct hvci_options options;
  hvci_options_init(&options);
  hvci_config_apply(config, &options);
  return options;
}

static void an_empty_file_configures_nothing(void **state) {
  (void)state;
  static const char *const empty[] = {"",
                                      "\n",
                                      "# no\n",
                                      "---\n",
                                      "---\n...\n",
                                      "{}",
                                      "\xEF\xBB\xBF# no",
                                      "sinks: []\n",
                                      "rules: {}\n",
                                      "exclude: []"};
  for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
    struct hvci_config *config = read_text(empty[i]);
    struct hvci_options options = options_of(config);
    assert_int_equal(options.sink_count, 0);
    assert_int_equal(options.off | options.error | options.min_build, 0);
    assert_false(hvci_config_excludes(config, "/src/driver/a.c"));
    hvci_config_free(config);
  }
  hvci_config_free(NULL);
}

static void a_sink_is_a_row_before_the_catalogue(void **state) {
  (void)state;
  struct hvci_config *config = read_text(
      "sinks:\n"
      "  - function: MyAllocate\n"
      "    parameter: 1\n"
      "    kind: pool-type\n"
      "  - {kind: page-protection, parameter: 0, function: Pool::Map}\n"
      "  - {field: CONFIG.PoolType, kind: pool-type}\n"
      "  - {function: Executable, kind: any-memory}\n"
      "  - {function: ExAllocatePool, parameter: 31, kind: vp-pool-type}\n");
  struct hvci_options options = options_of(config);
  assert_int_equal(options.sink_count, 5);

  const struct hvci_ddi *row = hvci_options_ddi(&options, "MyAllocate");
  assert_non_null(row);
  assert_string_equal(row->callee, "MyAllocate");
  assert_int_equal(row->kind, HVCI_KIND_POOL_TYPE);
  assert_int_equal(row->argument, 1);
  assert_int_equal(row->condition, HVCI_CONDITION_ALWAYS);
  assert_int_equal(row->condition_argument, HVCI_NOARG);
  assert_int_equal(row->doubt, HVCI_DOUBT_NONE);

  row = hvci_options_ddi(&options, "Pool::Map");
  assert_int_equal(row->kind, HVCI_KIND_PAGE_PROTECTION);
  assert_int_equal(row->argument, 0);
  row = hvci_options_ddi(&options, "CONFIG.PoolType");
  assert_int_equal(row->kind, HVCI_KIND_POOL_TYPE);
  assert_int_equal(row->argument, 0);
  row = hvci_options_ddi(&options, "Executable");
  assert_int_equal(row->kind, HVCI_KIND_ANY_MEMORY);
  assert_int_equal(row->argument, HVCI_NOARG);
  row = hvci_options_ddi(&options, "ExAllocatePool");
  assert_int_equal(row->kind, HVCI_KIND_VP_POOL_TYPE);
  assert_int_equal(row->argument, 31);
  row = hvci_options_ddi(&options, "ExAllocatePoolWithTag");
  assert_ptr_equal(row, hvci_ddi_find("ExAllocatePoolWithTag"));
  assert_null(hvci_options_ddi(&options, "MyAllocat"));
  hvci_config_free(config);
}

/* Each kind of the table can be taught, by its name in lower case. */
static void each_kind_has_a_name(void **state) {
  (void)state;
  static const char *const ids[] = {
#define HVCI_KIND(id, rule, mask, want, equal, warning, name) #id,
#include "kinds.def"
  };
  for (int kind = 0; kind < HVCI_KIND_COUNT; kind++) {
    char name[64], text[128];
    size_t n = 0;
    for (; ids[kind][n]; n++)
      name[n] = ids[kind][n] == '_' ? '-' : (char)(ids[kind][n] | 0x20);
    name[n] = '\0';
    (void)snprintf(text, sizeof text,
                   "sinks: [{function: F, parameter: 2, kind: %s}]", name);
    struct hvci_config *config = read_text(text);
    struct hvci_options options = options_of(config);
    assert_int_equal(hvci_options_ddi(&options, "F")->kind, kind);
    hvci_config_free(config);
  }
}

static unsigned bit(enum hvci_rule rule) { return 1u << rule; }

static void rules_have_severities(void **state) {
  (void)state;
  struct hvci_config *config = read_text("rules:\n"
                                         "  " POOL ": error\n"
                                         "  " MAPPING ": off\n"
                                         "  hvci-unsupported-reloc: warning\n"
                                         "min-os: 1703\n");
  struct hvci_options options = options_of(config);
  assert_int_equal(options.error, bit(HVCI_RULE_EXECUTE_POOL_TYPE));
  assert_int_equal(options.off, bit(HVCI_RULE_EXECUTE_PAGE_MAPPING));
  assert_int_equal(options.min_build, 15063);
  hvci_config_free(config);
}

static void apply(struct hvci_options *options, const char *argument) {
  char error[2048];
  assert_int_equal(hvci_options_apply(options, argument, error, sizeof error),
                   HVCI_OK);
}

static void arguments_win(void **state) {
  (void)state;
  struct hvci_config *config = read_text("rules:\n"
                                         "  " POOL ": error\n"
                                         "  " MAPPING ": off\n"
                                         "min-os: 1703\n");
  struct hvci_options options;
  hvci_options_init(&options);
  apply(&options, "off=" POOL);
  apply(&options, "error=" MAPPING);
  apply(&options, "min-os=1507");
  hvci_config_apply(config, &options);
  assert_false(hvci_options_on(&options, HVCI_RULE_EXECUTE_POOL_TYPE));
  assert_true(hvci_options_on(&options, HVCI_RULE_EXECUTE_PAGE_MAPPING));
  assert_true(options.error & bit(HVCI_RULE_EXECUTE_PAGE_MAPPING));
  assert_int_equal(options.min_build, 10240);

  hvci_options_init(&options);
  apply(&options, "only=" MAPPING);
  hvci_config_apply(config, &options);
  assert_true(hvci_options_on(&options, HVCI_RULE_EXECUTE_PAGE_MAPPING));
  hvci_config_free(config);
}

static void globs_exclude(void **state) {
  (void)state;
  static const struct {
    const char *glob, *path;
    bool excluded;
  } cases[] = {
      {"third_party/**", "/src/driver/third_party/a.c", true},
      {"third_party/**", "/src/driver/third_party/a/b.c", true},
      {"third_party/**", "/src/driver/third_party2/b.c", false},
      {"third_party/**", "/src/driver/x/third_party/b.c", false},
      {"third_party/**", "/src/third_party/b.c", false},
      {"third_party", "/src/driver/third_party/a/b.c", true},
      {"third_party/", "/src/driver/third_party/a.c", true},
      {"./third_party", "/src/driver/third_party/a.c", true},
      {"THIRD_Party\\**", "/src/driver/third_party/a.c", true},
      {"third_party\\a.c", "\\src\\DRIVER\\third_party\\a.c", true},
      {"*.c", "/src/driver/a.c", true},
      {"*.c", "/src/driver/a.cpp", false},
      {"*.c", "/src/driver/x/a.c", false},
      {"**/*.c", "/src/driver/a.c", true},
      {"**/*.c", "/src/driver/x/y/a.c", true},
      {"**/gen", "/src/driver/x/gen/y/a.c", true},
      {"a?.c", "/src/driver/ab.c", true},
      {"a?.c", "/src/driver/a/.c", false},
      {"a[bc].c", "/src/driver/ac.c", true},
      {"a[!bc].c", "/src/driver/ac.c", false},
      {"a{b,c}.c", "/src/driver/ab.c", false},
      {"a(b).c", "/src/driver/a(b).c", true},
      {"a.c", "/src/driver/abc", false},
      {"../shared/**", "/src/shared/a.h", true},
      {"../shared/**", "/src/driver/shared/a.h", false},
      {"../../x.h", "/x.h", true},
      {"../../../x.h", "/x.h", true},
      {"/opt/kit/**", "/opt/kit/a/b.h", true},
      {"/opt/kit", "/opt/kit/a/b.h", true},
      {"C:\\kit\\**", "c:/KIT/a.h", true},
      {"C:\\kit\\**", "/src/driver/C:/kit/a.h", false},
      {"**", "/src/driver/a/b.c", true},
      {"**", "/src/a.c", false},
      {"a.c", "a.c", false},
      {"a.c", "", false},
      {"\xC3\xBC?.c", "/src/driver/\xC3\x9C\xC3\xA4.c", true},
      {"?.c", "/src/driver/\xFF.c", false}, // no character of UTF-8
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[128];
    (void)snprintf(text, sizeof text, "exclude: ['%s']", cases[i].glob);
    struct hvci_config *config = read_text(text);
    if (hvci_config_excludes(config, cases[i].path) != cases[i].excluded)
      fail_msg("'%s' %s '%s'", cases[i].glob,
               cases[i].excluded ? "does not exclude" : "excludes",
               cases[i].path);
    hvci_config_free(config);
  }
  struct hvci_config *config = read_text("exclude:\n  - a\n  - b/*.c\n");
  assert_true(hvci_config_excludes(config, "/src/driver/a"));
  assert_true(hvci_config_excludes(config, "/src/driver/b/x.c"));
  assert_false(hvci_config_excludes(config, "/src/driver/c"));
  hvci_config_free(config);
}

/* ---- errors ------------------------------------------------------------ */

struct wrong {
  const char *text;
  unsigned line, column;
  const char *error;
};

#define SEVERITIES "off, warning, error"
#define SINK "{function: F, parameter: 0, kind: pool-type}"

static void what_is_wrong_is_said_where(void **state) {
  (void)state;
  static const struct wrong cases[] = {
      // keys
      {"sinsk: []", 1, 1, "unknown key 'sinsk'; did you mean 'sinks'?"},
      {"# c\r\n\r\nExclude: []", 3, 1,
       "unknown key 'Exclude'; did you mean 'exclude'?"},
      {"min_os: 1703", 1, 1, "unknown key 'min_os'; did you mean 'min-os'?"},
      {"Checks: x", 1, 1,
       "unknown key 'Checks'; valid are sinks, rules, exclude, min-os, gate"},
      {"sinks:\n  - name: F\n", 2, 5,
       "unknown key 'name'; valid are function, field, parameter, kind"},
      {"sinks:\n- function: F\n  param: 1\n", 3, 3,
       "unknown key 'param'; did you mean 'parameter'?"},
      {"\"\\e[31m\": 1", 1, 1,
       "unknown key '?[31m'; valid are sinks, rules, exclude, min-os, gate"},
      {"'': 1", 1, 1, "a key must be a name"},
      {"? [a]\n: 1", 1, 3, "a key must be a name"},
      {"rules: {}\nrules: {}", 2, 1, "'rules' stands here twice"},
      {"rules:\n  " POOL ": off\n  " POOL ": off\n", 3, 3,
       "'" POOL "' stands here twice"},
      // types
      {"[]", 1, 1, "the file must be a mapping, not a list"},
      {"- a", 1, 1, "the file must be a mapping, not a list"},
      {"sinks", 1, 1, "the file must be a mapping, not 'sinks'"},
      {"sinks:\n", 1, 7, "'sinks' takes a list of sinks, not nothing"},
      {"sinks: {}\n", 1, 8, "'sinks' takes a list of sinks, not a mapping"},
      {"sinks: F\n", 1, 8, "'sinks' takes a list of sinks, not 'F'"},
      {"sinks: [F]\n", 1, 9, "'sinks' takes a list of sinks, not 'F'"},
      {"sinks: [[]]\n", 1, 9, "'sinks' takes a list of sinks, not a list"},
      {"rules: []\n", 1, 8,
       "'rules' takes a severity for each rule, not a list"},
      {"rules: off\n", 1, 8,
       "'rules' takes a severity for each rule, not 'off'"},
      {"rules:\n  " POOL ": [off]\n", 2, 27,
       "'" POOL "' takes a severity, not a list"},
      {"rules:\n  " POOL ":\n", 2, 26,
       "'" POOL "' takes a severity, not nothing"},
      {"exclude: a\n", 1, 10, "'exclude' takes a list of globs, not 'a'"},
      {"exclude: [{a: b}]\n", 1, 11,
       "'exclude' takes a list of globs, not a mapping"},
      {"exclude: ['']\n", 1, 11,
       "'exclude' takes a list of globs, not nothing"},
      {"min-os: [1703]\n", 1, 9,
       "'min-os' takes a Windows release, not a list"},
      // values
      {"rules: {execute-pool-type: off}", 1, 9,
       "unknown rule 'execute-pool-type'; did you mean '" POOL "'?"},
      {"rules: {" POOL ": none}", 1, 33,
       "unknown severity 'none'; valid are " SEVERITIES},
      {"rules: {" POOL ": false}", 1, 33,
       "unknown severity 'false'; valid are " SEVERITIES},
      {"rules: {" POOL ": Off}", 1, 33,
       "unknown severity 'Off'; did you mean 'off'?"},
      {"rules: {" POOL ": erorr}", 1, 33,
       "unknown severity 'erorr'; did you mean 'error'?"},
      {"min-os: 1702", 1, 9, "unknown release '1702'; did you mean '1703'?"},
      {"exclude: ['a[']", 1, 11,
       "'a[' is no glob: missing terminating ] for character class"},
      {"exclude: ['a/../b']", 1, 11,
       "'a/../b' is no glob: '.' and '..' may only lead"},
      {"exclude: ['../']", 1, 11,
       "'../' is no glob: '.' and '..' may only lead"},
      {"exclude: ['/']", 1, 11, "'/' is no glob: it names no file"},
      // sinks
      {"sinks: [{}]", 1, 9, "a sink needs 'function' or 'field'"},
      {"sinks: [{kind: pool-type}]", 1, 9,
       "a sink needs 'function' or 'field'"},
      {"sinks: [{function: F}]", 1, 9, "a sink needs 'kind'"},
      {"sinks: [{function: F, kind: pool-type}]", 1, 9,
       "a function of kind 'pool-type' needs 'parameter'"},
      {"sinks: [{function: F, field: A.b, kind: pool-type}]", 1, 30,
       "a sink is a function or a field, not both"},
      {"sinks: [{field: A.b, parameter: 0, kind: pool-type}]", 1, 9,
       "a field has no 'parameter'"},
      {"sinks: [{field: A.b, kind: any-memory}]", 1, 9,
       "a field cannot be of kind 'any-memory'"},
      {"sinks: [" SINK ", " SINK "]", 1, 66, "'F' is a sink already"},
      {"sinks: [{function: }]", 1, 20,
       "'function' takes a function's name, not nothing"},
      {"sinks: [{function: [F]}]", 1, 20,
       "'function' takes a function's name, not a list"},
      {"sinks: [{function: 'F G'}]", 1, 20,
       "'F G' is no function: write Function or Class::Method"},
      {"sinks: [{function: 'F()'}]", 1, 20,
       "'F()' is no function: write Function or Class::Method"},
      {"sinks: [{function: '::F'}]", 1, 20,
       "'::F' is no function: write Function or Class::Method"},
      {"sinks: [{function: 'A::'}]", 1, 20,
       "'A::' is no function: write Function or Class::Method"},
      {"sinks: [{function: 'A::B::C'}]", 1, 20,
       "'A::B::C' is no function: write Function or Class::Method"},
      {"sinks: [{field: A.b.c}]", 1, 17,
       "'A.b.c' is no field: write Structure.Field"},
      {"sinks: [{function: 1F}]", 1, 20,
       "'1F' is no function: write Function or Class::Method"},
      {"sinks: [{field: A}]", 1, 17, "'A' is no field: write Structure.Field"},
      {"sinks: [{parameter: -1}]", 1, 21,
       "'parameter' takes a number from 0 to 31, not '-1'"},
      {"sinks: [{parameter: 32}]", 1, 21,
       "'parameter' takes a number from 0 to 31, not '32'"},
      {"sinks: [{parameter: 99999999999999999999}]", 1, 21,
       "'parameter' takes a number from 0 to 31, not '99999999999999999999'"},
      {"sinks: [{parameter: Type}]", 1, 21,
       "'parameter' takes a number from 0 to 31, not 'Type'"},
      {"sinks: [{parameter: 1.0}]", 1, 21,
       "'parameter' takes a number from 0 to 31, not '1.0'"},
      {"sinks: [{kind: pool_type}]", 1, 16,
       "unknown kind 'pool_type'; did you mean 'pool-type'?"},
      {"sinks: [{kind: POOL_FLAGS}]", 1, 16,
       "unknown kind 'POOL_FLAGS'; did you mean 'pool-flags'?"},
      // YAML
      {"rules: &a {}", 1, 8, "anchors and aliases are not supported"},
      {"rules: *a", 1, 8, "anchors and aliases are not supported"},
      {"rules: !!map {}", 1, 8, "tags are not supported"},
      {"!x {}", 1, 1, "tags are not supported"},
      {"<<: {}", 1, 1,
       "unknown key '<<'; valid are sinks, rules, exclude, min-os, gate"},
      {"{}\n---\n{}", 2, 1, "a second document is not allowed"},
      {"sinks:\n\t- a", 2, 1, "a tab cannot stand here; use spaces"},
      {"exclude: [\"\\0\"]", 1, 11, "a value cannot hold a NUL character"},
      {"exclude: [a]]", 1, 13,
       "not YAML: did not find expected key while parsing a block mapping"},
      {"rules: {", 1, 9,
       "not YAML: did not find expected node content while parsing a flow "
       "node"},
      {"exclude: ['\xC3\xBC', &a b]", 1, 17,
       "anchors and aliases are not supported"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct wrong *wrong = &cases[i];
    struct hvci_config_error error;
    struct hvci_config *config =
        read_bytes(wrong->text, strlen(wrong->text), &error);
    if (config || error.line != wrong->line || error.column != wrong->column ||
        strcmp(error.text, wrong->error) != 0)
      fail_msg("%s\nnot   %u:%u: %s\nbut   %u:%u: %s", wrong->text, wrong->line,
               wrong->column, wrong->error, error.line, error.column,
               error.text);
  }
}

/* Refused, with one line that ends in NUL and says this much. */
static void refuse_bytes(const char *text, size_t length, const char *part) {
  struct hvci_config_error error;
  assert_null(read_bytes(text, length, &error));
  assert_non_null(memchr(error.text, '\0', sizeof error.text));
  if (!strstr(error.text, part))
    fail_msg("\"%s\" does not say \"%s\"", error.text, part);
}

static void bytes_that_are_no_text_are_refused(void **state) {
  (void)state;
  refuse_bytes("rules: {}\n\0", 11, "not UTF-8 text: ");
  refuse_bytes("a: \xFF", 4, "not UTF-8 text: ");
  refuse_bytes("\xFF\xFE{\0}\0", 6, "not UTF-8 text: ");
  refuse_bytes("\xC3", 1, "not UTF-8 text: ");
  refuse_bytes("a: \x1B", 4, "not UTF-8 text: ");
}

static void bombs_are_refused_at_once(void **state) {
  (void)state;
  static const char *const units[] = {"[",   "{",    "[a,", "{a: ", "? ",
                                      "- ",  "a:\n", "[[",  "?[",   "&a ",
                                      "!a ", "\"",   "'",   "%",    "|\n"};
  size_t size = HVCI_CONFIG_MAX_BYTES;
  char *text = malloc(size + 1);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    size_t length = strlen(units[i]);
    for (size_t at = 0; at < size; at++)
      text[at] = units[i][at % length];
    refuse_bytes(text, size, "");
  }
  memset(text, '\n', size + 1);
  refuse_bytes(text, size + 1, "the file is longer than 262144 bytes");
  struct hvci_config_error error;
  struct hvci_config *config = read_bytes(text, size, &error);
  assert_non_null(config);
  hvci_config_free(config);
  free(text);
}

static const char sample[] = "# a comment \xC3\xBC\n"
                             "sinks:\n"
                             "  - function: MyAllocate\n"
                             "    parameter: 1\n"
                             "    kind: pool-type\n"
                             "  - {field: \"A.b\", kind: 'mdl-priority'}\n"
                             "rules:\n"
                             "  " POOL ": error\n"
                             "exclude: [third_party/**, '../x[ab]/*']\n"
                             "min-os: 1703\n";

/* Whatever is done to a file, it is read or refused with a place in it. */
static void damaged_files_are_read_or_refused(void **state) {
  (void)state;
  static const char bytes[] =
      "[]{},:#&*!|>'\"%@`-? \t\n\r\\/.0a\xC3\x80\xFF\x01";
  uint64_t seed = 3;
  size_t length = sizeof sample - 1;
  char text[2 * sizeof sample];
  for (int round = 0; round < 20000; round++) {
    size_t size = length;
    memcpy(text, sample, length);
    for (uint64_t n = next_random(&seed) % 4 + 1; n > 0; n--) {
      size_t at = next_random(&seed) % size;
      size_t count = next_random(&seed) % 8 + 1;
      switch (next_random(&seed) % 3) {
      case 0: // replace
        text[at] = bytes[next_random(&seed) % sizeof bytes];
        break;
      case 1: // drop
        if (at + count < size) {
          memmove(text + at, text + at + count, size - at - count);
          size -= count;
        }
        break;
      default: // double
        if (at + count < size) {
          memmove(text + at + count, text + at, size - at);
          size += count;
        }
        break;
      }
    }
    struct hvci_config_error error;
    struct hvci_config *config = read_bytes(text, size, &error);
    if (config) {
      (void)hvci_config_excludes(config, "/src/driver/third_party/a");
    } else {
      assert_non_null(memchr(error.text, '\0', sizeof error.text));
      assert_true(error.text[0] != '\0');
      assert_null(strpbrk(error.text, "\n\r"));
      assert_in_range(error.line, 1, size + 1);
      assert_in_range(error.column, 1, size + 1);
    }
    hvci_config_free(config);
  }
}

/* ---- search ------------------------------------------------------------ */

struct disk {
  const char *there;
  char asked[512];
};

static bool exists(const char *path, void *payload) {
  struct disk *disk = payload;
  size_t length = strlen(disk->asked);
  (void)snprintf(disk->asked + length, sizeof disk->asked - length, "%s ",
                 path);
  return disk->there && strcmp(path, disk->there) == 0;
}

static void the_nearest_file_is_found(void **state) {
  (void)state;
  static const struct {
    const char *folder, *there, *asked;
  } cases[] = {
      {"/a/b", NULL, "/a/b/.hvcilint.yaml /a/.hvcilint.yaml /.hvcilint.yaml "},
      {"/a/b", "/a/.hvcilint.yaml", "/a/b/.hvcilint.yaml /a/.hvcilint.yaml "},
      {"/a/b", "/a/b/.hvcilint.yaml", "/a/b/.hvcilint.yaml "},
      {"/a//b/", NULL,
       "/a//b/.hvcilint.yaml /a/.hvcilint.yaml /.hvcilint.yaml "},
      {"/", NULL, "/.hvcilint.yaml "},
      {"C:\\a", NULL, "C:\\a/.hvcilint.yaml C:/.hvcilint.yaml "},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct disk disk = {.there = cases[i].there};
    char out[64] = "";
    assert_int_equal(
        hvci_config_find(out, sizeof out, cases[i].folder, exists, &disk),
        cases[i].there != NULL);
    assert_string_equal(disk.asked, cases[i].asked);
    if (cases[i].there)
      assert_string_equal(out, cases[i].there);
  }
  struct disk disk = {.there = "/a/.hvcilint.yaml"};
  char out[8];
  assert_false(hvci_config_find(out, sizeof out, "/a", exists, &disk));
  assert_string_equal(disk.asked, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_file_configures_nothing),
      cmocka_unit_test(a_sink_is_a_row_before_the_catalogue),
      cmocka_unit_test(each_kind_has_a_name),
      cmocka_unit_test(rules_have_severities),
      cmocka_unit_test(arguments_win),
      cmocka_unit_test(globs_exclude),
      cmocka_unit_test(what_is_wrong_is_said_where),
      cmocka_unit_test(bytes_that_are_no_text_are_refused),
      cmocka_unit_test(bombs_are_refused_at_once),
      cmocka_unit_test(damaged_files_are_read_or_refused),
      cmocka_unit_test(the_nearest_file_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
