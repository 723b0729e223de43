#!/bin/sh
# Builds every guest program below resources/ from its source with the Debian cross compiler
# (gcc-riscv64-linux-gnu, g++-riscv64-linux-gnu), and writes the checksums and the index.
#
#   resources/build-programs.sh              build in place, write SHA256SUMS, BUILT-WITH and index.txt
#   resources/build-programs.sh --into DIR   build into DIR/<set>/<name>/<name>.elf; change nothing here
#   resources/build-programs.sh --index      write only index.txt
#
# The same compiler and C library give the same bytes: no build id, no path, no date gets in.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
prefix=${GODWIT_CROSS:-riscv64-linux-gnu-}
sets="programs programs-test programs-bench"

fail() {
  echo "build-programs: $*" >&2
  exit 1
}

# What differs from the rule (-O2, all symbols stripped), and why.
level_of() {
  case $1 in
    spin) echo -O1 ;; # -O2 unrolls the loop to two increments, which is harder to read
    *) echo -O2 ;;
  esac
}
strip_of() {
  case $1 in
    spin) echo "--strip-debug" ;; # the symbol `counter` is there to be watched
    *) echo "--strip-all" ;;
  esac
}

# build SET NAME OUTPUT
build() {
  source=$(source_of "$1" "$2")
  case $source in
    *.cc) compiler=${prefix}g++ standard=-std=c++17 ;;
    *) compiler=${prefix}gcc standard=-std=gnu17 ;;
  esac
  "$compiler" "$standard" "$(level_of "$2")" -static -pthread -Wall -Wextra -Werror \
    -march=rv64gc -mabi=lp64d -fno-ident -frandom-seed="$2" \
    -ffile-prefix-map="$here=." -Wl,--build-id=none \
    -o "$3" "$here/$1/$2/$source" -lm
  "${prefix}strip" "$(strip_of "$2")" --remove-section=.comment "$3"
  chmod 755 "$3"
}

source_of() {
  for suffix in c cc; do
    if [ -f "$here/$1/$2/$2.$suffix" ]; then
      echo "$2.$suffix"
      return
    fi
  done
  fail "$1/$2 has no source $2.c or $2.cc"
}

names_in() {
  [ -d "$here/$1" ] || return 0
  for folder in "$here/$1"/*/; do
    [ -d "$folder" ] && basename "$folder"
  done
}

# The userland of the nodes: one executable of all sources below userland/.
build_userland() {
  (
    cd "$here" # the order of the files is the order in the executable
    "${prefix}gcc" -std=gnu17 -O2 -static -Wall -Wextra -Werror -Wno-format-truncation \
      -march=rv64gc -mabi=lp64d -fno-ident -frandom-seed=userland \
      -ffile-prefix-map="$here=." -Wl,--build-id=none \
      -o "$1" userland/main.c userland/*/*.c
  )
  "${prefix}strip" --strip-all --remove-section=.comment "$1"
  chmod 755 "$1"
}

built_with() {
  "${prefix}gcc" --version | head -n 1
  "${prefix}ld" --version | head -n 1
  "${prefix}strings" "$("${prefix}gcc" -print-file-name=libc.a)" | grep -m 1 'GNU C Library'
}

# A jar cannot be listed through its module, so the catalogue reads what there is from this file. The
# folders are those that the pom ships; test and bench programs stay in the source tree.
write_index() {
  cd "$here"
  for folder in experiments fonts help icons lessons messages programs roots scenarios schemas themes userland/man; do
    [ ! -d "$folder" ] || find "$folder" -type f ! -name '.*'
  done | sort >index.txt.new
  mv index.txt.new index.txt
}

if [ "${1:-}" = --index ]; then
  write_index
  exit
fi

command -v "${prefix}gcc" >/dev/null && command -v "${prefix}g++" >/dev/null ||
  fail "no ${prefix}gcc or ${prefix}g++; on Debian: apt-get install gcc-riscv64-linux-gnu g++-riscv64-linux-gnu"

if [ "${1:-}" = --into ]; then
  [ -n "${2:-}" ] || fail "--into needs a folder"
  mkdir -p "$2"
  into=$(cd "$2" && pwd)
else
  [ $# -eq 0 ] || fail "unknown argument $1"
  into=$here
fi

for set in $sets; do
  for name in $(names_in "$set"); do
    mkdir -p "$into/$set/$name"
    build "$set" "$name" "$into/$set/$name/$name.elf"
  done
done
mkdir -p "$into/userland"
build_userland "$into/userland/userland.elf"
built_with >"$into/programs/BUILT-WITH"

if [ "$into" = "$here" ]; then
  cd "$here"
  for set in $sets; do
    for name in $(names_in "$set"); do
      sha256sum "$set/$name/$(source_of "$set" "$name")" "$set/$name/$name.elf"
    done
  done >programs/SHA256SUMS
  sha256sum userland/*.h userland/*.c userland/*/*.h userland/*/*.c userland/userland.elf >userland/SHA256SUMS
  write_index
fi
