/*
 * alloc [COUNT]: allocates, resizes and frees COUNT times out of a window of live blocks of uneven
 * sizes: the C library's malloc, its lists and its splitting and joining of chunks.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIVE = 4096 };

static unsigned char *blocks[LIVE];
static uint32_t sizes[LIVE];

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 20000;
    uint64_t sum = 0, live = 0;
    uint32_t next = 12345;

    for (uint64_t i = 0; i < count; i++) {
        next = next * 1664525 + 1013904223;
        uint32_t at = next >> 20;
        uint32_t size = 1 + (next >> 8 & (next & 64 ? 2047 : 127));
        unsigned char *block = blocks[at];
        if (block && next >> 4 & 1) {
            sum = sum * 31 + block[0] + block[sizes[at] - 1];
            live -= sizes[at];
            free(block);
            blocks[at] = NULL;
            continue;
        }
        live += size;
        live -= block ? sizes[at] : 0;
        block = block ? realloc(block, size) : malloc(size);
        if (!block) {
            perror("alloc");
            return 1;
        }
        block[0] = (unsigned char) i;
        block[size - 1] = (unsigned char) (i >> 3);
        blocks[at] = block;
        sizes[at] = size;
    }
    printf("alloc %llu live %llu %016llx\n", (unsigned long long) count, (unsigned long long) live,
           (unsigned long long) sum);
    return 0;
}
