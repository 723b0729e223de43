/*
 * hello [ARG...]: prints its arguments, one variable of its environment, and what the kernel told it
 * in the auxiliary vector. The first program to run: it needs start-up, printf and exit only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>

int main(int argc, char **argv)
{
    const char *greeting = getenv("GREETING");
    printf("Hello, world\n");
    for (int i = 1; i < argc; i++)
        printf("argument %d: [%s]\n", i, argv[i]);
    printf("argv ends: %s\n", argv[argc] == NULL ? "yes" : "no");
    printf("GREETING: %s\n", greeting ? greeting : "(none)");
    printf("%d %u %ld %#lx %c %5.2f %-6s| %e %p\n", -1, 4000000000U, -5000000000L, 0xdeadbeefcafeUL,
           'g', 3.14159, "left", 6.02214076e23, (void *) 0x1000);
    printf("page %lu, ticks %lu, secure %lu, hwcap %#lx, random %s, header entry %lu\n",
           getauxval(AT_PAGESZ), getauxval(AT_CLKTCK), getauxval(AT_SECURE), getauxval(AT_HWCAP),
           getauxval(AT_RANDOM) ? "given" : "missing", getauxval(AT_PHENT));
    fprintf(stderr, "and hello on stderr\n");
    return 0;
}
