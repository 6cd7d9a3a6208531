// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * format.c - the words of the format.
 */
#include "format.h"

const char *const hvci_suppression_names[] = {
    [HVCI_SUPPRESSION_COMMENT] = "comment",
    [HVCI_SUPPRESSION_LINE] = "line",
    [HVCI_SUPPRESSION_STATE] = "state",
    NULL,
};

const char *const hvci_opt_in_names[] = {
    [HVCI_OPT_IN_NONE] = "none",
    [HVCI_OPT_IN_AUTO] = "auto",
    [HVCI_OPT_IN_RUNTIME] = "runtime",
    [HVCI_OPT_OUT] = "out",
    NULL,
};

const char *const hvci_claim_names[] = {
    [HVCI_CLAIM_PRAGMA] = "pragma", [HVCI_CLAIM_CONTENT] = "content",
    [HVCI_CLAIM_ACCESS] = "access", [HVCI_CLAIM_MERGE] = "merge",
    [HVCI_CLAIM_ALIGN] = "align",   NULL,
};

const char *const hvci_step_names[] = {
    [HVCI_STEP_CALL] = "call",           [HVCI_STEP_OPT_IN] = "opt-in",
    [HVCI_STEP_NO_OPT_IN] = "no-opt-in", [HVCI_STEP_ALLOCATION] = "allocation",
    [HVCI_STEP_HANDED_ON] = "handed-on", NULL,
};
