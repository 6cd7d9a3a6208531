// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unread.h - what changed and was not judged.
 */
#ifndef HVCI_GATE_UNREAD_H
#define HVCI_GATE_UNREAD_H

#include "changes.h"
#include "gate.h"

/* The changed sources that no unit reads, as many as *count. The array is to be
   freed; the names are those of the changes. */
const char **unread_find(struct gate *gate, const struct changes *changes,
                         size_t *count);

#endif
