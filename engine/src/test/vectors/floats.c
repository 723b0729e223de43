/*
 * Vectors for the F and D instructions: each is executed by the machine that runs this program (qemu-riscv64), in all
 * five rounding modes, and printed with its operands, results and flags. Format and command: README.md.
 *
 * usage: floats SEED COUNT    COUNT operand sets per instruction
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "float_ops.h"
#include "random.h"

/* The frame in which one instruction runs; the word at `frame_slot` is replaced. Called as (struct io *, fcsr). */
struct io {
  uint64_t operand[3];
  uint64_t float_result;
  uint64_t integer_result;
  uint64_t flags;
};

extern const char frame[], frame_slot[], frame_end[];

__asm__(
    ".text\n"
    ".option push\n"
    ".option norvc\n"
    ".balign 8\n"
    "frame:\n"
    "  mv t0, a0\n"
    "  fld fa1, 0(t0)\n"
    "  fld fa2, 8(t0)\n"
    "  fld fa3, 16(t0)\n"
    "  fscsr a1\n"
    "  ld a1, 0(t0)\n"
    "frame_slot:\n"
    "  nop\n"
    "  frflags t1\n"
    "  fsd fa0, 24(t0)\n"
    "  sd a0, 32(t0)\n"
    "  sd t1, 40(t0)\n"
    "  ret\n"
    "frame_end:\n"
    ".option pop\n");

/* ---- operands ---- */

struct format {
  int precision; /* hidden bit included */
  int bias;
};

static const struct format single = {24, 127}, wide = {53, 1023};

static uint64_t pack(struct format f, int negative, int biased, uint64_t fraction) {
  int top = 2 * f.bias + 1;
  biased = biased < 0 ? 0 : biased > top ? top : biased;
  fraction &= (1ULL << (f.precision - 1)) - 1;
  uint64_t sign = (uint64_t) (negative & 1) << (f.precision == 24 ? 31 : 63);
  return sign | (uint64_t) biased << (f.precision - 1) | fraction;
}

static int biased_of(struct format f, uint64_t bits) {
  return bits >> (f.precision - 1) & (2 * f.bias + 1);
}

enum { SPECIALS = 24 };

static uint64_t special(struct format f, int n) {
  int top = 2 * f.bias + 1;
  uint64_t quiet = 1ULL << (f.precision - 2);
  int negative = n & 1;
  switch (n / 2) {
    case 0: return pack(f, negative, 0, 0);
    case 1: return pack(f, negative, 0, 1);
    case 2: return pack(f, negative, 0, -1);
    case 3: return pack(f, negative, 1, 0);
    case 4: return pack(f, negative, 1, 1);
    case 5: return pack(f, negative, f.bias, 0);
    case 6: return pack(f, negative, f.bias, 1);
    case 7: return pack(f, negative, top - 1, -1);
    case 8: return pack(f, negative, top, 0);
    case 9: return pack(f, negative, top, quiet);
    case 10: return pack(f, negative, top, negative ? quiet >> 1 : 1); /* signalling */
    default: return negative ? pack(f, 0, f.bias - 1, -1) : pack(f, 0, top, -1);
  }
}

/* Few bits, runs of ones, anything. */
static uint64_t fraction(struct format f) {
  int bits = f.precision - 1;
  switch (draw_below(5)) {
    case 0: return 0;
    case 1: return 1ULL << draw_below(bits) | 1ULL << draw_below(bits);
    case 2: return -1ULL << draw_below(bits);
    case 3: return draw() & -1ULL << draw_below(bits);
    default: return draw();
  }
}

static uint64_t any_float(struct format f) {
  int negative = draw() & 1;
  int top = 2 * f.bias + 1;
  switch (draw_below(10)) {
    case 0: return special(f, draw_below(SPECIALS));
    case 1: return pack(f, negative, 0, fraction(f) >> draw_below(f.precision - 1));
    case 2: return pack(f, negative, draw_between(0, f.precision + 2), fraction(f));
    case 3: return pack(f, negative, draw_between(top - 4, top), fraction(f));
    case 4: return pack(f, negative, draw_between(0, top), draw());
    default: return pack(f, negative, f.bias + draw_between(-70, 70), fraction(f));
  }
}

static double as_double(struct format f, uint64_t bits) {
  union {
    uint32_t u;
    float f;
  } s = {(uint32_t) bits};
  union {
    uint64_t u;
    double d;
  } d = {bits};
  return f.precision == 24 ? s.f : d.d;
}

static uint64_t from_double(struct format f, double value) {
  union {
    float f;
    uint32_t u;
  } s = {(float) value};
  union {
    double d;
    uint64_t u;
  } d = {value};
  return f.precision == 24 ? s.u : d.u;
}

static uint64_t flip_sign(struct format f, uint64_t bits) {
  return bits ^ 1ULL << (f.precision == 24 ? 31 : 63);
}

/* A second operand that makes a's sums tie, cancel and carry, its products and quotients overflow and underflow. */
static uint64_t partner(struct format f, uint64_t a) {
  int negative = draw() & 1;
  int exp = biased_of(f, a);
  int top = 2 * f.bias + 1;
  switch (draw_below(12)) {
    case 0: return a + draw_between(-2, 2); /* equal, or a neighbour */
    case 1: return flip_sign(f, a + draw_between(-2, 2));
    case 2: return pack(f, negative, exp - f.precision, draw_below(3) ? 0 : draw_below(2) ? 1 : -1); /* half an ulp */
    case 3: return pack(f, negative, exp - draw_between(0, f.precision + 3), fraction(f));
    case 4: return pack(f, negative, f.bias + 1 - exp + draw_between(-3, 3), fraction(f)); /* product: smallest normal */
    case 5: return pack(f, negative, f.bias + 1 - exp - draw_between(0, f.precision + 2), fraction(f)); /* subnormal */
    case 6: return pack(f, negative, top + f.bias - 1 - exp + draw_between(-2, 1), fraction(f)); /* overflow */
    case 7: return pack(f, negative, exp + f.bias - 1 + draw_between(-3, 3), fraction(f)); /* quotient: smallest */
    case 8: return pack(f, negative, exp + f.bias - 1 + draw_between(0, f.precision), fraction(f));
    case 9: return pack(f, negative, exp - f.bias + draw_between(-2, 2), fraction(f)); /* quotient: largest */
    default: return any_float(f);
  }
}

/* A third operand near minus the product of the others. */
static uint64_t addend(struct format f, uint64_t a, uint64_t b) {
  uint64_t product = from_double(f, as_double(f, a) * as_double(f, b));
  int negative = draw() & 1;
  int exp = biased_of(f, product);
  switch (draw_below(8)) {
    case 0: return flip_sign(f, product);
    case 1: return flip_sign(f, product) + draw_between(-2, 2);
    case 2: return product + draw_between(-1, 1);
    case 3: return pack(f, negative, exp + draw_between(-2, 2), fraction(f));
    case 4: return pack(f, negative, exp + draw_between(-2 * f.precision - 3, 2 * f.precision + 3), fraction(f));
    case 5: return pack(f, negative, exp + f.precision * draw_between(-2, 2), draw_below(2)); /* ties far away */
    default: return any_float(f);
  }
}

/* Near the edges of the integers and of halves. */
static uint64_t near_integer(struct format f) {
  static const double edges[] = {0, 0.5, 1, 1.5, 2, 2.5, 0x1p23, 0x1p24, 0x1p31, 0x1p32, 0x1p52, 0x1p53, 0x1p63, 0x1p64};
  double value = edges[draw_below(sizeof edges / sizeof *edges)];
  switch (draw_below(4)) {
    case 0: value += draw_between(-6, 6) * 0.25; break;
    case 1: value = draw_integer() * 0.5; break;
    case 2: value = (int64_t) draw_integer(); break;
    default: break;
  }
  uint64_t bits = from_double(f, draw() & 1 ? value : -value);
  return draw_below(3) ? bits : bits + draw_between(-2, 2);
}

static uint64_t near_square(struct format f) {
  uint64_t root = any_float(f);
  double value = as_double(f, root & -1ULL << draw_below(f.precision / 2 + 4));
  uint64_t bits = from_double(f, value * value);
  return draw_below(2) ? bits : bits + draw_between(-1, 1);
}

static void operands(const struct op *op, int index, uint64_t *v) {
  const char *kinds = op->kinds;
  int count = strchr(kinds, '>') - kinds;
  struct format f = kinds[0] == 'S' ? single : wide;
  switch (kinds[0]) {
    case 'W':
    case 'L':
      v[0] = draw_integer();
      break;
    default:
      v[0] = any_float(f);
      if (count == 1 && strncmp(op->name, "fcvt.s", 6) && strncmp(op->name, "fcvt.d", 6)
          && !strncmp(op->name, "fcvt", 4) && draw_below(3)) {
        v[0] = near_integer(f);
      } else if (!strncmp(op->name, "fsqrt", 5) && draw_below(2)) {
        v[0] = near_square(f);
      } else if (!strcmp(op->name, "fcvt.s.d") && draw_below(2)) {
        /* around the range of single, with its ties */
        int exp = 1023 + (draw() & 1 ? draw_between(-153, 130) : draw_below(2) ? draw_between(-153, -124) : 127);
        uint64_t low = draw_below(2) ? (uint64_t) draw_between(-1, 1) : draw() >> draw_below(64);
        v[0] = pack(wide, draw() & 1, exp, (draw() << 29) + (draw_below(2) ? 1 << 28 : 0) + low);
      }
  }
  if (count == 1 && kinds[0] != 'W' && kinds[0] != 'L' && index < SPECIALS) {
    v[0] = special(f, index);
  }
  if (count >= 2) {
    v[1] = partner(f, v[0]);
    if (count == 2 && index < SPECIALS * SPECIALS) {
      v[0] = special(f, index / SPECIALS);
      v[1] = special(f, index % SPECIALS);
    }
  }
  if (count == 3) {
    v[2] = addend(f, v[0], v[1]);
    if (index % 4 == 0) {
      for (int i = 0; i < 3; i++) {
        if (draw_below(4)) {
          v[i] = special(f, draw_below(SPECIALS));
        }
      }
    }
  }
  for (int i = 0; i < count; i++) {
    if (kinds[i] == 'S') {
      v[i] = (uint32_t) v[i] | 0xffffffff00000000;
      if (draw_below(40) == 0) { /* not properly boxed */
        v[i] = draw_below(2) ? draw() : v[i] ^ 1ULL << draw_between(32, 63);
      }
    }
  }
}

/* A register: 8 digits for a properly boxed single, 16 for anything else. */
static void print_register(char kind, uint64_t value) {
  if (kind == 'S' && value >> 32 == 0xffffffff) {
    printf("%08x", (uint32_t) value);
  } else {
    printf("%016lx", value);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: floats SEED COUNT\n");
    return 2;
  }
  uint64_t seed = strtoull(argv[1], 0, 0);
  int count = atoi(argv[2]);
  size_t size = frame_end - frame;
  char *code = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  printf("# godwit float vectors, seed %lu, %d operand sets per instruction\n", seed, count);
  for (const struct op *op = ops; op < ops_end; op++) {
    int modes = op->rounds ? 5 : 1;
    for (int rm = 0; rm < modes; rm++) {
      char *copy = code + 128 * rm;
      memcpy(copy, frame, size);
      /* Exact conversions ignore the mode; the assembler's is kept where there is no mode at all. */
      uint32_t word = op->rounds ? (op->word & ~0x7000) | rm << 12 : op->word;
      memcpy(copy + (frame_slot - frame), &word, 4);
    }
    __builtin___clear_cache(code, code + 4096);
    printf("= %s %08x %s %d\n", op->name, op->word, op->kinds, modes);
    draw_stream(seed, op->name);
    for (int i = 0; i < count; i++) {
      struct io io = {{0, 0, 0}, 0, 0, 0};
      operands(op, i, io.operand);
      const char *kind = op->kinds;
      for (int k = 0; *kind != '>'; k++, kind++) {
        print_register(*kind, io.operand[k]);
        putchar(' ');
      }
      kind++;
      putchar('>');
      for (int rm = 0; rm < modes; rm++) {
        ((void (*)(struct io *, uint64_t)) (code + 128 * rm))(&io, 0);
        putchar(' ');
        print_register(*kind, *kind == 'S' || *kind == 'D' ? io.float_result : io.integer_result);
        printf(":%02x", (unsigned) io.flags);
      }
      putchar('\n');
    }
  }
  return 0;
}
