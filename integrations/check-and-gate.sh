#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Analyses a driver and judges its change. All is said by the environment:
#   HVCILINT          the command (default: hvcilint)
#   HVCILINT_BUILD    folder of compile_commands.json (default: build)
#   HVCILINT_PROJECT  or: a .vcxproj or .sln
#   HVCILINT_CHECK    more options of `hvcilint check`, separated by blanks
#   HVCILINT_SINCE    the revision that the change begins at (default: HEAD);
#                     "all" judges the whole driver
#   HVCILINT_GATE     more options of `hvcilint gate`, separated by blanks
# The exit status is that of the gate, or 2 if there was nothing to judge.
set -euo pipefail

command=${HVCILINT:-hvcilint}
build=${HVCILINT_BUILD:-build}
output=${HVCILINT_OUTPUT:-$build/hvcilint}
since=${HVCILINT_SINCE:-HEAD}
read -ra check <<<"${HVCILINT_CHECK:-}"
read -ra gate <<<"${HVCILINT_GATE:-}"

if [[ -n ${HVCILINT_PROJECT:-} ]]; then
  check+=(--vcxproj "$HVCILINT_PROJECT")
else
  check+=(-p "$build")
fi
[[ $since == all ]] || gate+=(--since "$since")

# 3: a unit could not be analysed, which the gate says as well.
status=0
"$command" check "${check[@]}" --output "$output" || status=$?
((status == 0 || status == 3)) || exit 2
exec "$command" gate "${gate[@]}" "$output"
