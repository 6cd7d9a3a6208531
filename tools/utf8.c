// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * utf8.c - bytes of any kind as characters.
 */
#include "utf8.h"

#include <string.h>

static size_t length_of(unsigned char first) {
  if (first < 0x80)
    return 1;
  if (first < 0xC2)
    return 0;
  return first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

size_t utf8_decode(const char *text, size_t left, uint32_t *out) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t length = length_of(bytes[0]);
  *out = UTF8_INVALID;
  if (length == 0 || length > left)
    return 1;
  uint32_t value = length == 1 ? bytes[0] : bytes[0] & (0x7FU >> length);
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80)
      return 1;
    value = value << 6 | (bytes[i] & 0x3F);
  }
  bool is_surrogate = value >= 0xD800 && value < 0xE000;
  if ((length == 3 && value < 0x800) || (length == 4 && value < 0x10000) ||
      value > 0x10FFFF || is_surrogate)
    return 1;
  *out = value;
  return length;
}

bool utf8_is_unseen(uint32_t character) {
  // Controls; soft hyphen; what joins graphemes; Arabic letter mark; fillers;
  // variation selectors; what joins, marks, embeds, overrides and isolates;
  // separators; byte order mark; interlinear annotations; what is no character,
  // and XML must not hold; tags.
  static const struct {
    uint32_t first, last;
  } ranges[] = {{0x00, 0x1F},       {0x7F, 0x9F},      {0xAD, 0xAD},
                {0x34F, 0x34F},     {0x61C, 0x61C},    {0x115F, 0x1160},
                {0x17B4, 0x17B5},   {0x180B, 0x180F},  {0x200B, 0x200F},
                {0x2028, 0x202E},   {0x2060, 0x206F},  {0x3164, 0x3164},
                {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0},
                {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},  {0x1BCA0, 0x1BCA3},
                {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    if (character >= ranges[i].first && character <= ranges[i].last)
      return true;
  return false;
}

size_t utf8_length(const char *text, size_t left, bool *seen) {
  uint32_t character;
  size_t length = utf8_decode(text, left, &character);
  *seen = character != UTF8_INVALID && !utf8_is_unseen(character);
  return length;
}

size_t utf8_put_one(FILE *out, const char *text, size_t left) {
  bool seen;
  size_t length = utf8_length(text, left, &seen);
  (void)fwrite(seen ? text : "?", 1, seen ? length : 1, out);
  return length;
}

void utf8_put(FILE *out, const char *text) {
  for (size_t left = strlen(text); left > 0;) {
    size_t length = utf8_put_one(out, text, left);
    text += length;
    left -= length;
  }
}
