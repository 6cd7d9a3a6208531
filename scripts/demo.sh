#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds the plugin and runs it on the example driver and its repaired twin.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n== %s\n' "$*"; }
trap 'echo "demo.sh: failed at line $LINENO: $BASH_COMMAND" >&2' ERR

step "Packages"
scripts/setup.sh demo

step "Building the plugin: build/release/lib/hvcilint.so"
mkdir -p build
cmake --preset release -DHVCI_LLVM=22 -DHVCI_TESTS=OFF \
  >build/demo-configure.log 2>&1 || {
  cat build/demo-configure.log >&2
  false
}
cmake --build --preset release --target hvcilint hvcilint-command

step "The example driver, with the plugin loaded"
examples/build.sh --plugin build/release/lib/hvcilint.so --only before

step "Its repaired twin"
examples/build.sh --plugin build/release/lib/hvcilint.so --only after
echo "no findings"
