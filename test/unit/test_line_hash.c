// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_line_hash.c - the hash by which GitHub knows a line again.
 */
#include "facts.h"

#include "gate/line_hash.h"

#include <stdlib.h>

static const char *hash(const char *text, size_t length, uint32_t line) {
  static char out[LINE_HASH_BYTES];
  line_hash(out, text, length, line);
  return out;
}

// What follows by hand from the definition: 65535 * 37^99 and the like.
static void text_without_characters_has_one_line(void **state) {
  (void)state;
  assert_string_equal(hash("", 0, 1), "c129715d7a2bc9a3:1");
  assert_string_equal(hash("\t  ", 3, 1), "c129715d7a2bc9a3:1");
  assert_string_equal(hash("", 0, 2), "");
  assert_string_equal(hash("", 0, 0), "");
}

// What the tests of GitHub's upload action expect.
static void lines_have_the_hashes_of_github(void **state) {
  static const struct {
    const char *text, *hashes[8];
  } rows[] = {
      {" a\nb\n  \t\tc\n d",
       {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1",
        "a23a3dc5e078b07b:1"}},
      {" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
       {"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
        "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
        "c129715d7a2bc9a3:1"}},
      {"x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
       {"e54938cc54b302f1:1", "bb609acbe9138d60:1", "1131fd5871777f34:1",
        "5c482a0f8b35ea28:1", "54517377da7028d2:1", "2c644846cb18d53e:1",
        "f1b89f20de0d133:1", "c129715d7a2bc9a3:1"}}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (uint32_t line = 1; line <= 8; line++) {
      const char *wanted = rows[i].hashes[line - 1];
      assert_string_equal(hash(rows[i].text, strlen(rows[i].text), line),
                          wanted ? wanted : "");
    }
}

static void equal_lines_have_the_hashes_of_github(void **state) {
  char text[300] = "";
  (void)state;
  for (int i = 0; i < 10; i++)
    strcat(text, "Lorem ipsum dolor sit amet.\n");
  assert_string_equal(hash(text, strlen(text), 6), "a7f2ff13bc495cf2:6");
  assert_string_equal(hash(text, strlen(text), 7), "a7f2ff1481e87703:1");
  assert_string_equal(hash(text, strlen(text), 10), "cc97dc7b1d7d8f7b:1");
}

static void spaces_and_line_ends_do_not_matter(void **state) {
  char one[LINE_HASH_BYTES];
  (void)state;
  line_hash(one, "int a;\nint b;\n", 14, 2);
  assert_string_equal(hash("int a;\r\nint b;\r\n", 16, 2), one);
  assert_string_equal(hash("int a;\rint b;\r", 14, 2), one);
  assert_string_equal(hash("  int\ta ;\n\tint  b;\n", 19, 2), one);
  assert_string_equal(hash("\xEF\xBB\xBFint a;\nint b;\n", 17, 2), one);
  assert_string_not_equal(hash("int a;\nint c;\n", 14, 2), one);
}

static void equal_lines_are_counted(void **state) {
  char text[600] = "", first[LINE_HASH_BYTES], second[LINE_HASH_BYTES];
  (void)state;
  for (int i = 0; i < 250; i++)
    strcat(text, "x\n");
  line_hash(first, text, strlen(text), 1);
  line_hash(second, text, strlen(text), 2);
  assert_memory_equal(first, second, strcspn(first, ":"));
  assert_string_equal(strchr(first, ':'), ":1");
  assert_string_equal(strchr(second, ':'), ":2");
}

static void any_bytes_are_hashed(void **state) {
  char bytes[256], out[LINE_HASH_BYTES];
  (void)state;
  for (int i = 0; i < 256; i++)
    bytes[i] = (char)i;
  for (size_t length = 0; length <= sizeof bytes; length++) {
    char *copy = malloc(length + (length == 0));
    memcpy(copy, bytes + sizeof bytes - length, length);
    line_hash(out, copy, length, 1);
    assert_string_equal(strchr(out, ':'), ":1");
    free(copy);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_without_characters_has_one_line),
      cmocka_unit_test(lines_have_the_hashes_of_github),
      cmocka_unit_test(equal_lines_have_the_hashes_of_github),
      cmocka_unit_test(spaces_and_line_ends_do_not_matter),
      cmocka_unit_test(equal_lines_are_counted),
      cmocka_unit_test(any_bytes_are_hashed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
