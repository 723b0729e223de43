/*
 * spin [START]: the counting loop of "my processes won't migrate".
 *
 * It asks nothing of the kernel, so nothing ties it to its home: start it more often than the node
 * has CPUs and one copy leaves. The counter is volatile, because an optimiser turns the bare loop
 * into a single jump; this way every pass is four instructions that read, increment and write
 * `counter`. The symbol stays in the program, so that the value, and the moment it overflows to 0,
 * can be watched in memory.
 *
 * START is the first value (decimal, 0x hexadecimal or 0 octal), so that nobody has to wait for the
 * 4,294,967,296 passes that the overflow takes from 0.
 */
#include <stdlib.h>

volatile unsigned int counter;

int main(int argc, char **argv)
{
    if (argc > 1)
        counter = (unsigned int) strtoul(argv[1], NULL, 0);
    while (1)
        counter++;
    return 0;
}
