// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * output_sarif.c - a decision as SARIF, and as GitHub's code scanning takes it.
 */
#include "line_hash.h"
#include "outputs.h"
#include "source.h"

#include "../command.h"
#include "../platform.h"
#include "../sarif.h"

#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

// What GitHub takes of a log, in bytes when compressed by gzip: 10 MB; how many
// results it takes, and how many of them it keeps.
enum {
  MOST_COMPRESSED = 10 * 1000 * 1000,
  MOST_RESULTS = 25000,
  MOST_KEPT = 5000
};

static bool is_stale(const struct told_suppression *suppression) {
  return gate_is_stale(suppression);
}

// ---- what GitHub is told ---------------------------------------------------

// Which findings, in their order.
struct listing {
  size_t *order;
  size_t count, left_out;
};

enum { RANKS = 4 };

static int rank_of(const struct told *told) {
  return (told->level == TOLD_ERROR ? 0 : 2) + (told->state == TOLD_KNOWN);
}

// What blocks comes first, and what is new before what is known: it does not
// keep all. It would show hidden ones as open.
static struct listing list_for_github(const struct report *report) {
  struct listing list = {
      .order = need(calloc(report->count + 1, sizeof *list.order))};
  for (int rank = 0; rank < RANKS; rank++)
    for (size_t i = 0; i < report->count; i++) {
      const struct told *told = &report->findings[i];
      if (told->hidden || rank_of(told) != rank)
        continue;
      if (list.count < MOST_RESULTS)
        list.order[list.count++] = i;
      else
        list.left_out++;
    }
  return list;
}

static void tell_what_is_lost(const struct listing *list) {
  if (list->count > MOST_KEPT)
    (void)fprintf(stderr,
                  "hvcilint: note: GitHub shows %d results of a log, and there "
                  "are %zu; those that block come first\n",
                  (int)MOST_KEPT, list->count + list->left_out);
}

// ---- the log ---------------------------------------------------------------

static void hash_line(char *out, size_t size, const struct told *told,
                      void *payload) {
  struct source *source = payload;
  char hash[LINE_HASH_BYTES];
  out[0] = '\0';
  if (!told->spot.file || !told->spot.line ||
      !source_load(source, told->spot.file))
    return;
  line_hash(hash, source->bytes, source->length, told->spot.line);
  (void)snprintf(out, size, "%s", hash);
}

static bool write_sarif(const struct outcome *outcome,
                        const struct listing *github, bool brief, FILE *out) {
  struct gate *gate = outcome->gate;
  struct source source = {.gate = gate};
  const struct sarif_decision decision = {
      .suppressions = gate->suppressions,
      .suppression_count = gate->suppression_count,
      .is_stale = is_stale,
      .github = github != NULL,
      .order = github ? github->order : NULL,
      .order_count = github ? github->count : 0,
      .most = github ? MOST_RESULTS : 0,
      .brief = brief,
      .line_hash = hash_line,
      .payload = &source};
  bool good = sarif_write_decision(&gate->report, &gate->choices.options,
                                   &decision, out);
  source_free(&source);
  return good;
}

bool output_sarif(const struct outcome *outcome, FILE *out) {
  return write_sarif(outcome, NULL, false, out);
}

static uLong compressed_size(const char *bytes, size_t length) {
  uLong size = compressBound((uLong)length);
  Bytef *packed = need(malloc(size));
  if (compress(packed, &size, (const Bytef *)bytes, (uLong)length) != Z_OK)
    need(NULL); // the space is as asked for: memory ran out
  free(packed);
  return size;
}

// Writes the log if GitHub would take it, else sets `size` to what it has
// when compressed.
static bool write_if_taken(const struct outcome *outcome,
                           const struct listing *list, bool brief, FILE *out,
                           uLong *size) {
  struct memory_stream memory;
  bool good = write_sarif(outcome, list, brief, memory_open(&memory));
  size_t length;
  char *bytes = memory_close(&memory, &length);
  *size = compressed_size(bytes, length);
  good = good && *size <= MOST_COMPRESSED &&
         fwrite(bytes, 1, length, out) == length;
  free(bytes);
  return good;
}

bool output_github_sarif(const struct outcome *outcome, FILE *out) {
  uLong size;
  struct listing list = list_for_github(&outcome->gate->report);
  bool good = write_if_taken(outcome, &list, false, out, &size) ||
              (size > MOST_COMPRESSED &&
               write_if_taken(outcome, &list, true, out, &size));
  if (good) {
    tell_what_is_lost(&list);
  } else if (size > MOST_COMPRESSED) {
    say_error(
        "GitHub takes a log of at most %d bytes when compressed, and this "
        "one has %lu; gate fewer units at once",
        (int)MOST_COMPRESSED, size);
    errno = EFBIG;
  }
  free(list.order);
  return good;
}
