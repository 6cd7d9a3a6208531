// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * message.h - what a compiler says, read.
 */
#ifndef HVCI_CHECK_MESSAGE_H
#define HVCI_CHECK_MESSAGE_H

#include "words.h"

/* The first error, or else the first line, in one line of printable UTF-8, cut
   at 500 bytes, which the caller frees; empty if nothing is said. */
char *first_error(const char *text);

/* Adds the options that clang-cl says it ignores as unknown, each once: with
   icecream it runs twice. One is not of the build but of icecream. */
void unknown_options(struct words *out, const char *text);

/* The header of a "file not found", which the caller frees; or NULL. */
char *missing_header(const char *error);

/* The text with what readers do not see as it is as "?", which the caller
   frees. */
char *printable(const char *text, size_t length);

#endif
