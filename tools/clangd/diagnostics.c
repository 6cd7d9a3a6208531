// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * diagnostics.c - our diagnostics as the language server protocol has them.
 */
#include "diagnostics.h"

#include "../command.h"
#include "../plugins.h"

#include "hvci/catalogue.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char source_name[] = "hvcilint";

// What is no rule, but is reported beside them, and its page.
static const struct {
  const char *code, *page;
} others[] = {
    {"hvci-config", "configuration.md"},
    {"hvci-suppression", "suppression.md"},
};

static bool page_of(const char *code, size_t length, char *page, size_t size) {
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strlen(others[i].code) == length &&
        memcmp(others[i].code, code, length) == 0) {
      (void)snprintf(page, size, "%s", others[i].page);
      return true;
    }
  (void)snprintf(page, size, "rules/%.*s.md", (int)length, code);
  return hvci_rule_find(code, length) != HVCI_RULE_COUNT;
}

// Where clangd's message ends: it may count the fixes behind it, and tell the
// notes on further lines.
static size_t end_of_message(const char *text) {
  static const char *const tails[] = {" (fix available)", " (fixes available)"};
  size_t length = strcspn(text, "\n");
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    size_t tail = strlen(tails[i]);
    if (length > tail && memcmp(text + length - tail, tails[i], tail) == 0)
      return length - tail;
  }
  return length;
}

// The brackets in which our code stands, and behind; false if there are none.
static bool find_code(const char *text, size_t *begin, size_t *end, char *page,
                      size_t size) {
  *end = end_of_message(text);
  if (*end == 0 || text[*end - 1] != ']')
    return false;
  *begin = *end;
  while (*begin > 0 && text[*begin] != '[')
    --*begin;
  return *begin > 0 && text[*begin - 1] == ' ' &&
         page_of(text + *begin + 1, *end - *begin - 2, page, size);
}

static json_t *link_to(const char *page) {
  char *uri = page_uri(page);
  json_t *link = uri ? json_pack("{s:s}", "href", uri) : NULL;
  free(uri);
  return link;
}

// True if the diagnostic is ours, and now says so.
static bool name_source(json_t *diagnostic) {
  const char *text = json_string_value(json_object_get(diagnostic, "message"));
  char page[256];
  size_t begin, end;
  if (!text || !find_code(text, &begin, &end, page, sizeof page))
    return false;
  json_t *code = json_stringn(text + begin + 1, end - begin - 2);
  json_t *message = json_sprintf("%.*s%s", (int)(begin - 1), text, text + end);
  (void)json_object_set_new(diagnostic, "message", need(message));
  (void)json_object_set_new(diagnostic, "code", need(code));
  (void)json_object_set_new(diagnostic, "source", json_string(source_name));
  json_t *link = link_to(page);
  if (link)
    (void)json_object_set_new(diagnostic, "codeDescription", link);
  return true;
}

static bool name_sources(json_t *diagnostics) {
  bool any = false;
  size_t i;
  json_t *diagnostic;
  json_array_foreach(diagnostics, i, diagnostic) any |= name_source(diagnostic);
  return any;
}

// Clangd calls a fix in several places what it calls the finding.
static bool clean_title(json_t *action) {
  const char *text = json_string_value(json_object_get(action, "title"));
  char page[256];
  size_t begin, end;
  if (!text || !find_code(text, &begin, &end, page, sizeof page))
    return false;
  json_t *title = json_sprintf("%.*s%s", (int)(begin - 1), text, text + end);
  (void)json_object_set_new(action, "title", need(title));
  return true;
}

// An answer may hold diagnostics at any depth: those of a code action, or of
// several documents that the editor asked about. The depth is that which the
// parser takes.
static bool name_sources_within(json_t *value) {
  bool any = false;
  size_t i;
  const char *key;
  json_t *part;
  if (json_is_object(json_object_get(value, "range")))
    any = name_source(value);
  any |= clean_title(value);
  json_object_foreach(value, key, part) any |= name_sources_within(part);
  json_array_foreach(value, i, part) any |= name_sources_within(part);
  return any;
}

static bool holds(const char *body, size_t length, const char *word) {
  size_t size = strlen(word);
  for (const char *at = body, *end = body + length;
       at && (size_t)(end - at) >= size; at++) {
    at = memchr(at, word[0], (size_t)(end - at) - size + 1);
    if (!at || memcmp(at, word, size) == 0)
      return at;
  }
  return false;
}

static json_t *parse(const char *body, size_t length) {
  return json_loadb(body, length, JSON_ALLOW_NUL, NULL);
}

static bool is_method(const json_t *message, const char *name) {
  const char *method = json_string_value(json_object_get(message, "method"));
  return method && strcmp(method, name) == 0;
}

// The text of the message if it was changed. Lets go of the message.
static char *finish(json_t *message, bool changed, size_t *length) {
  char *text = changed ? json_dumps(message, JSON_COMPACT) : NULL;
  json_decref(message);
  if (text)
    *length = strlen(text);
  return text;
}

char *diagnostics_to_editor(const char *body, size_t length,
                            size_t *out_length) {
  json_t *message = NULL;
  if (!holds(body, length, "[hvci-") || !(message = parse(body, length)))
    return NULL;
  json_t *answer = json_object_get(message, "result");
  bool changed = false;
  if (is_method(message, "textDocument/publishDiagnostics"))
    changed = name_sources(
        json_object_get(json_object_get(message, "params"), "diagnostics"));
  else if (answer)
    changed = name_sources_within(answer);
  return finish(message, changed, out_length);
}

// True if the diagnostic is ours, and is now as clangd gave it.
static bool hide_source(json_t *diagnostic) {
  const char *source = json_string_value(json_object_get(diagnostic, "source"));
  const char *code = json_string_value(json_object_get(diagnostic, "code"));
  const char *text = json_string_value(json_object_get(diagnostic, "message"));
  if (!source || strcmp(source, source_name) != 0 || !code || !text)
    return false;
  size_t end = end_of_message(text);
  json_t *message =
      json_sprintf("%.*s [%s]%s", (int)end, text, code, text + end);
  (void)json_object_set_new(diagnostic, "message", need(message));
  (void)json_object_del(diagnostic, "source");
  (void)json_object_del(diagnostic, "code");
  (void)json_object_del(diagnostic, "codeDescription");
  return true;
}

char *diagnostics_to_server(const char *body, size_t length,
                            size_t *out_length) {
  json_t *message = NULL, *diagnostic;
  bool changed = false;
  size_t i;
  if (!holds(body, length, source_name) ||
      !holds(body, length, "codeAction") || // the slash may be escaped
      !(message = parse(body, length)))
    return NULL;
  json_t *context =
      json_object_get(json_object_get(message, "params"), "context");
  if (is_method(message, "textDocument/codeAction"))
    json_array_foreach(json_object_get(context, "diagnostics"), i, diagnostic)
        changed |= hide_source(diagnostic);
  return finish(message, changed, out_length);
}
