/*
 * mapdev [PASSES]: a museum piece. It computes without a tie, then maps a device, computes for as
 * long again, undoes it, and so on for ever: `mmap_dev` comes to /proc/PID/cantmove and goes.
 *
 * PASSES: how long a phase is, 4 instructions each; the default of 6,000,000 is 3 s at 800 MHz
 * and clock divisor 100.
 */
#define _GNU_SOURCE
#include <fcntl.h>
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
        fprintf(stderr, "usage: mapdev [PASSES]\n");
        return 2;
    }
    int fd = open("/dev/zero", O_RDWR);
    check(fd == -1, "mapdev: /dev/zero");
    for (;;) {
        compute(passes);
        void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
        check(at == MAP_FAILED, "mapdev: mmap");
        compute(passes);
        check(munmap(at, 4096) != 0, "mapdev: munmap");
    }
}
