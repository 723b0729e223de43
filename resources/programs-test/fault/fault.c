/*
 * fault MODE: does one forbidden thing, so that the signal, and so the exit status 128 + signal, can
 * be compared. What it printed before must still arrive.
 *
 * segv reads address 8; write-code stores into its own text; ill executes an all-zero instruction;
 * break executes ebreak; jump-nowhere jumps to an unmapped page; no-exec jumps into its data; stack
 * recurses without end; abort calls abort(); term raises SIGTERM; kill raises SIGKILL; div divides by
 * zero, which is no fault on RISC-V; misaligned reads and writes across word and page borders, no
 * fault either.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static volatile uint32_t data[4] = {0x00008067, 0, 0, 0}; /* the instruction ret */

static volatile uintptr_t null_and_a_bit = 8;

static void through(uintptr_t address)
{
    void (*code)(void) = (void (*)(void)) address;
    code();
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winfinite-recursion"
static __attribute__((noinline)) int deeper(volatile char *from)
{
    volatile char frame[4096];
    frame[0] = from[0];
    return deeper(frame) + frame[0];
}
#pragma GCC diagnostic pop

static void divide(void)
{
    volatile int64_t zero = 0, least = INT64_MIN, minus_one = -1, seven = 7;
    volatile int32_t zero32 = 0, least32 = INT32_MIN, minus_one32 = -1;
    int64_t q, r;
    int32_t q32, r32;
    /* In C these are undefined; the instructions are not. */
    __asm__ volatile("div %0, %1, %2" : "=r"(q) : "r"(seven), "r"(zero));
    __asm__ volatile("rem %0, %1, %2" : "=r"(r) : "r"(seven), "r"(zero));
    printf("7 / 0 = %lld, rest %lld\n", (long long) q, (long long) r);
    __asm__ volatile("div %0, %1, %2" : "=r"(q) : "r"(least), "r"(minus_one));
    __asm__ volatile("rem %0, %1, %2" : "=r"(r) : "r"(least), "r"(minus_one));
    printf("least / -1 = %lld, rest %lld\n", (long long) q, (long long) r);
    __asm__ volatile("divu %0, %1, %2" : "=r"(q) : "r"(seven), "r"(zero));
    __asm__ volatile("remu %0, %1, %2" : "=r"(r) : "r"(seven), "r"(zero));
    printf("unsigned 7 / 0 = %llu, rest %llu\n", (unsigned long long) q, (unsigned long long) r);
    __asm__ volatile("divw %0, %1, %2" : "=r"(q32) : "r"(least32), "r"(minus_one32));
    __asm__ volatile("remw %0, %1, %2" : "=r"(r32) : "r"(least32), "r"(minus_one32));
    printf("word: least / -1 = %d, rest %d\n", q32, r32);
    __asm__ volatile("divuw %0, %1, %2" : "=r"(q) : "r"(seven), "r"((int64_t) zero32));
    printf("word: unsigned 7 / 0 = %lld\n", (long long) q);
}

static void misaligned(void)
{
    unsigned char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < 8192; i++)
        pages[i] = (unsigned char) (i * 7 + 3);
    uint64_t value = 0;
    for (int offset = 4089; offset < 4096; offset++) {
        uint64_t got;
        __asm__ volatile("ld %0, 0(%1)" : "=r"(got) : "r"(pages + offset) : "memory");
        value = value * 31 + got;
        __asm__ volatile("sw %0, 0(%1)" : : "r"(value), "r"(pages + offset + 1) : "memory");
    }
    uint64_t sum = 0;
    for (int i = 0; i < 8192; i++)
        sum = sum * 131 + pages[i];
    printf("misaligned %016llx %016llx\n", (unsigned long long) value, (unsigned long long) sum);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "segv";
    printf("fault: %s\n", mode);
    fflush(stdout);

    if (!strcmp(mode, "segv"))
        *(volatile int *) null_and_a_bit;
    else if (!strcmp(mode, "write-code"))
        *(volatile char *) (uintptr_t) main = 0;
    else if (!strcmp(mode, "ill"))
        __asm__ volatile(".half 0");
    else if (!strcmp(mode, "break"))
        __asm__ volatile("ebreak");
    else if (!strcmp(mode, "jump-nowhere"))
        through(0x123450000);
    else if (!strcmp(mode, "no-exec"))
        through((uintptr_t) data);
    else if (!strcmp(mode, "stack"))
        return deeper("");
    else if (!strcmp(mode, "abort"))
        abort();
    else if (!strcmp(mode, "term"))
        raise(SIGTERM);
    else if (!strcmp(mode, "kill"))
        raise(SIGKILL);
    else if (!strcmp(mode, "div"))
        divide();
    else if (!strcmp(mode, "misaligned"))
        misaligned();
    else
        return 2;
    printf("still here\n");
    return 0;
}
