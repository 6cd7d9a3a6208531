#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds both example drivers: before/fwlog.c and after/fwlog.c.
set -euo pipefail

usage() {
  cat <<'END'
usage: examples/build.sh [option]... [clang-cl argument]...

  --plugin SO       load this hvcilint.so into the compiler
  --only WHICH      build only `before` or only `after`
  --syntax          check the source only: no object, no driver
  --out DIR         where the drivers go (default: build/examples)
  --clang-cl PATH   compiler (default: the newest of clang-cl-22, clang-cl-19)
  --lld-link PATH   linker (default: the newest of lld-link-22, lld-link-19)
  --help            show this text

Everything else is passed to clang-cl. MINGW_INCLUDE and MINGW_LIB name the
folders of mingw-w64's headers and libraries where they are not Debian's.
END
}

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

# run WHAT COMMAND...: prints the command, runs it, names WHAT if that fails
run() {
  local what=$1
  shift
  printf '%q ' "$@" | sed 's/ $/\n/'
  "$@" || die "cannot $what: ${1##*/} exited with status $?"
}

# first WHAT CANDIDATE...: prints the first candidate that can be run
first() {
  local what=$1
  shift
  for candidate in "$@"; do
    command -v "$candidate" && return
  done
  die "no $what found (tried: $*); see examples/README.md"
}

here=$(dirname "${BASH_SOURCE[0]}")
include=${MINGW_INCLUDE:-/usr/share/mingw-w64/include}
lib=${MINGW_LIB:-/usr/x86_64-w64-mingw32/lib}
compilers=(clang-cl-22 clang-cl-19)
linkers=(lld-link-22 lld-link-19)
out=build/examples
drivers=(before after)
syntax=
plugin=
extra=()

while (($#)); do
  case $1 in
  --plugin | --only | --out | --clang-cl | --lld-link)
    (($# > 1)) || die "$1 needs an argument"
    case $1 in
    --plugin) plugin=$2 ;;
    --only) drivers=("$2") ;;
    --out) out=$2 ;;
    --clang-cl) compilers=("$2") ;;
    --lld-link) linkers=("$2") ;;
    esac
    shift
    ;;
  --syntax) syntax=1 ;;
  --help)
    usage
    exit
    ;;
  *) extra+=("$1") ;;
  esac
  shift
done

case ${drivers[*]} in
before | after | 'before after') ;;
*) die "--only takes before or after, not '${drivers[*]}'" ;;
esac
[[ -z $plugin || -f $plugin ]] || die "no plugin '$plugin'"
[[ -f $include/ddk/wdm.h ]] ||
  die "no $include/ddk/wdm.h: install mingw-w64-common, or set MINGW_INCLUDE"

clang_cl=$(first clang-cl "${compilers[@]}")
resources=$("$clang_cl" /clang:-print-resource-dir) || die "cannot run $clang_cl"

# mingw-w64's headers want GCC's attributes, Clang's intrinsics and no MSVC;
# its intrin.h reads a header that Clang announces as obsolete (#warning).
# /GS-: the stack cookie's code is in a library of the kit.
compile=("$clang_cl" --target=x86_64-pc-windows-msvc -U_MSC_VER -D__GNUC__=4
  -imsvc "$resources/include" -imsvc "$include" -imsvc "$include/ddk"
  -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A00000B
  /W3 '-Wno-#warnings' /O2 /GS-)
[[ -z $plugin ]] || compile+=(-Xclang -load -Xclang "$plugin")
compile+=(${extra[@]+"${extra[@]}"})

if [[ $syntax ]]; then
  for driver in "${drivers[@]}"; do
    run "check $driver" "${compile[@]}" /Zs -- "$here/$driver/fwlog.c"
  done
  exit
fi

lld_link=$(first lld-link "${linkers[@]}")
[[ -f $lib/libntoskrnl.a ]] ||
  die "no $lib/libntoskrnl.a: install mingw-w64-x86-64-dev, or set MINGW_LIB"

mkdir -p "$out"
run 'make an import library' "$lld_link" /lib /machine:x64 \
  "/def:$here/ntoskrnl-win10.def" "/out:$out/ntoskrnl-win10.lib"
for driver in "${drivers[@]}"; do
  mkdir -p "$out/$driver"
  run "compile $driver" "${compile[@]}" /c "/Fo$out/$driver/fwlog.obj" \
    -- "$here/$driver/fwlog.c"
  # /release: the kernel asks for a checksum
  run "link $driver" "$lld_link" /driver /subsystem:native \
    /entry:DriverEntry /nodefaultlib /dynamicbase /release \
    "/out:$out/$driver/fwlog.sys" "$out/$driver/fwlog.obj" \
    "$out/ntoskrnl-win10.lib" "$lib/libntoskrnl.a"
done
