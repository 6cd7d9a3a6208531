// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * project_files.h - the sources of Visual Studio's projects, as compile
 * commands.
 */
#ifndef HVCI_CHECK_PROJECT_FILES_H
#define HVCI_CHECK_PROJECT_FILES_H

#include "compile_database.h"
#include "properties.h"

/* What the user chose. */
struct project_options {
  const char *file; /* absolute: .vcxproj, .sln or .slnx */
  const char *configuration, *platform;
  struct words kits; /* absolute folders */
  struct properties given;
  char *overlay; /* where overlay_write() is to write, absolute */
};

/*
 * Reads the project, or all drivers of the solution. The commands are those of
 * clang-cl with the overlay in it. Adds to *folders those of headers, for the
 * overlay. What is not understood is noted. False: the input is wrong, and
 * that was said. *out is to be freed either way.
 */
bool projects_read(struct database *out, struct words *folders,
                   const struct project_options *options);

/* Adds the absolute paths of the projects that the solution builds for the
   configuration, each followed by its own "Configuration|Platform". False: that
   was said. */
bool solution_read(struct words *out, const char *path,
                   const char *configuration);

#endif
