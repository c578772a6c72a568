#!/bin/sh
# Builds the native library for tests, never to be shipped: in it, allocations can be made to fail.
#
#   scripts/build-test-library.sh FILE [COMPILER-OPTION...]      such as -fsanitize=address
set -eu

library=$1
shift
case $library in /*) ;; *) library=$PWD/$library ;; esac
cd "$(dirname "$0")/.."
cc=${CC:-cc}
native/fetch-sources.sh
mkdir -p "$(dirname "$library")"
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
printf '%s\n' native/src/*.c | sed 's|.*/||; s|\.c$||' |
  xargs -P 4 -I{} "$cc" -std=c11 -D_DEFAULT_SOURCE -DLPF_FAULT_INJECTION -fPIC -g -O2 "$@" \
    -Inative/include -Inative/src -Inative/third-party/lodepng -Inative/third-party/libdeflate \
    -c native/src/{}.c -o "$objects/{}.o"
"$cc" "$@" -shared "$objects"/*.o -Wl,--version-script=native/lodepngffm.map -o "$library.new"
mv "$library.new" "$library"
