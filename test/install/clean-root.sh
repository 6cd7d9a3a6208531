#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs packages in a clean Debian 12, where apt finds what they need, and uses
# them as README.md says; upgrades and removes them. The system is made in memory,
# in namespaces of its own, and is gone when this ends.
set -Eeuo pipefail
export LC_ALL=C

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=scripts/apt.sh
source "$repo/scripts/apt.sh"

usage() {
  cat <<'END'
usage: test/install/clean-root.sh WORK PACKAGES...

  WORK      a folder for what is written, which is emptied first
  PACKAGES  folders with the .deb files that cpack made, each of one build

Needs root, the right to make namespaces, 2.5 GB of memory for the packages of three
releases, and a Debian mirror.
END
}

# ---- outside -----------------------------------------------------------------

check_machine() {
  local program
  for program in unshare:util-linux mmdebstrap:mmdebstrap dpkg-deb:dpkg; do
    command -v "${program%:*}" >/dev/null ||
      fail "needs ${program%:*}; scripts/setup.sh installs ${program#*:}"
  done
  ((EUID == 0)) || fail "needs root, to install packages in a system of its own"
  unshare --mount --pid --fork true ||
    fail "needs namespaces, which this machine does not let root make (unshare)"
}

# What all releases share has to be the same, but for the day it was packed on.
take_packages() {
  local folder sums
  for folder; do
    cp "$folder"/hvcilint-[0-9]*.deb "$folder"/hvcilint-common_*.deb "$work/first" ||
      fail "no packages in $folder"
    sums=$(dpkg-deb -I "$folder"/hvcilint-common_*.deb md5sums | grep -v changelog)
    [[ ! -e $work/sums ]] || [[ $sums == "$(<"$work/sums")" ]] ||
      fail "hvcilint-common of $folder differs from that of other builds"
    echo "$sums" >"$work/sums"
  done
}

# The same packages with a higher version.
make_later() {
  local package
  for package in "$work"/first/*.deb; do
    dpkg-deb -R "$package" "$work/unpacked"
    sed -i -E 's/^(Version: .*)/\1.1/; s/(hvcilint-common \(= [0-9.]+)\)/\1.1)/' \
      "$work/unpacked/DEBIAN/control"
    dpkg-deb --root-owner-group -Znone -b "$work/unpacked" "$work/later" >/dev/null
    rm -rf "$work/unpacked"
  done
}

# The file and the command of README.md, and a compile database of the file.
make_driver() {
  # shellcheck disable=SC2016 # a fence
  sed -n '/^```c driver.c$/,/^```$/{/^```/d;p}' "$repo/README.md" \
    >"$work/driver/driver.c"
  sed -n 's/^\$ \(clang-cl .* -load .*hvcilint\.so\)$/\1/p' "$repo/README.md" |
    sed -n 1p >"$work/driver/command"
  [[ -s $work/driver/driver.c && -s $work/driver/command ]] ||
    fail "README.md has no driver.c, or no command for it"
  cp -r "$repo/test/Inputs/km" "$work/driver/km"
  cat >"$work/driver/build/compile_commands.json" <<'END'
[{"directory": "/driver", "file": "driver.c", "arguments": ["clang-cl",
  "--target=x86_64-pc-windows-msvc", "-imsvc", "/driver/km", "/c", "--", "driver.c"]}]
END
}

# ---- in the namespaces -------------------------------------------------------

# Memory becomes the system, with the machine's mirrors and its way to them.
make_root() {
  local sources=() where
  mount --make-rprivate /
  mount -t proc proc /proc
  mount -t tmpfs -o size=90% tmpfs /mnt
  while read -r where; do
    sources+=("deb [signed-by=$keyring] $where main")
  done < <(archives)
  {
    apt-config dump | grep -E '^Acquire::' |
      grep -vE '^Acquire::(IndexTargets|Languages|Changelogs)'
    echo 'Acquire::Languages "none";'
  } >"$work/apt.conf"
  logged "$work/root.log" "a clean Debian" \
    mmdebstrap --mode=root --variant=apt --skip=cleanup/apt \
    --aptopt="$work/apt.conf" --dpkgopt=force-unsafe-io \
    "$suite" /mnt/root "${sources[@]}"
  mount -t proc proc /mnt/root/proc
  cp -r "$work/first" "$work/later" "$work/driver" /mnt/root/
}

in_root() { chroot /mnt/root "$@"; }

apt() {
  logged "$work/apt-$1.log" "apt-get $*" in_root env \
    DEBIAN_FRONTEND=noninteractive apt-get --yes --no-install-recommends "$@"
  [[ -z $(in_root dpkg --audit) ]] || fail "after apt-get $*: dpkg --audit complains"
}

# said TEXT COMMAND...: the command, in the system, says the text.
said() {
  local text=$1
  shift
  in_root env -C /driver INCLUDE=/driver/km "$@" >"$work/output" 2>&1 || true
  grep -qF -- "$text" "$work/output" ||
    fail "no '$text' in what this says: $*: $(<"$work/output")"
}

finding="driver.c(2,50): warning: 'ExAllocatePoolWithTag' allocates executable pool \
with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]"

# What one release's package brings.
use() {
  local release=$1 command
  command=$(<"$work/driver/command")
  command=${command/build\/release\/lib/\/usr\/lib\/hvcilint\/$release}
  said "$finding" sh -c "${command/clang-cl/clang-cl-$release}"
  said "$finding" "hvcilint-cl-$release" --target=x86_64-pc-windows-msvc /c driver.c
  said "LLVM $release." "hvcilint-$release" --version
  said "1 unit: 1 analysed" "hvcilint-$release" check -p build
  said "allocates executable pool" "hvcilint-$release" gate build/hvcilint
  said "driver.obj: " "hvcilint-$release" image driver.obj
  said "## How to fix" "hvcilint-$release" explain hvci-execute-pool-type
  rm -r /mnt/root/driver/build/hvcilint
}

# The command without a release is that of the newest; so is clangd.
use_newest() {
  said "LLVM $1." hvcilint --version
  said "clangd version $1." hvcilint-clangd --version
}

# Nothing is left of the packages, but for what was copied in.
look_for_rests() {
  in_root find / -xdev '(' -path /driver -o -path /first -o -path /later ')' -prune \
    -o -name '*hvcilint*' -print >"$work/rests"
  [[ ! -s $work/rests ]] || fail "left behind: $(tr '\n' ' ' <"$work/rests")"
}

main() {
  local releases=() release version
  for release in "$work"/first/hvcilint-[0-9]*.deb; do
    release=${release##*/hvcilint-}
    releases+=("${release%%_*}")
  done
  mapfile -t releases < <(printf '%s\n' "${releases[@]}" | sort -rn)
  make_root
  look_for_rests
  apt install "${first[@]}"
  for release in "${releases[@]}"; do
    use "$release"
  done
  apt install "${releases[@]/#/clangd-}"
  # Of what it finds, clangd --check shows the errors.
  printf 'rules:\n  hvci-execute-pool-type: error\n' >/mnt/root/driver/.hvcilint.yaml
  for release in "${releases[@]}"; do
    said "allocates executable pool" \
      hvcilint clangd "--clangd=clangd-$release" --check=driver.c
  done
  rm /mnt/root/driver/.hvcilint.yaml
  use_newest "${releases[0]}"

  apt install "${later[@]}"
  # shellcheck disable=SC2016 # dpkg-query's own variable
  version=$(in_root dpkg-query -W -f '${Version} ' 'hvcilint-*')
  [[ $version =~ ^([0-9.]+\.1\ )+$ ]] || fail "not upgraded: $version"
  use "${releases[0]}"
  use_newest "${releases[0]}"

  if ((${#releases[@]} > 1)); then
    apt remove "hvcilint-${releases[0]}"
    use_newest "${releases[1]}"
  fi
  apt purge 'hvcilint-*'
  look_for_rests
}

if [[ ${1-} == --inside ]]; then
  work=$2
  cd "$work"
  first=(first/*.deb) later=(later/*.deb)
  first=("${first[@]/#//}") later=("${later[@]/#//}")
  main
  exit
fi
[[ ${1-} != --help ]] || {
  usage
  exit 0
}
(($# >= 2)) || {
  usage >&2
  exit 2
}
work=$(realpath -m "$1")
check_machine
rm -rf "$work"
mkdir -p "$work/first" "$work/later" "$work/driver/build"
take_packages "${@:2}"
make_later
make_driver
exec unshare --mount --pid --fork --kill-child "$BASH" "$0" --inside "$work"
