/*
 * job WORK [KIB]: a batch job. It fills KIB kibibytes of memory (0 if not given), retires WORK
 * thousand instructions of computing, looks whether the memory is as it was, and ends.
 *
 * Status 0; 1 if the memory had changed, which would be a move that lost a page; 2 for a wrong
 * argument or too little memory. WORK 8000 is one second of a CPU of 800 MHz at clock divisor 100.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t mix(uint64_t x)
{
    return x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
}

/* A number from 0 to `most`; anything else ends the program. */
static uint64_t number(const char *text, uint64_t most)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || *text == '-' || value > most) {
        fprintf(stderr, "job: %s is no number from 0 to %llu\n", text, (unsigned long long) most);
        exit(2);
    }
    return value;
}

/* Four instructions a pass: multiply, add, count, branch. */
static __attribute__((noinline)) uint64_t compute(uint64_t x, uint64_t passes)
{
    while (passes-- > 0)
        x = mix(x);
    return x;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: job WORK [KIB]\n"
                        "WORK: thousands of instructions; KIB: memory to fill, in KiB\n");
        return 2;
    }
    uint64_t work = number(argv[1], UINT64_C(1000000000000));
    size_t words = argc == 3 ? number(argv[2], UINT64_C(1) << 30) * 1024 / sizeof(uint64_t) : 0;
    uint64_t *memory = words == 0 ? NULL : malloc(words * sizeof *memory);
    if (words != 0 && memory == NULL) {
        perror("job: malloc");
        return 2;
    }
    uint64_t value = 1;
    for (size_t i = 0; i < words; i++)
        memory[i] = value = mix(value);

    volatile uint64_t result = compute(value, work * 250);
    (void) result;

    value = 1;
    for (size_t i = 0; i < words; i++)
        if (memory[i] != (value = mix(value))) {
            fprintf(stderr, "job: word %zu has changed\n", i);
            return 1;
        }
    return 0;
}
