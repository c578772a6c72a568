#!/bin/sh
# Good and hostile files from many threads through every entry point for a number of seconds, in one
# virtual machine with a small heap. Fails when it crashes, when results differ, when native memory
# is left, or when the process goes on growing. The memory over time is in target/soak/memory.svg.
#
#   scripts/soak.sh 300               CONFORMANCE_DIR adds its files where it is set
set -eu

cd "$(dirname "$0")/.."
seconds=${1:?usage: scripts/soak.sh SECONDS}
output=$PWD/target/soak
mvn -B -q test-compile
rm -rf "$output"
mkdir -p "$output"
status=0
"$(scripts/find-java.sh)" --enable-native-access=ALL-UNNAMED --illegal-native-access=deny -Xmx128m \
  -XX:-CreateCoredumpOnCrash -XX:ErrorFile="$output/hs_err_pid%p.log" \
  -cp target/classes:target/test-classes io.github.lodepngffm.soak.Soak \
  "$seconds" "$output/files" || status=$?
mv "$output"/files/memory.* "$output/" 2>/dev/null || true
rm -rf "$output/files"
for crash in "$output"/hs_err_pid*.log; do
  [ ! -f "$crash" ] || { echo "soak: the virtual machine crashed: $crash" >&2; status=1; }
done
exit "$status"
