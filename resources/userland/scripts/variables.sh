A=1 sh -c 'echo $A'; echo "[$A]"
export B=2; sh -c 'echo $B'
C=3; sh -c 'echo "[$C]"'; export C; sh -c 'echo "[$C]"'
unset B; sh -c 'echo "[$B]"'
readonly R=1; (R=2) 2>/dev/null; echo $? $R
x=1 y=$x; echo $y
PATH=$PATH:/nowhere; command -v sh >/dev/null && echo found
command -v nosuchcommand || echo none
nosuchcommand 2>/dev/null; echo $?
/etc/passwd 2>/dev/null; echo $?
sh -c 'exit 42'; echo $?
sh -c 'echo "$0 $1 $2"' name a b
set -- x y z; sh -c 'echo $#' s "$@"
v='a b c'; for i in $v; do echo $i; done; for i in "$v"; do echo $i; done
u() { echo ${1-unset}; }; u; u ''; u x
(unset v; set -u; echo ${v-ok}; echo $v; echo never) 2>/dev/null; echo $?
echo ${v:?} ; (unset w; : ${w:?gone}) 2>/dev/null; echo $?
f() { echo "$@"; }; f 'a  b' c
set -f; echo *; set +f
printf '%s-%s\n' a b c d; printf '%d %x %o %c %5s|%-5s|\n' 10 255 8 xyz ab cd; printf '%b\n' 'a\tb'; printf '%%\n'; printf '%03d\n' 7
printf '%s\n' "$(printf '\101\102')"
printf 'no newline'; echo
type cd >/dev/null && echo type
i=10; i=$((i-1)); echo $i
a=1; { a=2; }; echo $a; (a=3); echo $a; a=4 | cat; echo $a
times >/dev/null; echo ok
. /dev/null; echo $?
t=${TMPDIR:-/tmp}/sh-dot-$$; echo 'echo dotted $1; return 4; echo no' >$t; . $t; echo $?; rm $t
eval "x='quoted value'"; echo "$x"
cd /usr; cd bin; cd - ; pwd; cd ..; pwd; echo $OLDPWD
