#!/bin/sh
# Writes the Java bindings of native/include/lodepng_ffm.h with jextract, as jextract.conf says.
#
#   scripts/bindings.sh             replaces the generated package under src/main/java
#   scripts/bindings.sh DIRECTORY   writes the package under DIRECTORY instead
#
# Nothing is replaced unless everything that jextract.conf names was generated. jextract.conf must
# name all that the header declares.
set -eu

destination=${1:-src/main/java}
case $destination in
  /*) ;;
  *) [ $# -eq 0 ] || destination=$PWD/$destination ;;
esac
cd "$(dirname "$0")/.."

header=native/include/lodepng_ffm.h
package=io/github/lodepngffm/internal/generated

fail() {
  printf 'bindings: %s\n' "$*" >&2
  exit 1
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

command -v jextract >/dev/null ||
  fail "no jextract on the PATH; its sources are at https://github.com/openjdk/jextract"

# "jextract 23", ..., "LibClang version Debian clang version 14.0.6"
versions=$(jextract --version 2>&1)
jextract_version=$(printf '%s\n' "$versions" | sed -n 's/^jextract \([0-9.]*\).*/\1/p')
libclang_version=$(printf '%s\n' "$versions" | sed -n 's/^LibClang.* version \([0-9.]*\).*/\1/p')
case $libclang_version in
  # These two give the same output; later ones do not.
  13.* | 14.*) ;;
  *) fail "jextract must use libclang 13 or 14, this one uses '$libclang_version'" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
generated=$work/$package

# --- the list in jextract.conf against the header -----------------------------------------------

listed=$work/listed
declared=$work/declared
grep '^--include-' jextract.conf | sort >"$listed"
jextract --dump-includes "$work/dump" "$header"
sed -n 's/^\(--include-[a-z]* [Ll][Pp][Ff]_[A-Za-z0-9_]*\) .*/\1/p' "$work/dump" | sort >"$declared"
cmp -s "$listed" "$declared" || {
  diff "$listed" "$declared" |
    sed -n 's/^< /only in jextract.conf: /p; s/^> /only in the header: /p' >&2
  fail "jextract.conf does not list what $header declares"
}

# --- generate ------------------------------------------------------------------------------------

jextract @jextract.conf --output "$work"

while read -r option name; do
  case $option in
    --include-function | --include-constant) grep -q " $name(" "$generated/LodepngFfm.java" ;;
    *) [ -f "$generated/$name.java" ] ;;
  esac || fail "jextract generated nothing for $option $name"
done <"$listed"

# jextract emits C_LONG even when nothing uses it, and casts it to the layout of 64 bits. Where a C
# long has 32 bits, as on Windows, the class would fail to initialise. The header has no long.
shared=$generated/LodepngFfm\$shared.java
sed '/ C_LONG = /d' "$shared" >"$work/shared"
mv "$work/shared" "$shared"
if grep -rqw C_LONG "$generated"; then
  fail "$header uses the C type long, whose size differs between platforms"
fi

header_sum=$(sha256 <"$header")
cat >"$generated/GENERATED.properties" <<PROPERTIES
# How this package was generated. Written by scripts/bindings.sh.
jextract.version=$jextract_version
libclang.version=$libclang_version
header.sha256=${header_sum%% *}
PROPERTIES

# --- replace -------------------------------------------------------------------------------------

mkdir -p "$destination/$package"
rm -f "$destination/$package"/*
cp "$generated"/* "$destination/$package"/
