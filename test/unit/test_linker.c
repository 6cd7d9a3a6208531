// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_linker.c - linker options: how words are cut, and what they claim.
 */
#include "facts.h"

#include "hvci/linker.h"

#include <stdio.h>
#include <stdlib.h>

enum {
  R = HVCI_ACCESS_READ,
  W = HVCI_ACCESS_WRITE,
  E = HVCI_ACCESS_EXECUTE,
  D = HVCI_ACCESS_DISCARDABLE
};

// What was read, with copies of what is borrowed for a call alone.
struct taken {
  size_t count, stop_after;
  char words[512]; // "kind:word|kind:word|"
  size_t offsets[16];
  struct hvci_linker_option last;
  char text[128], section[64], subject[128], into[64];
};

static void keep(char *out, size_t size, const char *text) {
  int length = snprintf(out, size, "%s", text);
  assert_in_range(length, 0, size - 1);
}

static bool take(const struct hvci_linker_option *option, void *payload) {
  static const char kinds[] = "cwro";
  struct taken *taken = payload;
  size_t used = strlen(taken->words);
  (void)snprintf(taken->words + used, sizeof taken->words - used, "%c:%s|",
                 kinds[option->word], option->text);
  if (taken->count < sizeof taken->offsets / sizeof *taken->offsets)
    taken->offsets[taken->count] = option->offset;
  taken->last = *option;
  keep(taken->text, sizeof taken->text, option->text);
  if (option->word == HVCI_WORD_CLAIM) {
    keep(taken->section, sizeof taken->section, option->claim.section);
    keep(taken->subject, sizeof taken->subject, option->claim.subject);
    keep(taken->into, sizeof taken->into, option->claim.into);
  }
  return ++taken->count != taken->stop_after;
}

static void read_bytes(struct taken *out, const char *bytes, size_t length,
                       bool embedded) {
  // A copy without a byte behind it, so that a sanitizer sees each too many.
  char *copy = malloc(length + (length == 0));
  assert_non_null(copy);
  memcpy(copy, bytes, length);
  assert_int_equal(hvci_linker_read(copy, length, embedded, take, out),
                   HVCI_OK);
  free(copy);
}

static struct taken read_text(const char *text) {
  struct taken taken = {.count = 0};
  read_bytes(&taken, text, strlen(text), false);
  return taken;
}

static void assert_words(const char *text, const char *words) {
  struct taken taken = read_text(text);
  assert_string_equal(taken.words, words);
}

// ---- words -----------------------------------------------------------------

static void words_are_cut_at_blanks(void **state) {
  (void)state;
  assert_words("", "");
  assert_words(" \t\r\n", "");
  assert_words("a.obj b.obj", "o:a.obj|o:b.obj|");
  assert_words("\ta.obj\r\n\r\n /driver ", "o:a.obj|o:/driver|");
}

static void quotes_keep_a_word_together(void **state) {
  (void)state;
  assert_words("\"a b.obj\" c", "o:a b.obj|o:c|");
  assert_words("/out:\"a b\".sys", "o:/out:a b.sys|");
  assert_words("\"/SECTION:my sec,ERW\"", "c:/SECTION:my sec,ERW|");
  assert_words("/SECTION:\"my sec\",ERW", "c:/SECTION:my sec,ERW|");
  assert_words("\"\" x", "o:|o:x|");
  assert_words("\"open to the end", "o:open to the end|");
  assert_words("\"a\"\"b\" c", "o:a\"b|o:c|");
  assert_words("\"a\"b\" c\"", "o:ab c|");
}

static void backslashes_are_ordinary_but_before_a_quote(void **state) {
  (void)state;
  assert_words("/out:c:\\a\\b.sys", "o:/out:c:\\a\\b.sys|");
  assert_words("c:\\a\\ b", "o:c:\\a\\|o:b|");
  assert_words("\"c:\\a b\\\\\" d", "o:c:\\a b\\|o:d|");
  assert_words("a\\\"b c", "o:a\"b|o:c|");
  assert_words("a\\\\\"b c\"", "o:a\\b c|");
  assert_words("a\\\\\\\"b c", "o:a\\\"b|o:c|");
  assert_words("\\\\\\", "o:\\\\\\|");
}

static void offset_is_where_the_word_begins(void **state) {
  (void)state;
  struct taken taken = read_text("\xEF\xBB\xBF/a \r\n \"b c\" \\d");
  assert_string_equal(taken.words, "o:/a|o:b c|o:\\d|");
  assert_int_equal(taken.offsets[0], 3);
  assert_int_equal(taken.offsets[1], 9);
  assert_int_equal(taken.offsets[2], 15);
}

static void byte_order_mark_is_skipped_at_the_start_alone(void **state) {
  (void)state;
  assert_words("\xEF\xBB\xBF/ALIGN:64", "c:/ALIGN:64|");
  assert_words("a \xEF\xBB\xBF/ALIGN:64", "o:a|o:\xEF\xBB\xBF/ALIGN:64|");
  assert_words("\xEF\xBB", "o:\xEF\xBB|");
}

static void nul_is_a_blank(void **state) {
  static const char bytes[] = "a\0\0/ALIGN:64\0\"b\0c\"\0";
  struct taken taken = {.count = 0};
  (void)state;
  read_bytes(&taken, bytes, sizeof bytes, false);
  assert_string_equal(taken.words, "o:a|c:/ALIGN:64|o:b c|");
  assert_int_equal(taken.offsets[1], 3);
}

static bool count_long(const struct hvci_linker_option *option, void *payload) {
  *(size_t *)payload = strlen(option->claim.section);
  return true;
}

static void words_have_any_length(void **state) {
  enum { LENGTH = 1 << 20 };
  static const char end[] = ",ERW";
  size_t start = strlen("/SECTION:"), length = start + LENGTH + strlen(end);
  size_t seen = 0;
  (void)state;
  char *text = malloc(length);
  assert_non_null(text);
  memcpy(text, "/SECTION:", start);
  memset(text + start, 'x', LENGTH);
  memcpy(text + start + LENGTH, end, strlen(end));
  assert_int_equal(hvci_linker_read(text, length, false, count_long, &seen),
                   HVCI_OK);
  assert_int_equal(seen, LENGTH);
  free(text);
}

static void reading_stops_when_told(void **state) {
  struct taken taken = {.stop_after = 2};
  (void)state;
  read_bytes(&taken, "a b c", 5, false);
  assert_string_equal(taken.words, "o:a|o:b|");
}

static void nothing_is_nothing(void **state) {
  struct taken taken = {.count = 0};
  (void)state;
  assert_int_equal(hvci_linker_read(NULL, 0, true, take, &taken), HVCI_OK);
  assert_int_equal(taken.count, 0);
  assert_int_equal(hvci_linker_read("", SIZE_MAX, true, take, &taken),
                   HVCI_ERROR_MEMORY);
}

static void response_files_are_named(void **state) {
  struct taken taken = {.count = 0};
  (void)state;
  assert_words("@a.rsp @\"b c.rsp\" \"@d e\" x@f",
               "r:a.rsp|r:b c.rsp|r:d e|o:x@f|");
  read_bytes(&taken, "@a.rsp", 6, true);
  assert_string_equal(taken.words, "o:@a.rsp|"); // an object names none
}

// ---- claims ----------------------------------------------------------------

static void assert_claim(const struct taken *taken, enum hvci_claim_kind kind) {
  assert_int_equal(taken->count, 1);
  assert_int_equal(taken->last.word, HVCI_WORD_CLAIM);
  assert_int_equal(taken->last.claim.kind, kind);
  assert_null(taken->last.wrong);
  assert_int_equal(taken->last.claim.range.begin, 0);
  assert_string_equal(taken->subject, taken->text);
}

static void section_says_what_is_given_and_taken(void **state) {
  static const struct {
    const char *option;
    uint32_t access, denied;
    uint64_t alignment;
  } cases[] = {
      {"/SECTION:.x,ERW", R | W | E, 0, 0},
      {"/section:.x,rwe", R | W | E, 0, 0},
      {"-Section:.x,ER", R | E, W, 0},
      {"/SECTION:.x,E", E, R | W, 0},
      {"/SECTION:.x,R", R, W | E, 0},
      // None of R, W, E: these stay as they were.
      {"/SECTION:.x,d", D, 0, 0},
      {"/SECTION:.x,S", 0, 0, 0},
      {"/SECTION:.x,KPS", 0, 0, 0},
      {"/SECTION:.x,DRW", D | R | W, E, 0},
      // A negated letter is taken away, and nothing else is.
      {"/SECTION:.x,!W", 0, W, 0},
      {"/SECTION:.x,!E!w", 0, W | E, 0},
      {"/SECTION:.x,!D", 0, D, 0},
      {"/SECTION:.x,D!W", D, W, 0},
      {"/SECTION:.x,!K", 0, 0, 0},
      {"/SECTION:.x,E!W", E, R | W, 0},
      {"/SECTION:.x,ERW!D", R | W | E, D, 0},
      // The last word counts.
      {"/SECTION:.x,!EE", E, R | W, 0},
      {"/SECTION:.x,E!E", 0, E, 0},
      {"/SECTION:.x,ER,ALIGN=512", R | E, W, 512},
      {"/SECTION:.x,,ALIGN=512", 0, 0, 512},
      {"/SECTION:.x,ALIGN=512", 0, 0, 512},
      {"/SECTION:.x,align=0x1000", 0, 0, 4096},
      {"/SECTION:.x,!w,Align=64", 0, W, 64},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct taken taken = read_text(cases[i].option);
    assert_claim(&taken, HVCI_CLAIM_ACCESS);
    assert_string_equal(taken.section, ".x");
    assert_string_equal(taken.into, "");
    assert_string_equal(taken.subject, cases[i].option);
    assert_int_equal(taken.last.claim.access, cases[i].access);
    assert_int_equal(taken.last.claim.denied, cases[i].denied);
    assert_int_equal(taken.last.claim.alignment, cases[i].alignment);
    assert_false(taken.last.claim.dead);
  }
}

static void names_of_sections_are_as_written(void **state) {
  (void)state;
  struct taken taken = read_text("/SECTION:\"My Sec$a\",w");
  assert_claim(&taken, HVCI_CLAIM_ACCESS);
  assert_string_equal(taken.section, "My Sec$a");
  assert_string_equal(taken.subject, "/SECTION:My Sec$a,w");
}

static void merge_has_two_names(void **state) {
  (void)state;
  struct taken taken = read_text("-merge:.RDATA=.text");
  assert_claim(&taken, HVCI_CLAIM_MERGE);
  assert_string_equal(taken.section, ".RDATA");
  assert_string_equal(taken.into, ".text");
  assert_string_equal(taken.subject, "-merge:.RDATA=.text");
  assert_int_equal(taken.last.claim.access, 0);
  taken = read_text("/MERGE:a=b=c");
  assert_string_equal(taken.section, "a");
  assert_string_equal(taken.into, "b=c");
}

static void align_is_a_number_as_in_c(void **state) {
  static const struct {
    const char *option;
    uint64_t alignment;
  } cases[] = {
      {"/ALIGN:512", 512},     {"-align:0x200", 512},
      {"/Align:0X1000", 4096}, {"/ALIGN:01000", 512},
      {"/ALIGN:4097", 4097},   {"/ALIGN:18446744073709551615", UINT64_MAX},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct taken taken = read_text(cases[i].option);
    assert_claim(&taken, HVCI_CLAIM_ALIGN);
    assert_string_equal(taken.section, "");
    assert_int_equal(taken.last.claim.alignment, cases[i].alignment);
    assert_false(taken.last.claim.dead);
  }
}

static void only_align_is_dead_in_an_object(void **state) {
  static const struct {
    const char *option;
    bool dead;
  } cases[] = {
      {"/ALIGN:512", true},
      {"/SECTION:.x,ERW,ALIGN=512", false},
      {"/MERGE:.x=.y", false},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct taken taken = {.count = 0};
    read_bytes(&taken, cases[i].option, strlen(cases[i].option), true);
    assert_int_equal(taken.last.word, HVCI_WORD_CLAIM);
    assert_int_equal(taken.last.claim.dead, cases[i].dead);
  }
}

static void malformed_options_are_wrong(void **state) {
  static const char section[] =
      "/SECTION:name,[!]letters of DEKPRSW[,ALIGN=number]";
  static const char merge[] = "/MERGE:from=to";
  static const char align[] = "/ALIGN:number, above 0";
  static const struct {
    const char *option, *wrong;
  } cases[] = {
      {"/SECTION", section},
      {"/SECTION:", section},
      {"/SECTION:.x", section},
      {"/SECTION:.x,", section},
      {"/SECTION:,ERW", section},
      {"/SECTION:.x,Q", section},
      {"/SECTION:.x,E R", NULL}, // two words: the first is good
      {"\"/SECTION:.x,E R\"", section},
      {"\"/SECTION:.x\n.y,ER\"", section},
      {"/SECTION:\"\t\",ER", section},
      {"/SECTION:\x1B,ER", section},
      {"/SECTION:.x,!", section},
      {"/SECTION:.x,E!", section},
      {"/SECTION:.x,!!E", section},
      {"/SECTION:.x,ERW,", section},
      {"/SECTION:.x,ERW,W", section},
      {"/SECTION:.x,ERW,ALIGN", section},
      {"/SECTION:.x,ERW,ALIGN=", section},
      {"/SECTION:.x,ALIGN=0", section},
      {"/SECTION:.x,ALIGN=512,W", section},
      {"/SECTION:.x,ALIGN=512,ALIGN=512", section},
      {"/SECTION:.x,,", section},
      {"/MERGE", merge},
      {"/MERGE:", merge},
      {"/MERGE:.x", merge},
      {"/MERGE:=.x", merge},
      {"/MERGE:.x=", merge},
      {"/MERGE:.x=\x7F", merge},
      {"/ALIGN:", align},
      {"/ALIGN:0", align},
      {"/ALIGN:0x", align},
      {"/ALIGN:-4", align},
      {"/ALIGN:+4", align},
      {"/ALIGN:4k", align},
      {"/ALIGN:09", align},
      {"/ALIGN:0x1g", align},
      {"/ALIGN:18446744073709551616", align},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct taken taken = read_text(cases[i].option);
    if (!cases[i].wrong) {
      assert_string_equal(taken.words, "c:/SECTION:.x,E|o:R|");
      continue;
    }
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.last.word, HVCI_WORD_WRONG);
    assert_string_equal(taken.last.wrong, cases[i].wrong);
  }
}

static void other_words_are_left_alone(void **state) {
  static const char *const words[] = {
      "/SECTIONS:.x,ERW",
      "/MERGER:a=b",
      "/ALIGNMENT:512",
      "/FILEALIGN:512",
      "SECTION:.x,ERW",
      "/",
      "-",
      "--align:4",
      "/align/a.obj",
      "/OUT:a,ERW",
      "/ALIGN",
      "//ALIGN:4",
      "section.obj",
      "/driver:/MERGE:",
      "/merge.obj",
      "-DRIVER",
  };
  (void)state;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    struct taken taken = read_text(words[i]);
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.last.word, HVCI_WORD_OTHER);
    assert_string_equal(taken.text, words[i]);
  }
}

static bool touch(const struct hvci_linker_option *option, void *payload) {
  size_t *sum = payload;
  *sum += strlen(option->text) + option->offset;
  if (option->word == HVCI_WORD_CLAIM)
    *sum += strlen(option->claim.section) + strlen(option->claim.into);
  return true;
}

static void any_bytes_are_read_to_their_end(void **state) {
  static const char pieces[] = "/-@:,=!ERWalign0x9\"\\ \t\n\0\xEF\xBB\xBF";
  enum { ROUNDS = 20000, MOST = 24 };
  uint64_t random = 4;
  size_t sum = 0;
  (void)state;
  for (int round = 0; round < ROUNDS; round++) {
    size_t length = next_random(&random) % MOST;
    char *text = malloc(length + 1);
    assert_non_null(text);
    size_t used = round % 2 ? 0 : length < 9 ? length : 9;
    memcpy(text, "/SECTION:", used);
    for (size_t i = used; i < length; i++)
      text[i] = pieces[next_random(&random) % (sizeof pieces - 1)];
    char *exact = realloc(text, length + (length == 0));
    assert_non_null(exact);
    assert_int_equal(hvci_linker_read(exact, length, round % 3, touch, &sum),
                     HVCI_OK);
    free(exact);
  }
  assert_true(sum > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_are_cut_at_blanks),
      cmocka_unit_test(quotes_keep_a_word_together),
      cmocka_unit_test(backslashes_are_ordinary_but_before_a_quote),
      cmocka_unit_test(offset_is_where_the_word_begins),
      cmocka_unit_test(byte_order_mark_is_skipped_at_the_start_alone),
      cmocka_unit_test(nul_is_a_blank),
      cmocka_unit_test(words_have_any_length),
      cmocka_unit_test(reading_stops_when_told),
      cmocka_unit_test(nothing_is_nothing),
      cmocka_unit_test(response_files_are_named),
      cmocka_unit_test(section_says_what_is_given_and_taken),
      cmocka_unit_test(names_of_sections_are_as_written),
      cmocka_unit_test(merge_has_two_names),
      cmocka_unit_test(align_is_a_number_as_in_c),
      cmocka_unit_test(only_align_is_dead_in_an_object),
      cmocka_unit_test(malformed_options_are_wrong),
      cmocka_unit_test(other_words_are_left_alone),
      cmocka_unit_test(any_bytes_are_read_to_their_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
