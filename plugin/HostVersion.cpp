// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// HostVersion.cpp - the Clang that has loaded the plugin.
//
#include "HostVersion.h"

#include "Process.h"

namespace hvci {

std::string hostVersion() {
  using VersionFunction = std::string (*)();
  auto Version = reinterpret_cast<VersionFunction>(
      findInProcess("_ZN5clang19getClangFullVersionB5cxx11Ev"));
  if (!Version)
    return {};
  std::string Text = Version();
  const char Before[] = "version ";
  size_t At = Text.find(Before);
  if (At == std::string::npos)
    return {};
  At += sizeof Before - 1;
  return Text.substr(At, Text.find(' ', At) - At);
}

} // namespace hvci
