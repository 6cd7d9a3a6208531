// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_pages.c - pages of rules in what others show.
 */
#include "pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void unlinked(const char *text, const char *wanted) {
  char copy[256] = "";
  strncat(copy, text, sizeof copy - 1);
  page_unlink(copy);
  assert_string_equal(copy, wanted);
}

static void links_to_our_pages_become_text(void **state) {
  (void)state;
  unlinked("see [suppression](../suppression.md).", "see suppression.");
  unlinked("[`hvcilint link`](../a.md) and [b](b.md)", "`hvcilint link` and b");
}

static void other_links_and_brackets_stay(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",
      "[a](https://example.com/a)",
      "| `operator new[](POOL_TYPE)` |",
      "```c\nchar x[](y);\n```\n",
      "no [link] (here)",
      "](x)",
      "[cut](off",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    unlinked(texts[i], texts[i]);
}

static void reference(const char *text, const char *wanted) {
  char *uri = page_reference(text);
  assert_string_equal(uri, wanted);
  free(uri);
}

#define SHARED "https://example.com/implement-hvci-compatible-code"

static void the_reference_is_the_rules_own(void **state) {
  (void)state;
  reference("\n## References\n\n- [a](" SHARED "): x\n- [b](https://b.com/b)\n"
            "- [c](https://c.com)\n",
            "https://b.com/b");
  reference("\n## References\n\n- [a](" SHARED "): x\n", SHARED);
  reference("[b](https://b.com/b)\n", "");
  reference("\n## References\n", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(links_to_our_pages_become_text),
      cmocka_unit_test(other_links_and_brackets_stay),
      cmocka_unit_test(the_reference_is_the_rules_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
