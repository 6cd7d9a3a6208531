// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * build.h - has ninja run what is planned, in the output folder.
 */
#ifndef HVCI_CHECK_BUILD_H
#define HVCI_CHECK_BUILD_H

#include "plan.h"

struct build {
  const struct plan *plan;
  const char *unit_program; /* path of hvcilint-unit */
  const char *ninja;
  unsigned jobs; /* 0: as many as ninja chooses */
  unsigned seconds;
  const struct words *launcher;
  struct outcome *outcomes; /* of each unit; its signature is NULL if there is
                               none of this plan */
};

/*
 * Writes what ninja and the compiles need into the current folder, has ninja
 * run and reads the outcomes. Records that are not whole are removed before.
 * False: something went wrong beside the compiles, and that was said; then
 * outcomes may be missing.
 */
bool build_run(struct build *build);
void build_free(struct build *build);

#endif
