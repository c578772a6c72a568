#!/bin/sh
# Formats the hand-written sources: Java as google-java-format does it, C as .clang-format says.
#
#   scripts/format.sh           rewrites what is not formatted
#   scripts/format.sh --check   changes nothing; exit status 1 when something is not formatted
#
# JAVA_HOME must be a JDK 25 where the java on the PATH is older: the Java formatter is a plug-in of
# Maven's and runs on the java that runs Maven. CLANG_FORMAT names another clang-format than 14,
# whose output differs a little between versions.
set -eu

cd "$(dirname "$0")/.."

case $* in
  '')
    goal=apply
    clang_options=-i
    ;;
  --check)
    goal=check
    clang_options='--dry-run --Werror'
    ;;
  *)
    echo "usage: $0 [--check]" >&2
    exit 2
    ;;
esac

status=0

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -version 2>&1 | sed -n '1s/.* version "\([0-9]*\).*/\1/p')
if [ "${version:-0}" -ge 25 ]; then
  mvn -q -B -f modules -Pformat spotless:$goal || status=1
else
  echo "format: Java left out, $java is version ${version:-unknown}; set JAVA_HOME to a JDK 25" >&2
  status=1
fi

clang_format=${CLANG_FORMAT:-clang-format-14}
if command -v "$clang_format" >/dev/null; then
  # shellcheck disable=SC2086  # two options
  find native -path native/third-party -prune -o -name '*.[ch]' -exec "$clang_format" $clang_options {} + ||
    status=1
else
  echo "format: C left out, there is no $clang_format; CLANG_FORMAT names another one" >&2
  status=1
fi

exit $status
