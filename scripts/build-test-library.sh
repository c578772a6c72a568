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
mkdir -p "$(dirname "$library")"
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
scripts/compile-native.sh "$objects" "$cc" @native/cflags -U_FORTIFY_SOURCE -DLPF_FAULT_INJECTION \
  -fvisibility=default -g -O2 "$@" # the map decides what is visible: lpf_fail_acquire, too
"$cc" "$@" -shared "$objects"/*.o -Wl,--version-script=native/lodepngffm.map -o "$library.new"
mv "$library.new" "$library"
