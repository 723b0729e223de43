/* crc32 [COUNT]: CRC-32 with a 256-entry table over a buffer of 64 KiB, COUNT times. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t table[256];
static unsigned char buffer[65536];

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 4;

    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? value >> 1 ^ 0xedb88320 : value >> 1;
        table[i] = value;
    }
    for (uint32_t i = 0; i < sizeof buffer; i++)
        buffer[i] = (unsigned char) (i * 2654435761u >> 24);

    uint32_t crc = 0;
    for (uint64_t round = 0; round < count; round++) {
        crc = ~crc;
        for (size_t i = 0; i < sizeof buffer; i++)
            crc = table[(crc ^ buffer[i]) & 0xff] ^ crc >> 8;
        crc = ~crc;
    }
    printf("crc32 %llu %08x\n", (unsigned long long) count, crc);
    return 0;
}
