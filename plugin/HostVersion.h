// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// HostVersion.h - the Clang that has loaded the plugin.
//
#ifndef HVCI_PLUGIN_HOSTVERSION_H
#define HVCI_PLUGIN_HOSTVERSION_H

#include <string>

namespace hvci {

/// The version of the Clang in this process, as in "22.1.8"; empty if there is
/// none.
std::string hostVersion();

} // namespace hvci

#endif
