#!/bin/sh
# Runs the cases of the test and bench programs under qemu-riscv64, an implementation that is not
# ours, and writes what they did as what is expected of ours.
#
#   resources/expect-programs.sh [SET/NAME...]     all programs that have a cases.txt if none is named
#
# cases.txt: one case per line, the line being the arguments, separated by blanks; an empty line is
# the case without arguments. The environment is empty, standard input is stdin.txt or else
# empty, and /tmp is a writable folder. expected.txt: for each case, in order,
#
#   $ ARGUMENTS          the case
#   > LINE               one line of standard output
#   ! LINE               one line of standard error
#   = STATUS             the exit status, 128 + signal if a signal ended it
#
# A case must say the same in three runs, or it is no expectation. What qemu itself says about a signal
# does not count.
set -eu
export LC_ALL=C.UTF-8
ulimit -c 0

here=$(cd "$(dirname "$0")" && pwd)
qemu=${GODWIT_QEMU:-qemu-riscv64}
command -v "$qemu" >/dev/null || {
  echo "expect-programs: no $qemu; on Debian: apt-get install qemu-user" >&2
  exit 1
}
qemu=$(command -v "$qemu")
timeout=$(command -v timeout)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# run_cases SET/NAME: prints what expected.txt should hold
run_cases() {
  elf=$here/$1/$(basename "$1").elf
  stdin=/dev/null
  [ ! -f "$here/$1/stdin.txt" ] || stdin=$here/$1/stdin.txt
  while IFS= read -r line || [ -n "$line" ]; do
    # shellcheck disable=SC2086 # the line is words
    set -- $line
    status=0
    # In a shell of its own, whose remark about a fatal signal is not the program's.
    (env -i "$timeout" 100 "$qemu" "$elf" "$@" <"$stdin" >"$work/out" 2>"$work/err"
      exit $?) 2>/dev/null || status=$?
    echo "$ $line"
    sed 's/^/> /' "$work/out"
    sed -e '/^qemu: uncaught target signal/d' -e 's/^/! /' "$work/err"
    echo "= $status"
  done <"$here/$1/cases.txt"
}

if [ $# -eq 0 ]; then
  cd "$here"
  # shellcheck disable=SC2046 # paths without blanks
  set -- $(dirname $(ls programs*/*/cases.txt))
fi
for program in "$@"; do
  run_cases "$program" >"$work/first"
  for _ in 2 3; do
    run_cases "$program" >"$work/again"
    diff "$work/first" "$work/again" || {
      echo "expect-programs: $program does not say the same twice" >&2
      exit 1
    }
  done
  cp "$work/first" "$here/$program/expected.txt"
done
"$here/build-programs.sh" --index
