#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Measures what the plugin, linking, images and edits cost: see bench.py --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
plugin=build/release/lib/hvcilint.so
command=build/release/bin/hvcilint
[[ -e $plugin && -e $command ]] || {
  echo "bench.sh: no $plugin or $command; run scripts/demo.sh first" >&2
  exit 2
}
if [[ ! -e build/corpus/compile_commands.json ]]; then
  scripts/corpus.sh --plugin "$plugin" --clang clang-22 --print >/dev/null
fi
exec python3 scripts/bench.py --plugin "$plugin" --hvcilint "$command" \
  --clang clang-22 --llvm-bin "$(llvm-config-22 --bindir)" \
  --corpus build/corpus "$@"
