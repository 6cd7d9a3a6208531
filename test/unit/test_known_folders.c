// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_known_folders.c - real paths that are asked for once.
 */
#include "known_folders.h"

#include "command.h"
#include "files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char top[] = "/tmp/hvcilint-known.XXXXXX";

static const char *below(const char *name) {
  static char path[128];
  (void)snprintf(path, sizeof path, "%s/%s", top, name);
  return path;
}

// A folder, a link to it, and one that leads back to the top.
static int make_folders(void **state) {
  (void)state;
  if (!mkdtemp(top) || mkdir(below("real"), 0700) != 0 ||
      mkdir(below("real/deep"), 0700) != 0 ||
      symlink("real", below("link")) != 0 ||
      symlink("../..", below("real/deep/up")) != 0)
    return -1;
  return 0;
}

static int remove_folders(void **state) {
  (void)state;
  (void)unlink(below("real/deep/up"));
  (void)unlink(below("link"));
  (void)rmdir(below("real/deep"));
  (void)rmdir(below("real"));
  return rmdir(top);
}

static const char *const names[] = {
    "a.c",          "real/a.c", "link/a.c", "link/deep/../a.c",
    "./real//a.c",  "link",     "link/",    "real/deep/up/link/a.c",
    "gone/../a.c",  "gone/a.c", "link/..",  "real/deep/up",
    "real/deep/..", "link/.",   "",         "real/deep/up/gone/a.c"};

static void a_cleaned_path_is_that_of_path_clean(void **state) {
  (void)state;
  struct known_folders known = {.tree = NULL};
  for (int again = 0; again < 2; again++)
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
      char *expected = path_clean(below(names[i]));
      char *clean = known_clean(&known, below(names[i]));
      assert_string_equal(clean, expected);
      free(clean);
      free(expected);
    }
  known_folders_free(&known);
}

static void paths_at_the_root_are_cleaned_as_well(void **state) {
  (void)state;
  static const char *const paths[] = {"/",   "/a.c",    "//a.c",
                                      "/..", "/../a.c", "a.c"};
  struct known_folders known = {.tree = NULL};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    char *expected = path_clean(paths[i]);
    char *clean = known_clean(&known, paths[i]);
    assert_string_equal(clean, expected);
    free(clean);
    free(expected);
  }
  known_folders_free(&known);
}

static void one_folder_has_one_real_path_under_all_its_names(void **state) {
  (void)state;
  struct known_folders known = {.tree = NULL};
  char *real = path_real(below("real"));
  assert_string_equal(known_real(&known, below("real")), real);
  assert_string_equal(known_real(&known, below("link")), real);
  assert_string_equal(known_real(&known, below("real/deep/up/link")), real);
  assert_null(known_real(&known, below("gone")));
  free(real);
  known_folders_free(&known);
}

static void what_is_known_is_not_looked_for_again(void **state) {
  (void)state;
  struct known_folders known = {.tree = NULL};
  const char *first = known_real(&known, below("link"));
  assert_null(known_real(&known, below("later")));
  assert_int_equal(mkdir(below("later"), 0700), 0);
  assert_null(known_real(&known, below("later")));
  assert_int_equal(rmdir(below("later")), 0);
  assert_ptr_equal(known_real(&known, below("link")), first);
  known_folders_free(&known);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cleaned_path_is_that_of_path_clean),
      cmocka_unit_test(paths_at_the_root_are_cleaned_as_well),
      cmocka_unit_test(one_folder_has_one_real_path_under_all_its_names),
      cmocka_unit_test(what_is_known_is_not_looked_for_again),
  };
  return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
