#!/bin/sh
# Runs the tests on a native library that watches its own memory (AddressSanitizer) and arithmetic
# (UndefinedBehaviorSanitizer), and stops at the first thing that is wrong.
#
#   scripts/sanitize.sh            the C tests, then the Java tests
#   scripts/sanitize.sh c          the C tests
#   scripts/sanitize.sh java [MAVEN-ARGUMENT...]     the Java tests, such as -Dtest=PngTest
#
# CC chooses the compiler (cc). CONFORMANCE_DIR and CORPUS_DIR are used where they are set.
set -eu

cd "$(dirname "$0")/.."
what=all
if [ $# -gt 0 ]; then
  what=$1
  shift
fi
cc=${CC:-cc}
checks='-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'

if ! echo 'int main(void){return 0;}' | $cc $checks -xc - -o /dev/null 2>/dev/null; then
  echo "sanitize: skipped, $cc has no -fsanitize=address,undefined here" >&2
  exit 0
fi

run_c_tests() {
  CC=$cc CFLAGS=$checks UBSAN_OPTIONS=print_stacktrace=1 scripts/test-native.sh
}

# The sanitizer has to be there before java itself: the profile preloads it into the tests' virtual
# machine. It leaves SIGSEGV to the virtual machine, which
# uses it; and it cannot tell the virtual machine's own memory from a leak: the C tests look for leaks.
run_java_tests() {
  library=$PWD/target/sanitize/liblodepngffm.so
  # shellcheck disable=SC2086  # a list
  CC=$cc scripts/build-test-library.sh "$library" $checks
  asan=$($cc -print-file-name=libasan.so)
  [ -f "$asan" ] || asan=$($cc -print-file-name=libclang_rt.asan-x86_64.so)
  jvm="--enable-native-access=ALL-UNNAMED --illegal-native-access=deny -XX:-CreateCoredumpOnCrash"
  jvm="$jvm -Dlodepngffm.library.path=$library -Dlodepngffm.sanitized=true"
  mvn -B -f modules test -Psanitize "-Dtest.jvm.options=$jvm" \
    "-Dsanitizer.library=$(readlink -f "$asan")" -Dsurefire.failIfNoSpecifiedTests=false "$@"
}

if [ "$what" = all ] || [ "$what" = c ]; then run_c_tests; fi
if [ "$what" = all ] || [ "$what" = java ]; then run_java_tests "$@"; fi
