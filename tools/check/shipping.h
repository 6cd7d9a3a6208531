// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * shipping.h - which compiles icecream may have made on another machine.
 */
#ifndef HVCI_CHECK_SHIPPING_H
#define HVCI_CHECK_SHIPPING_H

#include "fields.h"

/* Whether the compile means the same there, once it has a target. */
bool shipping_is_safe(const struct job *job);

/* Whether its target is said, or is what icecream would say. It would name that
   of Linux to clang-cl. */
bool shipping_has_target(const struct job *job);

/* Adds the files that the compile reads there, to those of the plugin. */
void shipping_files(const struct job *job, struct words *out);

#endif
