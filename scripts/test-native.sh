#!/bin/sh
# Builds and runs the C tests, native/test/*_test.c: each is a program that exits non-zero if it fails.
#
#   scripts/test-native.sh [NAME...]                    all tests, or those named (scanlines_test)
#   CC=clang-14 CFLAGS='-g -O1 -fsanitize=address,undefined -fno-sanitize-recover' scripts/test-native.sh
#   CC=aarch64-linux-gnu-gcc RUN=qemu-aarch64 CFLAGS='-O2 -static' scripts/test-native.sh
#                                                       RUN starts each test; JOBS=1 compiles one
#                                                       file at a time. See scripts/test-cross.sh
#
# A test says what it needs besides itself in lines of the form
#     // link: native/src/name.c other/file.c       paths from the top of the repository
#     // link: library                              all of native/src, LodePNG and libdeflate, built
#                                                   once, with the hook that lets allocations fail
#     // flags: -Isome/directory
set -eu

cd "$(dirname "$0")/.."
cc=${CC:-cc}
command -v "${cc%% *}" >/dev/null || {
  echo "test-native: there is no C compiler ${cc%% *} here: install gcc, or set CC to another" >&2
  exit 1
}
options="@native/cflags -U_FORTIFY_SOURCE -DLPF_FAULT_INJECTION ${CFLAGS:--g -O2}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# build_library: every file of native/src to $out/library
build_library() {
  # shellcheck disable=SC2086  # the variables hold lists
  scripts/compile-native.sh "$out/library" $cc $options
}

scripts/check-floors.sh
[ $# -gt 0 ] || set -- $(cd native/test && ls -- *_test.c | sed 's/\.c$//')

failed=
for name in "$@"; do
  source=native/test/$name.c
  link=$(sed -n 's|^// link: *||p' "$source")
  flags=$(sed -n 's|^// flags: *||p' "$source")
  case " $link " in
    *' library '*)
      [ -d "$out/library" ] || build_library
      link=$(echo " $link " | sed "s|  *library | $out/library/*.o |")
      ;;
  esac
  # shellcheck disable=SC2086  # the variables hold lists
  if $cc $options $flags "$source" $link -o "$out/$name" && ${RUN:-} "$out/$name"; then
    echo "passed: $name"
  else
    echo "FAILED: $name" >&2
    failed="$failed $name"
  fi
done
[ -z "$failed" ]
