// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_context.c - the lines around a place, the place marked.
 */
#include "html.h"
#include "html_parts.h"

enum { MOST_BYTES = 600 }; // of a line

// Where the line is cut, so that the place from `begin` on is in it.
static size_t cut_of(size_t begin, size_t length) {
  return length > MOST_BYTES && begin > MOST_BYTES / 2 ? begin - MOST_BYTES / 2
                                                       : 0;
}

// The bytes from first to last, but not behind the line's end or the cut.
static void put_part(FILE *out, const char *line, size_t first, size_t last,
                     size_t end) {
  if (last > end)
    last = end;
  if (first < last)
    html_bytes(out, line + first, last - first);
}

static void put_line(FILE *out, const struct spot *spot, uint32_t number,
                     const char *line, size_t length) {
  bool is_it = number == spot->line && spot->column && spot->column <= length;
  size_t begin = is_it ? spot->column - 1 : 0;
  size_t behind = begin + is_it;
  if (is_it && spot->end_line == number && spot->end_column > spot->column)
    behind = spot->end_column - 1;
  else if (is_it && spot->end_line > number)
    behind = length;
  size_t cut = cut_of(begin, length);
  size_t end = cut + MOST_BYTES < length ? cut + MOST_BYTES : length;
  (void)fprintf(out, "<span class=\"line%s\"><span class=\"number\">%u</span>",
                number == spot->line ? " here" : "", number);
  (void)fputs(cut ? "<code>\xE2\x80\xA6" : "<code>", out);
  put_part(out, line, cut, begin, end);
  if (is_it) {
    (void)fputs("<mark>", out);
    put_part(out, line, begin, behind, end);
    (void)fputs("</mark>", out);
  }
  put_part(out, line, behind, length, end);
  (void)fputs(
      end < length ? "\xE2\x80\xA6</code></span>\n" : "</code></span>\n", out);
}

void html_context(struct html_page *page, const struct spot *spot,
                  uint32_t around) {
  size_t length;
  if (!spot->file || !spot->line || !source_load(&page->source, spot->file) ||
      !source_line(&page->source, spot->line, &length))
    return;
  uint32_t first = spot->line > around ? spot->line - around : 1;
  (void)fputs("<pre class=\"source\">", page->out);
  for (uint32_t number = first; number <= spot->line + around; number++) {
    const char *line = source_line(&page->source, number, &length);
    if (!line)
      break;
    put_line(page->out, spot, number, line, length);
  }
  (void)fputs("</pre>\n", page->out);
}
