/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * diagnostics.h - our diagnostics as the language server protocol has them.
 *
 * Clangd gives the message of a plugin's diagnostic and no more, so the message
 * ends in the rule's name. For the editor that becomes the diagnostic's code,
 * with a source and a link to the rule's page.
 */
#ifndef HVCI_TOOLS_DIAGNOSTICS_H
#define HVCI_TOOLS_DIAGNOSTICS_H

#include <stddef.h>

/* The message for the editor, in place of the server's; NULL if it holds none
   of our diagnostics, or is no JSON. The caller frees it. */
char *diagnostics_to_editor(const char *body, size_t length,
                            size_t *out_length);

/* The reverse: an editor gives diagnostics back when it asks what can be done
   about them, and clangd knows them by their message. */
char *diagnostics_to_server(const char *body, size_t length,
                            size_t *out_length);

#endif
