/*
 * brkalloc [ROUNDS]: allocates, resizes and frees blocks of 1 byte to 300 kB in an order drawn from a
 * fixed seed, so that the heap grows through brk and large blocks come from mmap; every block holds a
 * pattern that is checked before it is resized or freed. Then moves the break by hand.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS = 256 };

static uint64_t seed = 88172645463325252u;
static unsigned char *blocks[SLOTS];
static size_t sizes[SLOTS];
static unsigned char marks[SLOTS];

static uint64_t draw(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void verify(int slot, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (blocks[slot][i] != (unsigned char) (marks[slot] + i)) {
            printf("brkalloc: block %d is damaged at byte %zu\n", slot, i);
            exit(1);
        }
}

static void fill(int slot)
{
    marks[slot] = (unsigned char) draw();
    for (size_t i = 0; i < sizes[slot]; i++)
        blocks[slot][i] = (unsigned char) (marks[slot] + i);
}

static size_t draw_size(void)
{
    uint64_t kind = draw() % 100;
    if (kind < 70)
        return draw() % 512 + 1;
    if (kind < 97)
        return draw() % 8192 + 1;
    return draw() % 300000 + 1;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 0) : 2000;
    uint64_t sum = 0, allocated = 0;
    long allocations = 0, resizes = 0, frees = 0;

    for (long round = 0; round < rounds; round++) {
        int slot = (int) (draw() % SLOTS);
        if (!blocks[slot]) {
            sizes[slot] = draw_size();
            blocks[slot] = malloc(sizes[slot]);
            fill(slot);
            allocations++;
        } else if (draw() % 3 == 0) {
            size_t old = sizes[slot];
            sizes[slot] = draw_size();
            blocks[slot] = realloc(blocks[slot], sizes[slot]);
            verify(slot, old < sizes[slot] ? old : sizes[slot]);
            fill(slot);
            resizes++;
        } else {
            verify(slot, sizes[slot]);
            free(blocks[slot]);
            blocks[slot] = NULL;
            frees++;
            continue;
        }
        allocated += sizes[slot];
        sum = sum * 31 + sizes[slot] * 7 + blocks[slot][sizes[slot] / 2];
    }
    for (int slot = 0; slot < SLOTS; slot++)
        if (blocks[slot]) {
            verify(slot, sizes[slot]);
            free(blocks[slot]);
        }
    printf("brkalloc: %ld allocations, %ld resizes, %ld frees, %llu bytes, sum %016llx\n", allocations,
           resizes, frees, (unsigned long long) allocated, (unsigned long long) sum);

    char *start = sbrk(0);
    char *grown = sbrk(10000);
    printf("sbrk returns the old break: %s\n", grown == start ? "yes" : "no");
    memset(grown, 0x5a, 10000);
    printf("the new break: +%ld\n", (long) ((char *) sbrk(0) - start));
    sbrk(-10000);
    printf("and back: +%ld\n", (long) ((char *) sbrk(0) - start));
    char *again = sbrk(10000);
    int zero = 1;
    /* Only whole pages that were given back come back empty. */
    char *page = (char *) (((uintptr_t) again + 4095) & ~(uintptr_t) 4095);
    for (char *at = page; at < again + 4096; at++)
        zero &= *at == 0;
    printf("grown again, whole pages are zero: %s\n", zero ? "yes" : "no");
    return 0;
}
