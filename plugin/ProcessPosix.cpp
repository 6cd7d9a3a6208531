// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ProcessPosix.cpp - what POSIX, and the loader of Linux, have of Process.h.
//
#include "Process.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>

namespace hvci {

static constexpr const char *Variable = "LD_PRELOAD";

static bool Preloaded = false; // set before the program begins

// The list, whose entries colons or spaces separate, without the entry.
static std::string without(const std::string &List, const std::string &Entry) {
  std::string Rest;
  for (size_t Begin = 0; Begin < List.size();) {
    size_t End = List.find_first_of(": ", Begin);
    if (End == std::string::npos)
      End = List.size();
    std::string Part = List.substr(Begin, End - Begin);
    if (!Part.empty() && Part != Entry)
      Rest += (Rest.empty() ? "" : ":") + Part;
    Begin = End + 1;
  }
  return Rest;
}

void endPreload() {
  Dl_info Self;
  const char *List = std::getenv(Variable);
  if (!List || !dladdr(&Preloaded, &Self) || !Self.dli_fname ||
      !std::strstr(List, Self.dli_fname))
    return;
  std::string Rest = without(List, Self.dli_fname);
  Preloaded = Rest != without(List, "");
  if (Rest.empty())
    (void)unsetenv(Variable);
  else
    (void)setenv(Variable, Rest.c_str(), 1);
}

bool isInEditor() { return Preloaded; }

void *findInProcess(const char *Symbol) { return dlsym(RTLD_DEFAULT, Symbol); }

} // namespace hvci
