if true; then echo yes; else echo no; fi
if false; then echo yes; elif true; then echo elif; else echo no; fi
i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done
until [ $i -eq 0 ]; do i=$((i-1)); done; echo "until $i"
for a in 1 2 3 4 5; do [ $a = 2 ] && continue; [ $a = 4 ] && break; echo "for $a"; done
for a in 1 2; do for b in x y; do [ $b = y ] && continue 2; echo $a$b; done; done
for a in 1 2; do for b in x y; do [ $a$b = 1y ] && break 2; echo $a$b; done; done
case hello in h*o) echo match;; *) echo default;; esac
case abc in x|y) echo 1;; [a-c]bc) echo 2;; esac
case "a*b" in 'a*b') echo literal;; esac
case x in (x) echo paren;; esac
true && echo and || echo or
false && echo and || echo or
! false && echo not
f() { echo "f: $1 $#"; return 3; }
f one two; echo $?
g() { local x=inner; echo $x; }; x=outer; g; echo $x
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(( $1 - 1 ))) )); fi; }
fact 6
( x=sub; echo $x; exit 4 ); echo $? $x
{ echo group; echo two; } | cat
echo a | { read v; echo "got $v"; }
printf '1\n2\n3\n' | while read n; do echo "n=$n"; done
false | true; echo $?
true | false; echo $?
! true; echo $?
eval 'echo eval $x'
set -- 1 2 3; shift; echo $1; shift 2; echo $#
while :; do break; done; echo done
x=5; while [ $x -gt 0 ]; do x=$((x-1)); if [ $x = 3 ]; then continue; fi; echo -n "$x "; done; echo
h() { case $1 in a) return 1;; esac; return 0; }; h a || echo "h failed $?"; h b && echo ok
for i in; do echo never; done; echo after
if [ -z "" ] && [ -n "x" ]; then echo tests; fi
[ 3 -gt 2 -a 2 -lt 3 ] && echo both; [ ! 1 = 2 ] && echo neg; [ \( 1 = 1 \) ] && echo par
test abc = abc && echo same; test -d / && test ! -f / && echo dir
: ${u:=5}; echo $u
echo one; echo two; echo three # comment
echo a#b '#' "#"
echo long \
  line
if false; then :; fi; echo $?
r() { for q in 1 2 3; do [ $q = 2 ] && return 7; done; }; r; echo $?
getopts_test() { OPTIND=1; while getopts ab:c o; do echo "$o ${OPTARG-}"; done; shift $((OPTIND-1)); echo "rest $*"; }
getopts_test -a -b val -c x y
getopts_test -abval z
set -e; false || true; if false; then :; fi; ! true; echo still
(set -e; false; echo never); echo "sub"
