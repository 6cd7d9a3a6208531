// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * linker.c - the options of Microsoft's linker that say something of sections.
 *
 * Words are cut as the C runtime cuts a command line, with NUL a blank as well:
 * lld-link does so in response files and in .drectve alike.
 * Source: Microsoft Learn, "Parsing C++ command-line arguments", "Linker
 * command-line syntax", "/SECTION", "/MERGE", "/ALIGN", "comment pragma".
 */
#include "hvci/linker.h"

#include <stdlib.h>
#include <string.h>

#define ALIGN_KEY "ALIGN="

enum {
  ACCESS_MASK = HVCI_ACCESS_READ | HVCI_ACCESS_WRITE | HVCI_ACCESS_EXECUTE
};

struct cursor {
  const char *text;
  size_t length, at;
};

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

static bool is_at(const struct cursor *in, char c) {
  return in->at < in->length && in->text[in->at] == c;
}

// Backslashes count by two before a quote, and an odd one keeps the quote.
// Returns how far the output came.
static char *take_backslashes(struct cursor *in, char *out) {
  size_t count = 0;
  for (; is_at(in, '\\'); in->at++)
    count++;
  bool escapes = is_at(in, '"');
  size_t kept = escapes ? count / 2 : count;
  memset(out, '\\', kept);
  out += kept;
  if (escapes && count % 2 != 0) {
    *out++ = '"';
    in->at++;
  }
  return out;
}

// The next word into `out`, which holds length + 1 bytes; false: no more.
static bool take_word(struct cursor *in, char *out, size_t *offset) {
  bool quoted = false;
  while (in->at < in->length && is_blank(in->text[in->at]))
    in->at++;
  if (in->at == in->length)
    return false;
  *offset = in->at;
  while (in->at < in->length && (quoted || !is_blank(in->text[in->at]))) {
    char c = in->text[in->at];
    if (c == '\\') {
      out = take_backslashes(in, out);
      continue;
    }
    in->at++;
    if (c != '"') {
      *out++ = c ? c : ' '; // a NUL among quotes would end the word
    } else if (quoted && is_at(in, '"')) {
      *out++ = '"'; // two inside a quoted part are one
      in->at++;
    } else {
      quoted = !quoted;
    }
  }
  *out = '\0';
  return true;
}

// No locale has a say in it.
static char upper(char c) {
  return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

// What follows `start`, which is in upper case; or NULL.
static char *skip(char *text, const char *start) {
  for (; *start; start++, text++)
    if (upper(*text) != *start)
      return NULL;
  return text;
}

static bool read_number(const char *digits, uint64_t *out) {
  unsigned base = 10;
  *out = 0;
  if (digits[0] == '0' && upper(digits[1]) == 'X') {
    base = 16;
    digits += 2;
  } else if (digits[0] == '0') {
    base = 8;
  }
  for (; *digits; digits++) {
    char c = upper(*digits);
    unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                     : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                            : 16;
    if (digit >= base || *out > (UINT64_MAX - digit) / base)
      return false;
    *out = *out * base + digit;
  }
  return *out > 0;
}

// Those that say nothing of W^X are known, and no bit.
static bool find_letter(char letter, uint32_t *bit) {
  switch (upper(letter)) {
  case 'R':
    *bit = HVCI_ACCESS_READ;
    return true;
  case 'W':
    *bit = HVCI_ACCESS_WRITE;
    return true;
  case 'E':
    *bit = HVCI_ACCESS_EXECUTE;
    return true;
  case 'D':
    *bit = HVCI_ACCESS_DISCARDABLE;
    return true;
  case 'K':
  case 'P':
  case 'S':
    *bit = 0;
    return true;
  default:
    return false;
  }
}

// R, W and E are one set: to list one is to take away those that are not
// listed.
static bool read_letters(const char *letters, struct hvci_claim *out) {
  uint32_t listed = 0, negated = 0, bit;
  for (; *letters; letters++) {
    bool negates = *letters == '!';
    letters += negates;
    if (!find_letter(*letters, &bit))
      return false;
    listed = negates ? listed & ~bit : listed | bit;
    negated = negates ? negated | bit : negated & ~bit;
  }
  out->access = listed;
  out->denied = negated;
  if (listed & ACCESS_MASK)
    out->denied |= ACCESS_MASK & ~listed;
  return true;
}

// Behind the name: letters, an alignment, or both.
static bool read_attributes(char *text, struct hvci_claim *out) {
  char *number = skip(text, ALIGN_KEY);
  char *comma = strchr(text, ',');
  if (!number && comma) {
    *comma = '\0';
    number = skip(comma + 1, ALIGN_KEY);
    if (!number)
      return false;
  }
  if (number && !read_number(number, &out->alignment))
    return false;
  if (number && !comma)
    return true;
  return (text[0] || number) && read_letters(text, out);
}

// ---- options ---------------------------------------------------------------

typedef bool (*option_fn)(char *value, struct hvci_claim *out);

static bool read_section(char *value, struct hvci_claim *out) {
  char *comma = strchr(value, ',');
  if (!comma || comma == value)
    return false;
  *comma = '\0';
  out->kind = HVCI_CLAIM_ACCESS;
  out->section = value;
  return read_attributes(comma + 1, out);
}

static bool read_merge(char *value, struct hvci_claim *out) {
  char *equal = strchr(value, '=');
  if (!equal || equal == value || !equal[1])
    return false;
  *equal = '\0';
  out->kind = HVCI_CLAIM_MERGE;
  out->section = value;
  out->into = equal + 1;
  return true;
}

static bool read_align(char *value, struct hvci_claim *out) {
  out->kind = HVCI_CLAIM_ALIGN;
  return read_number(value, &out->alignment);
}

static const struct {
  const char *name;
  option_fn read;
  const char *allowed;
  bool alone;   // may stand without a value, and says nothing then
  bool ignored; // has no effect in an object
} options[] = {
    {.name = "SECTION",
     .read = read_section,
     .allowed = "/SECTION:name,[!]letters of DEKPRSW[,ALIGN=number]"},
    {.name = "MERGE", .read = read_merge, .allowed = "/MERGE:from=to"},
    {.name = "ALIGN",
     .read = read_align,
     .allowed = "/ALIGN:number, above 0",
     .alone = true,
     .ignored = true},
};

// Words go into messages of one line, and names of sections have none of these.
static bool has_control(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text < ' ' || *text == '\x7F')
      return true;
  return false;
}

// `copy` has the word as well, and is cut into the claim's names.
static void read_option(struct hvci_linker_option *out, char *copy,
                        bool embedded) {
  for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
    char *value = skip(copy + 1, options[i].name);
    if (!value || (*value && *value != ':'))
      continue;
    if (!*value && options[i].alone)
      return;
    out->claim = (struct hvci_claim){.section = "",
                                     .subject = out->text,
                                     .into = "",
                                     .dead = embedded && options[i].ignored};
    bool good = *value == ':' && !has_control(out->text) &&
                options[i].read(value + 1, &out->claim);
    out->word = good ? HVCI_WORD_CLAIM : HVCI_WORD_WRONG;
    out->wrong = good ? NULL : options[i].allowed;
    return;
  }
}

static void read_word(struct hvci_linker_option *out, const char *word,
                      char *copy, bool embedded) {
  *out = (struct hvci_linker_option){
      .word = HVCI_WORD_OTHER, .text = word, .offset = out->offset};
  if (word[0] == '@' && !embedded) {
    out->word = HVCI_WORD_RESPONSE;
    out->text = word + 1;
  } else if (word[0] == '/' || word[0] == '-') {
    memcpy(copy, word, strlen(word) + 1);
    read_option(out, copy, embedded);
  }
}

enum hvci_status hvci_linker_read(const char *text, size_t length,
                                  bool embedded, hvci_linker_fn take,
                                  void *payload) {
  static const char mark[] = {'\xEF', '\xBB', '\xBF'};
  struct cursor in = {.text = text, .length = length};
  struct hvci_linker_option option = {.word = HVCI_WORD_OTHER};
  if (length == 0)
    return HVCI_OK;
  if (length >= SIZE_MAX / 2)
    return HVCI_ERROR_MEMORY;
  char *word = malloc(2 * (length + 1)); // no word is longer than all
  if (!word)
    return HVCI_ERROR_MEMORY;
  char *copy = word + length + 1;
  if (length >= sizeof mark && memcmp(text, mark, sizeof mark) == 0)
    in.at = sizeof mark;
  while (take_word(&in, word, &option.offset)) {
    read_word(&option, word, copy, embedded);
    if (!take(&option, payload))
      break;
  }
  free(word);
  return HVCI_OK;
}
