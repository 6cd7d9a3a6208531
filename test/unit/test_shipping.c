// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_shipping.c - which compiles icecream may have made elsewhere.
 */
#include "shipping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TARGET "--target=x86_64-pc-windows-msvc"

static char *parts[16];
static char no_config[] = "";

// The command line's options, a space between two.
static struct job job_of(bool cl, char *source, char *options) {
  struct job job = {.source = source, .cl = cl, .config = no_config};
  for (char *part = strtok(options, " "); part; part = strtok(NULL, " "))
    parts[job.words.count++] = part;
  job.words.items = parts;
  return job;
}

static bool ships(bool cl, const char *source, const char *options) {
  char name[64] = "", text[256] = "";
  strncat(name, source, sizeof name - 1);
  strncat(text, options, sizeof text - 1);
  struct job job = job_of(cl, name, text);
  return shipping_is_safe(&job);
}

static bool has_target(bool cl, const char *options) {
  char name[] = "/d/a.c", text[256] = "";
  strncat(text, options, sizeof text - 1);
  struct job job = job_of(cl, name, text);
  return shipping_has_target(&job);
}

static void ordinary_compiles_are_shipped(void **state) {
  (void)state;
  assert_true(ships(true, "/d/a.c", TARGET " -DX=1 -FI/d/w.h -Xclang -O2"));
  assert_true(ships(true, "/d/a.cpp", TARGET " -std:c++17"));
  assert_true(ships(false, "/d/a.c", "-include /d/w.h -Dmacro"));
  assert_true(ships(false, "/d/a.cpp", "--driver-mode=g++"));
}

static void what_icecream_takes_for_something_else_stays(void **state) {
  (void)state;
  assert_false(ships(true, "/d/a.c", TARGET " -MT -DX"));
  assert_false(ships(true, "/d/a.c", TARGET " -MDd"));
  assert_false(ships(true, "/d/a.c", TARGET " -TP"));
  assert_false(ships(true, "/d/a.c", TARGET " -clang:-include -clang:w.h"));
  assert_false(ships(false, "/d/a.c", "-imacros /d/w.h"));
  assert_false(ships(false, "/d/a.c", "-Xclang -include -Xclang /d/w.h"));
  assert_false(ships(true, "/d/a.c", TARGET " --config=/d/x.cfg"));
  assert_false(ships(false, "/d/a.c", "@/d/x.rsp"));
}

// It would add the target of Linux.
static void a_target_that_is_not_said_is_none_of_icecream(void **state) {
  (void)state;
  assert_true(has_target(true, "-DX " TARGET));
  assert_false(has_target(true, "-DX"));
  assert_false(has_target(true, "-Xclang " TARGET));
  assert_true(has_target(false, "-DX"));
  assert_true(ships(true, "/d/a.c", "-DX"));
  assert_false(ships(true, "/d/a.c", "-clang:" TARGET));
  assert_false(ships(true, "/d/a.c", "-clang:-target -clang:i686-pc-windows"));
}

static void the_language_is_told_by_the_name(void **state) {
  (void)state;
  assert_false(ships(true, "/d.x/A.C", TARGET));
  assert_false(ships(true, "/d.x/a", TARGET));
  assert_false(ships(false, "/d/a.c", "--driver-mode=g++"));
}

static void the_configuration_and_names_of_headers_are_shipped(void **state) {
  (void)state;
  char source[] = "/d/a.c", config[] = "/d/.hvcilint.yaml";
  char options[] = "-Xclang -ivfsoverlay -Xclang /d/names.json -DX";
  struct job job = job_of(true, source, options);
  struct words files = {.items = NULL};
  shipping_files(&job, &files);
  assert_int_equal(files.count, 1);
  assert_string_equal(files.items[0], "/d/names.json");
  words_free(&files);

  job.config = config;
  job.words.count = 3; // its value is missing
  shipping_files(&job, &files);
  assert_int_equal(files.count, 1);
  assert_string_equal(files.items[0], config);
  words_free(&files);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ordinary_compiles_are_shipped),
      cmocka_unit_test(what_icecream_takes_for_something_else_stays),
      cmocka_unit_test(a_target_that_is_not_said_is_none_of_icecream),
      cmocka_unit_test(the_language_is_told_by_the_name),
      cmocka_unit_test(the_configuration_and_names_of_headers_are_shipped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
