// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_fix.c - what hvcilint would write, as differences of files.
 */
#include "html.h"
#include "html_parts.h"

#include "../command.h"
#include "../platform.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

// ---- the file with the fix in it -------------------------------------------

// The byte of a place in the loaded file, or SIZE_MAX: there is none.
static size_t byte_of(const struct source *source, uint32_t line,
                      uint32_t column) {
  size_t length;
  const char *at = source_line(source, line, &length);
  if (!at || column == 0 || column - 1 > length)
    return SIZE_MAX;
  return (size_t)(at - source->bytes) + column - 1;
}

static int compare_edits(const void *left, const void *right) {
  const struct hvci_record_edit *a = left, *b = right;
  int order = strcmp(a->file, b->file);
  if (order == 0)
    order = (a->line > b->line) - (a->line < b->line);
  return order ? order : (a->column > b->column) - (a->column < b->column);
}

// The loaded file with the edits, which are sorted; NULL: they do not fit it.
static char *apply(const struct source *source,
                   const struct hvci_record_edit *edits, size_t count,
                   size_t *length) {
  struct memory_stream memory;
  FILE *out = memory_open(&memory);
  size_t at = 0;
  bool fits = true;
  for (size_t i = 0; fits && i < count; i++) {
    size_t begin = byte_of(source, edits[i].line, edits[i].column);
    size_t end = byte_of(source, edits[i].end_line, edits[i].end_column);
    fits = begin != SIZE_MAX && end != SIZE_MAX && begin >= at && end >= begin;
    if (fits) {
      (void)fwrite(source->bytes + at, 1, begin - at, out);
      (void)fputs(edits[i].text, out);
      at = end;
    }
  }
  (void)fwrite(source->bytes + at, 1, source->length - at, out);
  char *bytes = memory_close(&memory, length);
  if (fits)
    return bytes;
  free(bytes);
  return NULL;
}

// ---- the difference --------------------------------------------------------

struct lines {
  const git_diff_line *removed, *added; // if each is the only one of its kind
};

static bool is_tail(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

// How many bytes two lines have in common at their start, in characters.
static size_t common_start(const git_diff_line *a, const git_diff_line *b) {
  size_t most =
      a->content_len < b->content_len ? a->content_len : b->content_len;
  size_t same = 0;
  while (same < most && a->content[same] == b->content[same])
    same++;
  while (same > 0 && same < most &&
         (is_tail(a->content[same]) || is_tail(b->content[same])))
    same--;
  return same;
}

static size_t common_end(const git_diff_line *a, const git_diff_line *b,
                         size_t start) {
  size_t same = 0;
  while (same < a->content_len - start && same < b->content_len - start &&
         a->content[a->content_len - 1 - same] ==
             b->content[b->content_len - 1 - same])
    same++;
  while (same > 0 && is_tail(a->content[a->content_len - same]))
    same--;
  return same;
}

static size_t shown_length(const git_diff_line *line) {
  size_t length = line->content_len;
  while (length > 0 && (line->content[length - 1] == '\n' ||
                        line->content[length - 1] == '\r'))
    length--;
  return length;
}

// `other`: the line in whose place it stands, or which stands in its place.
static void put_line(FILE *out, const git_diff_line *line,
                     const git_diff_line *other) {
  size_t length = shown_length(line), start = length, end = 0;
  const char *name = line->origin == GIT_DIFF_LINE_ADDITION   ? "ins"
                     : line->origin == GIT_DIFF_LINE_DELETION ? "del"
                                                              : "same";
  if (other) {
    start = common_start(line, other);
    end = common_end(line, other, start);
    end -= end < line->content_len - length ? end : line->content_len - length;
  }
  (void)fprintf(out,
                "<span class=\"line %s\"><span class=\"sign\">%c</span>"
                "<code>",
                name,
                line->origin == GIT_DIFF_LINE_CONTEXT ? ' ' : line->origin);
  html_bytes(out, line->content, start < length ? start : length);
  if (start + end < length) {
    (void)fputs("<mark>", out);
    html_bytes(out, line->content + start, length - start - end);
    (void)fputs("</mark>", out);
    html_bytes(out, line->content + length - end, end);
  } else if (start < length) {
    html_bytes(out, line->content + start, length - start);
  }
  (void)fputs("</code></span>\n", out);
}

// The only line of that kind in the hunk, or NULL.
static const git_diff_line *only(git_patch *patch, size_t hunk, char origin) {
  const git_diff_line *line, *found = NULL;
  int count = git_patch_num_lines_in_hunk(patch, hunk);
  for (int i = 0; i < count; i++) {
    if (git_patch_get_line_in_hunk(&line, patch, hunk, (size_t)i) != 0 ||
        line->origin != origin)
      continue;
    if (found)
      return NULL;
    found = line;
  }
  return found;
}

static void put_hunk(FILE *out, git_patch *patch, size_t hunk) {
  const git_diff_line *line;
  const git_diff_line *removed = only(patch, hunk, GIT_DIFF_LINE_DELETION);
  const git_diff_line *added = only(patch, hunk, GIT_DIFF_LINE_ADDITION);
  int count = git_patch_num_lines_in_hunk(patch, hunk);
  for (int i = 0; i < count; i++) {
    if (git_patch_get_line_in_hunk(&line, patch, hunk, (size_t)i) != 0 ||
        (line->origin != GIT_DIFF_LINE_CONTEXT &&
         line->origin != GIT_DIFF_LINE_ADDITION &&
         line->origin != GIT_DIFF_LINE_DELETION))
      continue;
    bool paired = removed && added && line->origin != GIT_DIFF_LINE_CONTEXT;
    put_line(out, line, !paired ? NULL : line->origin == '-' ? added : removed);
  }
}

static void put_hunks(FILE *out, git_patch *patch) {
  const git_diff_hunk *hunk;
  for (size_t i = 0; i < git_patch_num_hunks(patch); i++)
    if (git_patch_get_hunk(&hunk, NULL, patch, i) == 0) {
      (void)fprintf(
          out, "<span class=\"line hunk\">@@ -%d,%d +%d,%d @@</span>\n",
          hunk->old_start, hunk->old_lines, hunk->new_start, hunk->new_lines);
      put_hunk(out, patch, i);
    }
}

static void put_difference(FILE *out, const struct source *source,
                           const char *fixed, size_t length) {
  git_patch *patch = NULL;
  git_diff_options options;
  if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) != 0)
    need(NULL);
  options.context_lines = 2;
  options.flags = GIT_DIFF_FORCE_TEXT;
  if (git_patch_from_buffers(&patch, source->bytes, source->length, NULL, fixed,
                             length, NULL, &options) != 0)
    need(NULL);
  (void)fputs("<div class=\"file\">", out);
  html_text(out, source->file);
  (void)fputs("</div><pre class=\"source diff\">", out);
  put_hunks(out, patch);
  (void)fputs("</pre>\n", out);
  git_patch_free(patch);
}

void html_fix(struct html_page *page, const struct told *told) {
  struct hvci_record_edit edits[HVCI_MAX_EDITS];
  size_t count = told->edit_count;
  if (count == 0 || count > HVCI_MAX_EDITS)
    return;
  memcpy(edits, told->edits, count * sizeof *edits);
  qsort(edits, count, sizeof *edits, compare_edits);
  (void)fputs("<h4>The fix</h4>\n", page->out);
  for (size_t i = 0, last; i < count; i = last) {
    size_t length;
    char *fixed = NULL;
    for (last = i;
         last < count && strcmp(edits[last].file, edits[i].file) == 0;)
      last++;
    if (source_load(&page->source, edits[i].file))
      fixed = apply(&page->source, edits + i, last - i, &length);
    if (fixed)
      put_difference(page->out, &page->source, fixed, length);
    free(fixed);
  }
}
