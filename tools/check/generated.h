// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * generated.h - headers that only a build makes, and what makes them.
 */
#ifndef HVCI_CHECK_GENERATED_H
#define HVCI_CHECK_GENERATED_H

#include "words.h"

/* The sources of the project that programs make headers of. Zeroed: nobody has
   looked for them yet. */
struct generated {
  struct words sources;
  bool known;
};

/* The compiler's error, and, if it lacks a header that one of these programs
   makes of a source below the root, which. The caller frees it. */
char *generated_explain(struct generated *generated, const char *root,
                        const char *error);
void generated_free(struct generated *generated);

#endif
