#!/bin/sh
# Puts the sources pinned in third-party.lock into native/third-party/.
#
#   native/fetch-sources.sh           fetch what is missing or wrong; otherwise no work, no network
#   native/fetch-sources.sh --check   only verify; exit status 1 when a file is missing or wrong
#
# Each source is taken from the first of these that has it:
#   1. native/third-party/ itself, when its files are already right
#   2. $LODEPNG_DIR, $LIBDEFLATE_DIR: an unpacked source tree; when set, nothing else is tried
#   3. Debian's source package, from the archives apt is configured for on this machine
#   4. the pinned commit of the upstream git repository
# Whatever the origin, every file must have its pinned SHA-256 before any is installed.
# No root is needed, and nothing outside native/third-party/ changes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lock=$here/third-party.lock
installed=$here/third-party

say() { printf 'fetch-sources: %s\n' "$*" >&2; }

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# --- the lock file -------------------------------------------------------------------------------

source_names() { sed -n 's/^\[\(.*\)\]$/\1/p' "$lock"; }

# pinned NAME KEY: the values of KEY in section NAME, one a line
pinned() {
  awk -v section="[$1]" -v key="$2" '
    /^\[/ { inside = ($0 == section) }
    inside && $1 == key { sub(/^[^ ]+ +/, ""); print }' "$lock"
}

# --- verification --------------------------------------------------------------------------------

# verified NAME DIRECTORY: every pinned file is there with its pinned content
verified() {
  [ -d "$2" ] && pinned "$1" file | sed 's/ /  /' | (cd "$2" && sha256 -c -) >/dev/null 2>&1
}

# report_differences NAME DIRECTORY: say which files are not the pinned ones, with both sums
report_differences() {
  pinned "$1" file | while read -r expected file; do
    if [ -f "$2/$file" ]; then
      found=$(sha256 <"$2/$file")
      found=${found%% *}
      [ "$found" = "$expected" ] || say "  $file: SHA-256 is $found, expected $expected"
    else
      say "  $file: missing, expected SHA-256 $expected"
    fi
  done
}

# --- installation --------------------------------------------------------------------------------

# install_from NAME TREE ORIGIN: copy the pinned files out of TREE, verify, and install all or none
install_from() {
  copy=$staging/$1
  rm -rf "$copy" && mkdir "$copy" || return 1
  pinned "$1" file | while read -r _ file; do
    [ -f "$2/$file" ] || continue
    mkdir -p "$copy/$(dirname "$file")" && cat "$2/$file" >"$copy/$file"
  done
  commented=$(pinned "$1" licence-comment)
  if [ -n "$commented" ] && [ -f "$copy/$commented" ]; then
    awk '/^\*\// { exit } NR > 1' "$copy/$commented" >"$copy/LICENSE"
  fi
  if ! verified "$1" "$copy"; then
    say "$1: refused from $3: not the pinned content"
    report_differences "$1" "$copy"
    return 1
  fi
  rm -rf "${installed:?}/$1" && mv "$copy" "$installed/$1" || return 1
  # When another run was quicker, mv has put this copy inside its equal directory.
  rm -rf "${installed:?}/$1/$1"
  say "$1: installed from $3"
}

# --- Debian source packages ----------------------------------------------------------------------

# The archives this machine installs its own release from, one URI a line. apt itself is asked,
# because source lists have several formats and places.
debian_archives() {
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  [ -n "$codename" ] || return 0
  apt-get update --print-uris 2>/dev/null |
    sed -n "s#^'\(.*\)/dists/$codename/InRelease'.*#\1#p" | sort -u
}

# private_apt STATE ARGUMENT...: apt-get with its lists and caches in the directory STATE, so that
# neither root nor the system's own apt state is needed
private_apt() {
  state=$1
  shift
  LC_ALL=C apt-get -q -c "$state/apt.conf" "$@" >>"$state/log" 2>&1
}

# open_suite STATE ARCHIVE SUITE: download the suite's list of source packages, once a run
open_suite() {
  if [ -d "$1" ]; then
    [ -f "$1/ready" ]
    return
  fi
  mkdir -p "$1/lists/partial" "$1/cache/archives/partial" || return 1
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  if [ -f "$keyring" ]; then signed="[signed-by=$keyring]"; else signed=; fi
  printf 'deb-src %s %s %s main\n' "$signed" "$2" "$3" >"$1/sources.list"
  cat >"$1/apt.conf" <<CONF
Dir::Etc::SourceList "$1/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$1/lists";
Dir::Cache "$1/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
  private_apt "$1" update && : >"$1/ready"
}

# unpack_debian_source STATE PACKAGE TREE
unpack_debian_source() {
  mkdir -p "$3/download" || return 1
  # --tar-only: a missing packaging archive, which is not needed, would fail the whole download.
  (cd "$3/download" && private_apt "$1" source --download-only --tar-only "$2") || return 1
  for tarball in "$3"/download/*.orig.tar.*; do
    case $tarball in
      *.asc) ;;
      *) tar -xf "$tarball" -C "$3" --strip-components=1 || return 1 ;;
    esac
  done
}

from_debian() {
  command -v apt-get >/dev/null && [ -r /etc/os-release ] || return 1
  package=$(pinned "$1" debian)
  debian_archives >"$work/archives"
  [ -s "$work/archives" ] || say "$1: apt names no archive of this machine's own release"
  for suite in $(pinned "$1" suites); do
    number=0
    while read -r archive; do
      number=$((number + 1))
      apt_state=$work/apt-$suite-$number
      origin="Debian source package $package ($suite)"
      if open_suite "$apt_state" "$archive" "$suite" &&
        unpack_debian_source "$apt_state" "$package" "$apt_state/$1"; then
        install_from "$1" "$apt_state/$1" "$origin" </dev/null && return
      else
        reason=$(grep -E '^(E|W):' "$apt_state/log" | head -n 1)
        say "$1: $origin: ${reason:-not available}"
      fi
    done <"$work/archives"
  done
  return 1
}

# --- upstream git --------------------------------------------------------------------------------

from_git() {
  command -v git >/dev/null || return 1
  url=$(pinned "$1" upstream)
  tree=$work/git-$1
  if (
    # A git hook that runs this script would otherwise lead git to the project's own repository.
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
    export GIT_TERMINAL_PROMPT=0
    git init -q "$tree" && cd "$tree" &&
      # Line endings must stay as they are upstream, or the sums would differ on Windows.
      git config core.autocrlf false &&
      git -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=15 \
        fetch -q --depth 1 "$url" "$(pinned "$1" commit)" &&
      git checkout -q FETCH_HEAD
  ) 2>"$work/git.log"; then
    install_from "$1" "$tree" "$url"
  else
    say "$1: $url: $(head -n 1 "$work/git.log")"
    return 1
  fi
}

# --- main ----------------------------------------------------------------------------------------

# The environment variable that names a source's directory: lodepng has LODEPNG_DIR.
directory_variable() { printf '%s_DIR' "$1" | tr '[:lower:]' '[:upper:]'; }

fetch() {
  variable=$(directory_variable "$1")
  eval "directory=\${$variable:-}"
  if [ -n "$directory" ]; then
    install_from "$1" "$directory" "$variable, $directory"
  else
    from_debian "$1" || from_git "$1"
  fi
}

check_only=false
case $* in
  '') ;;
  --check) check_only=true ;;
  *)
    say "usage: $0 [--check]"
    exit 2
    ;;
esac

work=
staging=$installed/.staging-$$
trap '[ -z "$work" ] || rm -rf "$work" "$staging"' EXIT
trap 'exit 130' HUP INT TERM

status=0
for name in $(source_names); do
  verified "$name" "$installed/$name" && continue
  if $check_only; then
    say "$name: $installed/$name is not what third-party.lock pins"
    report_differences "$name" "$installed/$name"
    status=1
    continue
  fi
  if [ -z "$work" ]; then
    work=$(mktemp -d)
    mkdir -p "$staging"
  fi
  if ! fetch "$name"; then
    say "could not get $name $(pinned "$name" version). Set $(directory_variable "$name") to a" \
      "directory with its sources at commit"
    say "  $(pinned "$name" commit) of $(pinned "$name" upstream)"
    status=1
  fi
done
exit $status
