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

#endif
