// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * choices.h - the arguments that all commands which judge understand.
 */
#ifndef HVCI_TOOLS_CHOICES_H
#define HVCI_TOOLS_CHOICES_H

#include "verb.h"

#include "hvci/options.h"

/* Strings point into the arguments. */
struct choices {
  struct hvci_options options;
  const char *sarif; /* where the SARIF log goes, "-" for the standard output;
                        NULL: nowhere */
};

/* The options as their defaults are, and no SARIF. */
void choices_init(struct choices *out);

/* Whether the SARIF log takes the place of the text on the standard output. */
bool choices_replace_text(const struct choices *choices);

/* For OPTION_TABLE in the verb's own table. */
extern const struct poptOption choices_options[];

/* Takes one of these options, as take_argument() does for its verb. */
bool choices_take(struct choices *choices, const struct verb *verb, int key,
                  const char *value);

#endif
