#!/bin/sh
# Prints the software bill of materials (CycloneDX 1.6, JSON) of what is compiled into the shared
# library, from native/third-party.lock. Maven's own bill knows only Maven's dependencies.
#
#   scripts/native-sbom.sh > FILE
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)

awk '
  function flush() {
    if (name == "") return
    printf "%s    {\n", separator
    printf "      \"type\": \"library\",\n"
    printf "      \"name\": \"%s\",\n", name
    printf "      \"version\": \"%s\",\n", version
    printf "      \"purl\": \"pkg:github/%s@%s\",\n", repository, commit
    printf "      \"licenses\": [{ \"license\": { \"id\": \"%s\" } }],\n", licence
    printf "      \"externalReferences\": [{ \"type\": \"vcs\", \"url\": \"%s\" }]\n    }", upstream
    separator = ",\n"
  }
  BEGIN {
    printf "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n"
    printf "  \"components\": [\n"
  }
  /^\[/ { flush(); name = $1; gsub(/[][]/, "", name) }
  $1 == "version" { version = $2 }
  $1 == "commit" { commit = $2 }
  $1 == "licence" { licence = $2 }
  $1 == "upstream" { upstream = repository = $2; sub("^https://github.com/", "", repository) }
  END { flush(); printf "\n  ]\n}\n" }
' "$here/native/third-party.lock"
