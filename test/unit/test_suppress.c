// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"
#include "hvci/suppress.h"

#include <stdio.h>
#include <stdlib.h>

#define POOL "hvci-execute-pool-type"
#define RELOC "hvci-unsupported-reloc"

enum { FIRST = 30029, LAST = 30035, WARNINGS = LAST - FIRST + 1 };

static uint32_t parse(const char *text) {
  return hvci_warning_parse(text, strlen(text));
}

static void each_warning_has_a_bit_of_its_own(void **state) {
  (void)state;
  uint32_t seen = 0;
  for (unsigned number = FIRST; number <= LAST; number++) {
    uint32_t bit = hvci_warning_bit(number);
    assert_true(bit != 0 && (bit & (bit - 1)) == 0);
    assert_false(seen & bit);
    assert_int_equal(hvci_warning_number(bit), number);
    seen |= bit;
  }
}

static void other_warnings_have_none(void **state) {
  (void)state;
  static const unsigned others[] = {0,     1,     4996,  28159,     30028,
                                    30036, 34029, 95565, 4294967295};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    assert_int_equal(hvci_warning_bit(others[i]), 0);
  assert_int_equal(hvci_warning_number(0), 0);
  assert_int_equal(
      hvci_warning_number(hvci_warning_bit(FIRST) | hvci_warning_bit(LAST)), 0);
  assert_int_equal(hvci_warning_number(UINT32_C(1) << 31), 0);
}

static void a_warning_is_read_as_a_number(void **state) {
  (void)state;
  assert_int_equal(parse("30029"), hvci_warning_bit(30029));
  assert_int_equal(parse("30035"), hvci_warning_bit(30035));
  assert_int_equal(parse("C30030"), hvci_warning_bit(30030));
  assert_int_equal(parse("c30030"), hvci_warning_bit(30030));
}

// Microsoft Learn, "C30029" to "C30035": __WARNING_ and the name of the page.
static void a_warning_is_read_as_a_name(void **state) {
  (void)state;
  static const struct {
    const char *name;
    unsigned number;
  } names[] = {
      {"NOTYPE", 30029},
      {"UNSAFE", 30030},
      {"MAYBE_SAFE", 30031},
      {"FORCE_UNSAFE", 30032},
      {"MAYBE_UNSAFE_DRIVER_LOADED", 30033},
      {"MAYBE_UNSAFE", 30034},
      {"MAYBE_BAD_CALL_SITE", 30035},
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char text[80] = "__WARNING_BANNED_MEM_ALLOCATION_";
    strcat(text, names[i].name);
    assert_int_equal(parse(text), hvci_warning_bit(names[i].number));
    size_t length = strlen(text);
    for (size_t shorter = 0; shorter < length; shorter++) {
      uint32_t bit = hvci_warning_parse(text, shorter);
      // One name begins with another: MAYBE_UNSAFE.
      assert_true(bit == 0 ||
                  (names[i].number == 30033 && bit == hvci_warning_bit(30034)));
    }
    text[length] = '_';
    assert_int_equal(hvci_warning_parse(text, length + 1), 0);
  }
}

static void other_texts_are_no_warning(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "C",
                                    "c",
                                    "CC30030",
                                    "3003",
                                    "030030",
                                    "300300",
                                    "30036",
                                    "30028",
                                    "3003O",
                                    "3003/",
                                    "3002:",
                                    " 30030",
                                    "30030 ",
                                    "+30030",
                                    "-30030",
                                    "0x754E",
                                    "30.30",
                                    "C 30030",
                                    "W30030",
                                    "__WARNING_",
                                    "4294997326",
                                    "BANNED_MEM_ALLOCATION_UNSAFE",
                                    "__WARNING_30030",
                                    "__warning_BANNED_MEM_ALLOCATION_UNSAFE",
                                    "__WARNING_banned_mem_allocation_unsafe"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (parse(bad[i]) != 0)
      fail_msg("'%s' is no warning", bad[i]);
  assert_int_equal(hvci_warning_parse("30030\0", 6), 0);
  assert_int_equal(hvci_warning_parse("3003\0", 5), 0);
  assert_int_equal(hvci_warning_parse(NULL, 0), 0);
}

// In memory of its own size: the text need not end in NUL.
static void a_warning_is_read_within_its_length(void **state) {
  (void)state;
  static const char *const texts[] = {
      "C30030", "__WARNING_BANNED_MEM_ALLOCATION_UNSAFE", "__WARNING_"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    for (size_t length = 1; length <= strlen(texts[i]); length++) {
      char *exact = malloc(length);
      assert_non_null(exact);
      memcpy(exact, texts[i], length);
      uint32_t bit = hvci_warning_parse(exact, length);
      bool whole = length == strlen(texts[i]) && i < 2;
      assert_int_equal(bit, whole ? hvci_warning_bit(30030) : 0);
      free(exact);
    }
  }
}

static const struct hvci_warning_event push = {.action = HVCI_WARNING_PUSH};
static const struct hvci_warning_event pop = {.action = HVCI_WARNING_POP};

static struct hvci_warning_event disable(uint32_t warnings) {
  return (struct hvci_warning_event){HVCI_WARNING_DISABLE, warnings};
}

static struct hvci_warning_event restore(uint32_t warnings) {
  return (struct hvci_warning_event){HVCI_WARNING_DEFAULT, warnings};
}

static void nothing_is_disabled_at_first(void **state) {
  (void)state;
  const struct hvci_warning_event events[] = {disable(1)};
  assert_int_equal(hvci_warning_disabled_by(NULL, 0, 1), -1);
  assert_int_equal(hvci_warning_disabled_by(events, 0, 1), -1);
  assert_int_equal(hvci_warning_disabled_by(events, 1, 1), 0);
  assert_int_equal(hvci_warning_disabled_by(events, 1, 2), -1);
}

static void the_latest_event_decides(void **state) {
  (void)state;
  const struct hvci_warning_event events[] = {disable(3), disable(1),
                                              restore(1), disable(4)};
  assert_int_equal(hvci_warning_disabled_by(events, 2, 1), 1);
  assert_int_equal(hvci_warning_disabled_by(events, 2, 2), 0);
  assert_int_equal(hvci_warning_disabled_by(events, 3, 1), -1);
  assert_int_equal(hvci_warning_disabled_by(events, 4, 1), -1);
  assert_int_equal(hvci_warning_disabled_by(events, 4, 2), 0);
  assert_int_equal(hvci_warning_disabled_by(events, 4, 4), 3);
}

static void a_pop_restores_what_was_before_the_push(void **state) {
  (void)state;
  const struct hvci_warning_event events[] = {
      disable(1), push, restore(1), push, disable(3), pop, pop, push};
  static const int of_1[] = {-1, 0, 0, -1, -1, 4, -1, 0, 0};
  static const int of_2[] = {-1, -1, -1, -1, -1, 4, -1, -1, -1};
  for (size_t count = 0; count <= 8; count++) {
    assert_int_equal(hvci_warning_disabled_by(events, count, 1), of_1[count]);
    assert_int_equal(hvci_warning_disabled_by(events, count, 2), of_2[count]);
  }
}

/* The reference: forwards, with a stack, one warning at a time. */
enum { EVENTS = 60 };

static ptrdiff_t interpret(const struct hvci_warning_event *events,
                           size_t count, uint32_t warning) {
  ptrdiff_t stack[EVENTS + 1], now = -1;
  size_t depth = 0;
  for (size_t i = 0; i < count; i++) {
    switch (events[i].action) {
    case HVCI_WARNING_PUSH:
      stack[depth++] = now;
      break;
    case HVCI_WARNING_POP:
      now = stack[--depth];
      break;
    case HVCI_WARNING_DISABLE:
    case HVCI_WARNING_DEFAULT:
      if (events[i].warnings & warning)
        now = events[i].action == HVCI_WARNING_DISABLE ? (ptrdiff_t)i : -1;
      break;
    }
  }
  return now;
}

static void random_events_are_as_if_interpreted_forwards(void **state) {
  (void)state;
  uint64_t seed = 6;
  for (unsigned list = 0; list < 2000; list++) {
    struct hvci_warning_event events[EVENTS];
    size_t depth = 0;
    for (size_t i = 0; i < EVENTS; i++) {
      uint64_t r = next_random(&seed);
      events[i].action = (enum hvci_warning_action)(r % 4);
      // Events of push and pop carry no warnings; stray bits must not count.
      events[i].warnings = (uint32_t)(r >> 8 & r >> 16) % (1u << WARNINGS);
      if (events[i].action == HVCI_WARNING_POP && depth == 0)
        events[i].action = HVCI_WARNING_PUSH;
      depth += events[i].action == HVCI_WARNING_PUSH;
      depth -= events[i].action == HVCI_WARNING_POP;
      for (unsigned w = 0; w < WARNINGS; w++) {
        uint32_t warning = UINT32_C(1) << w;
        ptrdiff_t expected = interpret(events, i + 1, warning);
        ptrdiff_t by = hvci_warning_disabled_by(events, i + 1, warning);
        if (by != expected)
          fail_msg("list %u, event %zu: %td, not %td", list, i, by, expected);
      }
    }
  }
}

static enum hvci_status allow(struct hvci_allow *out, const char *comment) {
  memset(out, 0xFF, sizeof *out);
  return hvci_allow_parse(out, comment, strlen(comment));
}

static uint32_t bit(enum hvci_rule rule) { return UINT32_C(1) << rule; }

static void a_comment_allows_the_rules_it_names(void **state) {
  (void)state;
  static const struct {
    const char *comment;
    uint32_t rules;
  } good[] = {
      {"// hvcilint: allow(" POOL ") firmware needs it",
       1u << HVCI_RULE_EXECUTE_POOL_TYPE},
      {"// hvcilint: allow(" RELOC ")", 1u << HVCI_RULE_UNSUPPORTED_RELOC},
      {"//hvcilint:allow(" RELOC ")", 1u << HVCI_RULE_UNSUPPORTED_RELOC},
      {"//\t hvcilint:\t allow(\t" RELOC " \t) x",
       1u << HVCI_RULE_UNSUPPORTED_RELOC},
      {"/* hvcilint: allow(" RELOC ") why */",
       1u << HVCI_RULE_UNSUPPORTED_RELOC},
      {"/*hvcilint: allow(" RELOC ")*/", 1u << HVCI_RULE_UNSUPPORTED_RELOC},
      {"// hvcilint: allow(" POOL ", " RELOC ") two",
       1u << HVCI_RULE_EXECUTE_POOL_TYPE | 1u << HVCI_RULE_UNSUPPORTED_RELOC},
      {"// hvcilint: allow( " POOL "," RELOC " ,hvci-execute-page-mapping)",
       1u << HVCI_RULE_EXECUTE_POOL_TYPE | 1u << HVCI_RULE_UNSUPPORTED_RELOC |
           1u << HVCI_RULE_EXECUTE_PAGE_MAPPING},
      {"// hvcilint: allow(" POOL "," POOL ") twice",
       1u << HVCI_RULE_EXECUTE_POOL_TYPE},
      {"// hvcilint: allow(" POOL ")) allow(no", // what follows is the reason
       1u << HVCI_RULE_EXECUTE_POOL_TYPE},
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    struct hvci_allow out;
    if (allow(&out, good[i].comment) != HVCI_OK)
      fail_msg("'%s' is refused", good[i].comment);
    assert_true(out.present);
    assert_int_equal(out.rules, good[i].rules);
    assert_string_equal(out.unknown, "");
  }
}

static void a_comment_to_others_is_not_ours(void **state) {
  (void)state;
  static const char *const others[] = {"",
                                       "/",
                                       "//",
                                       "/**/",
                                       "// ",
                                       "// hvcilint",
                                       "// hvcilint allow(" POOL ")",
                                       "// Hvcilint: allow(" POOL ")",
                                       "// see hvcilint: allow(" POOL ")",
                                       "// xhvcilint: allow(" POOL ")",
                                       "// hvcilin: allow(no)",
                                       "/* text\n * hvcilint: allow(" POOL
                                       ") */",
                                       "// NOLINT(" POOL ")"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    struct hvci_allow out;
    assert_int_equal(allow(&out, others[i]), HVCI_OK);
    if (out.present)
      fail_msg("'%s' is not for us", others[i]);
    assert_int_equal(out.rules, 0);
    assert_string_equal(out.unknown, "");
  }
  struct hvci_allow out;
  assert_int_equal(hvci_allow_parse(&out, NULL, 0), HVCI_OK);
  assert_false(out.present);
}

static void a_comment_of_wrong_form_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"// hvcilint:",
                                    "// hvcilint: ",
                                    "// hvcilint:: allow(" POOL ")",
                                    "// hvcilint: deny(" POOL ")",
                                    "// hvcilint: Allow(" POOL ")",
                                    "// hvcilint: allow",
                                    "// hvcilint: allow (" POOL ")",
                                    "// hvcilint: allow " POOL,
                                    "// hvcilint: allow(",
                                    "// hvcilint: allow()",
                                    "// hvcilint: allow( )",
                                    "// hvcilint: allow(,)",
                                    "// hvcilint: allow(," POOL ")",
                                    "// hvcilint: allow(" POOL,
                                    "// hvcilint: allow(" POOL ",",
                                    "// hvcilint: allow(" POOL ",)",
                                    "// hvcilint: allow(" POOL ",," RELOC ")",
                                    "// hvcilint: allow(" POOL " " RELOC ")",
                                    "// hvcilint: allow(" POOL "(" RELOC ")",
                                    "// hvcilint: allow((" POOL "))",
                                    "// hvcilint: allow(" POOL "\n)",
                                    "/* hvcilint: allow(" POOL " */",
                                    "/* hvcilint: allow(" POOL "*/",
                                    "/* hvcilint: allow(*/",
                                    "/* hvcilint: */"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct hvci_allow out;
    if (allow(&out, bad[i]) != HVCI_ERROR_COMMENT)
      fail_msg("'%s' is not refused", bad[i]);
    assert_true(out.present);
    assert_string_equal(out.unknown, "");
  }
}

static void a_name_that_is_no_rule_is_told(void **state) {
  (void)state;
  static const struct {
    const char *comment, *unknown;
  } bad[] = {
      {"// hvcilint: allow(no)", "no"},
      {"// hvcilint: allow(" POOL ", no , " RELOC ")", "no"},
      {"// hvcilint: allow(execute-pool-type)", "execute-pool-type"},
      {"// hvcilint: allow(HVCI-execute-pool-type)", "HVCI-execute-pool-type"},
      {"// hvcilint: allow(" POOL "x)", POOL "x"},
      {"// hvcilint: allow(" POOL ";" RELOC ")", POOL ";" RELOC},
      {"// hvcilint: allow(all)", "all"},
      {"// hvcilint: allow(no", "no"},
      {"// hvcilint: allow(no\n)", "no"},
      {"/* hvcilint: allow(no*/", "no"},
      {"// hvcilint: allow(30030)", "30030"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct hvci_allow out;
    assert_int_equal(allow(&out, bad[i].comment), HVCI_ERROR_COMMENT);
    assert_true(out.present);
    assert_string_equal(out.unknown, bad[i].unknown);
  }
}

static void a_long_name_is_cut_to_fit(void **state) {
  (void)state;
  enum { ROOM = sizeof((struct hvci_allow *)0)->unknown };
  for (size_t length = ROOM - 2; length <= ROOM + 2; length++) {
    char comment[200] = "// hvcilint: allow(";
    char name[ROOM + 3] = {0};
    struct hvci_allow out;
    for (size_t i = 0; i < length; i++)
      name[i] = (char)('a' + i % 26);
    strcat(strcat(comment, name), ")");
    name[ROOM - 1] = '\0';
    assert_int_equal(allow(&out, comment), HVCI_ERROR_COMMENT);
    assert_string_equal(out.unknown, name);
  }
}

static void a_nul_byte_is_no_part_of_a_name(void **state) {
  (void)state;
  static const char in_name[] = "// hvcilint: allow(" POOL "\0)";
  static const char before[] = "// hvcilint: allow(\0" POOL ")";
  static const char in_verb[] = "// hvcilint: all\0w(" POOL ")";
  static const char in_address[] = "// hvcilint\0: allow(" POOL ")";
  static const char in_reason[] = "// hvcilint: allow(" POOL ") \0 x";
  struct hvci_allow out;
  assert_int_equal(hvci_allow_parse(&out, in_name, sizeof in_name - 1),
                   HVCI_ERROR_COMMENT);
  assert_string_equal(out.unknown, "");
  assert_int_equal(hvci_allow_parse(&out, before, sizeof before - 1),
                   HVCI_ERROR_COMMENT);
  assert_int_equal(hvci_allow_parse(&out, in_verb, sizeof in_verb - 1),
                   HVCI_ERROR_COMMENT);
  assert_int_equal(hvci_allow_parse(&out, in_address, sizeof in_address - 1),
                   HVCI_OK);
  assert_false(out.present);
  assert_int_equal(hvci_allow_parse(&out, in_reason, sizeof in_reason - 1),
                   HVCI_OK);
  assert_int_equal(out.rules, bit(HVCI_RULE_EXECUTE_POOL_TYPE));
}

// Each prefix in memory of its own size, so that a byte too many is seen.
static void a_comment_cut_anywhere_is_read_within_its_length(void **state) {
  (void)state;
  static const char comment[] =
      "/* hvcilint: allow(" POOL ", " RELOC ") because */";
  const size_t addressed = strlen("/* hvcilint:");
  const size_t complete = (size_t)(strchr(comment, ')') - comment) + 1;
  for (size_t length = 0; length < sizeof comment; length++) {
    struct hvci_allow out;
    char *exact = malloc(length ? length : 1);
    assert_non_null(exact);
    memcpy(exact, comment, length);
    enum hvci_status status = hvci_allow_parse(&out, exact, length);
    free(exact);
    assert_int_equal(out.present, length >= addressed);
    assert_int_equal(status, length < addressed || length >= complete
                                 ? HVCI_OK
                                 : HVCI_ERROR_COMMENT);
    if (length >= complete)
      assert_int_equal(out.rules, bit(HVCI_RULE_EXECUTE_POOL_TYPE) |
                                      bit(HVCI_RULE_UNSUPPORTED_RELOC));
  }
}

static void a_comment_with_any_byte_changed_is_read(void **state) {
  (void)state;
  static const char comment[] = "// hvcilint: allow(" POOL ", " RELOC ") x";
  const size_t length = sizeof comment - 1;
  const size_t addressed = strlen("// hvcilint:");
  const size_t complete = (size_t)(strchr(comment, ')') - comment) + 1;
  const uint32_t both =
      bit(HVCI_RULE_EXECUTE_POOL_TYPE) | bit(HVCI_RULE_UNSUPPORTED_RELOC);
  for (size_t at = 2; at < length; at++) {
    for (unsigned byte = 0; byte < 256; byte++) {
      struct hvci_allow out;
      char *exact = malloc(length);
      assert_non_null(exact);
      memcpy(exact, comment, length);
      exact[at] = (char)byte;
      enum hvci_status status = hvci_allow_parse(&out, exact, length);
      free(exact);
      // Whatever the byte, never another rule, and never one unsaid.
      assert_int_equal(out.rules & ~both, 0);
      if (at >= complete)
        assert_int_equal(out.rules, both);
      if (status == HVCI_OK)
        assert_true(out.present
                        ? out.rules == both ||
                              out.rules == bit(HVCI_RULE_EXECUTE_POOL_TYPE)
                        : at < addressed);
    }
  }
}

static void reason_is_what_is_behind_the_rules(void **state) {
  static const struct {
    const char *comment, *reason;
  } cases[] = {
      {"// hvcilint: allow(hvci-dynamic-code)", ""},
      {"// hvcilint: allow(hvci-dynamic-code)   \r", ""},
      {"// hvcilint: allow(hvci-dynamic-code) vendor's table\t",
       "vendor's table"},
      {"/* hvcilint: allow(hvci-dynamic-code) why */", "why"},
      {"/*hvcilint: allow(hvci-dynamic-code)*/", ""},
      {"// hvcilint: allow(hvci-dynamic-code) ends in */", "ends in */"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct hvci_allow out;
    assert_int_equal(allow(&out, cases[i].comment), HVCI_OK);
    assert_int_equal(out.reason_length, strlen(cases[i].reason));
    assert_memory_equal(out.reason, cases[i].reason, out.reason_length);
    assert_int_equal(out.until, 0);
  }
}

static void last_day_stands_among_the_rules(void **state) {
  struct hvci_allow out;
  (void)state;
  assert_int_equal(
      allow(&out,
            "// hvcilint: allow(hvci-dynamic-code, until=2028-02-29) why"),
      HVCI_OK);
  assert_int_equal(out.until, 20280229);
  assert_int_equal(out.rules, 1u << HVCI_RULE_DYNAMIC_CODE);
  assert_int_equal(out.reason_length, 3);
  assert_int_equal(
      allow(&out, "// hvcilint: allow(until=2027-12-31,hvci-dynamic-code)"),
      HVCI_OK);
  assert_int_equal(out.until, 20271231);
}

static void what_is_no_day_is_refused(void **state) {
  static const char *const days[] = {"",           "2027",        "2027-02-29",
                                     "2027-13-01", "2027-00-10",  "2027-04-31",
                                     "2027-01-00", "0000-01-01",  "2027/01/01",
                                     "2027-1-01",  "2027-01-011", "20x7-01-01",
                                     "-027-01-01"};
  (void)state;
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    struct hvci_allow out;
    char comment[96], name[64];
    assert_int_equal(hvci_day_parse(days[i], strlen(days[i])), 0);
    (void)snprintf(comment, sizeof comment,
                   "// hvcilint: allow(hvci-dynamic-code, until=%s)", days[i]);
    (void)snprintf(name, sizeof name, "until=%s", days[i]);
    assert_int_equal(allow(&out, comment), HVCI_ERROR_COMMENT);
    assert_string_equal(out.unknown, name);
  }
}

static void day_alone_allows_nothing(void **state) {
  struct hvci_allow out;
  (void)state;
  assert_int_equal(allow(&out, "// hvcilint: allow(until=2027-12-31) why"),
                   HVCI_ERROR_COMMENT);
  assert_string_equal(out.unknown, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reason_is_what_is_behind_the_rules),
      cmocka_unit_test(last_day_stands_among_the_rules),
      cmocka_unit_test(what_is_no_day_is_refused),
      cmocka_unit_test(day_alone_allows_nothing),
      cmocka_unit_test(each_warning_has_a_bit_of_its_own),
      cmocka_unit_test(other_warnings_have_none),
      cmocka_unit_test(a_warning_is_read_as_a_number),
      cmocka_unit_test(a_warning_is_read_as_a_name),
      cmocka_unit_test(other_texts_are_no_warning),
      cmocka_unit_test(a_warning_is_read_within_its_length),
      cmocka_unit_test(nothing_is_disabled_at_first),
      cmocka_unit_test(the_latest_event_decides),
      cmocka_unit_test(a_pop_restores_what_was_before_the_push),
      cmocka_unit_test(random_events_are_as_if_interpreted_forwards),
      cmocka_unit_test(a_comment_allows_the_rules_it_names),
      cmocka_unit_test(a_comment_to_others_is_not_ours),
      cmocka_unit_test(a_comment_of_wrong_form_is_refused),
      cmocka_unit_test(a_name_that_is_no_rule_is_told),
      cmocka_unit_test(a_long_name_is_cut_to_fit),
      cmocka_unit_test(a_nul_byte_is_no_part_of_a_name),
      cmocka_unit_test(a_comment_cut_anywhere_is_read_within_its_length),
      cmocka_unit_test(a_comment_with_any_byte_changed_is_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
