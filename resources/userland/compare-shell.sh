#!/bin/sh
# Runs every script of scripts/ with the host's dash and with our shell under qemu-riscv64, and shows
# where their outputs or exit statuses differ.
here=$(cd "$(dirname "$0")" && pwd)
status=0
for script in "$here"/scripts/*.sh; do
  dash "$script" >/tmp/compare-shell.dash 2>/dev/null
  theirs=$?
  qemu-riscv64 "$here/userland.elf" sh "$script" >/tmp/compare-shell.ours 2>/dev/null
  ours=$?
  if [ $theirs != $ours ] || ! diff /tmp/compare-shell.dash /tmp/compare-shell.ours; then
    echo "$(basename "$script"): differs (dash $theirs, ours $ours)"
    status=1
  fi
done
rm -f /tmp/compare-shell.dash /tmp/compare-shell.ours
exit $status
