// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * layout.h - the sections of a driver, by what its units and its linker say.
 */
#ifndef HVCI_TOOLS_LAYOUT_H
#define HVCI_TOOLS_LAYOUT_H

#include "linker_options.h"

/* Judges the sections of `count` records, 1 or more, under the linker's
   options; as hvci_check_layout(). */
enum hvci_status layout_judge(const struct hvci_record *const *records,
                              size_t count, const struct linker_options *linker,
                              const struct hvci_options *options,
                              const struct hvci_sink *sink);

#endif
