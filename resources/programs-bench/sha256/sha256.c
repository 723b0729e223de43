/*
 * sha256 [COUNT]: SHA-256 (FIPS 180-4) of a KiB, COUNT times, each digest written into the next
 * input; first the digest of "abc", which the standard gives.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t k[64], initial[8];

static uint32_t rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

/* The first 32 bits of the fractional part of the n-th root of p, by bisection in integers. */
static uint32_t root_fraction(uint32_t p, int n)
{
    unsigned __int128 target = (unsigned __int128) p << (32 * n);
    uint64_t low = 0, high = (uint64_t) 20 << 32;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        unsigned __int128 power = (unsigned __int128) middle * middle;
        /* middle < 2^37, so its square fits in 74 bits and its cube in 111. */
        if (n == 3)
            power *= middle;
        if (power <= target)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t) low;
}

static void constants(void)
{
    int found = 0;
    for (uint32_t p = 2; found < 64; p++) {
        int prime = 1;
        for (uint32_t d = 2; d * d <= p; d++)
            prime &= p % d != 0;
        if (!prime)
            continue;
        if (found < 8)
            initial[found] = root_fraction(p, 2);
        k[found++] = root_fraction(p, 3);
    }
}

static void block(uint32_t *state, const unsigned char *bytes)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t) bytes[4 * i] << 24 | (uint32_t) bytes[4 * i + 1] << 16 |
               (uint32_t) bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i];
        uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static void digest(const unsigned char *bytes, size_t length, unsigned char *out)
{
    uint32_t state[8];
    unsigned char tail[128] = {0};
    memcpy(state, initial, sizeof state);
    size_t whole = length / 64 * 64, rest = length - whole;
    for (size_t at = 0; at < whole; at += 64)
        block(state, bytes + at);
    memcpy(tail, bytes + whole, rest);
    tail[rest] = 0x80;
    size_t end = rest < 56 ? 64 : 128;
    for (int i = 0; i < 8; i++)
        tail[end - 1 - (size_t) i] = (unsigned char) ((uint64_t) length * 8 >> 8 * i);
    for (size_t at = 0; at < end; at += 64)
        block(state, tail + at);
    for (int i = 0; i < 32; i++)
        out[i] = (unsigned char) (state[i / 4] >> (24 - i % 4 * 8));
}

static void print(const unsigned char *out)
{
    for (int i = 0; i < 32; i++)
        printf("%02x", out[i]);
    printf("\n");
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 100;
    unsigned char out[32], input[1024] = {0};

    constants();
    digest((const unsigned char *) "abc", 3, out);
    printf("sha256 abc ");
    print(out);
    for (uint64_t i = 0; i < count; i++) {
        digest(input, sizeof input, out);
        memcpy(input + i % 32 * 32, out, 32);
    }
    printf("sha256 %llu ", (unsigned long long) count);
    print(out);
    return 0;
}
