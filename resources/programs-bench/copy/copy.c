/*
 * copy [COUNT]: memcpy, memmove and memset of 64 bytes to 64 KiB at uneven places of 1 MiB, COUNT
 * rounds: long runs of loads and stores across many pages.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 1 << 20 };

static unsigned char area[2 * SIZE];

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 100;
    uint32_t next = 12345;

    for (size_t i = 0; i < sizeof area; i++)
        area[i] = (unsigned char) (i * 7 + (i >> 8));
    for (uint64_t i = 0; i < count; i++) {
        next = next * 1664525 + 1013904223;
        size_t length = (size_t) 64 << (next >> 28) % 11;
        size_t from = (next >> 8 & 0xffff) * 8;
        size_t to = SIZE + (next >> 4 & 0xffff) * 8 + (next >> 27 & 1 ? next >> 24 & 7 : 0);
        memcpy(area + to, area + from, length);
        memmove(area + from + 8, area + from, length);
        if (!(i & 7))
            memset(area + from, (int) i, length / 2);
    }
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < sizeof area; i++)
        sum = (sum ^ area[i]) * 1099511628211u;
    printf("copy %llu %016llx\n", (unsigned long long) count, (unsigned long long) sum);
    return 0;
}
