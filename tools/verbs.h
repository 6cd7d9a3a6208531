// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * verbs.h - the verbs of hvcilint: each its file's, and a row of main.c.
 */
#ifndef HVCI_TOOLS_VERBS_H
#define HVCI_TOOLS_VERBS_H

#include "verb.h"

extern const struct verb baseline_verb;   /* hvcilint baseline */
extern const struct verb check_verb;      /* hvcilint check */
extern const struct verb clangd_verb;     /* hvcilint clangd */
extern const struct verb completion_verb; /* hvcilint completion */
extern const struct verb explain_verb;    /* hvcilint explain */
extern const struct verb gate_verb;       /* hvcilint gate */
extern const struct verb image_verb;      /* hvcilint image */
extern const struct verb link_verb;       /* hvcilint link */
extern const struct verb manual_verb;     /* hvcilint manual */

/* All of them, in the order of `hvcilint --help`, and NULL. */
extern const struct verb *const all_verbs[];

#endif
