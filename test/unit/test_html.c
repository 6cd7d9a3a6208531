// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gate/html.h"

#include "facts.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

static void assert_html(const char *text, const char *wanted) {
  char *found = NULL;
  size_t length;
  FILE *out = open_memstream(&found, &length);
  assert_non_null(out);
  html_text(out, text);
  assert_int_equal(fclose(out), 0);
  assert_string_equal(found, wanted);
  free(found);
}

#define UNSEEN(what) "<span class=\"unseen\">" what "</span>"

static void text_is_no_markup(void **state) {
  (void)state;
  assert_html("plain\ttext", "plain\ttext");
  assert_html("</script><!--&\"'", "&lt;/script&gt;&lt;!--&amp;&quot;'");
  assert_html("\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x98\x80",
              "\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x98\x80");
}

static void what_nobody_sees_is_shown(void **state) {
  (void)state;
  assert_html("a\xE2\x80\xAE"
              "b",
              "a" UNSEEN("U+202E") "b");
  assert_html("\n\x7F\xC2\x85",
              UNSEEN("U+000A") UNSEEN("U+007F") UNSEEN("U+0085"));
  assert_html("\xF3\xA0\x81\xA1", UNSEEN("U+E0061"));
}

static void bytes_that_are_no_text_are_shown(void **state) {
  (void)state;
  assert_html("\xFF<", UNSEEN("\\xFF") "&lt;");
  // Cut short, too long, a surrogate, behind Unicode's end.
  assert_html("\xE2\x80", UNSEEN("\\xE2") UNSEEN("\\x80"));
  assert_html("\xC0\xBC", UNSEEN("\\xC0") UNSEEN("\\xBC"));
  assert_html("\xED\xA0\x80", UNSEEN("\\xED") UNSEEN("\\xA0") UNSEEN("\\x80"));
  assert_html("\xF4\x90\x80\x80",
              UNSEEN("\\xF4") UNSEEN("\\x90") UNSEEN("\\x80") UNSEEN("\\x80"));
}

static void characters_are_decoded_one_by_one(void **state) {
  uint32_t character;
  (void)state;
  assert_int_equal(utf8_decode("A", 1, &character), 1);
  assert_int_equal(character, 'A');
  assert_int_equal(utf8_decode("\0", 1, &character), 1);
  assert_int_equal(character, 0);
  assert_int_equal(utf8_decode("\xE2\x82\xAC", 3, &character), 3);
  assert_int_equal(character, 0x20AC);
  assert_int_equal(utf8_decode("\xE2\x82\xAC", 2, &character), 1);
  assert_int_equal(character, UTF8_INVALID);
  assert_int_equal(utf8_decode("\xF4\x8F\xBF\xBF", 4, &character), 4);
  assert_int_equal(character, 0x10FFFF);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_no_markup),
      cmocka_unit_test(what_nobody_sees_is_shown),
      cmocka_unit_test(bytes_that_are_no_text_are_shown),
      cmocka_unit_test(characters_are_decoded_one_by_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
