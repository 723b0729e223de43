/* qsort [COUNT]: sorts COUNT integers with the C library's qsort: calls through a pointer, memory moves. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 20000;
    uint32_t *numbers = malloc((count ? count : 1) * sizeof *numbers);
    uint32_t next = 12345;

    if (!numbers) {
        perror("qsort");
        return 1;
    }
    for (size_t i = 0; i < count; i++)
        numbers[i] = next = next * 1664525 + 1013904223;
    qsort(numbers, count, sizeof *numbers, ascending);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && numbers[i - 1] > numbers[i])
            return 1;
        sum = sum * 31 + numbers[i];
    }
    printf("qsort %zu %016llx\n", count, (unsigned long long) sum);
    return 0;
}
