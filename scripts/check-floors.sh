#!/bin/sh
# Keeps the C house in order: the floors of native/src include only downwards, and no files include
# each other in a circle.
#
#   scripts/check-floors.sh [DIRECTORY]      of the sources (native/src); exit status 1 where it is not so
#
# api -> png, bmp -> image -> deflate, kernels -> base. png and bmp do not know each other, nor do
# deflate and kernels. Everybody may include third_party, which includes nothing of ours. A .c and a
# .h of one name are one file here.
set -eu

cd "$(dirname "$0")/.."
cd "${1:-native/src}"
find . -name '*.[ch]' | sed 's|^\./||' | sort | xargs awk '
  BEGIN {
    may["api"] = "api png bmp image deflate kernels base third_party"
    may["png"] = "png image deflate kernels base third_party"
    may["bmp"] = "bmp image deflate kernels base third_party"
    may["image"] = "image deflate kernels base third_party"
    may["deflate"] = "deflate base third_party"
    may["kernels"] = "kernels base third_party"
    may["base"] = "base third_party"
    may["third_party"] = "third_party"
  }

  function complain(text) {
    print "check-floors: " text > "/dev/stderr"
    wrong = 1
  }

  function floor_of(path) { return substr(path, 1, index(path, "/") - 1) }

  function unit_of(path) { sub(/\.[ch]$/, "", path); return path }

  FNR == 1 {
    floor = floor_of(FILENAME)
    unit = unit_of(FILENAME)
    units[unit] = 1
    name = FILENAME
    sub(/.*\//, "", name)
    if (name in seen) complain(FILENAME " and " seen[name] " have one name; objects are named so")
    seen[name] = FILENAME
    if (!(floor in may)) complain(FILENAME ": there is no floor " floor)
  }

  /^[ \t]*#[ \t]*include[ \t]*"[a-z_]+\// {
    split($0, quoted, "\"")
    to = quoted[2]
    if (!(floor_of(to) in may)) next # of a third party
    if (index(" " may[floor] " ", " " floor_of(to) " ") == 0) {
      complain(FILENAME ":" FNR ": " floor " must not include " to)
    }
    if (unit_of(to) != unit) includes[unit] = includes[unit] " " unit_of(to)
  }

  # Depth first: meeting a unit that is still open closes a circle.
  function visit(at, path,    i, count, next_units) {
    if (state[at] == "done") return
    if (state[at] == "open") { complain("a circle: " path " " at); return }
    state[at] = "open"
    count = split(includes[at], next_units, " ")
    for (i = 1; i <= count; i++) visit(next_units[i], path " " at " ->")
    state[at] = "done"
  }

  END {
    for (one in units) visit(one, "")
    exit wrong
  }'
