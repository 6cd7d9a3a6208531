// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * stubs.h - stands in for trace headers (.tmh), which WPP makes of each source
 * in a build on Windows.
 */
#ifndef HVCI_CHECK_STUBS_H
#define HVCI_CHECK_STUBS_H

#include "fields.h"

/* Whether it is the name of a trace header. */
bool stubs_is_trace_header(const char *name);

/*
 * Writes a stub for each trace header that the source of the job includes, or
 * that a header does which it includes, into the folder; `more` (NULL: none) is
 * one besides. They define what WPP would, as macros that do nothing. Nothing
 * is written for a source that includes none. The compiler is to look there
 * last of all. Adds the names that are new to *names; returns whether there is
 * one. A stub that cannot be written is missing.
 */
bool stubs_write(const struct job *job, const char *folder, const char *more,
                 struct words *names);

/* Whether a header of that name is now where the job's compiler looks for it:
   beside the source, or in a folder that its options name. */
bool stubs_is_there(const struct job *job, const char *name);

#endif
