#!/bin/sh
# Writes the CRC-32 of a native library beside it, in hexadecimal, as FILE.crc32: the loader compares
# it with what it finds in the jar.
#
#   scripts/native-checksum.sh FILE
#
# gzip computes it: its output ends with 4 bytes of CRC-32, the lowest first, and 4 of length (RFC
# 1952, 2.3.1).
set -eu

[ $# -eq 1 ] || { echo "usage: $0 FILE" >&2; exit 2; }
[ -f "$1" ] || { echo "$0: there is no file $1" >&2; exit 1; }
gzip -1 -c "$1" | tail -c 8 | od -A n -t x1 -N 4 | awk '{ print $4 $3 $2 $1 }' >"$1.crc32"
grep -q '^[0-9a-f]\{8\}$' "$1.crc32" || { echo "$0: gzip gave no sum of $1" >&2; exit 1; }
