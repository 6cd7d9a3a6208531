// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * condition.c - conditions of MSBuild.
 *
 * Source: "MSBuild conditions", Microsoft Learn.
 */
#include "msbuild.h"

#include "command.h"
#include "lookup.h"
#include "paths.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 64 };

struct parser {
  const struct place *place;
  const struct properties *metadata;
  const struct item *item;
  const char *at;
  unsigned depth;
  bool good;
};

static void skip_blanks(struct parser *in) {
  while (isspace((unsigned char)*in->at))
    in->at++;
}

static bool take(struct parser *in, const char *text) {
  skip_blanks(in);
  size_t length = strlen(text);
  if (strncasecmp(in->at, text, length) != 0)
    return false;
  // "and" is no part of "android".
  if (isalpha((unsigned char)text[0]) &&
      (isalnum((unsigned char)in->at[length]) || in->at[length] == '_'))
    return false;
  in->at += length;
  return true;
}

static char *fail(struct parser *in) {
  in->good = false;
  return need(strdup(""));
}

// 'text', $(Property), %(Metadata), a number or a word; the caller frees it.
static char *take_operand(struct parser *in) {
  skip_blanks(in);
  const char *begin = in->at, *end;
  if (*begin == '\'') {
    end = strchr(begin + 1, '\'');
    if (!end)
      return fail(in);
    in->at = end + 1;
    begin++;
  } else if (*begin == '$' || *begin == '%') {
    unsigned open = 0;
    for (end = begin; *end && !(*end == ')' && open == 1); end++) {
      open += *end == '(';
      open -= open && *end == ')';
    }
    if (!*end)
      return fail(in);
    in->at = ++end;
  } else {
    end = begin;
    while (isalnum((unsigned char)*end) || (*end && strchr("._-+", *end)))
      end++;
    in->at = end;
    if (end == begin)
      return fail(in);
  }
  char *raw = copy_part(begin, (size_t)(end - begin));
  char *text = expand(in->place, raw, in->metadata, in->item);
  free(raw);
  return text;
}

// ---- comparisons -----------------------------------------------------------

// Numbers, or versions such as 10.0.22621.0. False: they are neither.
static bool order_of(const char *left, const char *right, int *out) {
  *out = 0;
  while (*left || *right) {
    char *left_end = NULL, *right_end = NULL;
    if ((*left && !isdigit((unsigned char)*left)) ||
        (*right && !isdigit((unsigned char)*right)))
      return false;
    unsigned long long a = *left ? strtoull(left, &left_end, 0) : 0;
    unsigned long long b = *right ? strtoull(right, &right_end, 0) : 0;
    if (*out == 0)
      *out = (a > b) - (a < b);
    left = left_end ? left_end : left;
    right = right_end ? right_end : right;
    left += *left == '.';
    right += *right == '.';
  }
  return true;
}

static bool compare(struct parser *in, const char *left, const char *operator) {
  char *right = take_operand(in);
  int order = 0;
  bool numbers = *left && *right && order_of(left, right, &order);
  bool result = false;
  if (operator[1] == '=' && (operator[0] == '=' || operator[0] == '!')) {
    bool same = strcasecmp(left, right) == 0 || (numbers && order == 0);
    result = same == (operator[0] == '=');
  } else if (!numbers) {
    in->good = in->good && (!*left || !*right); // an unset one is less
  } else if (operator[0] == '<') {
    result = order < 0 || (operator[1] == '=' && order == 0);
  } else {
    result = order > 0 || (operator[1] == '=' && order == 0);
  }
  free(right);
  return result;
}

static bool truth(struct parser *in, const char *text) {
  static const char *const yes[] = {"true", "on", "yes", "!false"};
  static const char *const no[] = {"false", "off", "no", "!true", ""};
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
    if (strcasecmp(text, yes[i]) == 0)
      return true;
  bool known = false;
  for (size_t i = 0; i < sizeof no / sizeof *no; i++)
    known = known || strcasecmp(text, no[i]) == 0;
  in->good = in->good && known;
  return false;
}

static bool file_exists(const struct parser *in, const char *path) {
  char *folder = need(strdup(in->place->file));
  folder[path_name(folder, false) - folder] = '\0';
  char *local = local_file(folder, path), *found = lookup_file(local);
  bool exists = *path && found;
  free(found);
  free(local);
  free(folder);
  return exists;
}

// Exists('...') and HasTrailingSlash('...').
static bool call(struct parser *in, bool exists) {
  in->good = in->good && take(in, "(");
  char *text = take_operand(in);
  size_t length = strlen(text);
  bool result = exists ? file_exists(in, text)
                       : length && strchr("/\\", text[length - 1]);
  in->good = in->good && take(in, ")");
  free(text);
  return result;
}

// ---- expressions -----------------------------------------------------------

static bool either(struct parser *in);

static bool primary(struct parser *in) {
  static const char *const operators[] = {"==", "!=", "<=", ">=", "<", ">"};
  if (++in->depth > MOST_NESTED || !in->good) {
    in->good = false;
    return false;
  }
  bool result = false;
  if (take(in, "!")) {
    result = !primary(in);
  } else if (take(in, "(")) {
    result = either(in);
    in->good = in->good && take(in, ")");
  } else if (take(in, "exists")) {
    result = call(in, true);
  } else if (take(in, "hastrailingslash")) {
    result = call(in, false);
  } else {
    char *left = take_operand(in);
    const char *found = NULL;
    for (size_t i = 0; !found && i < sizeof operators / sizeof *operators; i++)
      if (take(in, operators[i]))
        found = operators[i];
    result = found ? compare(in, left, found) : truth(in, left);
    free(left);
  }
  in->depth--;
  return result;
}

static bool both(struct parser *in) {
  bool result = primary(in);
  while (in->good && take(in, "and")) {
    bool right = primary(in);
    result = result && right;
  }
  return result;
}

static bool either(struct parser *in) {
  bool result = both(in);
  while (in->good && take(in, "or")) {
    bool right = both(in);
    result = result || right;
  }
  return result;
}

bool condition_holds(const struct place *place, const char *condition,
                     const struct properties *metadata,
                     const struct item *item) {
  struct parser in = {.place = place,
                      .metadata = metadata,
                      .item = item,
                      .at = condition,
                      .good = true};
  if (!condition)
    return true;
  skip_blanks(&in);
  if (!*in.at)
    return true;
  bool result = either(&in);
  skip_blanks(&in);
  if (in.good && !*in.at)
    return result;
  place_note(place, "the condition \"%s\" is not understood; taken for false",
             condition);
  return false;
}
