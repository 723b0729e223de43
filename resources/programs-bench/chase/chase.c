/*
 * chase [COUNT]: follows COUNT links of a list whose 65,536 elements (4 MiB) lie in random order, so
 * that every load depends on the one before and lands on another page.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ELEMENTS = 65536 };

struct element {
    struct element *next;
    uint64_t value;
    uint64_t padding[6];
};

static struct element elements[ELEMENTS];
static uint32_t order[ELEMENTS];

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 200000;
    uint32_t next = 12345;

    for (uint32_t i = 0; i < ELEMENTS; i++)
        order[i] = i;
    for (uint32_t i = ELEMENTS - 1; i > 0; i--) {
        next = next * 1664525 + 1013904223;
        uint32_t k = next % (i + 1), swapped = order[i];
        order[i] = order[k];
        order[k] = swapped;
    }
    for (uint32_t i = 0; i < ELEMENTS; i++) {
        elements[order[i]].next = &elements[order[(i + 1) % ELEMENTS]];
        elements[order[i]].value = i;
    }
    uint64_t sum = 0;
    struct element *at = &elements[order[0]];
    for (uint64_t i = 0; i < count; i++) {
        sum = sum * 3 + at->value;
        at = at->next;
    }
    printf("chase %llu %016llx\n", (unsigned long long) count, (unsigned long long) sum);
    return 0;
}
