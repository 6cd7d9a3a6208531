#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Packs a build, and holds the packages against what they must need and hold.
set -Eeuo pipefail
export LC_ALL=C

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
fail() {
  echo "package.sh: $*" >&2
  exit 1
}
trap 'fail "line $LINENO: failed: $BASH_COMMAND"' ERR

(($# == 4)) || {
  echo "usage: test/install/package.sh BUILD WORK RELEASE CLANG-CL" >&2
  exit 2
}
build=$1 work=$2 release=$3 clang_cl=$4
rm -rf "$work"
mkdir -p "$work"
work=$(realpath "$work")
# pack MAINTAINER
pack() {
  cpack --config "$build/CPackConfig.cmake" -B "$work/packages" \
    -D "CPACK_DEBIAN_PACKAGE_MAINTAINER=$1" >"$work/cpack.log" 2>&1
}
for nobody in "" "Tests" "Tests <tests>" "<tests@example.org>"; do
  ! pack "$nobody" || fail "packs for '$nobody'"
  grep -q "A package needs a maintainer" "$work/cpack.log" || fail "see $work/cpack.log"
done
pack "Tests <tests@example.org>" || {
  cat "$work/cpack.log" >&2
  fail "cpack failed"
}

# What its libraries are, dpkg-shlibdeps finds out; the rest is ours to say.
depends=$(dpkg-deb -f "$work/packages/hvcilint-$release"_*.deb Depends)
tools=
((release >= 22)) || tools=clang-tools-$release
for package in "clang-$release" $tools ninja-build "hvcilint-common (=" libyaml-0-2 libpcre2-8-0 \
  libjansson4 libpopt0 libc6 libstdc++6 "libllvm$release"; do
  [[ ", $depends" == *", $package"* ]] || fail "does not depend on $package: $depends"
done

# What is in it: the files of that release alone, and nothing that another
# release's package has.
dpkg-deb -x "$work/packages/hvcilint-$release"_*.deb "$work/root"
found=$(cd "$work/root" && find . -type f | sort)
expected="./usr/bin/hvcilint-$release
./usr/bin/hvcilint-cl-$release
./usr/lib/hvcilint/$release/hvcilint-image.so
./usr/lib/hvcilint/$release/hvcilint-unit
./usr/lib/hvcilint/$release/hvcilint.so
./usr/share/doc/hvcilint-$release/changelog.gz
./usr/share/doc/hvcilint-$release/copyright"
[[ $found == "$expected" ]] || fail "holds other files: $found"
dpkg-deb -x "$work"/packages/hvcilint-common_*.deb "$work/root"
[[ -f $work/root/usr/lib/cmake/Hvcilint/HvcilintConfig.cmake ]] ||
  fail "no CMake package in hvcilint-common"
for file in doc/hvcilint-common/copyright man/man1/hvcilint.1.gz \
  "man/man1/hvcilint-$release.1.gz" "man/man1/hvcilint-cl-$release.1.gz" \
  bash-completion/completions/hvcilint zsh/vendor-completions/_hvcilint; do
  [[ -f $work/root/usr/share/$file ]] || fail "no /usr/share/$file in the packages"
done
[[ $(cd "$work/root/usr/share" && echo *) == "bash-completion doc man zsh" &&
  ! -e $work/root/usr/share/zsh/site-functions ]] ||
  fail "there is more in /usr/share"
for program in "$work/root/usr/bin"/* "$work/root/usr/lib/hvcilint/$release"/*; do
  [[ $(file -b "$program") == *", stripped"* ]] || fail "$program is not stripped"
done

# The plugin and the front end, from the folder that the packages are unpacked to.
cat >"$work/driver.c" <<'END'
#include <ntddk.h>
void *state(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); }
END
common=(--target=x86_64-pc-windows-msvc -imsvc "$repo/test/Inputs/km" /Zs)
{
  "$clang_cl" "${common[@]}" -Xclang -load \
    -Xclang "$work/root/usr/lib/hvcilint/$release/hvcilint.so" -- "$work/driver.c"
  "$work/root/usr/bin/hvcilint-cl-$release" "${common[@]}" -- "$work/driver.c"
  "$work/root/usr/bin/hvcilint-$release" --version
} >"$work/log" 2>&1
count=$(grep -c "warning: 'ExAllocatePoolWithTag' allocates" "$work/log")
[[ $count == 2 ]] || fail "$count findings instead of 2: see $work/log"
grep -q "^LLVM $release\\." "$work/log" || fail "no version: see $work/log"
