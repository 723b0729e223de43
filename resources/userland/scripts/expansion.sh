x=abc; y=; unset z
echo "${x}" "${y:-def}" "${y-def}" "${z-def}" "${z:=set}" "$z" "${x:+yes}" "${y:+no}" "${y+set}"
echo ${#x} ${#z} "${#}" "$#"
f=/usr/local/lib/file.tar.gz
echo "${f##*/}" "${f%/*}" "${f%%.*}" "${f#*/}" "${f%.gz}" "${f#nomatch}"
set -- a "b c" d
echo "$#" "$1" "$2" "$*"
for i in "$@"; do echo "<$i>"; done
for i in $@; do echo "[$i]"; done
for i in "x$@y"; do echo "{$i}"; done
IFS=:; echo "$*"; set -- $f; echo "$#"; p=a::b:c; set -- $p; echo "$#" "<$1><$2><$3><$4>"; unset IFS
IFS=' :'; p=' a : b  c:'; set -- $p; echo "$#" "<$1><$2><$3>"; unset IFS
set --; for i in "$@"; do echo never; done; echo "none:$#"
printf '%s\n' "a'b" 'a"b' a\ b "a\$b" "a\`b" 'a\b' "a\qb"
echo $((1+2*3)) $(( (1+2)*3 )) $((7/2)) $((-7%3)) $((1<<10)) $((5>3&&2>1)) $((0||0)) $((~5)) $((3==3?10:20))
n=5; echo $((n*2)) $((n+=3)) $n $((0x1f)) $((010))
echo $((n > 4 ? n : 4)) "$(( n - 1 ))"
echo $(echo hello; echo world) "$(printf 'a\nb\n\n')" `echo back` `echo \`echo nested\``
echo "$(echo "inner $(echo "deep")")"
v=$(echo '$x'); echo "$v"
echo "${x:-"quoted default"}" "${q:-$(echo sub)}" "${q:-a b}"
set -- ${q:-a b}; echo $#
a='*'; echo "$a" '*' \*
echo ~root/x "~root" a~
e=$(exit 3); echo $?
echo "$(cat <<E
here in sub
E
)"
s='a  b'; echo $s "$s"; t=$s; echo "$t"
echo ${x%c}${x#a} "${x}"'s'
empty=; set -- $empty "$empty" ''; echo $#
