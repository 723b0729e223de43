# Flags and bad input of the small tools, compared with the host's: dash with GNU's tools printed what is expected.
work=/tmp/flags.$$
mkdir $work && cd $work || exit 1
bad() { "$@" > /dev/null 2>&1 && echo "$1: taken" || echo "$1: refused"; }
try() { "$@" 2> /dev/null; echo "= $?"; }
printf 'one\n\n\n\ntwo\tx\nthree\001\n' > text
printf 'a b\nc d e\nab cab\nno\na\n' > words
printf 'no newline' > short

echo '- cat'
for flag in -n -b -E -T -s -v -A -e -t -ns -bE -u; do try cat $flag text; done
cat -n text short - < words
try cat text nofile short
printf '\302\244\377\n' | try cat -A
bad cat -Q text
bad cat nofile
mkdir d
bad cat d
bad cat -n d

echo '- head and tail'
for tool in head tail; do
  for flag in '-n 2' -n2 -2 '-c 5' -c5 '-n 0' '-c 0' '-n 100' '-q -n 1' '-v -n 1'; do try $tool $flag words; done
  try $tool -n 1 words short
  try $tool -q -n 1 words short
  try $tool -n 1 words nofile
  bad $tool -n x words
  bad $tool -Q words
done
try head -n -2 words
try head -c -2 words
try head -n -100 words
try tail -n +3 words
try tail -c +5 words
try tail -n 2 short

echo '- wc'
for flag in '' -l -w -c -m -L -lw -wc -lc -lL; do try wc $flag < words; done
try wc -l words short
try wc -c words nofile
bad wc -Q words

echo '- grep'
for flag in '' -v -c -n -i -q -l -L -o -w -x -h -H -F -E -s -cv -on -vn -qv -m1 '-m 0' -A1 -B1 -C1 '-A 1 -n' '-B 2 -n' '-c -m 1'; do
  try grep $flag ab words
done
for flag in '' -c -l -L -h -n -A1 -q -s; do try grep $flag a words text short nofile; done
try grep -r a . | sort
try grep -E '^(a|n).' words
try grep -e no -e ab words
try grep -F . words
try grep -E 'a{2}|c' words
try grep '[[:digit:]]' words
try grep -o '[a-c]*' words
try grep -B1 -A1 no words words
try grep a < words
try grep -c '' text
try grep -s x nofile
bad grep -Q a words
bad grep '\(' words
bad grep -A x a words
bad grep -m x a words
bad grep

echo '- mkdir and rmdir'
try mkdir -v v
try mkdir -pv p/q/r
try mkdir -p p/q/r
try mkdir -m 700 m
test -x m && echo m
try mkdir -m u=rwx,go= n
try mkdir one two
bad mkdir d
bad mkdir x/y
bad mkdir -m 9 z
bad mkdir -Q z
bad mkdir
try rmdir -p p/q/r
test -d p || echo gone
bad rmdir nofile
bad rmdir words
mkdir -p f/g
bad rmdir f
bad rmdir
ls -d *

echo '- cp'
try cp words w2
try cp -v words w3
try cp -n text w3
cmp -s text w3 2> /dev/null && echo same
cat w3
echo n | try cp -i text w3
head -n 1 w3
echo y | try cp -i text w3
head -n 1 w3
try cp words text d
ls d
try cp -r d e
try cp -r d e
ls -R e
try cp -f words w2
bad cp words
bad cp nofile w2
bad cp words words
bad cp d w9
bad cp words text w2
bad cp words nowhere/x
bad cp -Q words w2
ln -s words link
try cp link l1
test -h l1 || echo followed
try cp -a link l2
test -h l2 && echo kept

echo '- mv'
try mv w2 w4
try mv -v w4 w5
try mv -n w5 w3
ls w5
echo n | try mv -i w5 w3
ls w5
try mv -f w5 w3
ls w5 2> /dev/null
try mv w3 d
ls d
try mv d dd
bad mv nofile x
bad mv text
bad mv words text nowhere
bad mv dd dd/in
bad mv -Q text x
try mv text text2
try mv text2 text

echo '- rm'
try rm l1
try rm -v l2
echo n | try rm -i link
ls link
echo y | try rm -i link
ls link 2> /dev/null
try rm -f nofile
try rm -f
mkdir -p r/s; : > r/s/t
try rm -rv r
bad rm nofile
bad rm dd
bad rm
bad rm -Q text
try rm -r e nofile

echo '- seq'
for args in 3 '2 4' '1 2 6' '3 -1 1' '5 1' '-2 1' '0.5 2' '1 0.25 2' '0 0.1 0.5' '1.50 2' '-w 8 11' '-w -1 1' '-w 1 0.5 3' '-s , 3' '-s: 3' '-f %g 3' '-f %.2f 1 2' '-f <%03g> 9 10' 0; do
  try seq $args
done
for args in '' x '1 2 3 4' '1 0 3' '-f %d 3' '-f x 3' '-Q 3' '-w -f %g 3'; do bad seq $args; done

echo '- ls'
: > .hidden
for flag in '' -a -A -1 -d -r -F -S -aF -rA; do try ls $flag; done
ls -l words | cut -c 1-10
ls -lh text | grep -c words
truncate=$(printf '%2000s' x); echo "$truncate" > large
ls -lh large | grep -o '2.0K'
try ls -d . dd
try ls nofile
try ls words nofile dd
bad ls -Q.

echo '- uname, env, sleep, true'
test "$(uname -s)" = "$(uname)" && echo same
test "$(uname -n)" = "$(uname -n)" && uname -o
test "$(uname -p)" && echo p
bad uname -Q
bad uname x
test "$(hostname)" = "$(uname -n)" && echo host
test "$(hostname -s)" && echo s
env -i A=1 B=2 env
A=3 env -u A sh -c 'echo "$A."'
try env -i nofile
try env - A=1 /bin/sh -c 'exit 7'
bad env -Q
try sleep 0
try sleep 0.01
try sleep 0s 0m
bad sleep
bad sleep x
bad sleep 1x
bad sleep -1
try true --help-me
try false
bad df nofile
bad kill
bad kill -s NONE 1
bad kill abc
try kill -0 $$
kill -l 9

echo '- nice'
base=$(nice)
more() { echo $(($("$@") - base)); }
more nice
more nice -n 3 nice
more nice -5 nice
more nice -n5 nice
more nice -n 2 nice -n 4 nice
test $(nice nice) -ge 10 && echo ten
nice -n 100 nice
try nice nofile
bad nice -n x true
bad nice -n 3
(more nice -n 7 sh -c 'nice -n 2 nice')

echo '- ulimit'
(ulimit -t 100; ulimit -t; ulimit -Ht; ulimit -S -t 50; ulimit -t; ulimit -H -t; ulimit -a | grep time)
(ulimit -n 50; sh -c 'ulimit -n')
(ulimit -S -c 0; ulimit -c; ulimit -f unlimited; ulimit; ulimit -Hf)
(ulimit -f 4; ulimit -f; head -c 9999 large > cut 2> /dev/null; echo $?; head -c 9999 /dev/zero > cut; echo $?; wc -c < cut) | cat
(ulimit -m 77; ulimit -m; ulimit -v)
(ulimit -x 2> /dev/null) || echo no such limit
(ulimit -t 1 2 2> /dev/null) || echo too many
(ulimit -t abc 2> /dev/null) || echo no number
cd /
rm -rf $work
