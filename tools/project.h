// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * project.h - the project's configuration for a command.
 */
#ifndef HVCI_TOOLS_PROJECT_H
#define HVCI_TOOLS_PROJECT_H

#include "hvci/config.h"

/*
 * Reads the configuration that the options name, or else the one nearest to the
 * current folder, and puts it behind the options, which borrow from *config.
 * That is NULL if there is none. False if something is wrong with it, and that
 * was said.
 */
bool project_read(struct hvci_options *options, struct hvci_config **config);

#endif
