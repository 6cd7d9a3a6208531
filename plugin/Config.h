// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Config.h - the project's configuration for a unit.
//
#ifndef HVCI_PLUGIN_CONFIG_H
#define HVCI_PLUGIN_CONFIG_H

#include "Reporter.h"

#include "hvci/config.h"

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/StringMap.h"

#include <memory>
#include <string>

namespace clang {
class CompilerInstance;
} // namespace clang

namespace hvci {

class Config {
public:
  Config(clang::CompilerInstance &CI, Reporter &Host) : CI(CI), Host(Host) {}

  /// Reads the file that the options name, or else the one nearest to the main
  /// file, and puts it behind the options, which borrow from it. What is wrong
  /// with it becomes an error that the host shows; then false.
  bool read(hvci_options &Options);

  /// Whether findings in the file that \p Loc presumably lies in are unwanted.
  bool excludes(clang::SourceLocation Loc);

  bool excludesMainFile();

private:
  bool excludesFile(llvm::StringRef Name);
  std::string find() const;
  void refuse(llvm::StringRef Path, const hvci_config_error &Error) const;

  struct Free {
    void operator()(hvci_config *One) const { hvci_config_free(One); }
  };
  clang::CompilerInstance &CI;
  Reporter &Host;
  std::unique_ptr<hvci_config, Free> Parsed; ///< null: there is none
  llvm::StringMap<bool> Excluded;            ///< by the presumed name
};

} // namespace hvci

#endif
