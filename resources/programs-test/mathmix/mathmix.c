/*
 * mathmix [ROUNDS]: floating point without the mathematical library: arithmetic in both widths,
 * square roots, fused multiply-add, conversions, comparisons with NaN, all five rounding modes and
 * the exception flags, printed and folded into checksums of the bit patterns.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed = 0x9e3779b97f4a7c15u;

static uint64_t draw(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static uint64_t bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

static uint32_t bits32(float x)
{
    uint32_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

static double from_bits(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

static float from_bits32(uint32_t b)
{
    float x;
    memcpy(&x, &b, sizeof x);
    return x;
}

static void set_rounding(int mode)
{
    __asm__ volatile("fsrm %0" : : "r"(mode));
}

static unsigned take_flags(void)
{
    unsigned flags;
    __asm__ volatile("frflags %0\n\tfsflags zero" : "=r"(flags) : : "memory");
    return flags;
}

/* The instructions themselves: the compiler may fold or reorder what is written in C. */
#define OP2(name, type, text)                                                                          \
    static type name(type a, type b)                                                                   \
    {                                                                                                  \
        type r;                                                                                        \
        __asm__ volatile(text " %0, %1, %2" : "=f"(r) : "f"(a), "f"(b) : "memory");                    \
        return r;                                                                                      \
    }
OP2(add_d, double, "fadd.d")
OP2(sub_d, double, "fsub.d")
OP2(mul_d, double, "fmul.d")
OP2(div_d, double, "fdiv.d")
OP2(min_d, double, "fmin.d")
OP2(add_s, float, "fadd.s")
OP2(mul_s, float, "fmul.s")
OP2(div_s, float, "fdiv.s")

static double sqrt_d(double a)
{
    double r;
    __asm__ volatile("fsqrt.d %0, %1" : "=f"(r) : "f"(a) : "memory");
    return r;
}

static double fma_d(double a, double b, double c)
{
    double r;
    __asm__ volatile("fmadd.d %0, %1, %2, %3" : "=f"(r) : "f"(a), "f"(b), "f"(c) : "memory");
    return r;
}

static float narrow(double a)
{
    float r;
    __asm__ volatile("fcvt.s.d %0, %1" : "=f"(r) : "f"(a) : "memory");
    return r;
}

static int64_t to_long(double a)
{
    int64_t r;
    __asm__ volatile("fcvt.l.d %0, %1" : "=r"(r) : "f"(a) : "memory");
    return r;
}

static uint64_t fold(uint64_t sum, uint64_t value)
{
    return (sum ^ value) * UINT64_C(0x100000001b3);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 0) : 2000;

    double pi = 0;
    for (int k = 0; k < 40; k++) {
        double scale = 1;
        for (int i = 0; i < k; i++)
            scale /= 16;
        pi += scale * (4.0 / (8 * k + 1) - 2.0 / (8 * k + 4) - 1.0 / (8 * k + 5) - 1.0 / (8 * k + 6));
    }
    float third = 1.0f / 3.0f;
    printf("pi %.15f third %.9g tiny %g huge %e\n", pi, (double) third, 4.9e-324, 1.7976931348623157e308);
    printf("%d %u %lld %.3f %a\n", (int) -2.7, (unsigned) 3.99, (long long) 1e15, (double) 7u / 3, 0.1);
    printf("%s\n", strtod("0x1.8p3", NULL) == 12 && strtod("1e-5", NULL) == 1e-5 ? "strtod agrees" : "strtod differs");

    static const uint64_t special[] = {0,
                                       0x8000000000000000,
                                       1,
                                       0x000fffffffffffff,
                                       0x0010000000000000,
                                       0x3ff0000000000000,
                                       0xbff0000000000000,
                                       0x7fefffffffffffff,
                                       0x7ff0000000000000,
                                       0xfff0000000000000,
                                       0x7ff8000000000000,
                                       0x7ff0000000000001,
                                       0x43e0000000000000,
                                       0xc3e0000000000000};
    const int specials = sizeof special / sizeof *special;
    uint64_t sum = 1;
    take_flags();
    for (int i = 0; i < specials; i++)
        for (int j = 0; j < specials; j++) {
            double a = from_bits(special[i]), b = from_bits(special[j]);
            sum = fold(sum, bits(add_d(a, b)));
            sum = fold(sum, bits(mul_d(a, b)));
            sum = fold(sum, bits(div_d(a, b)));
            sum = fold(sum, bits(min_d(a, b)));
            sum = fold(sum, (uint64_t) ((a < b) | (a == b) << 1 | (a >= b) << 2));
            sum = fold(sum, take_flags());
        }
    printf("special values %016llx\n", (unsigned long long) sum);

    static const char *const names[] = {"nearest even", "towards zero", "down", "up", "nearest away"};
    for (int mode = 0; mode < 5; mode++) {
        set_rounding(mode);
        sum = 1;
        seed = 0x9e3779b97f4a7c15u + (uint64_t) mode;
        for (long i = 0; i < rounds; i++) {
            /* Exponents near each other, so that sums cancel and round. */
            double a = from_bits((draw() & 0x803fffffffffffff) | 0x3fc0000000000000);
            double b = from_bits((draw() & 0x803fffffffffffff) | 0x3fc0000000000000);
            double c = from_bits((draw() & 0x807fffffffffffff) | 0x3f80000000000000);
            float f = from_bits32((uint32_t) (draw() & 0x807fffff) | 0x3f000000);
            sum = fold(sum, bits(add_d(a, b)));
            sum = fold(sum, bits(sub_d(a, b)));
            sum = fold(sum, bits(mul_d(a, b)));
            sum = fold(sum, bits(div_d(a, b)));
            sum = fold(sum, bits(sqrt_d(a < 0 ? -a : a)));
            sum = fold(sum, bits(fma_d(a, b, c)));
            sum = fold(sum, bits32(narrow(a)));
            sum = fold(sum, bits32(add_s(f, narrow(c))));
            sum = fold(sum, bits32(mul_s(f, f)));
            sum = fold(sum, bits32(div_s(f, narrow(a))));
            sum = fold(sum, (uint64_t) to_long(mul_d(a, 1e6)));
            sum = fold(sum, take_flags());
            /* Anything at all: denormals, infinities, NaN. */
            double wild = from_bits(draw()), wilder = from_bits(draw());
            sum = fold(sum, bits(mul_d(wild, wilder)));
            sum = fold(sum, bits32(narrow(wild)));
            sum = fold(sum, (uint64_t) to_long(wilder));
            sum = fold(sum, take_flags());
        }
        set_rounding(0);
        printf("%-12s %016llx\n", names[mode], (unsigned long long) sum);
    }
    return 0;
}
