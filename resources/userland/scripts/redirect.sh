d=${TMPDIR:-/tmp}/sh-redirect-$$; mkdir -p $d; cd $d
echo one >f; echo two >>f; cat f; cat <f; wc -l <f | tr -d ' '
cat <<EOT
here $((1+1)) $(echo sub) \$x
  indented
EOT
cat <<'EOT'
literal $x `y`
EOT
cat <<-EOT
	tabs gone
		all
	EOT
echo err >&2 2>/dev/null
{ echo out; echo err >&2; } 2>e >o; cat o e
exec 3>g; echo three >&3; exec 3>&-; cat g
exec 4<f; read a <&4; read b <&4; echo "$a-$b"; exec 4<&-
(echo sub; echo sub2) >s; cat s
for i in 1 2; do echo l$i; done >l; cat l
while read x; do echo "r:$x"; done <l
if true; then echo in-if; fi >i; cat i
fn() { echo fn; } >fo; fn; cat fo
cat nonexistent 2>/dev/null || echo "failed $?"
echo a >f1 >f2; [ -s f1 ] || echo empty; cat f2
>made; [ -f made ] && echo made
cat <<A <<B
a
A
b
B
cat <<E | tr a-z A-Z
pipe here
E
set -C; echo x >f 2>/dev/null || echo clobber; echo y >|f; cat f; set +C
read line <<E
one two  three
E
echo "$line"
IFS=, read p q r <<E
1,2,3,4
E
echo "$p|$q|$r"
printf 'a b\\\nc\n' | { read x y; echo "$x/$y"; }
printf 'a\\b\n' | { read -r x; printf '%s\n' "$x"; }
echo '  trim  me  ' | { read x; echo "<$x>"; }
touch a.c b.c c.h .hidden; echo *.c; echo *; echo .h*; echo [ab].c; echo ?.h; echo no*match; echo "*.c"
mkdir -p sub/x; touch sub/x/1 sub/x/2; echo sub/*/*; echo */
umask 077; umask; >u; ls -l u | cut -c1-10
cd /; rm -rf $d
