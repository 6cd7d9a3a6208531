// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Preload.h - whether the system's loader put the plugin into this process.
//
#ifndef HVCI_PLUGIN_PRELOAD_H
#define HVCI_PLUGIN_PRELOAD_H

namespace hvci {

/// Takes the plugin out of what the loader puts into the programs that this one
/// starts: they have no Clang in them. Once, when the plugin is loaded.
void endPreload();

/// Whether it was there: `hvcilint clangd` runs clangd so, and nobody else.
bool isInEditor();

} // namespace hvci

#endif
