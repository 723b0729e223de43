# A script of two hundred lines that uses all of a shell: dash, our shell under qemu-riscv64 and our
# shell on our kernel print the same, also when each process is moved every few thousand
# instructions. It prints no process numbers and no times.
folder=/tmp/whole.$$
mkdir "$folder" && cd "$folder" || exit 9
trap 'echo "ends with $?"; cd /; rm -r "$folder"; [ -e "$folder" ] || echo cleaned up' EXIT

title() {
  printf -- '--- %s\n' "$1"
}

title 'loops'
for a in 1 2 3; do
  for b in x y; do
    [ "$a$b" = 2y ] && continue 2
    printf '%s%s ' "$a" "$b"
  done
done
echo
i=0
while :; do
  i=$((i + 1))
  [ $((i % 2)) -eq 0 ] && continue
  [ $i -gt 7 ] && break
  printf '%d ' $i
done
echo
until [ $i -le 5 ]; do i=$((i - 1)); done
echo "i is $i"
for word in "$@" 'two words' none; do echo "<$word>"; done

title 'arithmetic'
echo $((7 / 2)) $((-7 % 3)) $((1 << 10)) $((0x1f & 011)) $((3 > 2 ? 4 : 5))
x=5
echo $((x += 3)) $((x * x)) $x $(((1 + 2) * -3))
fib() {
  if [ $1 -lt 2 ]; then echo $1; else echo $(($(fib $(($1 - 1))) + $(fib $(($1 - 2))))); fi
}
echo "fib 7 is $(fib 7)"

title 'case and tests'
kind() {
  case $1 in
    [0-9]*) echo number ;;
    *.c | *.h) echo source ;;
    '') echo nothing ;;
    *) echo other ;;
  esac
}
for each in 42 main.c a.h '' README; do kind "$each"; done
[ -d . ] && [ ! -e missing ] && echo 'tests hold'
[ abc \< abd ] 2> /dev/null || true
if [ 3 -gt 2 -a -n x ]; then echo both; fi

title 'expansion'
path=/usr/local/lib/libx.so.1
echo ${path##*/} ${path%.*} ${path#*/} ${path%%.*} ${#path}
unset nothing
echo "${nothing:-default} ${nothing-unset} [${nothing:+set}]"
: ${nothing:=assigned}
echo "$nothing ${nothing:+set}"
set -- one 'two three' four
echo $# "$2" "$*"
IFS=,
echo "$*"
list=a,b,,c
set -- $list
echo $#
unset IFS
set -- p q r s
shift 2
echo "$@"
eval 'name=x; echo "$name is $'$nothing'"'
echo ~root/x | cut -c 1
echo 'single $x' "double $x" back\ slash "q\"q"

title 'globs'
touch b1 b2 a1 .hidden c.txt d.txt
echo b? [ab]1 *.txt
echo nothing-like-*
for file in *.txt; do echo "${file%.txt}"; done

title 'here documents'
name=world
cat << END
hello $name, $((1 + 1)) times \$name `echo in backticks`
END
cat << 'END'
raw $name `no` \n
END
cat <<- END
	tabs go
		both of them
	END
while read -r first rest; do echo "$first|$rest"; done << END
alpha beta gamma
delta
 leading  spaces, \
joined
END

title 'pipes'
printf 'pear\napple\nfig\napple\n' | sort | uniq
printf 'pear\napple\nfig\n' | sort -r | head -n 2 | tr a-z A-Z
seq 1 20 | grep -c 1
seq 1 100 | while read n; do [ $((n % 25)) -eq 0 ] && echo $n; done
echo a:b:c | cut -d : -f 2
printf 'x\ny\nz\n' | tail -n 1
false | true
echo "status of the last: $?"
! true | false
echo "negated: $?"
echo data | { read value; echo "read $value in a group"; }
(echo one; echo two) | tee copy | wc -l | tr -d ' '
cat copy

title 'redirections'
echo first > log
echo second >> log
{ echo out; echo err >&2; } > both 2>&1
cat log both
exec 3> third
echo 'through three' >&3
exec 3>&-
exec 4< third
read -r line <&4
exec 4<&-
echo "$line"
ls missing 2> /dev/null || echo 'no such file, quietly'
echo gone > /dev/null
cat < log | sort -r

title 'background jobs'
for n in 3 1 2; do
  (
    sleep 0.$n
    echo "job $n" >> jobs
    exit $n
  ) &
  eval "job$n=\$!"
done
wait $job2
echo "second ended with $?"
wait $job1
echo "first ended with $?"
wait
sort jobs
sleep 5 &
kill $!
wait $! 2> /dev/null
echo "killed: $?"
(exit 7) &
wait $!
echo "seven: $?"

title 'functions'
outer() {
  local inside=here
  inner "$1"
  return 3
}
inner() {
  echo "inner sees $inside and $1"
  inside=changed
}
outer argument
echo "outer gave $?, inside is '${inside:-gone}'"
count() {
  [ $1 -eq 0 ] && return 0
  printf '%s ' $1
  count $(($1 - 1))
}
count 5
echo

title 'traps and signals'
trap 'echo "got USR1"' USR1
kill -USR1 $$
(trap 'echo "inner exit"' EXIT; echo 'in a subshell')
(
  trap 'echo "asked to end"; exit 4' TERM
  while :; do sleep 0.1; done
) &
sleep 0.3
kill $!
wait $!
echo "it ended with $?"
trap '' USR1
kill -USR1 $$
echo 'USR1 is ignored'
trap - USR1
sh -c 'kill -9 $$' 2> /dev/null
echo "nine gives $?"

title 'options'
while getopts ab:c option -a -b value -c rest; do
  case $option in
    a | c) echo "flag $option" ;;
    b) echo "b with $OPTARG" ;;
  esac
done
echo "next is $OPTIND"
(
  set -e
  echo before
  false
  echo never
)
echo "set -e gave $?"
(
  set -u
  echo "${undefined_variable}"
) 2> /dev/null
[ $? -ne 0 ] && echo 'set -u noticed'
printf '%5d|%-5s|%05.1f|%x|%c|%%\n' 42 ab 3.14159 255 xyz
printf '%s-%s\n' a b c
umask 027
umask
exit 6
