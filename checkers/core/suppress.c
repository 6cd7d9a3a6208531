// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * suppress.c - what pragmas and comments switch off.
 */
#include "hvci/suppress.h"

#include <string.h>

static const struct {
  unsigned number;
  const char *name;
} warnings[] = {
#define HVCI_WARNING(number, name) {number, name},
#include "warnings.def"
};

#define WARNING_COUNT (sizeof warnings / sizeof *warnings)

uint32_t hvci_warning_bit(unsigned number) {
  for (size_t i = 0; i < WARNING_COUNT; i++)
    if (warnings[i].number == number)
      return UINT32_C(1) << i;
  return 0;
}

unsigned hvci_warning_number(uint32_t bit) {
  for (size_t i = 0; i < WARNING_COUNT; i++)
    if (bit == UINT32_C(1) << i)
      return warnings[i].number;
  return 0;
}

static bool has_prefix(const char *text, size_t length, const char *prefix) {
  size_t n = strlen(prefix);
  return length >= n && memcmp(text, prefix, n) == 0;
}

static uint32_t parse_name(const char *text, size_t length) {
  for (size_t i = 0; i < WARNING_COUNT; i++)
    if (strlen(warnings[i].name) == length &&
        memcmp(warnings[i].name, text, length) == 0)
      return UINT32_C(1) << i;
  return 0;
}

uint32_t hvci_warning_parse(const char *text, size_t length) {
  static const char prefix[] = "__WARNING_";
  if (has_prefix(text, length, prefix))
    return parse_name(text + sizeof prefix - 1, length - (sizeof prefix - 1));
  if (length > 0 && (*text == 'C' || *text == 'c'))
    text++, length--;
  unsigned number = 0;
  if (length != 5)
    return 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] < '0' || text[i] > '9')
      return 0;
    number = number * 10 + (unsigned)(text[i] - '0');
  }
  return hvci_warning_bit(number);
}

// Backwards from the place asked about: what lies between a push and its pop
// has no effect any more.
ptrdiff_t hvci_warning_disabled_by(const struct hvci_warning_event *events,
                                   size_t count, uint32_t warning) {
  size_t closed = 0;
  for (size_t i = count; i-- > 0;) {
    const struct hvci_warning_event *event = &events[i];
    if (event->action == HVCI_WARNING_POP)
      closed++;
    else if (event->action == HVCI_WARNING_PUSH)
      closed -= closed > 0;
    else if (closed == 0 && (event->warnings & warning))
      return event->action == HVCI_WARNING_DISABLE ? (ptrdiff_t)i : -1;
  }
  return -1;
}

static size_t skip_spaces(const char *text, size_t length, size_t at) {
  while (at < length && (text[at] == ' ' || text[at] == '\t'))
    at++;
  return at;
}

static size_t end_of_name(const char *text, size_t length, size_t at) {
  while (at < length && !memchr(" \t,()\r\n*", text[at], 9))
    at++;
  return at;
}

static enum hvci_status refuse(struct hvci_allow *out, const char *name,
                               size_t length) {
  if (length >= sizeof out->unknown)
    length = sizeof out->unknown - 1;
  memcpy(out->unknown, name, length);
  return HVCI_ERROR_COMMENT;
}

static bool read_digits(const char *text, size_t count, uint32_t *out) {
  *out = 0;
  for (size_t i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9')
      return false;
    *out = *out * 10 + (uint32_t)(text[i] - '0');
  }
  return true;
}

static uint32_t days_of(uint32_t year, uint32_t month) {
  static const uint32_t days[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap);
}

uint32_t hvci_day_parse(const char *text, size_t length) {
  uint32_t year, month, day;
  if (length != 10 || text[4] != '-' || text[7] != '-' ||
      !read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
      !read_digits(text + 8, 2, &day))
    return 0;
  if (year == 0 || month < 1 || month > 12 || day < 1 ||
      day > days_of(year, month))
    return 0;
  return year * 10000 + month * 100 + day;
}

// What is behind the parenthesis, without the comment's own end.
static void read_reason(struct hvci_allow *out, const char *comment,
                        size_t length, size_t at) {
  if (has_prefix(comment, length, "/*") && length >= 4 &&
      comment[length - 2] == '*')
    length -= 2;
  at = skip_spaces(comment, length, at);
  while (length > at && memchr(" \t\r\n", comment[length - 1], 4))
    length--;
  out->reason = comment + at;
  out->reason_length = length > at ? length - at : 0;
}

// A rule's name, or the last day.
static bool read_item(struct hvci_allow *out, const char *item, size_t length) {
  static const char until[] = "until=";
  if (has_prefix(item, length, until)) {
    out->until =
        hvci_day_parse(item + sizeof until - 1, length - (sizeof until - 1));
    return out->until != 0;
  }
  enum hvci_rule rule = hvci_rule_find(item, length);
  if (rule == HVCI_RULE_COUNT)
    return false;
  out->rules |= UINT32_C(1) << rule;
  return true;
}

enum hvci_status hvci_allow_parse(struct hvci_allow *out, const char *comment,
                                  size_t length) {
  static const char address[] = "hvcilint:";
  static const char verb[] = "allow(";
  *out = (struct hvci_allow){.present = false};

  size_t at = 2; // behind // or /*
  at = skip_spaces(comment, length, at);
  if (at >= length || !has_prefix(comment + at, length - at, address))
    return HVCI_OK;
  out->present = true;
  at = skip_spaces(comment, length, at + sizeof address - 1);
  if (at >= length || !has_prefix(comment + at, length - at, verb))
    return refuse(out, "", 0);
  at += sizeof verb - 1;

  for (;;) {
    at = skip_spaces(comment, length, at);
    size_t end = end_of_name(comment, length, at);
    if (!read_item(out, comment + at, end - at))
      return refuse(out, comment + at, end - at);
    at = skip_spaces(comment, length, end);
    if (at >= length || (comment[at] != ',' && comment[at] != ')'))
      return refuse(out, "", 0);
    if (comment[at++] == ')')
      break;
  }
  if (out->rules == 0)
    return refuse(out, "", 0);
  read_reason(out, comment, length, at);
  return HVCI_OK;
}
