#!/usr/bin/env bash
# Does what a newcomer does: clones the committed tree into a path with spaces, runs the two commands
# of the README there, ./png2bmp picture.png -o picture.bmp and mvn -B -f modules verify, and fails
# when either does. Always with a HOME of its own, no locale, none of the collections of images, and,
# where root starts it, as a user who owns nothing else.
#
#   scripts/check-fresh-machine.sh                    every variant, one after the other (3 minutes each)
#   scripts/check-fresh-machine.sh VARIANT...         these
#   scripts/check-fresh-machine.sh VARIANT+VARIANT    these at one time: what .ci/run does to be quick
#
# Every variant runs both commands in full, for any test may depend on what surrounds it:
#   new-home         HOME is empty: nothing has ever been started there
#   read-only-home   nothing can be written to HOME
#   posix-locale     LC_ALL=POSIX: no name of a file beyond ASCII can be said
#   ignored-sigint   as "mvn verify &" in a script, and nohup, start it
#   closed-umask     umask 077, for the clone as well
#   old-java-home    JAVA_HOME names the oldest JDK of this machine that Maven runs on
#   java-options     _JAVA_OPTIONS and JAVA_TOOL_OPTIONS: every java says so on standard error
#   unicode-path     the path of the clone is not ASCII, in the locale C.UTF-8: without it Maven
#                    itself cannot open such a path. Emoji are left out: a JDK 25 finds no class in
#                    a jar whose path has characters beyond U+FFFF
#
# What Maven has downloaded comes from MAVEN_REPOSITORY (~/.m2/repository), which is not changed
# where root starts this. LodePNG and libdeflate are fetched by the first clone, for all.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD

variants='new-home read-only-home posix-locale ignored-sigint closed-umask old-java-home java-options unicode-path'
newcomer=61234 # a number without a name: for such a user Java takes HOME at its word
account_home=$(getent passwd "$(id -u)" | cut -d: -f6) || account_home=
maven_repository=${MAVEN_REPOSITORY:-${account_home:-$HOME}/.m2/repository}

say() { echo "check-fresh-machine: $*"; }

for variant in $(echo "$@" | tr + ' '); do
  if ! grep -qw -e "$variant" <<<"$variants"; then
    echo "check-fresh-machine: there is no variant $variant; there are: $variants" >&2
    exit 2
  fi
done

work=$(mktemp -d)
chmod 755 "$work"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
[ -z "$(git status --porcelain)" ] || say "only what is committed is cloned; there is more"

as_newcomer=()
if [ "$(id -u)" = 0 ]; then
  if setpriv --reuid=$newcomer --regid=$newcomer --clear-groups true 2>/dev/null; then
    as_newcomer=(setpriv "--reuid=$newcomer" "--regid=$newcomer" --clear-groups)
  else
    say "setpriv cannot change the user here: this is root's run, who may write everywhere"
  fi
fi
give() { [ ${#as_newcomer[@]} -eq 0 ] || find "$@" -exec chown -h $newcomer:$newcomer {} +; }

# The files stay root's, in directories that are the newcomer's: what is there can only be read.
mkdir -p "$maven_repository"
if [ ${#as_newcomer[@]} -gt 0 ]; then
  cp -al "$maven_repository" "$work/repository" 2>/dev/null ||
    { rm -rf "$work/repository" && cp -a "$maven_repository" "$work/repository"; }
  give "$work/repository" -type d
  maven_repository=$work/repository
fi

# One red pixel, and its BMP: headers of 14 and 40 bytes, then blue, green, red and a byte of padding.
png=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC
bmp='424d 3a000000 0000 0000 36000000 28000000 01000000 01000000 0100 1800 00000000 00000000'
bmp="$bmp 00000000 00000000 00000000 00000000 0000ff 00"

# prepare_environment VARIANT...: of the process that is to start the commands, in a subshell
prepare_environment() {
  for variable in $(compgen -e); do
    case $variable in
      LANG | LANGUAGE | LC_* | GIT_* | CI) unset "$variable" ;;
      CONFORMANCE_DIR | CORPUS_DIR | REAL_CORPUS_DIR) unset "$variable" ;;
    esac
  done
  if [ -d "$sources" ]; then
    export LODEPNG_DIR=$sources/lodepng LIBDEFLATE_DIR=$sources/libdeflate
  fi
  export HOME=$home
  MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.repo.local=$maven_repository"
  # a user with a name has the home that belongs to the name, unless Java is told
  [ ${#as_newcomer[@]} -gt 0 ] || MAVEN_OPTS="$MAVEN_OPTS -Duser.home=$HOME"
  export MAVEN_OPTS
  for variant in "$@"; do
    case $variant in
      read-only-home) chmod 555 "$HOME" ;;
      posix-locale) export LC_ALL=POSIX ;;
      ignored-sigint) trap '' INT ;;
      old-java-home) export JAVA_HOME=$old_java_home ;;
      java-options) export _JAVA_OPTIONS=-Dof.the.machine=1 JAVA_TOOL_OPTIONS=-Dof.the.machine=2 ;;
      unicode-path) export LC_ALL=C.UTF-8 ;;
    esac
  done
}

find_old_java_home() {
  for jdk in $(printf '%s\n' /usr/lib/jvm/* | sort -V); do
    if [ -x "$jdk/bin/javac" ]; then
      say "JAVA_HOME=$jdk" >&2
      echo "$jdk"
      return
    fi
  done
  say "no JDK under /usr/lib/jvm: JAVA_HOME stays as it is" >&2
  echo "${JAVA_HOME:-}"
}

# in_clone NAME COMMAND...: with the output in a file, of which the end is shown if it fails
in_clone() {
  local log=$work/$1.log
  shift
  if ! "${as_newcomer[@]}" "$@" </dev/null >"$log" 2>&1; then
    grep -E '^(\[ERROR\]|png2bmp:)|FAILURE' "$log" | head -n 60 || true
    tail -n 40 "$log"
    say "FAILED in $PWD: $*"
    return 1
  fi
  grep -E '^\[(INFO|WARNING)\] Tests run:.*[0-9]$|^skipped: ' "$log" | sort -u || true
}

# run VARIANT...
run() {
  local name="clone of a newcomer"
  case " $* " in *' unicode-path '*) name="Prüfung für 日本" ;; esac
  home=$work/home
  mkdir "$home"
  give "$home"
  (
    case " $* " in *' closed-umask '*) umask 077 ;; esac
    git -c advice.detachedHead=false clone -q "$here" "$work/$name"
    give "$work/$name"
    cd "$work/$name"
    prepare_environment "$@"
    base64 -d <<<"$png" >picture.png
    give picture.png
    in_clone png2bmp ./png2bmp picture.png -o picture.bmp
    if [ "$(od -An -v -tx1 picture.bmp | tr -d ' \n')" != "${bmp// /}" ]; then
      say "FAILED: this is not the BMP of the picture:" && od -v -tx1 picture.bmp
      exit 1
    fi
    in_clone verify mvn -B -f modules verify
  )
  [ -d "$sources" ] || mv "$work/$name/native/third-party" "$sources"
  chmod 755 "$home"
  rm -rf "$home" "${work:?}/$name"
}

sources=$work/sources
old_java_home=$(find_old_java_home)
[ $# -gt 0 ] || set -- $variants
for together in "$@"; do
  say "$together"
  run ${together//+/ }
done
say "both commands of the README work: $*"
