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
    enum hvci_rule rule = hvci_rule_find(comment + at, end - at);
    if (rule == HVCI_RULE_COUNT)
      return refuse(out, comment + at, end - at);
    out->rules |= UINT32_C(1) << rule;
    at = skip_spaces(comment, length, end);
    if (at >= length || (comment[at] != ',' && comment[at] != ')'))
      return refuse(out, "", 0);
    if (comment[at++] == ')')
      return HVCI_OK;
  }
}
