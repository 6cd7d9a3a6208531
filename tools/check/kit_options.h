// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * kit_options.h - what the kit adds to the options of a project.
 */
#ifndef HVCI_CHECK_KIT_OPTIONS_H
#define HVCI_CHECK_KIT_OPTIONS_H

#include "kit.h"
#include "msbuild.h"

/* A project as it was read, and the kit that it is built with. */
struct project {
  struct msbuild build;
  struct kit kit;
  char *folder; // without a slash at its end
  bool kernel, user;
};

/* Whether the kit has the project's platform. */
bool kit_knows_platform(const struct project *project);

/* Adds the target, definitions and the header that is read first. The platform
   is one that the kit has. */
void kit_options(struct words *out, const struct project *project);

/* Adds the folders of headers to `out`, and to `folders` those that are not
   there yet. */
void kit_folders(struct words *out, struct words *folders,
                 const struct project *project);

#endif
