/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * pages.h - what the pages of the rules say.
 */
#ifndef HVCI_TOOLS_PAGES_H
#define HVCI_TOOLS_PAGES_H

#include "hvci/rule.h"

/* The rule's page without its comments, which the caller frees. NULL: it is not
   installed, or cannot be read, and errno says why. */
char *page_of_rule(enum hvci_rule rule);

/* Takes links to other pages of ours out of the Markdown, which then stands
   alone, and leaves their text. */
void page_unlink(char *markdown);

/* The page's reference that is about the rule itself, or else the one that all
   rules share, as a URI that the caller frees; "" if it has none. */
char *page_reference(const char *markdown);

#endif
