// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * functions.h - what MSBuild's functions make of texts.
 */
#ifndef HVCI_CHECK_FUNCTIONS_H
#define HVCI_CHECK_FUNCTIONS_H

#include "words.h"

/* What the method of that name ("Substring", or "Length", which takes none)
   makes of the text. Arguments are without quotes. The caller frees it; NULL:
   there is no such method here, or not with such arguments. Source: "Property
   functions", Microsoft Learn, and System.String's page. */
char *call_method(const char *name, const char *text,
                  const struct words *arguments);

/* The same of a static function ("[System.IO.Path]::Combine"). Paths keep their
   way of writing, and one that is not absolute is below `folder`. */
char *call_static(const char *name, const char *folder,
                  const struct words *arguments);

#endif
