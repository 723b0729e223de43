/* sieve [COUNT]: the primes below one million by Eratosthenes, COUNT times: byte stores with strides. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 1000000 };

static unsigned char composite[LIMIT];

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
    uint64_t primes = 0, sum = 0;

    for (uint64_t round = 0; round < count; round++) {
        memset(composite, 0, sizeof composite);
        for (uint32_t i = 2; i < LIMIT; i++) {
            if (composite[i])
                continue;
            primes++;
            sum = sum * 31 + i;
            for (uint64_t k = (uint64_t) i * i; k < LIMIT; k += i)
                composite[k] = 1;
        }
    }
    printf("sieve %llu %llu primes %016llx\n", (unsigned long long) count, (unsigned long long) primes,
           (unsigned long long) sum);
    return 0;
}
