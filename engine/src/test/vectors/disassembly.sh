#!/bin/sh
# Writes src/test/resources/disassembly/objdump.txt: "pc word text" for instructions that GNU binutils disassembled.
# Two sources: a text with every row of the base table and many operands, assembled by GNU as, and up to 12
# instructions of each mnemonic from real programs. Needs binutils-riscv64-linux-gnu and python3.
# Run from the repository's root: engine/src/test/vectors/disassembly.sh
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=engine/src/test
python3 "$here/vectors/disassembly.py" rows > "$work/rows.s"
riscv64-linux-gnu-as -march=rv64gc -o "$work/rows.o" "$work/rows.s"
dump() {
  riscv64-linux-gnu-objdump -d -M no-aliases -z "$1"
}
{
  dump "$work/rows.o" | python3 "$here/vectors/disassembly.py" lines 1000000
  for program in programs-test/cxx/cxx programs-test/mathmix/mathmix programs/spin/spin; do
    dump "resources/$program.elf"
  done | python3 "$here/vectors/disassembly.py" lines 12
} > "$here/resources/disassembly/objdump.txt"
wc -l "$here/resources/disassembly/objdump.txt"
