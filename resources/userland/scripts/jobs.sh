sleep 0.1 & wait $!; echo $?
(exit 3) & wait $!; echo $?
(exit 1) & (exit 2) & wait; echo $?
trap 'echo bye' EXIT
trap 'echo usr1' USR1; kill -USR1 $$; echo after
(trap 'echo sub exit' EXIT; echo in sub)
sh -c 'kill -TERM $$'; echo $?
trap '' TERM; kill -TERM $$; echo ignored; trap - TERM
(sleep 5 & p=$!; kill $p; wait $p; echo $?)
x=$(echo bg & wait); echo $x
{ echo a; sleep 0.1; echo b; } | cat
yes | head -n 3
kill -0 $$ && echo alive
kill -l 9
trap 'echo int; exit 5' INT
(trap 'echo gotit; exit 7' USR2; kill -USR2 $(sh -c 'echo $PPID'); echo no); echo $?
f() { trap 'echo in f' USR1; kill -USR1 $$; }; f
trap - INT
exit 0
