#!/bin/sh
# Makes what LinuxAgreementTest compares: runs calls.c on this Linux (as root) and keeps what it prints, and
# builds calls.c and net.c for guests. Needs gcc and riscv64-linux-gnu-gcc.
set -eu
cd "$(dirname "$0")"
to=../resources/linux
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$to"
cc -w -O1 -o "$work/native" calls.c
for part in files pipes sockets ids; do
    "$work/native" "$part" > "$to/$part.txt"
done
for program in calls net; do
    riscv64-linux-gnu-gcc -w -O1 -static -s -o "$work/$program" "$program.c"
    gzip -9 -n -c "$work/$program" > "$to/$program.elf.gz"
done
