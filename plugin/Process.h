// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Process.h - what differs between systems: one file for each has it.
//
#ifndef HVCI_PLUGIN_PROCESS_H
#define HVCI_PLUGIN_PROCESS_H

namespace hvci {

/// Takes the plugin out of what the loader puts into the programs that this one
/// starts: they have no Clang in them. Once, when the plugin is loaded.
void endPreload();

/// Whether it was there: `hvcilint clangd` runs clangd so, and nobody else.
bool isInEditor();

/// The address of a symbol in any part of this process, or null. Clang's are
/// looked up so where the plugin may have been loaded by a program without
/// them; where plugins cannot be loaded nothing is found.
void *findInProcess(const char *Symbol);

} // namespace hvci

#endif
