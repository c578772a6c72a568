#!/bin/sh
# Converts a generated picture that is far larger than the memory that it may take, with ./png2bmp,
# and looks at pixels all over the BMP: 30000 x 30000 pixels are 2.7 GB of BMP.
#
#   scripts/large-image.sh [SIDE [MOST-MEGABYTES]]      (30000, 250)
#
# Needs room for both files in the directory of temporary files, TMPDIR, and /usr/bin/time, which
# says how much memory was resident at the most. Exit status 1 where a pixel is wrong, or that was
# more than MOST-MEGABYTES.
set -eu

cd "$(dirname "$0")/.."
side=${1:-30000}
most=${2:-250}
[ -x /usr/bin/time ] || {
  echo "large-image: there is no /usr/bin/time (Debian: time)" >&2
  exit 1
}
java=$(scripts/find-java.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$java" scripts/LargeImage.java write "$work/large.png" "$side"
./png2bmp --help >/dev/null # builds it, where that has not been done
/usr/bin/time -f '%M' -o "$work/kilobytes" ./png2bmp --unlimited \
  "$work/large.png" -o "$work/large.bmp"
"$java" scripts/LargeImage.java check "$work/large.bmp" "$side"
megabytes=$(($(tail -n 1 "$work/kilobytes") / 1024))
echo "$megabytes MB were resident at the most"
[ "$megabytes" -le "$most" ]
