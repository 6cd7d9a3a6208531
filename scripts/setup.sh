#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs the Debian packages that the project needs and the machine lacks.
set -euo pipefail

usage() {
  cat <<'END'
usage: scripts/setup.sh [demo | check]

Installs, with apt-get, what is missing of the Debian 12 packages that
  demo    building the plugin and running it on the examples needs
  check   all tests need besides (default)

Does nothing if all are there. Needs root, or sudo, only to install.
END
}

demo=(
  cmake ninja-build pkgconf gcc g++ libc6-dev libyaml-dev libpcre2-dev
  clang-22 libclang-22-dev llvm-22-dev lld-22
  libjansson-dev
  mingw-w64-common mingw-w64-x86-64-dev
)
check=(
  clang-19 clang-tools-19 libclang-19-dev llvm-19-dev lld-19
  llvm-22 llvm-22-tools libclang-rt-22-dev llvm-19 llvm-19-tools clang-format-22
  libcmocka-dev python3 shellcheck git diffutils
  # corpus.sh, wine-images.sh
  debian-archive-keyring dpkg tar xz-utils
)

case ${1:-check} in
demo) wanted=("${demo[@]}") ;;
check) wanted=("${demo[@]}" "${check[@]}") ;;
--help)
  usage
  exit 0
  ;;
*)
  usage >&2
  exit 2
  ;;
esac

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || true
  [[ $status == installed ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

echo "setup.sh: installing ${missing[*]}"
apt=(apt-get)
if ((EUID != 0)); then
  command -v sudo >/dev/null || {
    echo "setup.sh: no root and no sudo; install as root: ${missing[*]}" >&2
    exit 1
  }
  apt=(sudo apt-get)
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! {
  "${apt[@]}" update &&
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
} >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "setup.sh: apt-get failed; see above" >&2
  exit 1
fi
