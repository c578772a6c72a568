#!/bin/sh
# Builds and runs the C tests, native/test/*_test.c: each is a program that exits non-zero if it fails.
#
#   scripts/test-native.sh [NAME...]                    all tests, or those named (scanlines_test)
#   CC=clang-14 CFLAGS='-g -O1 -fsanitize=address,undefined -fno-sanitize-recover' scripts/test-native.sh
#
# A test says what it needs besides itself in lines of the form
#     // link: native/src/name.c other/file.c       paths from the top of the repository
#     // flags: -Isome/directory
set -eu

cd "$(dirname "$0")/.."
cc=${CC:-cc}
warnings='-Wall -Wextra -Wconversion -Wshadow'
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

[ $# -gt 0 ] || set -- $(cd native/test && ls -- *_test.c | sed 's/\.c$//')

failed=
for name in "$@"; do
  source=native/test/$name.c
  link=$(sed -n 's|^// link: *||p' "$source")
  flags=$(sed -n 's|^// flags: *||p' "$source")
  # shellcheck disable=SC2086  # the variables hold lists
  if $cc -std=c11 $warnings ${CFLAGS:--g -O2} -Inative/include -Inative/src $flags \
      "$source" $link -o "$out/$name" && "$out/$name"; then
    echo "passed: $name"
  else
    echo "FAILED: $name" >&2
    failed="$failed $name"
  fi
done
[ -z "$failed" ]
