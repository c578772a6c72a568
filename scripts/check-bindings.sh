#!/bin/sh
# Checks that the committed bindings are what jextract makes of the header: generates them into a
# temporary folder, and shows any difference. Exit status 0 when there is none; also when there is
# no jextract on the PATH, because an ordinary build does not need it.
set -eu

cd "$(dirname "$0")/.."
package=io/github/lodepngffm/internal/generated

if ! command -v jextract >/dev/null; then
  echo "check-bindings: SKIPPED, no jextract on the PATH"
  exit 0
fi

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
trap 'exit 130' HUP INT TERM

scripts/bindings.sh "$fresh"

# Which version of the tools made them does not matter as long as the result is the same.
if diff -r -u -I '^jextract.version=' -I '^libclang.version=' \
  "src/main/java/$package" "$fresh/$package"; then
  echo "check-bindings: the committed bindings are up to date"
else
  echo "check-bindings: the committed bindings are out of date; run scripts/bindings.sh" >&2
  exit 1
fi
