#!/bin/sh
# Makes the instruction vectors anew: src/test/resources/vectors/*.txt.gz. Same tools, same bytes. See README.md.
set -eu
cd "$(dirname "$0")"
out=../resources/vectors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

make_vectors() { # name arguments...
  name=$1
  shift
  riscv64-linux-gnu-gcc -std=gnu11 -O2 -Wall -Wextra -Werror -static -Wl,--no-relax -o "$work/$name" "$name.c"
  qemu-riscv64 -cpu rv64,zba=off,zbb=off,zbc=off,zbs=off "$work/$name" "$@" > "$work/$name.txt"
  gzip -9n < "$work/$name.txt" > "$out/$name.txt.gz"
}

make_vectors floats 1 3200
make_vectors integers 1 8
make_vectors compressed 1 1
make_vectors programs 1 600
make_vectors encodings 1 1
