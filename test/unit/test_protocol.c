// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "clangd/diagnostics.h"
#include "clangd/protocol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// Doubles every `x` of a body that has one.
static char *double_x(const char *body, size_t length, size_t *out_length) {
  if (!memchr(body, 'x', length))
    return NULL;
  char *out = malloc(2 * length);
  assert_non_null(out);
  *out_length = 0;
  for (size_t i = 0; i < length; i++) {
    out[(*out_length)++] = body[i];
    if (body[i] == 'x')
      out[(*out_length)++] = 'x';
  }
  return out;
}

// The text through a stream in pieces of that size, ended or not, has to give
// what is expected.
static void check(const char *in, size_t length, size_t piece, bool end,
                  const char *expected, size_t expected_length) {
  struct stream stream = {.edit = double_x};
  struct bytes out = {.data = NULL};
  for (size_t at = 0; at < length; at += piece)
    stream_feed(&stream, in + at, length - at < piece ? length - at : piece,
                &out);
  if (end)
    stream_end(&stream, &out);
  assert_int_equal(out.length, expected_length);
  if (expected_length)
    assert_memory_equal(out.data, expected, expected_length);
  bytes_free(&out);
  bytes_free(&stream.held);
}

static void check_texts(const char *in, bool end, const char *expected) {
  for (size_t piece = 1; piece <= strlen(in); piece++)
    check(in, strlen(in), piece, end, expected, strlen(expected));
}

static void messages_are_edited_in_pieces_of_any_size(void **state) {
  (void)state;
  check_texts("Content-Length: 3\r\n\r\n{x}"
              "Content-Type: a/b\r\ncontent-length:2\r\n\r\n{}"
              "Content-Length: 1\r\nContent-Type: c\r\n\r\nx",
              false,
              "Content-Length: 4\r\n\r\n{xx}"
              "Content-Type: a/b\r\ncontent-length:2\r\n\r\n{}"
              "Content-Length: 2\r\nContent-Type: c\r\n\r\nxx");
}

static void empty_messages_pass(void **state) {
  (void)state;
  const char *text = "Content-Length: 0\r\n\r\n\r\nContent-Length: 0\n\n";
  check_texts(text, false, text);
}

static void what_is_no_protocol_passes_as_it_is(void **state) {
  static const char *const texts[] = {
      "clangd version 22\nx\n",
      "Content-Length: 5x\r\n\r\nxxxxx",
      "Content-Length: -1\r\n\r\nx",
      "Content-Length: 99999999999999999999999\r\n\r\nx",
      "Content-Length: 2\r\n\r\n{}garbage\nContent-Length: 1\r\n\r\nx",
  };
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    check_texts(texts[i], false, texts[i]);
}

static void what_is_not_whole_passes_at_the_end(void **state) {
  (void)state;
  check_texts("Content-Length: 9\r\n\r\nx", false, "");
  check_texts("Content-Length: 9\r\n\r\nx", true, "Content-Length: 9\r\n\r\nx");
  check_texts("Content-Len", true, "Content-Len");
}

static void a_line_without_end_is_not_held_for_ever(void **state) {
  (void)state;
  char text[10000];
  memset(text, 'x', sizeof text);
  check(text, sizeof text, 1000, false, text, sizeof text);
}

static void giants_pass_unread(void **state) {
  (void)state;
  static const char after[] = "Content-Length: 1\r\n\r\nx";
  char header[64];
  size_t body = STREAM_HOLDS + 1;
  int begin =
      snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", body);
  size_t length = (size_t)begin + body + sizeof after - 1;
  char *text = malloc(length + 1), *expected = malloc(length + 1);
  assert_true(text && expected);
  memset(text, 'x', length);
  memcpy(text, header, (size_t)begin);
  memcpy(text + length - (sizeof after - 1), after, sizeof after - 1);
  memcpy(expected, text, length);
  static const char edited[] = "Content-Length: 2\r\n\r\nxx";
  memcpy(expected + length - (sizeof after - 1), edited, sizeof edited - 1);
  check(text, length, 1 << 16, false, expected, length + 1);
  free(text);
  free(expected);
}

#define PUBLISHED(message, more)                                               \
  "{\"method\":\"textDocument/publishDiagnostics\",\"params\":{"               \
  "\"diagnostics\":[{\"message\":\"" message "\"" more "}]}}"

static void check_to_editor(const char *body, const char *expected) {
  size_t length = 0;
  char *out = diagnostics_to_editor(body, strlen(body), &length);
  if (!expected) {
    assert_null(out);
    return;
  }
  assert_non_null(out);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(out, expected, length);
  free(out);
}

static void a_rule_becomes_the_code(void **state) {
  (void)state;
  check_to_editor(PUBLISHED("a 'b' [hvci-dynamic-code]", ",\"severity\":2"),
                  PUBLISHED("a 'b'",
                            ",\"severity\":2,\"code\":\"hvci-dynamic-code\","
                            "\"source\":\"hvcilint\""));
  check_to_editor(
      PUBLISHED("a [hvci-config] (fixes available)\\n\\nb [c]", ""),
      PUBLISHED("a (fixes available)\\n\\nb [c]",
                ",\"code\":\"hvci-config\",\"source\":\"hvcilint\""));
}

static void diagnostics_of_others_stay(void **state) {
  (void)state;
  check_to_editor(PUBLISHED("a [hvci-nothing-like-it]", ""), NULL);
  check_to_editor(PUBLISHED("a [hvci-dynamic-code] b", ""), NULL);
  check_to_editor(PUBLISHED("[hvci-dynamic-code]", ""), NULL);
  check_to_editor(PUBLISHED("a\\n [hvci-dynamic-code]", ""), NULL);
  check_to_editor("{\"method\":\"x\",\"params\":{\"message\":"
                  "\"a [hvci-dynamic-code]\",\"range\":{}}}",
                  NULL);
  check_to_editor("{\"result\":{\"message\":\"a [hvci-dynamic-code]\"}}", NULL);
}

static void what_is_no_json_stays(void **state) {
  (void)state;
  check_to_editor("a [hvci-dynamic-code]", NULL);
  check_to_editor("{\"params\":[hvci-", NULL);
  check_to_editor("[\"a [hvci-dynamic-code]\"]", NULL);
  check_to_editor("{\"method\":\"textDocument/publishDiagnostics\","
                  "\"params\":[\"a [hvci-dynamic-code]\"]}",
                  NULL);
  check_to_editor("{\"method\":\"textDocument/publishDiagnostics\",\"params\":"
                  "{\"diagnostics\":{\"a\":\"a [hvci-dynamic-code]\"}}}",
                  NULL);
  char deep[8192];
  memset(deep, '[', sizeof deep);
  memcpy(deep, "[\"[hvci-\",", 10);
  deep[sizeof deep - 1] = '\0';
  check_to_editor(deep, NULL);
}

static void answers_are_searched_whole(void **state) {
  (void)state;
  check_to_editor("{\"id\":1,\"result\":[{\"diagnostics\":[{\"range\":{},"
                  "\"message\":\"a [hvci-suppression]\"}]}]}",
                  "{\"id\":1,\"result\":[{\"diagnostics\":[{\"range\":{},"
                  "\"message\":\"a\",\"code\":\"hvci-suppression\","
                  "\"source\":\"hvcilint\"}]}]}");
}

#define ASKED_BY(method, diagnostic)                                           \
  "{\"method\":\"" method "\",\"params\":{\"context\":{"                       \
  "\"diagnostics\":[" diagnostic "]}}}"

#define ASKED(diagnostic) ASKED_BY("textDocument/codeAction", diagnostic)

static void clangd_hears_its_own_words(void **state) {
  (void)state;
  // Some editors escape slashes.
  const char *body =
      ASKED_BY("textDocument\\/codeAction",
               "{\"message\":\"a (fix available)\\n\\nb\",\"code\":"
               "\"hvci-dynamic-code\",\"source\":\"hvcilint\","
               "\"codeDescription\":{\"href\":\"x\"}}");
  const char *expected =
      ASKED("{\"message\":\"a [hvci-dynamic-code] (fix available)\\n\\nb\"}");
  size_t length = 0;
  char *out = diagnostics_to_server(body, strlen(body), &length);
  assert_non_null(out);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(out, expected, length);
  free(out);
  static const char *const others[] = {
      ASKED("{\"message\":\"a\",\"code\":\"b\",\"source\":\"other hvcilint\"}"),
      ASKED("{\"message\":\"a\",\"code\":1,\"source\":\"hvcilint\"}"),
      ASKED("{\"code\":\"b\",\"source\":\"hvcilint\"}"), ASKED("\"hvcilint\""),
      "\"textDocument/codeAction hvcilint"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    assert_null(diagnostics_to_server(others[i], strlen(others[i]), &length));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(messages_are_edited_in_pieces_of_any_size),
      cmocka_unit_test(empty_messages_pass),
      cmocka_unit_test(what_is_no_protocol_passes_as_it_is),
      cmocka_unit_test(what_is_not_whole_passes_at_the_end),
      cmocka_unit_test(a_line_without_end_is_not_held_for_ever),
      cmocka_unit_test(giants_pass_unread),
      cmocka_unit_test(a_rule_becomes_the_code),
      cmocka_unit_test(diagnostics_of_others_stay),
      cmocka_unit_test(what_is_no_json_stays),
      cmocka_unit_test(answers_are_searched_whole),
      cmocka_unit_test(clangd_hears_its_own_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
