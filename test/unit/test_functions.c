// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* What MSBuild's functions make of texts. */
#include "functions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two arguments at most; NULL: there are no more. */
static struct words arguments_of(const char *first, const char *second) {
  struct words arguments = {.items = NULL};
  if (first)
    words_add(&arguments, first);
  if (second)
    words_add(&arguments, second);
  return arguments;
}

struct row {
  const char *name, *text, *first, *second, *expected;
};

static void expect(const struct row *rows, size_t count,
                   char *(*call)(const char *, const char *,
                                 const struct words *)) {
  for (size_t i = 0; i < count; i++) {
    struct words arguments = arguments_of(rows[i].first, rows[i].second);
    char *result = call(rows[i].name, rows[i].text, &arguments);
    if (!rows[i].expected != !result ||
        (result && strcmp(result, rows[i].expected) != 0))
      fail_msg("row %zu, %s: '%s'", i, rows[i].name, result ? result : "none");
    free(result);
    words_free(&arguments);
  }
}

static void methods_are_those_of_strings(void **state) {
  static const struct row rows[] = {
      {"ToLower", "Win10 Release", NULL, NULL, "win10 release"},
      {"ToUpperInvariant", "x64", NULL, NULL, "X64"},
      {"ToString", "x64", NULL, NULL, "x64"},
      {"Trim", " a b\t", NULL, NULL, "a b"},
      {"Trim", "", NULL, NULL, ""},
      {"TrimEnd", "obj\\x64\\\\", "\\", NULL, "obj\\x64"},
      {"TrimEnd", "\\\\", "\\", NULL, ""},
      {"TrimStart", "\\a\\", "\\", NULL, "a\\"},
      {"Contains", "Win10 Release", "Rel", NULL, "True"},
      {"Contains", "Win10 Release", "rel", NULL, "False"},
      {"StartsWith", "v143", "v14", NULL, "True"},
      {"StartsWith", "v", "v14", NULL, "False"},
      {"EndsWith", "a.c", ".c", NULL, "True"},
      {"EndsWith", "c", ".c", NULL, "False"},
      {"IndexOf", "10.0.1", ".", NULL, "2"},
      {"IndexOf", "10", ".", NULL, "-1"},
      {"Length", "Win10", NULL, NULL, "5"},
      {"Replace", "a-b-c", "-", "--", "a--b--c"},
      {"Replace", "aaa", "aa", "", "a"},
      {"Substring", "Win10 Release", "0", "5", "Win10"},
      {"Substring", "Win10", "3", NULL, "10"},
      {"Substring", "Win10", "5", NULL, ""}};
  (void)state;
  expect(rows, sizeof rows / sizeof *rows, call_method);
}

static void what_a_method_refuses_is_none(void **state) {
  static const struct row rows[] = {
      {"Substring", "Win10", "6", NULL, NULL},
      {"Substring", "Win10", "0", "6", NULL},
      {"Substring", "Win10", "-1", NULL, NULL},
      {"Substring", "Win10", "18446744073709551617", NULL, NULL},
      {"Substring", "Win10", "1x", NULL, NULL},
      {"Substring", "Win10", "", NULL, NULL},
      {"Substring", "Win10", NULL, NULL, NULL},
      {"Replace", "a", "", "b", NULL},
      {"Replace", "a", "a", NULL, NULL},
      {"ToLower", "A", "x", NULL, NULL},
      {"Contains", "A", NULL, NULL, NULL},
      {"tolower", "A", NULL, NULL, NULL},
      {"", "A", NULL, NULL, NULL}};
  (void)state;
  expect(rows, sizeof rows / sizeof *rows, call_method);
}

static void a_replacement_does_not_fill_the_memory(void **state) {
  enum { SIZE = 1 << 12 };
  char *text = malloc(SIZE + 1);
  assert_non_null(text);
  memset(text, 'a', SIZE);
  text[SIZE] = '\0';
  struct words arguments = arguments_of("a", text);
  (void)state;
  assert_null(call_method("Replace", text, &arguments));
  words_free(&arguments);
  free(text);
}

static void static_functions_join_paths(void **state) {
  static const struct row rows[] = {
      {"[System.IO.Path]::Combine", "/p", "a", "b.h", "a\\b.h"},
      {"[System.IO.Path]::Combine", "/p", "a\\", "b.h", "a\\b.h"},
      {"[System.IO.Path]::Combine", "/p", "a", "C:\\b", "C:\\b"},
      {"[System.IO.Path]::GetFullPath", "/p", "..\\a", NULL, "/p\\..\\a"},
      {"[System.IO.Path]::GetFullPath", "/p", "/q", NULL, "/q"},
      {"[MSBuild]::NormalizePath", "/p", "a", "b", "/p\\a\\b"},
      {"[MSBuild]::NormalizeDirectory", "/p", "a", NULL, "/p\\a\\"},
      {"[MSBuild]::EnsureTrailingSlash", "/p", "a", NULL, "a\\"},
      {"[MSBuild]::EnsureTrailingSlash", "/p", "a/", NULL, "a/"},
      {"[MSBuild]::EnsureTrailingSlash", "/p", "", NULL, ""},
      {"[System.String]::Copy", "/p", "a", NULL, "a"},
      {"[System.String]::Copy", "/p", "a", "b", NULL},
      {"[System.IO.Path]::GetFullPath", "/p", NULL, NULL, NULL},
      {"[System.IO.File]::ReadAllText", "/p", "/etc/passwd", NULL, NULL}};
  (void)state;
  expect(rows, sizeof rows / sizeof *rows, call_static);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(methods_are_those_of_strings),
      cmocka_unit_test(what_a_method_refuses_is_none),
      cmocka_unit_test(a_replacement_does_not_fill_the_memory),
      cmocka_unit_test(static_functions_join_paths),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
