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

// What GitHub takes of a log, in bytes when compressed by gzip: 10 MB.
enum { MOST_COMPRESSED = 10 * 1000 * 1000 };

static bool is_stale(const struct told_suppression *suppression) {
  return gate_is_stale(suppression);
}

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

static bool write_sarif(const struct outcome *outcome, bool github, bool brief,
                        FILE *out) {
  struct gate *gate = outcome->gate;
  struct source source = {.gate = gate};
  const struct sarif_decision decision = {.suppressions = gate->suppressions,
                                          .suppression_count =
                                              gate->suppression_count,
                                          .is_stale = is_stale,
                                          .github = github,
                                          .brief = brief,
                                          .line_hash = hash_line,
                                          .payload = &source};
  bool good = sarif_write_decision(&gate->report, &gate->choices.options,
                                   &decision, out);
  source_free(&source);
  return good;
}

bool output_sarif(const struct outcome *outcome, FILE *out) {
  return write_sarif(outcome, false, false, out);
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
static bool write_if_taken(const struct outcome *outcome, bool brief, FILE *out,
                           uLong *size) {
  struct memory_stream memory;
  bool good = write_sarif(outcome, true, brief, memory_open(&memory));
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
  if (write_if_taken(outcome, false, out, &size))
    return true;
  if (size > MOST_COMPRESSED && write_if_taken(outcome, true, out, &size))
    return true;
  if (size > MOST_COMPRESSED) {
    say_error(
        "GitHub takes a log of at most %d bytes when compressed, and this "
        "one has %lu; gate fewer units at once",
        (int)MOST_COMPRESSED, size);
    errno = EFBIG;
  }
  return false;
}
