# What only a node has, each once; it prints the same wherever who runs.
PATH=/bin:/usr/bin:/sbin
mosrun -l echo a; mosrun -h echo b; mosrun -F -9 echo c; nomig echo d; runhome echo e
for tool in cpujob iojob nodecay slowdecay fastdecay; do $tool echo $tool; done
runon 1 sh -c 'cat /proc/self/lock'
migrate $$ home; echo "migrate $?"; migrate 1 2 2>&1
mosctl whois; mosctl isup 2; mosctl getspeed; mosctl getdecay; mosctl getyard; mosctl nonsense 2>&1 | head -n 1
setpe -r; setpe -c -f - < /dev/null 2>&1; showmap
mps | head -n 1; mps --ominfo | grep -c '^ *PID'; mtop -n 1 | grep -c COMMAND
mosmon | tail -n 1; mon -s | tail -n 1
man lock | head -n 4; man nosuch 2>&1; man -k padlock; man -k shared
seq 3 | less; seq 2 | more
time true 2>&1 | cut -c1-4; free | head -n 1 | cut -c1-20; stty 2>&1
clear | wc -c; hostname; whoami; id; date +%Y; ps | head -n 1; df | wc -l; mount | grep -c proc
kill -l 15; env -i A=1 env; chown user /tmp && ls -l / | grep tmp | cut -c1-20
