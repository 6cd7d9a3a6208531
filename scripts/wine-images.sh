#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Unpacks the images in Debian's Wine package, which the tests read. Nothing of
# Wine is kept in this repository.
set -Eeuo pipefail
export LC_ALL=C

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/apt.sh
source "$repo/scripts/apt.sh"

# The version that test/image/expected.tsv is about.
version=8.0

usage() {
  cat <<'END'
Usage: scripts/wine-images.sh [--dir DIR]

Unpacks the PE files of the Debian 12 package libwine (Wine 8.0, amd64).

  --dir DIR  where they go; without it build/wine below the repository. If they
             are there, nothing is done.
  --help     this text

It fetches about 100 MB with apt, from the machine's own Debian mirror or
deb.debian.org, and leaves about 640 MB. Nothing is installed; root is not needed.

Debian packages: apt, debian-archive-keyring, dpkg and tar.

Exit status: 0 they are there, 2 wrong usage or environment.
END
}

unpack() { dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --wildcards \
  --strip-components=6 './usr/lib/x86_64-linux-gnu/wine/x86_64-windows/*'; }

dir=$repo/build/wine
while (($#)); do
  case $1 in
  --dir)
    (($# > 1)) || fail "$1: needs a value; see --help"
    dir=$2
    shift
    ;;
  --help)
    usage
    exit 0
    ;;
  *) fail "$1: unknown argument; see --help" ;;
  esac
  shift
done

mkdir -p "$dir"
dir=$(realpath "$dir")
[[ ! -d $dir/images ]] || exit 0

own_apt "$dir/apt" "the images of Wine $version"
rm -rf "$dir/unpack" "$dir"/libwine_*.deb
mkdir "$dir/unpack"
cd "$dir"
logged apt/download.log 'package libwine' \
  apt-get -c apt/apt.conf download libwine
deb=$(echo libwine_*.deb)
[[ $deb == libwine_${version}~* ]] ||
  fail "package libwine: $suite has $deb, not $version"
# Unpacked beside their final place, so that an interrupted run leaves nothing
# that a later one takes for the whole.
logged apt/unpack.log "$deb" unpack "$deb" unpack
mv unpack images
rm -rf "$deb" apt
