// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html.c - text that others wrote, as HTML.
 */
#include "html.h"

#include "../utf8.h"

#include <inttypes.h>
#include <string.h>

static void put_unseen(FILE *out, uint32_t character) {
  (void)fprintf(out, "<span class=\"unseen\">U+%04" PRIX32 "</span>",
                character);
}

static void put_character(FILE *out, uint32_t character, const char *bytes,
                          size_t length) {
  if (character == '<')
    (void)fputs("&lt;", out);
  else if (character == '>')
    (void)fputs("&gt;", out);
  else if (character == '&')
    (void)fputs("&amp;", out);
  else if (character == '"')
    (void)fputs("&quot;", out);
  else if (character == UTF8_INVALID)
    (void)fprintf(out, "<span class=\"unseen\">\\x%02X</span>",
                  (unsigned char)*bytes);
  else if (character != '\t' && utf8_is_unseen(character))
    put_unseen(out, character);
  else
    (void)fwrite(bytes, 1, length, out);
}

void html_bytes(FILE *out, const char *bytes, size_t length) {
  for (size_t at = 0; at < length;) {
    uint32_t character;
    size_t taken = utf8_decode(bytes + at, length - at, &character);
    put_character(out, character, bytes + at, taken);
    at += taken;
  }
}

void html_text(FILE *out, const char *text) {
  html_bytes(out, text, strlen(text));
}
