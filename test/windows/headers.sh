#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What is only for one system lies in one file of each folder: no other includes
# POSIX's or Windows' headers.
set -Eeuo pipefail
export LC_ALL=C

(($# == 1)) || {
  echo "usage: test/windows/headers.sh SOURCES" >&2
  exit 2
}
cd "$1"
posix='unistd|sys/[a-z]+|fcntl|dirent|dlfcn|poll|spawn|pthread|termios|pwd|grp'
posix+='|libgen|glob|fnmatch|strings|iconv|langinfo|ftw|semaphore|syslog|regex'
windows='windows|winsock2|io|direct|process|shlwapi|psapi'

# including HEADERS: file:line of each include of one of them.
including() {
  grep -rnE "^ *# *include *<($1)\\.h>" --include='*.c' --include='*.h' \
    --include='*.cpp' checkers cl config image plugin record tools || true
}
found=$(including "$posix" | grep -vE '^[^:]*(_posix\.c|Posix\.cpp):' || true)
found+=$(including "$windows" | grep -vE '^[^:]*(_windows\.c|Windows\.cpp):' || true)
if [[ $found ]]; then
  echo "headers.sh: for one system, and not in its file: $found" >&2
  exit 1
fi
# One of each kind in a folder, and both or none.
for folder in $(git ls-files checkers cl config image plugin record tools |
  xargs dirname | sort -u); do
  shopt -s nullglob
  ours=("$folder"/*_posix.c "$folder"/*Posix.cpp)
  theirs=("$folder"/*_windows.c "$folder"/*Windows.cpp)
  ((${#ours[@]} <= 1 && ${#ours[@]} == ${#theirs[@]})) || {
    echo "headers.sh: $folder: ${ours[*]} and ${theirs[*]}" >&2
    exit 1
  }
done
[[ $(including "$posix" | wc -l) -gt 5 ]] || {
  echo "headers.sh: finds no includes at all" >&2
  exit 1
}
