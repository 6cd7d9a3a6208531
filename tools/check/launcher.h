// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * launcher.h - what ccache and icecream have to know of a compile.
 */
#ifndef HVCI_CHECK_LAUNCHER_H
#define HVCI_CHECK_LAUNCHER_H

#include "fields.h"

/* Sets the variables that the launcher, if it is one of these, reads; those
   that the user has set stay. */
void launcher_prepare(const struct settings *settings, const struct job *job);

/* Whether it may have compiles made on other machines. */
bool launcher_ships(const struct settings *settings);

/* Whether the launcher takes clang-cl without an option that says its target
   for a compiler of Linux, here and elsewhere: it is icecream, or may have that
   behind it. */
bool launcher_needs_target(const struct settings *settings);

/* The target of clang-cl without an option that says it, if the launcher has to
   be told, or else "". The caller frees it. Starts the compiler. */
char *launcher_target(const struct settings *settings);

/* Has the launcher, if it ships, make what follows on this machine. */
void launcher_keep(const struct settings *settings);

#endif
