#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds and runs every test: units, lit, property and corpus, for each supported
# LLVM, and units, lit and images once more with the sanitizers. Clang builds us for
# LLVM 19 and with the sanitizers, GCC for the others. LLVM 22's sources are compiled
# each alone, as its headers include the fewest others; for the rest several at once.
#
# The same tests run with every release, but for these: property.straddle makes other
# programs with each, image.hostile takes half of its files with LLVM 22 and another
# third with each other build, and the fuzz target, which starts from all of them, is
# LLVM 22's alone. test/lit.cfg.py says what of lit is left out with LLVM 19 and 16 and
# in the sanitized build, which runs neither property, corpus nor install. The packages
# of all builds are tried together, in a clean Debian, beside the sanitized build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'END'
usage: scripts/check.sh [--llvm RELEASE]... [--no-asan] [--no-setup]

  --llvm RELEASE   only this LLVM: 22, 19 or 16 (default: all)
  --no-asan        leave the sanitizer build out
  --no-setup       install nothing

Exit status: 0 all passed, 1 something failed, 2 wrong usage.
END
}

releases=()
asan=1
setup=1
while (($#)); do
  case $1 in
  --llvm)
    [[ ${2-} =~ ^(22|19|16)$ ]] || {
      echo "check.sh: --llvm takes 22, 19 or 16" >&2
      exit 2
    }
    releases+=("$2")
    shift
    ;;
  --no-asan) asan= ;;
  --no-setup) setup= ;;
  --help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
  esac
  shift
done
((${#releases[@]})) || releases=(22 19 16)

step() { printf '\n== %s\n' "$*"; }
clean_root=
trap '[[ ! $clean_root ]] || kill "$clean_root" 2>/dev/null || true' EXIT
trap 'echo "check.sh: failed: $BASH_COMMAND" >&2; exit 1' ERR

# quietly LOG COMMAND...: the output only if the command fails
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    return 1
  }
}

if [[ $setup ]]; then
  step "Packages"
  scripts/setup.sh check
fi

step "Format and scripts"
# The sources of lit tests are laid out for what they expect, line by line.
git ls-files checkers cl config image plugin record tools examples test/fuzz test/unit |
  grep -E '\.(c|h|cpp)$' | xargs clang-format-22 --dry-run --Werror
git ls-files '*.sh' .ci/run | xargs shellcheck

# What is the same for two builds is compiled once.
export CMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER-ccache}

# name of the build folder, LLVM release, preset, which tests, options
build_and_test() {
  local dir=build/$1 llvm=$2 preset=$3 tests=$4
  shift 4
  step "LLVM $llvm, $preset: building"
  quietly "$dir/configure.log" cmake --preset "$preset" -B "$dir" \
    -DHVCI_LLVM="$llvm" -DHVCI_TESTS=ON "$@"
  quietly "$dir/build.log" cmake --build "$dir"
  step "LLVM $llvm, $preset: testing"
  # One more than there are cores: a test that waits lets another run.
  ctest --test-dir "$dir" --output-on-failure --no-tests=error -R "$tests" \
    -j "$(($(nproc) + 1))"
  # What the test `package` made.
  [[ $preset != release ]] || packages+=("$dir/test/install/package/packages")
}
packages=()

for llvm in "${releases[@]}"; do
  case $llvm in
  # The newest is the one that users of the release preset have.
  22) build_and_test release 22 release . ;;
  19) build_and_test clang-19 19 release . -DHVCI_UNITY=ON \
    -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 ;;
  16) build_and_test release-16 16 release . -DHVCI_UNITY=ON ;;
  esac
done

# Beside what follows: most of the time it waits for packages.
step "Packages of LLVM ${releases[*]} in a clean Debian"
test/install/clean-root.sh build/clean-root "${packages[@]}" >build/clean-root.log 2>&1 &
clean_root=$!
if [[ $asan ]]; then
  build_and_test asan 22 asan '^(unit|image|lit)' -DHVCI_UNITY=ON \
    -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
    -DCMAKE_C_FLAGS_DEBUG=-g1 -DCMAKE_CXX_FLAGS_DEBUG=-g1 # lines alone
fi
wait "$clean_root" || {
  cat build/clean-root.log >&2
  echo "check.sh: failed: the packages in a clean Debian" >&2
  exit 1
}

step "All tests passed"
