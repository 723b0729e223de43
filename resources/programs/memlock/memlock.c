/*
 * memlock [PASSES]: a museum piece. It computes without a tie, then locks a page in memory,
 * computes for as long again, undoes it, and so on for ever: `mem_lock` comes to /proc/PID/cantmove
 * and goes.
 *
 * PASSES: how long a phase is, 4 instructions each; the default of 6,000,000 is 3 s at 800 MHz
 * and clock divisor 100.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static volatile uint64_t state = 1;

static __attribute__((noinline)) void compute(uint64_t passes)
{
    uint64_t x = state;
    while (passes-- > 0)
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    state = x;
}

static void check(int failed, const char *what)
{
    if (failed) {
        perror(what);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    uint64_t passes = argc > 1 ? strtoull(argv[1], NULL, 10) : 6000000;
    if (passes == 0) {
        fprintf(stderr, "usage: memlock [PASSES]\n");
        return 2;
    }
    static char page[4096] __attribute__((aligned(4096)));
    for (;;) {
        compute(passes);
        check(mlock(page, sizeof page) != 0, "memlock: mlock");
        compute(passes);
        check(munlock(page, sizeof page) != 0, "memlock: munlock");
    }
}
