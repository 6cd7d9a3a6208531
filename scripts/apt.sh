# shellcheck shell=bash
# An apt of our own, for the scripts that read this file: all of its files are
# below one folder, so the machine's source lists, package lists and packages
# stay as they are, and root is not needed.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
fail() {
  trap - ERR
  say "$*"
  exit 2
}
# Anything unforeseen must not look like a difference, which is exit status 1.
trap 'fail "line $LINENO: failed: $BASH_COMMAND"' ERR

# Runs a command with its output in a log; says only why it failed.
logged() {
  local log=$1 what=$2 why
  shift 2
  if ! "$@" >"$log" 2>&1; then
    why=$(grep -m1 -E '^E: |error' "$log" || tail -n1 "$log")
    fail "$what: ${why:-no message} (whole output: $log)"
  fi
}

suite=bookworm
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The machine's own mirror of a Debian archive, by the label in its Release
# file; nothing if the machine has no such lists.
mirror() {
  # shellcheck disable=SC2016 # apt's own variable
  apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' "Label: $1" |
    sed -n 1p
}

# Where the packages of the suite come from: an archive and a suite for each line.
archives() {
  local main security
  main=$(mirror Debian)
  security=$(mirror Debian-Security)
  printf '%s %s\n' "${main:-http://deb.debian.org/debian/}" "$suite" \
    "${security:-http://deb.debian.org/debian-security/}" "$suite-security"
}

# own_apt DIR WHAT [COMMAND:PACKAGE]...: writes DIR/apt.conf and reads the
# package lists of the suite, if those commands are there.
own_apt() {
  local apt=$1 what=$2 missing=() pair lines where
  shift 2
  for pair in apt-get:apt dpkg-deb:dpkg tar:tar "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  [[ -r $keyring ]] || missing+=(debian-archive-keyring)
  if ((${#missing[@]})); then
    fail "to fetch $what, install: ${missing[*]}"
  fi

  lines=$(archives)
  say "fetching $what from ${lines%% *}"

  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/archives/partial"
  while read -r where; do
    printf 'deb [signed-by=%s target=Packages] %s main\n' "$keyring" "$where"
    printf 'deb-src [signed-by=%s target=Sources] %s main\n' "$keyring" "$where"
  done <<<"$lines" >"$apt/sources.list"
  # The hooks that a machine runs after an update write outside DIR; its pins
  # and installed packages must not choose the version. apt's own user cannot
  # be expected to reach DIR.
  cat >"$apt/apt.conf" <<END
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Architectures;
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "$(id -un)";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$apt";
Dir::State::lists "$apt/lists/";
Dir::State::status "/dev/null";
Dir::Cache "$apt";
Dir::Cache::archives "$apt/archives/";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
END
  logged "$apt/update.log" "package lists of $suite" \
    apt-get -c "$apt/apt.conf" update --error-on=any
}
