#!/bin/sh
# Builds liblodepngffmpeers.so, the native peers of the benchmark harness, into a directory.
#
#   native/bench/build.sh DIRECTORY
#
# LodePNG and libdeflate are the sources that the library itself is made of, at -O3. libpng, libspng,
# stb and ISA-L come from the machine; one that is missing is left out, and reported as absent when
# the benchmarks run. With Node.js and its headers, the article's add-on is built as article.node.
# Does nothing when the library is newer than every source.
set -eu

mkdir -p "$1"
out=$(cd "$1" && pwd)
# Paths in lists of options are relative, since the one of the project may have spaces.
cd "$(dirname "$0")"
here=.
third_party=../third-party
library=$out/liblodepngffmpeers.so
: "${CC:=gcc}" "${CXX:=g++}"

if [ -f "$library" ] && [ -z "$(find "$here" "$third_party" ../src/third_party -type f -newer "$library" | head -n 1)" ]; then
  exit 0
fi

objects=$out/objects
mkdir -p "$objects"

# has HEADER LIBRARY: the machine can compile and link against it
has() {
  printf '#include <stddef.h>\n#include <stdio.h>\n#include <%s>\nint main(void) { return 0; }\n' "$1" >"$objects/probe.c"
  # shellcheck disable=SC2086  # no library is no argument
  $CC "$objects/probe.c" -o "$objects/probe" ${2:+-l$2} 2>/dev/null
}

optimise='-O3 -fPIC -fvisibility=hidden'
warnings='-Wall -Wextra -Wconversion -Wshadow'
includes="-I$here -I$third_party/lodepng -I$third_party/libdeflate"
defines=
libraries=
peers='peers libdeflate_floor'

if has png.h png; then defines="$defines -DLPB_WITH_LIBPNG" peers="$peers libpng_peer" libraries="$libraries -lpng"; fi
if has spng.h spng; then defines="$defines -DLPB_WITH_SPNG" peers="$peers spng_peer" libraries="$libraries -lspng"; fi
if has stb/stb_image.h ''; then defines="$defines -DLPB_WITH_STB" peers="$peers stb_peer"; fi
if has isa-l/igzip_lib.h isal; then defines="$defines -DLPB_WITH_ISAL" peers="$peers isal_floor" libraries="$libraries -lisal"; fi

# shellcheck disable=SC2086  # the variables hold lists
{
  for peer in $peers; do
    $CC -std=c11 $optimise $warnings $defines $includes -c "$here/$peer.c" -o "$objects/$peer.o"
  done
  for peer in article lodepng_peer; do
    $CXX -std=c++17 $optimise $warnings $includes -c "$here/$peer.cpp" -o "$objects/$peer.o"
  done
  $CXX -std=c++17 $optimise -c "$third_party/lodepng/lodepng.cpp" -o "$objects/lodepng.o"
  $CC -std=c11 $optimise -w -D_DEFAULT_SOURCE -I"$here/../src" -I"$third_party/libdeflate" \
    -c "$here/../src/third_party/third_party_libdeflate.c" -o "$objects/libdeflate.o"
  $CXX -shared -s -o "$library.new" "$objects"/*.o $libraries

  # The add-on finds Node-API's functions in the node process that loads it.
  rm -f "$out/article.node"
  node_headers=${NODE_HEADERS:-$(dirname "$(command -v node || echo /usr/bin/node)")/../include/node}
  if [ -f "$node_headers/node_api.h" ]; then
    $CXX -std=c++17 $optimise $warnings $includes -I"$node_headers" -shared -s -o "$out/article.node" \
      "$here/node/addon.cpp" "$objects/article.o" "$objects/lodepng.o"
  fi
}
mv "$library.new" "$library"
