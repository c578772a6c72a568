#!/bin/sh
# Fuzzes one target for a number of seconds; exit status 1 when something is wrong, with the input
# that shows it in target/fuzz/TARGET/.
#
#   scripts/fuzz.sh convert 600       any bytes through lpf_png_to_bmp, compared with plain LodePNG
#   scripts/fuzz.sh decode 600        any bytes through lpf_png_decode, in every format, compared with
#                                     plain LodePNG's pixels
#   scripts/fuzz.sh metadata 600      any bytes through lpf_png_metadata, compared with what plain
#                                     LodePNG reads
#   scripts/fuzz.sh bands 600         any bytes through readers in bands: heights, regions, steps, BMPs,
#                                     compared with the whole
#   scripts/fuzz.sh bmp 600           any bytes through lpf_bmp_decode: its promises, and its formats
#                                     against each other
#   scripts/fuzz.sh scanlines 600     any scanlines in sound PNGs: the row kernels
#   scripts/fuzz.sh encode 600        any pixels and options to PNG, decoded by plain LodePNG
#   scripts/fuzz.sh inflate 600       any bytes as a zlib stream, compared with zlib
#   scripts/fuzz.sh inflate_streams 600   streams made to be sound, and changed: compared with zlib
#   scripts/fuzz.sh java 600          the Java API: segments, offsets, sizes, options, lifecycle
#   scripts/fuzz.sh convert FILE...   runs these inputs and no others
#
# What was found to be interesting stays in target/fuzz/TARGET/corpus for the next time. Seeds are
# made by native/fuzz/seeds.c and taken from CONFORMANCE_DIR where that is set.
set -eu

cd "$(dirname "$0")/.."
if [ $# -lt 2 ]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
target=$1
shift

# find_clang: libFuzzer comes with clang, with or without a version in its name
find_clang() {
  for name in ${CLANG:-} clang clang-19 clang-18 clang-17 clang-16 clang-15 clang-14; do
    if command -v "$name" >/dev/null &&
      echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d && n > 99; }' |
      "$name" -fsanitize=fuzzer,address,undefined -xc - -o /dev/null 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

options='@native/cflags -U_FORTIFY_SOURCE -DLPF_FAULT_INJECTION -g -O2 -fno-omit-frame-pointer
 -Inative/test -Inative/fuzz'

# compile SOURCE OBJECT FLAG...
compile() {
  source=$1
  object=$2
  shift 2
  # shellcheck disable=SC2086  # a list
  "$clang" $options "$@" -c "$source" -o "$object"
}

# What the inflaters' targets need besides the library: their pieces of input are short, so that
# short streams have many, and the streams and zlib get no coverage.
build_inflate_parts() {
  compile native/test/deflate_streams.c "$work/objects/deflate_streams.o" &
  compile native/fuzz/zlib_judge.c "$work/objects/zlib_judge.o" &
  # shellcheck disable=SC2086  # a list
  compile native/test/inflate_driver.c "$work/objects/inflate_driver.o" $checks &
  wait
}

# build: $work/fuzz, out of the library, plain LodePNG and the target
build() {
  rm -rf "$work/objects"
  mkdir -p "$work/objects"
  checks='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
  # shellcheck disable=SC2086  # a list
  scripts/compile-native.sh "$work/objects" "$clang" $options $checks
  for source in native/fuzz/differential.c "native/fuzz/${target}_fuzz.c"; do
    # shellcheck disable=SC2086  # a list
    compile "$source" "$work/objects/$(basename "$source" .c).o" $checks &
  done
  libraries=
  case $target in
    inflate*)
      build_inflate_parts
      libraries=-lz
      ;;
    encode)
      # shellcheck disable=SC2086  # a list
      compile native/test/encode_judge.c "$work/objects/encode_judge.o" $checks &
      ;;
  esac
  # The judge needs no checks and gets no coverage; only its own functions stay visible.
  compile native/fuzz/plain_lodepng.c "$work/objects/plain_lodepng.o" -w &
  compile native/test/png_builder.c "$work/objects/png_builder.o" &
  compile native/test/rows_reference.c "$work/objects/rows_reference.o" &
  wait
  objcopy --keep-global-symbol=plain_decode --keep-global-symbol=plain_decode_rgba16 \
    --keep-global-symbol=plain_read_metadata --keep-global-symbol=plain_digest \
    --keep-global-symbol=plain_repair_checksums "$work/objects/plain_lodepng.o"
  "$clang" -fsanitize=fuzzer,address,undefined "$work"/objects/*.o $libraries -o "$work/fuzz"
}

make_seeds() {
  rm -rf "$work/seeds"
  mkdir -p "$work/seeds"
  "$clang" -std=c11 -w -Inative/include -Inative/test native/fuzz/seeds.c native/test/png_builder.c \
    -DLPF_NO_LIBRARY -o "$work/make-seeds"
  "$work/make-seeds" "$work/seeds"
  if [ -n "${CONFORMANCE_DIR:-}" ] && [ "$target" = bmp ]; then
    rm "$work/seeds"/*
    find "$CONFORMANCE_DIR" -name '*.bmp' -size -30k | while read -r bmp; do
      # the first of eight bytes behind the BMP says what is tolerated; then formats
      name=$(echo "$bmp" | cksum | tr ' ' -)
      { cat "$bmp"; printf '\0\0\0\6\12\4\0\0'; } >"$work/seeds/$name-strict"
      { cat "$bmp"; printf '\14\0\3\13\5\14\0\0'; } >"$work/seeds/$name-tolerant"
    done
    return
  fi
  if [ -n "${CONFORMANCE_DIR:-}" ] && [ "$target" != scanlines ]; then
    find "$CONFORMANCE_DIR" -name '*.png' -size -30k | while read -r png; do
      # the first of eight bytes behind the PNG: repair checksums; the same, and be tolerant
      name=$(echo "$png" | cksum | tr ' ' -)
      { cat "$png"; printf '\1\0\0\0\0\0\0\0'; } >"$work/seeds/$name-strict"
      { cat "$png"; printf '\15\0\0\0\0\0\0\0'; } >"$work/seeds/$name-tolerant"
    done
  fi
}

# fuzz_java SECONDS: Jazzer on each class *FuzzTest, one after the other
fuzz_java() {
  classes=$(cd src/test/java && find . -name '*FuzzTest.java' | sed 's|^\./||; s|\.java$||; s|/|.|g')
  seconds=$(($1 / $(echo "$classes" | wc -l)))
  java=$(scripts/find-java.sh)
  mkdir -p target/fuzz/java
  mvn -B -q test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.outputFile=target/fuzz/java/class-path
  for class in $classes; do
    echo "$class"
    directory=target/fuzz/java/${class##*.}
    mkdir -p "$directory/corpus"
    inputs=$(find src/test/resources -type d -path "*${class##*.}Inputs/*")
    root=$PWD
    # shellcheck disable=SC2086  # a list of none or one
    (cd "$directory" && exec "$java" --enable-native-access=ALL-UNNAMED \
      -XX:+EnableDynamicAgentLoading -Xmx1g \
      -cp "$root/target/classes:$root/target/test-classes:$(cat "$root/target/fuzz/java/class-path")" \
      com.code_intelligence.jazzer.Jazzer --target_class="$class" --hooks=true \
      --instrumentation_includes='io.github.lodepngffm.**' -max_total_time="$seconds" \
      -rss_limit_mb=4000 corpus ${inputs:+"$root/$inputs"})
  done
}

if [ "$target" = java ]; then
  fuzz_java "$1"
  exit
fi
if [ ! -f "native/fuzz/${target}_fuzz.c" ]; then
  echo "fuzz: there is no native/fuzz/${target}_fuzz.c" >&2
  exit 2
fi
clang=$(find_clang)
if [ -z "$clang" ]; then
  echo "fuzz: skipped, no clang with libFuzzer here (Debian: clang-14 libclang-rt-14-dev)" >&2
  exit 0
fi
case $target in
  inflate*)
    options="$options -DLPF_PIECE_BYTES=64"
    if ! echo '#include <zlib.h>' | "$clang" -xc - -fsyntax-only 2>/dev/null; then
      echo "fuzz: skipped, there is no zlib to compare with (Debian: zlib1g-dev)" >&2
      exit 0
    fi
    ;;
esac
work=$PWD/target/fuzz/$target
mkdir -p "$work/corpus"
build
if [ -f "$1" ]; then
  exec "$work/fuzz" "$@"
fi
make_seeds
regressions=native/fuzz/regressions/$target
[ ! -d "$regressions" ] || "$work/fuzz" "$regressions"/*
cd "$work"
exec ./fuzz -max_total_time="$1" -max_len=16384 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
  -dict="$OLDPWD/native/fuzz/png.dict" corpus seeds
