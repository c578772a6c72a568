#!/bin/sh
# Compiles every C file of native/src, with the flags that all builds share (native/cflags) and
# those given, into objects named after the base names of the files.
#
#   scripts/compile-native.sh DIRECTORY COMPILER [OPTION...]      JOBS compilers at a time (4)
set -eu

objects=$1
shift
case $objects in /*) ;; *) objects=$PWD/$objects ;; esac
cd "$(dirname "$0")/.."
native/fetch-sources.sh
mkdir -p "$objects"
export objects
find native/src -name '*.c' | sort |
  xargs -P "${JOBS:-4}" -I{} sh -c '
    source=$1
    shift
    exec "$@" -c "$source" -o "$objects/$(basename "$source" .c).o"' compile {} \
    "$@"
