x=abc; y=; unset z
printf '%s\n' "${x}" "${y:-def}" "${z-def}" "${z:=set}" "${x:+yes}" "${y+set}" "${#x}"
f=/usr/lib/file.tar.gz; echo "${f##*/}" "${f%/*}" "${f%%.*}" "${f#*/}"
set -- a "b c" d; for i in "$@"; do echo "<$i>"; done; for i in $*; do echo "[$i]"; done
IFS=:; echo "$*"; p=a::b; set -- $p; echo "$#"; unset IFS
echo $((1+2*3)) $((7/2)) $((1<<10)) $((5>3&&2>1)) $((3==3?10:20))
echo $(echo hello; echo world) "$(echo "inner $(echo deep)")" `echo back`
i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo "w$i"; done
until [ $i -eq 0 ]; do i=$((i-1)); done; echo "until $i"
case hello in x|y) echo no;; h*o) echo match;; esac
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(( $1 - 1 ))) )); fi; }
fact 5
( x=sub; echo $x; exit 4 ); echo $? $x
printf '1\n2\n3\n' | while read n; do echo "n=$n"; done
while read line; do echo "here: $line"; done <<E
one $x $((2+2))
two
E
{ echo out; echo err >&2; } 2>/tmp/e >/tmp/o; read a </tmp/o; read b </tmp/e; echo $a $b
for i in 1 2; do echo l$i; done >/tmp/l; while read v; do echo "r:$v"; done </tmp/l
cd /tmp; >a.c; >b.c; echo [ab].c; cd /
(exit 3) & wait $!; echo $?
trap 'echo usr1' USR1; kill -USR1 $$; echo after
(trap 'echo sub exit' EXIT; echo in sub)
set -e; false || true; ! true; echo still
trap 'echo bye' EXIT
exit 5
