// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_file_uri.c - names of files as URI references.
 */
#include "file_uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void names_become_uris(void **state) {
  static const char *const rows[][2] = {
      {"a.c", "a.c"},
      {"../inc/a b.h", "../inc/a%20b.h"},
      {"src\\sub\\a.c", "src/sub/a.c"},
      {"/usr/src/100%#?.c", "file:///usr/src/100%25%23%3F.c"},
      {"C:\\My Drivers\\x.c", "file:///C:/My%20Drivers/x.c"},
      {"d:/x.c", "file:///d:/x.c"},
      {"\\\\?\\C:\\x.c", "file:///C:/x.c"},
      {"\\\\server\\share\\x.c", "file://server/share/x.c"},
      {"c:x.c", "c%3Ax.c"},
      {"<stdin>", "%3Cstdin%3E"},
      {"\xC3\xA4.c", "%C3%A4.c"},
      {"", ""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *uri = file_uri(rows[i][0]);
    assert_string_equal(uri, rows[i][1]);
    free(uri);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names_become_uris)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
