// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_map.c - draws which pointers of a variable cross the end of a page.
 *
 * On top all pages up to the last pointer that is shown; below that, for each
 * pointer, the bytes on both sides of the boundary.
 */
#include "html_parts.h"

#include <inttypes.h>

enum {
  PAGE = 4096,
  SIDE = 8,   // bytes that are drawn on each side of a boundary
  CELL = 24,  // width of a byte
  LEFT = 150, // room for the names of rows
  WIDTH = LEFT + 2 * SIDE * CELL + 190,
  ROW = 34,
  TOP = 74,
  MOST_PAGES = 64 // that are drawn one by one
};

// The number of the boundary that the slot crosses, counted from the page in
// which the variable begins.
static uint64_t boundary_of(const struct hvci_crossings *crossings, size_t i) {
  const struct hvci_crossing *slot = &crossings->slots[i];
  return (crossings->start + slot->offset + slot->width) / PAGE;
}

static void put_text(FILE *out, int x, int y, const char *class_name,
                     const char *anchor) {
  (void)fprintf(out, "<text x=\"%d\" y=\"%d\" class=\"%s\" text-anchor=\"%s\">",
                x, y, class_name, anchor);
}

// ---- the pages -------------------------------------------------------------

static void put_page(FILE *out, double x, double width, uint64_t number,
                     bool named) {
  (void)fprintf(out,
                "<rect x=\"%.2f\" y=\"22\" width=\"%.2f\" height=\"16\" "
                "class=\"page\"/>",
                x, width);
  if (named)
    (void)fprintf(out,
                  "<text x=\"%.2f\" y=\"16\" class=\"small\" "
                  "text-anchor=\"middle\">page %" PRIu64 "</text>",
                  x + width / 2, number + 1);
}

static void put_pages(FILE *out, const struct hvci_crossings *crossings) {
  enum { ROOM = WIDTH - 2, NAMED = 12 };
  uint64_t pages = boundary_of(crossings, crossings->shown - 1) + 1;
  if (pages > MOST_PAGES)
    return;
  double width = (double)ROOM / (double)pages;
  for (uint64_t i = 0; i < pages; i++)
    put_page(out, 1 + (double)i * width, width, i, pages <= NAMED);
  double start = 1 + (double)crossings->start / (double)PAGE * width;
  (void)fprintf(out,
                "<rect x=\"%.2f\" y=\"26\" width=\"%.2f\" height=\"8\" "
                "class=\"variable\"/>",
                start, WIDTH - 1 - start);
  for (size_t i = 0; i < crossings->shown; i++) {
    double x = 1 + (double)boundary_of(crossings, i) * width;
    (void)fprintf(out,
                  "<path d=\"M%.2f 18V42\" class=\"cut\"/>"
                  "<rect x=\"%.2f\" y=\"24\" width=\"8\" height=\"12\" "
                  "class=\"pointer\"/>",
                  x, x - 4);
  }
}

// ---- a pointer -------------------------------------------------------------

static void put_bytes(FILE *out, int y, unsigned before, unsigned width) {
  for (unsigned i = 0; i < 2 * SIDE; i++) {
    bool in = i + before >= SIDE && i + before < SIDE + width;
    (void)fprintf(out,
                  "<rect x=\"%u\" y=\"%d\" width=\"%d\" height=\"18\" "
                  "class=\"%s\"/>",
                  LEFT + i * CELL, y, CELL, in ? "pointer" : "byte");
  }
}

static void put_row(FILE *out, const struct hvci_crossings *crossings,
                    size_t i) {
  const struct hvci_crossing *slot = &crossings->slots[i];
  int y = TOP + (int)i * ROW, middle = LEFT + SIDE * CELL;
  uint64_t page = boundary_of(crossings, i);
  unsigned before =
      (unsigned)(page * PAGE - crossings->start - slot->offset); // bytes
  put_bytes(out, y, before, slot->width);
  (void)fprintf(out, "<path d=\"M%d %dv26\" class=\"cut\"/>", middle, y - 4);
  put_text(out, LEFT - 10, y + 14, "label", "end");
  (void)fprintf(out, "byte %" PRIu64 "</text>", slot->offset);
  put_text(out, LEFT + 2 * SIDE * CELL + 10, y + 14, "label", "start");
  (void)fprintf(out, "%u + %u byte%s, page %" PRIu64 " | %" PRIu64 "</text>",
                before, slot->width - before,
                slot->width - before == 1 ? "" : "s", page, page + 1);
}

void html_map(FILE *out, const struct hvci_crossings *crossings) {
  int height = TOP + (int)crossings->shown * ROW;
  (void)fprintf(out,
                "<figure class=\"map\"><svg viewBox=\"0 0 %d %d\" "
                "role=\"img\" aria-label=\"Pages of 4096 bytes and the "
                "pointers that cross their ends\">",
                WIDTH, height);
  put_pages(out, crossings);
  put_text(out, LEFT + SIDE * CELL - 8, TOP - 12, "small", "end");
  (void)fputs("one page ends</text>", out);
  put_text(out, LEFT + SIDE * CELL + 8, TOP - 12, "small", "start");
  (void)fputs("the next begins</text>", out);
  for (size_t i = 0; i < crossings->shown; i++)
    put_row(out, crossings, i);
  (void)fprintf(out,
                "</svg><figcaption>Where most pointers cross: the variable "
                "begins %" PRIu32 " bytes into a page of 4096, and %" PRIu64
                " pointer%s one page's end",
                crossings->start, crossings->count,
                crossings->count == 1 ? " crosses" : "s cross");
  if (crossings->shown < crossings->count)
    (void)fprintf(out, "; the first %" PRIu32 " are drawn", crossings->shown);
  (void)fputs(".</figcaption></figure>\n", out);
}
