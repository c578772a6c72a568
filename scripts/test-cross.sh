#!/bin/sh
# Builds the C code for other platforms and runs the C tests there, under qemu's user emulation:
#
#   scripts/test-cross.sh [PLATFORM...]     all of these, or those named
#
#   linux-aarch64     64-bit ARM: the NEON kernels
#   linux-s390x       big-endian
#   linux-i686        32-bit pointers and sizes
#   windows-x86_64    MinGW: compiled and linked, not run
#
# A warning is an error. A platform whose tools are not installed is skipped, and named together
# with the Debian packages that have them. The exit status is 1 when something failed, and 2 when
# nothing could be tested at all.
set -eu

cd "$(dirname "$0")/.."
failed=
tested=

# has_tools PLATFORM PACKAGES COMMAND...
has_tools() {
  platform=$1 packages=$2
  shift 2
  for tool in "$@"; do
    if ! command -v "$tool" >/dev/null; then
      echo "skipped: $platform, there is no $tool; Debian has it in: $packages"
      return 1
    fi
  done
}

# test_linux PLATFORM COMPILER EMULATOR PACKAGES
test_linux() {
  has_tools "$1" "$4 qemu-user" "$2" "$3" || return 0
  if ! echo 'int main(void) { return 0; }' | "$2" -static -x c - -o /dev/null 2>/dev/null; then
    echo "skipped: $1, $2 finds no C library; Debian has it in: $4"
    return 0
  fi
  echo "$1:"
  tested="$tested $1"
  CC=$2 RUN=$3 CFLAGS='-O2 -static -Werror' scripts/test-native.sh || failed="$failed $1"
}

build_windows() (
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
  scripts/compile-native.sh "$out" x86_64-w64-mingw32-gcc @native/cflags -fno-stack-protector \
    -U_FORTIFY_SOURCE -O2 -Werror || exit 1
  x86_64-w64-mingw32-gcc -shared -static-libgcc "$out"/*.o -o "$out/lodepngffm.dll" || exit 1
  x86_64-w64-mingw32-objdump -p "$out/lodepngffm.dll" |
    sed -n '/Ordinal\/Name Pointer/,/^$/s/.*\] *//p' >"$out/exported"
  grep -q '^lpf_png_to_bmp$' "$out/exported" || exit 1
  if foreign=$(grep -v '^lpf_\|Table$' "$out/exported"); then
    echo "windows-x86_64: exported, but not ours: $foreign" >&2
    exit 1
  fi
)

test_windows() {
  has_tools windows-x86_64 gcc-mingw-w64-x86-64 x86_64-w64-mingw32-gcc \
    x86_64-w64-mingw32-objdump || return 0
  echo "windows-x86_64:"
  tested="$tested windows-x86_64"
  if build_windows; then
    echo "built, not run: lodepngffm.dll"
  else
    failed="$failed windows-x86_64"
  fi
}

[ $# -gt 0 ] || set -- linux-aarch64 linux-s390x linux-i686 windows-x86_64
for platform in "$@"; do
  case $platform in
    linux-aarch64)
      test_linux linux-aarch64 aarch64-linux-gnu-gcc qemu-aarch64 \
        'gcc-aarch64-linux-gnu libc6-dev-arm64-cross'
      ;;
    linux-s390x)
      test_linux linux-s390x s390x-linux-gnu-gcc qemu-s390x \
        'gcc-s390x-linux-gnu libc6-dev-s390x-cross'
      ;;
    linux-i686)
      test_linux linux-i686 i686-linux-gnu-gcc qemu-i386 'gcc-i686-linux-gnu libc6-dev-i386-cross'
      ;;
    windows-x86_64)
      test_windows
      ;;
    *)
      echo "test-cross: unknown platform $platform" >&2
      exit 2
      ;;
  esac
done

if [ -n "$failed" ]; then
  echo "FAILED:$failed" >&2
  exit 1
fi
if [ -z "$tested" ]; then
  echo "test-cross: nothing was tested" >&2
  exit 2
fi
echo "passed:$tested"
