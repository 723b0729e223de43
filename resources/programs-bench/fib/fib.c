/* fib [N]: the N-th Fibonacci number by plain recursion: calls, returns and the stack. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Kept from unrolling the recursion into itself, which would leave few calls to measure. */
static __attribute__((noinline, noclone, optimize("no-optimize-sibling-calls"))) uint64_t fib(uint64_t n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(int argc, char **argv)
{
    uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 0) : 20;
    printf("fib %llu %llu\n", (unsigned long long) n, (unsigned long long) fib(n));
    return 0;
}
