// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * cl_options.h - what a project says of a source, as options of clang-cl.
 */
#ifndef HVCI_CHECK_CL_OPTIONS_H
#define HVCI_CHECK_CL_OPTIONS_H

#include "msbuild.h"

/* Adds the options that the item's metadata are; `folder` is the project's.
   Folders of headers go to *folders, too. What is not understood is noted. */
void cl_options(struct words *out, struct words *folders, struct msbuild *build,
                const struct item *item, const char *folder);

/* Adds the names of functions that WPP is told to take for tracing, and files
   with such names as "@PATH". */
void cl_trace_functions(struct words *out, const struct item *item,
                        const char *folder);

#endif
