#!/bin/sh
# Cross-builds real programs, unmodified, from Debian's source packages as static RV64 ELFs: dash,
# busybox, Lua, bzip2, xz and sqlite3. Nothing of them is committed; tests that run them are skipped
# where they are missing.
#
#   resources/build-real-programs.sh [DIR]      build into DIR, default resources/target/real; what
#                                               is there already is kept
#
# Needs gcc-riscv64-linux-gnu, gcc, tclsh (sqlite3), make, dpkg-dev, autoconf, automake and a deb-src line for Debian in apt's sources. Without
# root the sources are fetched by whoever may run apt-get source.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
into=${1:-$here/target/real}
mkdir -p "$into"
into=$(cd "$into" && pwd)
cross=riscv64-linux-gnu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tool in $cross-gcc gcc tclsh make apt-get dpkg-source autoreconf; do
  command -v "$tool" >/dev/null || {
    echo "build-real-programs: no $tool; on Debian: apt-get install gcc-$cross gcc tcl make dpkg-dev autoconf automake" >&2
    exit 1
  }
done

# fetch PACKAGE: unpacks its source, with Debian's patches, and prints the folder
fetch() {
  mkdir -p "$work/$1"
  (cd "$work/$1" && apt-get -q source "$1" >log 2>&1) || {
    tail -n 3 "$work/$1/log" >&2
    echo "build-real-programs: no source of $1; is there a deb-src line?" >&2
    return 1
  }
  find "$work/$1" -mindepth 1 -maxdepth 1 -type d
}

keep() {
  $cross-strip -o "$into/$2" "$1"
  echo "build-real-programs: $into/$2" >&2
}

build_dash() {
  cd "$(fetch dash)"
  autoreconf -fi >log 2>&1 # Debian's patches add a source file to Makefile.am.
  ./configure --host=$cross --enable-static CFLAGS=-O2 >log 2>&1
  make -s LDFLAGS=-static >>log 2>&1 || tail -n 5 log >&2
  keep src/dash dash
}

build_busybox() {
  cd "$(fetch busybox)"
  make -s defconfig >/dev/null 2>&1
  sed -i 's/^# CONFIG_STATIC is not set/CONFIG_STATIC=y/; s/^CONFIG_TC=y/# CONFIG_TC is not set/' .config
  yes '' | make -s oldconfig >/dev/null 2>&1
  make -s CROSS_COMPILE=$cross- busybox >/dev/null 2>&1
  keep busybox_unstripped busybox
  mkdir -p "$into/busybox-shell-tests"
  cp -R shell/ash_test/. "$into/busybox-shell-tests"
}

build_lua() {
  cd "$(fetch lua5.4)/src"
  # Debian's build makes it; it only names a folder of modules.
  echo '#define DEB_HOST_MULTIARCH "riscv64-linux-gnu"' >lua5.4-deb-multiarch.h
  # The library and interpreter without Debian's libtool, readline and shared objects.
  objects=
  for source in [a-z]*.c; do
    case $source in
      luac.c) ;;
      *)
        $cross-gcc -O2 -std=gnu99 -DLUA_COMPAT_5_3 -DLUA_USE_POSIX -c "$source" -o "${source%.c}.o"
        objects="$objects ${source%.c}.o"
        ;;
    esac
  done
  # shellcheck disable=SC2086 # a list
  $cross-gcc -static -o lua $objects -lm
  keep lua lua
}

build_bzip2() {
  cd "$(fetch bzip2)"
  $cross-gcc -O2 -static -D_FILE_OFFSET_BITS=64 -o bzip2 \
    bzip2.c blocksort.c huffman.c crctable.c randtable.c compress.c decompress.c bzlib.c
  keep bzip2 bzip2
}

build_xz() {
  cd "$(fetch xz-utils)"
  ./configure --host=$cross --disable-shared --disable-nls --disable-doc >/dev/null 2>&1
  make -s LDFLAGS=-all-static >/dev/null 2>&1
  keep src/xz/xz xz
}

build_sqlite() {
  cd "$(fetch sqlite3)"
  # Its one big source file is made by programs that are built on the way and run here: configured
  # for this machine. The file is the same for all.
  ./configure --disable-shared --disable-tcl --disable-readline --disable-editline \
    --disable-load-extension >log 2>&1 && make sqlite3.c shell.c >>log 2>&1 ||
    tail -n 5 log >&2
  $cross-gcc -O2 -static -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_THREADSAFE=0 \
    -o sqlite3 shell.c sqlite3.c -lm
  keep sqlite3 sqlite3
}

status=0
for program in dash busybox lua bzip2 xz sqlite; do
  name=$program
  [ "$name" != sqlite ] || name=sqlite3
  if [ ! -f "$into/$name" ]; then
    # Not behind || or if: there set -e would have no effect.
    set +e
    (
      set -e
      "build_$program"
    )
    built=$?
    set -e
    [ $built -eq 0 ] || {
      echo "build-real-programs: $program was not built" >&2
      status=1
    }
  fi
done
exit $status
