#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Measures what hvcilint costs: scripts/bench.sh [PART...], see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
plugin=build/release/lib/hvcilint.so
command=build/release/bin/hvcilint
[[ -e $plugin && -e $command ]] || {
  echo "bench.sh: no $plugin or $command; run scripts/demo.sh first" >&2
  exit 2
}
exec python3 scripts/bench --plugin "$plugin" --hvcilint "$command" \
  --clang clang-22 --llvm-bin "$(llvm-config-22 --bindir)" \
  --corpus build/corpus "$@"
