// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * words.h - what shells and man(1) know of the command, made from the tables of
 * its verbs.
 *
 * What the value of an option is, its description in the table says: FILE, DIR,
 * RULES, FORM=FILE, or the words themselves, as a|b. A shell completes these;
 * of any other it knows nothing.
 */
#ifndef HVCI_TOOLS_WORDS_H
#define HVCI_TOOLS_WORDS_H

#include "verb.h"

#include <stdio.h>

/* What a shell completes for a value. */
enum word_kind {
  WORD_UNKNOWN = 0,
  WORD_FILE,
  WORD_FOLDER,
  WORD_COMMAND,
  WORD_RULE,
  WORD_RULES, /* separated by commas */
  WORD_FORM,  /* FORM=FILE */
  WORD_LIST   /* the words that the description is, separated by | */
};

/* By the description of a value, or of operands; NULL: there is none. */
enum word_kind word_kind_of(const char *description);

/* Scripts that complete the command's words. */
void write_bash_completion(FILE *out);
void write_zsh_completion(FILE *out);

/* The page for man(1). */
void write_manual(FILE *out);

#endif
