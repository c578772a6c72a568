#!/bin/sh
# Builds the jars twice, from two copies of the committed tree in folders of different names, and
# compares the bytes. Takes a minute; exit 1 and a list of what differs if they are not the same.
#
#   scripts/check-reproducible.sh
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# build SOURCE TARGET
build() {
  git clone -q "$1" "$2"
  if [ -d "$here/native/third-party" ]; then # verified again by the build
    cp -r "$here/native/third-party" "$2/native/"
  fi
  (cd "$2" && mvn -B -q -f modules -DskipTests package)
}

build "$here" "$work/first"
# from the first, which has the same commit even if somebody commits meanwhile
build "$work/first" "$work/second copy, in a longer path"
status=0
for jar in "$work"/first/target/lodepng-ffm-*.jar "$work"/first/modules/*/target/lodepng-ffm-*.jar; do
  name=$(basename "$jar")
  other="$work/second copy, in a longer path/${jar#"$work/first/"}"
  if cmp -s "$jar" "$other"; then
    echo "check-reproducible: $name is the same twice ($(sha256sum < "$jar" | cut -c1-64))"
  else
    status=1
    echo "check-reproducible: $name DIFFERS:"
    mkdir "$work/a" "$work/b"
    (cd "$work/a" && unzip -q "$jar") && (cd "$work/b" && unzip -q "$other")
    diff -rq "$work/a" "$work/b" || true
    rm -rf "$work/a" "$work/b"
  fi
done
exit $status
