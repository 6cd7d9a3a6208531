#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# usage: both.sh WORK FILE... -- COMMAND... :: COMMAND...
# Runs both commands over each file; their findings have to be the same, and there
# have to be some.
set -euo pipefail
work=$1
shift
files=() one=() two=()
while [[ $1 != -- ]]; do
  files+=("$1")
  shift
done
shift
while [[ $1 != :: ]]; do
  one+=("$1")
  shift
done
shift
two=("$@")
findings() { "$@" 2>&1 | grep -E '\[hvci-|error:' || true; }
for file in "${files[@]}"; do
  findings "${one[@]}" -- "$file" >"$work/one"
  findings "${two[@]}" -- "$file" >"$work/two"
  diff "$work/one" "$work/two" || {
    echo "both.sh: $file differs" >&2
    exit 1
  }
  grep -q '\[hvci-' "$work/one" || echo "both.sh: $file: no findings"
done
