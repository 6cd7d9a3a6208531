// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * output_sarif.c - a decision as SARIF, and as GitHub's code scanning takes it.
 */
#include "line_hash.h"
#include "outputs.h"
#include "source.h"

#include "../sarif.h"

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

static bool write_sarif(const struct outcome *outcome, bool github, FILE *out) {
  struct gate *gate = outcome->gate;
  struct source source = {.gate = gate};
  const struct sarif_decision decision = {.suppressions = gate->suppressions,
                                          .suppression_count =
                                              gate->suppression_count,
                                          .is_stale = is_stale,
                                          .github = github,
                                          .line_hash = hash_line,
                                          .payload = &source};
  bool good = sarif_write_decision(&gate->report, &gate->choices.options,
                                   &decision, out);
  source_free(&source);
  return good;
}

bool output_sarif(const struct outcome *outcome, FILE *out) {
  return write_sarif(outcome, false, out);
}

bool output_github_sarif(const struct outcome *outcome, FILE *out) {
  return write_sarif(outcome, true, out);
}
