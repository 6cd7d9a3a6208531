#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Compiles for Windows all that is C, with MinGW's headers, and with the host's
# compiler the C++ files for Windows, which need LLVM's headers. Nothing is linked: no
# library that the project needs is there for MinGW. Their headers are the system's.
set -Eeuo pipefail
export LC_ALL=C

fail() {
  echo "compile.sh: $*" >&2
  exit 1
}
(($# == 4)) || {
  echo "usage: test/windows/compile.sh SOURCES WORK MINGW-GCC LLVM-INCLUDE" >&2
  exit 2
}
source=$1 work=$2 gcc=$3 llvm=$4
rm -rf "$work"
mkdir -p "$work/include"
work=$(realpath "$work")
cd "$source"

# The headers of the libraries alone: the rest of the system's are not for Windows.
for name in jansson.h jansson_config.h popt.h git2.h git2 yaml.h pcre2.h uv.h uv zlib.h zconf.h \
  libxml2/libxml; do
  for folder in /usr/include "/usr/include/$(gcc -print-multiarch)"; do
    [[ ! -e $folder/$name ]] || ln -sf "$folder/$name" "$work/include/"
  done
done

# The system's libxml2 names types of libraries that MinGW lacks.
mkdir "$work/include/unicode"
echo 'typedef void *iconv_t;' >"$work/include/iconv.h"
echo 'typedef struct UConverter UConverter; typedef unsigned short UChar;' \
  >"$work/include/unicode/ucnv.h"

# What is only for POSIX: each has a counterpart for Windows.
mapfile -t all < <(find checkers config record tools -name '*.c' | sort)
files=()
for file in "${all[@]}"; do
  if [[ $file == *_posix.c ]]; then
    [[ -f ${file%_posix.c}_windows.c ]] || fail "$file: none for Windows beside it"
  else
    files+=("$file")
  fi
done
((${#files[@]} > 80)) || fail "only ${#files[@]} files found"

# %z and %ll are GNU's in what we print, and the warning knows Microsoft's alone.
flags=(-std=gnu17 -O1 -fsyntax-only -D_GNU_SOURCE -D__USE_MINGW_ANSI_STDIO=1
  -Wall -Wextra -Werror -Wno-format -Wno-format-extra-args
  -DHVCI_VERSION='"0"' -DHVCI_LLVM_VERSION='"0"' -DHVCI_LLVM_BIN='"bin"'
  -DHVCI_MODULE_SUFFIX='".dll"' -DHVCI_PROGRAM_SUFFIX='".exe"'
  -Icheckers -Icheckers/include -Iconfig/include -Irecord/include -Iimage/include
  -Itools -Itools/check -isystem "$work/include")
compile() {
  local llvm=22
  [[ $1 != tools/check/* ]] || llvm='"22"'
  "$gcc" "${flags[@]}" -DHVCI_LLVM="$llvm" "$1" >"$work/${1//\//-}.log" 2>&1 || {
    grep -hE 'error|warning' "$work/${1//\//-}.log" | head -n 5 >>"$work/errors"
    return 0
  }
}
: >"$work/errors"
for file in "${files[@]}"; do
  compile "$file" &
  while (($(jobs -rp | wc -l) > 1)); do wait -n; done
done
wait
for file in image/*Windows.cpp plugin/*Windows.cpp; do
  g++ -std=c++17 -fsyntax-only -fno-rtti -fno-exceptions -Wall -Wextra -Werror \
    -isystem "$llvm" -D__STDC_CONSTANT_MACROS -D__STDC_LIMIT_MACROS \
    "$file" >"$work/log" 2>&1 || cat "$work/log" >>"$work/errors"
done
[[ ! -s $work/errors ]] || {
  cat "$work/errors" >&2
  fail "not for Windows: see above"
}
echo "${#files[@]} files of C compile for Windows"
