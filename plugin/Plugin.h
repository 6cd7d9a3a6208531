// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Plugin.h - this copy of the plugin.
//
#ifndef HVCI_PLUGIN_PLUGIN_H
#define HVCI_PLUGIN_PLUGIN_H

namespace hvci {

/// False if the process had another copy of the plugin before this one.
bool isActive();

} // namespace hvci

#endif
