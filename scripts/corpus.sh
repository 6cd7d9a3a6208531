#!/usr/bin/env bash
# Runs the plugin over the drivers in the Wine source and compares what it
# finds with test/corpus/expected.tsv. Nothing of Wine is kept in this
# repository: the source comes from the Debian archive, verified by apt.
set -Eeuo pipefail

# apt's and clang's messages are read below, and comm wants one sort order.
export LC_ALL=C

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
expected=$repo/test/corpus/expected.tsv
unparsed=$repo/test/corpus/unparsed.tsv

# The upstream version that the line numbers in expected.tsv belong to. The
# Debian revision may move: only Debian's packaging changes with it, and the
# upstream tarball is unpacked without Debian's patches.
upstream=8.0
tarball=wine_${upstream}~repack.orig.tar.xz
# shellcheck source=scripts/apt.sh
source "$repo/scripts/apt.sh"

usage() {
  cat <<'END'
Usage: scripts/corpus.sh --plugin FILE --clang FILE [--dir DIR] [--print]

Runs the plugin over the drivers of Wine 8.0 and compares its findings with
test/corpus/expected.tsv, and the units that do not parse with
test/corpus/unparsed.tsv. A missing line is a difference, an extra one too.

  --plugin FILE  the plugin, hvcilint.so
  --clang FILE   the clang binary it was built for
  --dir DIR      where sources and results are kept; without it build/corpus
                 below the repository. A second run fetches nothing.
  --print        print the findings (file, line, rule; tab-separated) and
                 compare nothing
  --help         this text

Left in DIR: compile_commands.json, findings.tsv, unparsed.tsv, and clang's
output for each unit below runs/.

The first run fetches about 50 MB with apt, from the machine's own Debian
mirror or deb.debian.org. All of apt's files are below DIR: the machine's
source lists, package lists and packages stay as they are; root is not needed.

Debian packages: apt, debian-archive-keyring, dpkg, tar and xz-utils to fetch;
clang-22 (or another clang of the plugin's version) to run.

Exit status: 0 as expected, 1 a difference, 2 wrong usage or environment.
END
}

# The data lines of an expectation file; its lines are numbered in messages.
rows() {
  local file=$1 columns=$2
  awk -F'\t' -v n="$columns" -v name="${file#"$repo"/}" '
    /^#/ || /^$/ { next }
    NF != n || $n == "" {
      printf "corpus.sh: %s:%d: not %d columns\n", name, NR, n >"/dev/stderr"
      exit 1
    }
    n == 4 && $4 !~ /^(true|false): ./ {
      printf "corpus.sh: %s:%d: the judgement does not begin with true: or " \
             "false:\n", name, NR >"/dev/stderr"
      exit 1
    }
    { print }
  ' "$file" || exit 2
}

fetch() {
  local apt=$dir/apt download=$dir/download
  local deb

  own_apt "$apt" "the source of Wine $upstream" xz:xz-utils
  rm -rf "$download"
  mkdir -p "$download"
  cd "$download"
  logged "$apt/source.log" 'source package wine' \
    apt-get -c "$apt/apt.conf" source --download-only --tar-only wine
  # libwine-dev holds the headers that Wine's build generates; its package is
  # unpacked below DIR, because installing it brings all of Wine along.
  logged "$apt/headers.log" 'package libwine-dev' \
    apt-get -c "$apt/apt.conf" download libwine-dev
  cd "$dir"
  [[ -f download/$tarball ]] ||
    fail "source package wine: $suite has" download/wine_* "not $tarball"
  deb=$(echo download/libwine-dev_*.deb)
  [[ $deb == download/libwine-dev_${upstream}~* ]] ||
    fail "package libwine-dev: $suite has ${deb#download/}, not $upstream"

  # Unpacked beside its final place, so that an interrupted run leaves nothing
  # that a later one takes for the whole source.
  rm -rf unpack source
  mkdir -p unpack/wine unpack/libwine-dev
  logged "$apt/unpack.log" "$tarball" \
    tar -xJf "download/$tarball" -C unpack/wine --strip-components=1 \
    --wildcards 'wine-*/include' 'wine-*/dlls/*.sys' \
    'wine-*/dlls/ntoskrnl.exe/tests'
  logged "$apt/unpack.log" "$deb" dpkg-deb -x "$deb" unpack/libwine-dev
  rm -rf unpack/libwine-dev/usr/lib
  mv unpack source
  rm -rf "$apt/lists"
}

json() {
  local s=${1//\\/\\\\}
  printf '"%s"' "${s//\"/\\\"}"
}

# Compiles the unit that is the last argument, as one of several at a time:
# the outcome is in files, so that nobody's output mixes with another's.
run_unit() {
  local log=$1/${!#} status=0
  shift
  mkdir -p "$(dirname "$log")"
  # A plugin that does not come to an end is a failure of its unit.
  timeout 300 "$@" >"$log.log" 2>&1 || status=$?
  echo "$status" >"$log.status"
}

# Lines of the first file only, or of the second only, as "file:line rule".
only_in() {
  comm "$1" "$2" "$3" | awk -F'\t' '
    { printf "%s", $1; if (NF > 1) printf ":%s %s", $2, $3; print "" }'
}

plugin='' clang='' dir=$repo/build/corpus print=''
while (($#)); do
  case $1 in
  --plugin | --clang | --dir)
    (($# > 1)) || fail "$1: needs a value; see --help"
    declare "${1#--}=$2"
    shift
    ;;
  --print) print=yes ;;
  --help)
    usage
    exit 0
    ;;
  *) fail "$1: unknown argument; see --help" ;;
  esac
  shift
done

[[ $plugin ]] || fail '--plugin is missing; see --help'
[[ $clang ]] || fail '--clang is missing; see --help'
[[ -r $plugin ]] || fail "$plugin: no such plugin; build it first"
command -v "$clang" >/dev/null ||
  fail "$clang: no such compiler; install clang-22 or name another"
plugin=$(realpath "$plugin")
clang=$(realpath -s "$(command -v "$clang")")
mkdir -p "$dir"
dir=$(realpath "$dir")
cd "$dir"

# Read first: a mistake in them should not cost a run.
if [[ ! $print ]]; then
  rows "$expected" 4 >expected.rows
  rows "$unparsed" 2 >unparsed.rows
  cut -f1-3 expected.rows | sort >expected.sorted
  cut -f1 unparsed.rows | sort >expected-unparsed.sorted
fi

[[ -d source ]] || fetch
cd source/wine

# A file with "makedep unix" is compiled for the host and linked into a Unix
# library beside the driver: it never becomes part of the .sys.
shopt -s nullglob
units=() unix=()
for file in dlls/*.sys/*.c dlls/ntoskrnl.exe/tests/driver*.c; do
  if grep -q '^#pragma makedep unix' "$file"; then
    unix+=("$file")
  else
    units+=("$file")
  fi
done
tests=(dlls/*.sys/tests/*.c)
shopt -u nullglob
((${#units[@]})) || fail "$PWD: no driver units; remove $dir and run again"

# Wine's own flags for its PE side. No header of the machine is looked up:
# a mingw-w64 that happens to be installed must not change what is parsed.
# Warnings stay on, because the plugin obeys -w as well.
flags=(--target=x86_64-w64-mingw32 -nostdlibinc
  -Iinclude -Iinclude/msvcrt
  -I../libwine-dev/usr/include/wine/wine/windows
  -D__WINESRC__ -D_UCRT -fsyntax-only)

comma='['
for unit in "${units[@]}"; do
  printf '%s\n{"directory": %s, "file": %s, "arguments": [%s' \
    "$comma" "$(json "$PWD")" "$(json "$unit")" "$(json "$clang")"
  printf ', "%s"' "${flags[@]}"
  printf ', %s]}' "$(json "$unit")"
  comma=,
done >"$dir/compile_commands.json"
printf '\n]\n' >>"$dir/compile_commands.json"

say "running over ${#units[@]} driver units of Wine $upstream"
rm -rf "$dir/runs"
export -f run_unit
# shellcheck disable=SC2016 # expanded by the bash that xargs starts
printf '%s\0' "${units[@]}" |
  xargs -0 -n1 -P"$(nproc)" bash -c 'run_unit "$@"' run_unit "$dir/runs" \
    "$clang" "${flags[@]}" -fno-color-diagnostics -fplugin="$plugin"

parsed=()
: >"$dir/unparsed.tsv"
for unit in "${units[@]}"; do
  log=$dir/runs/$unit.log
  [[ -s $dir/runs/$unit.status ]] || fail "$unit: the run left no outcome"
  status=$(<"$dir/runs/$unit.status")
  error=$(grep -m1 -E '(^|: )(fatal )?error: ' "$log" || true)
  case $error in
  *'unable to load plugin'*) fail "$error" ;;
  esac
  if ((status == 0)); then
    parsed+=("$unit")
    continue
  fi
  if ((status == 124)); then
    error='no end after 300 s'
  fi
  printf '%s\t%s\n' "$unit" "${error:-clang ended with status $status}" \
    >>"$dir/unparsed.tsv"
done

# A header is seen by many units, so a finding counts once for each place; two
# findings on one line count twice.
tag='\[(hvci-[a-z0-9-]+)\]$'
severity='(warning|remark): '
for unit in "${parsed[@]}"; do
  cat "$dir/runs/$unit.log"
done | { grep -E "(^|: )$severity.*$tag" || true; } |
  sort -u >"$dir/diagnostics"
if placeless=$(grep -m1 -v -E '^[^:]+:[0-9]+:[0-9]+: ' "$dir/diagnostics"); then
  fail "a finding without a place: $placeless"
fi
sed -E "s/^([^:]+):([0-9]+):([0-9]+): $severity.*$tag/\1\t\2\t\5\t\3/" \
  "$dir/diagnostics" | sort -u | cut -f1-3 | sort >"$dir/findings.tsv"

# What was not judged is named, so that nobody takes it for clean.
say "unix side, not a driver unit: ${#unix[@]}: ${unix[*]}"
say "test program, not a driver unit: ${#tests[@]}: ${tests[*]}"
while IFS=$'\t' read -r unit error; do
  say "does not parse: $unit: $error"
done <"$dir/unparsed.tsv"
count=$(wc -l <"$dir/findings.tsv")
say "$count findings in ${#parsed[@]} of ${#units[@]} units"

if [[ $print ]]; then
  cat "$dir/findings.tsv"
  exit 0
fi

cut -f1 "$dir/unparsed.tsv" | sort >"$dir/unparsed.sorted"
{
  only_in -23 "$dir/expected.sorted" "$dir/findings.tsv" | sed 's/^/missing: /'
  only_in -13 "$dir/expected.sorted" "$dir/findings.tsv" | sed 's/^/extra: /'
  only_in -23 "$dir/expected-unparsed.sorted" "$dir/unparsed.sorted" |
    sed 's/^/parses, though listed in unparsed.tsv: /'
  only_in -13 "$dir/expected-unparsed.sorted" "$dir/unparsed.sorted" |
    sed 's/^/does not parse, not listed in unparsed.tsv: /'
} >"$dir/differences"
if [[ -s $dir/differences ]]; then
  while IFS= read -r difference; do
    say "$difference"
  done <"$dir/differences"
  exit 1
fi
say 'as expected'
