// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * layout.c - joins the claims of a driver in a linker's order: its command line
 * first, then the objects.
 */
#include "layout.h"

#include "../command.h"

#include <stdlib.h>
#include <string.h>

static struct hvci_claim *
append(struct hvci_claim *at, const struct hvci_claim *claims, size_t count) {
  if (count > 0)
    memcpy(at, claims, count * sizeof *at);
  return at + count;
}

enum hvci_status layout_judge(const struct hvci_record *const *records,
                              size_t count, const struct linker_options *linker,
                              const struct hvci_options *options,
                              const struct hvci_sink *sink) {
  size_t claim_count = linker->count;
  for (size_t r = 0; r < count; r++)
    claim_count += records[r]->claim_count;
  struct hvci_claim *claims = need(calloc(claim_count + 1, sizeof *claims));
  struct hvci_claim *at = append(claims, linker->claims, linker->count);
  for (size_t r = 0; r < count; r++)
    at = append(at, records[r]->claims, records[r]->claim_count);

  const struct hvci_layout_fact fact = {
      .claims = claims, .claim_count = claim_count, .unit = &records[0]->unit};
  enum hvci_status status = hvci_check_layout(&fact, options, sink);
  free(claims);
  return status;
}
