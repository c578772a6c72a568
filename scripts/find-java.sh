#!/bin/sh
# Prints the java of a JDK 25 or later: of JAVA_HOME, the PATH, or where Linux keeps its JDKs.
for java in "${JAVA_HOME:-}/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java; do
  [ -x "$java" ] || continue
  version=$("$java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java.specification.version = \([0-9]*\)$/\1/p')
  if [ "${version:-0}" -ge 25 ]; then
    echo "$java"
    exit
  fi
done
echo "no JDK 25 or later: set JAVA_HOME" >&2
exit 1
