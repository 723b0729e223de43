/*
 * mix [COUNT]: a little stack machine: an unpredictable switch of sixteen integer operations, the
 * shape of a script engine's inner loop.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 100000;
    uint64_t a = 1, b = 0x9e3779b97f4a7c15u, c = 3;
    uint32_t next = 12345;

    for (uint64_t i = 0; i < count; i++) {
        next = next * 1664525 + 1013904223;
        switch (next >> 28) {
        case 0: a += b; break;
        case 1: b ^= a << 7; break;
        case 2: c = c * 31 + a; break;
        case 3: a = (a >> 11) | (a << 53); break;
        case 4: b -= c; break;
        case 5: c ^= b >> 3; break;
        case 6: a = a * b + 1; break;
        case 7: b = (uint32_t) (a + next); break;
        case 8: c += a > b; break;
        case 9: a ^= (uint64_t) (int32_t) next; break;
        case 10: b += c & 0xffff; break;
        case 11: c = ~c + a; break;
        case 12: a |= c >> 5; break;
        case 13: b = b * 5 + 7; break;
        case 14: c -= b << 2; break;
        default: a ^= b ^ c; break;
        }
    }
    printf("mix %llu %016llx\n", (unsigned long long) count, (unsigned long long) (a ^ b * 3 ^ c * 7));
    return 0;
}
