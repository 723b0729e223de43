/*
 * Vectors for every instruction of RV64I, M, A, Zicsr (fcsr) and for the loads and stores of F and D, executed by the
 * machine that runs this program. Format and command: README.md.
 *
 * usage: integers SEED SCALE    SCALE 8 gives some 25,000 cases
 */
#include "integer_ops.h"
#include "random.h"

static int scale;

static uint32_t any_register(void) {
  return draw_below(32);
}

/* Mostly usable, sometimes x0. */
static uint32_t source(void) {
  return draw_below(12) ? draw_between(1, 31) : 0;
}

static void set(struct test *t, uint32_t r, uint64_t value) {
  if (r != 0) {
    t->in.x[r] = value;
  }
}

static int32_t any_imm12(void) {
  static const int32_t edges[] = {0, 1, -1, 2047, -2048, 1024, -1024, 255, 16};
  return draw_below(3) ? draw_between(-2048, 2047) : edges[draw_below(sizeof edges / sizeof *edges)];
}

static void computing(const struct instruction *i) {
  for (int encoding = 0; encoding < 3 * scale; encoding++) {
    uint32_t d = draw_below(10) ? any_register() : 0;
    uint32_t a = draw_below(6) ? source() : d;
    uint32_t b = draw_below(6) ? source() : draw_below(2) ? a : d;
    uint32_t word = i->word | rd(d) | rs1(a);
    switch (i->format) {
      case 'R': word |= rs2(b); break;
      case 'I': word |= immI(any_imm12()); break;
      case 'H': word |= draw_below(64) << 20; break;
      case 'h': word |= draw_below(32) << 20; break;
    }
    for (int n = 0; n < 12; n++) {
      struct test *t = test_begin(i->name);
      test_word(t, word);
      set(t, a, draw_integer());
      if (i->format == 'R') {
        set(t, b, draw_below(8) ? draw_integer() : t->in.x[a]);
      }
      test_run(t);
    }
  }
}

static void upper(const struct instruction *i) {
  for (int n = 0; n < 8 * scale; n++) {
    struct test *t = test_begin(i->name);
    uint32_t imm = draw_below(4) ? draw() : draw_below(2) ? 0xffffffff : 0x80000000;
    test_word(t, i->word | rd(any_register()) | (imm & 0xfffff000));
    test_run(t);
  }
}

static void jump(const struct instruction *i) {
  for (int n = 0; n < 16 * scale; n++) {
    struct test *t = test_begin(i->name);
    uint32_t d = any_register();
    if (i->format == 'J') {
      int32_t offset = draw_below(2) ? draw_between(-0x80000, 0x7ffff) * 2 : draw_between(-64, 64) * 2;
      if (offset == 0 || offset == 2) {
        continue; /* a loop, or into itself */
      }
      test_word(t, i->word | rd(d) | immJ(offset));
    } else {
      uint32_t a = draw_between(1, 31);
      int32_t imm = any_imm12();
      uint64_t target = CODE + 4096 + draw_below(CODE_SIZE - 8192); /* odd ones too: bit 0 is cleared */
      if ((target & -4) == START) {
        continue; /* a loop, or into itself */
      }
      set(t, a, target - imm);
      test_word(t, i->word | rd(draw_below(4) ? d : a) | rs1(a) | immI(imm));
    }
    test_run(t);
  }
}

static void branch(const struct instruction *i) {
  for (int encoding = 0; encoding < 4 * scale; encoding++) {
    uint32_t a = source();
    uint32_t b = draw_below(8) ? source() : a;
    int32_t offset = draw_below(2) ? draw_between(-2048, 2047) * 2 : draw_between(-8, 8) * 2;
    if (offset == 0 || offset == 2) {
      offset = 8; /* not a loop, nor into itself */
    }
    for (int n = 0; n < 12; n++) {
      struct test *t = test_begin(i->name);
      test_word(t, i->word | rs1(a) | rs2(b) | immB(offset));
      set(t, a, draw_integer());
      set(t, b, draw_below(3) ? draw_integer() : t->in.x[a] + draw_between(-1, 1));
      test_run(t);
    }
  }
}

/* An address in the window: anywhere, misaligned too, also across its page boundary. */
static uint64_t any_address(void) {
  return DATA + (draw_below(8) ? draw_below(DATA_SIZE - 8) : 4096 - draw_below(8));
}

static void memory(const struct instruction *i) {
  int store = i->format == 'S' || i->format == 's';
  for (int n = 0; n < 24 * scale; n++) {
    struct test *t = test_begin(i->name);
    uint32_t a = draw_between(1, 31);
    uint32_t r = draw_below(8) ? any_register() : a;
    int32_t imm = any_imm12();
    uint64_t address = any_address();
    if (store) {
      test_word(t, i->word | rs1(a) | rs2(r) | immS(imm));
      if (i->format == 's') {
        t->in.f[r] = draw();
      } else {
        set(t, r, draw_integer());
      }
    } else {
      test_word(t, i->word | rd(r) | rs1(a) | immI(imm));
    }
    set(t, a, address - imm);
    test_run(t);
  }
}

static uint64_t aligned(const char *name, uint64_t address) {
  return address & (name[strlen(name) - 1] == 'w' ? -4 : -8);
}

static uint32_t ordering(void) {
  return draw_below(4) << 25;
}

static void atomic(const struct instruction *i) {
  for (int n = 0; n < 24 * scale; n++) {
    struct test *t = test_begin(i->name);
    uint32_t a = draw_between(1, 31);
    uint32_t b = draw_below(10) ? any_register() : a;
    uint32_t d = draw_below(3) ? any_register() : draw_below(2) ? a : b;
    uint64_t address = aligned(i->name, any_address());
    test_word(t, i->word | rd(d) | rs1(a) | rs2(b) | ordering());
    set(t, b, draw_integer());
    if (draw_below(3) == 0) { /* close to what is in memory */
      uint64_t held;
      memcpy(&held, (void *) address, 8);
      set(t, b, (i->word >> 12 & 7) == 2 ? (uint64_t) (int32_t) held + draw_between(-1, 1) : held + draw_between(-1, 1));
    }
    set(t, a, address);
    test_run(t);
  }
}

/* Reservation kept, consumed, elsewhere, absent; sign extension of lr.w; a plain load in between keeps it. */
static void reserved(const char *lr_name, const char *sc_name) {
  uint32_t lr = instruction_named(lr_name)->word;
  uint32_t sc = instruction_named(sc_name)->word;
  uint32_t ld = instruction_named("ld")->word;
  for (int n = 0; n < 16 * scale; n++) {
    struct test *t = test_begin(sc_name);
    uint64_t address = aligned(sc_name, any_address());
    t->in.x[5] = address;
    t->in.x[6] = draw_integer();
    t->in.x[7] = draw_integer();
    t->in.x[28] = aligned(sc_name, DATA + draw_below(DATA_SIZE - 8));
    test_word(t, lr | rd(10) | rs1(5) | ordering());
    int kind = n % 5;
    switch (kind) {
      case 0: /* succeeds */
        test_word(t, sc | rd(11) | rs1(5) | rs2(6) | ordering());
        break;
      case 1: /* the second fails: the first has consumed the reservation */
        test_word(t, sc | rd(11) | rs1(5) | rs2(6) | ordering());
        test_word(t, sc | rd(12) | rs1(5) | rs2(7) | ordering());
        break;
      case 2: /* another place: fails, and gives the reservation up */
        if (t->in.x[28] - address + 64 < 128) {
          continue; /* how far a reservation reaches is the implementation's choice */
        }
        test_word(t, sc | rd(11) | rs1(28) | rs2(6) | ordering());
        test_word(t, sc | rd(12) | rs1(5) | rs2(7) | ordering());
        break;
      case 3: /* a load in between */
        test_word(t, ld | rd(13) | rs1(28));
        test_word(t, sc | rd(11) | rs1(5) | rs2(6) | ordering());
        break;
      default: /* the latest reservation counts */
        if (t->in.x[28] - address + 64 < 128) {
          continue;
        }
        test_word(t, lr | rd(13) | rs1(28) | ordering());
        test_word(t, sc | rd(11) | rs1(5) | rs2(6) | ordering());
        break;
    }
    test_run(t);
  }
}

/* fflags, frm, fcsr by each access; then a dynamically rounded sum that shows the mode. */
static void csr(const struct instruction *i) {
  uint32_t fadd;
  __asm__(".option push\n.option norvc\nj 1f\n2: fadd.s f10, f11, f12, dyn\n1: lw %0, 2b\n.option pop" : "=r"(fadd));
  for (uint32_t number = 1; number <= 3; number++) {
    for (int n = 0; n < 12 * scale; n++) {
      struct test *t = test_begin(i->name);
      uint32_t d = draw_below(4) ? any_register() : 0;
      uint32_t a = draw_below(4) ? any_register() : 0; /* register or immediate */
      t->in.fcsr = draw_below(256);
      test_word(t, i->word | rd(d) | rs1(a) | number << 20);
      if (i->format == 'C') {
        set(t, a, draw_below(3) ? draw_below(256) : draw_integer());
      }
      if (draw_below(2)) {
        t->in.f[11] = 0xffffffff3f800000 | draw_below(1 << 23) | (draw() & 1) << 31;
        t->in.f[12] = 0xffffffff33000000 | draw_below(1 << 23);
        test_word(t, fadd);
      }
      test_run(t);
    }
  }
}

static void fences(void) {
  static const uint32_t words[] = {0x0ff0000f, 0x0330000f, 0x8330000f, 0x0100000f, 0x0000100f};
  for (unsigned n = 0; n < sizeof words / sizeof *words; n++) {
    struct test *t = test_begin(words[n] >> 12 & 1 ? "fence.i" : "fence");
    test_word(t, words[n]);
    test_run(t);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: integers SEED SCALE\n");
    return 2;
  }
  uint64_t seed = strtoull(argv[1], 0, 0);
  scale = atoi(argv[2]);
  machine_start();
  printf("# godwit integer vectors, seed %" PRIu64 ", scale %d\n", seed, scale);
  print_base();
  for (const struct instruction *i = instructions; i < instructions_end; i++) {
    draw_stream(seed, i->name);
    switch (i->format) {
      case 'R':
      case 'I':
      case 'H':
      case 'h':
        computing(i);
        break;
      case 'U':
        upper(i);
        break;
      case 'J':
      case 'K':
        jump(i);
        break;
      case 'B':
        branch(i);
        break;
      case 'L':
      case 'l':
      case 'S':
      case 's':
        memory(i);
        break;
      case 'A':
        atomic(i);
        break;
      case 'C':
      case 'c':
        csr(i);
        break;
      default:
        break; /* lr and sc come in pairs */
    }
  }
  draw_stream(seed, "reserved");
  reserved("lr.w", "sc.w");
  reserved("lr.d", "sc.d");
  fences();
  return 0;
}
