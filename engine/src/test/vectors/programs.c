/*
 * Random programs: some hundred instructions of RV64GC with forward branches, calls and counted loops, run from a random
 * register state by the machine that runs this program, with all registers and the changed memory at the end. They test
 * what single instructions cannot: one instruction after another, in particular translated ones. Format and command:
 * README.md.
 *
 * Conventions that keep a program within its window and finite: x30 points to the middle of the data, x31 is recomputed
 * from it before each atomic, x29 counts the turns of a loop; nothing else writes them.
 *
 * usage: programs SEED COUNT
 */
#include "float_ops.h"
#include "integer_ops.h"
#include "random.h"

enum { COUNTER = 29, POINTER = 30, ATOMIC = 31, LONGEST = 400 };

struct draft {
  uint32_t word[LONGEST];
  int target[LONGEST]; /* index of the instruction a branch goes to, or -1 */
  int size;
};

static uint32_t target_register(void) {
  return draw_below(29);
}

static uint32_t source_register(void) {
  return draw_below(32);
}

static void put(struct draft *d, uint32_t word) {
  d->target[d->size] = -1;
  d->word[d->size++] = word;
}

static void put_branch(struct draft *d, uint32_t word, int target) {
  put(d, word);
  d->target[d->size - 1] = target;
}

/* What follows hangs together: branches from before lead to its first instruction, not into it. */
static void begin_group(struct draft *d) {
  for (int i = 0; i < d->size; i++) {
    if (d->target[i] > d->size) {
      d->target[i] = d->size;
    }
  }
}

static void put_float(struct draft *d) {
  const struct op *op = &ops[draw_below(ops_end - ops)];
  uint32_t word = op->word & ~(31u << 7 | 31u << 15);
  const char *result = strchr(op->kinds, '>');
  int count = result - op->kinds;
  int to_integer = result[1] == 'L';
  word |= rd(to_integer ? target_register() : draw_below(32));
  word |= rs1(op->kinds[0] == 'W' || op->kinds[0] == 'L' ? source_register() : draw_below(32));
  if (count > 1) {
    word = (word & ~(31u << 20)) | rs2(draw_below(32));
  }
  if (count > 2) {
    word = (word & ~(31u << 27)) | draw_below(32) << 27;
  }
  if (op->rounds) {
    static const uint32_t modes[] = {0, 0, 1, 2, 3, 4, 7, 7, 7};
    word = (word & ~0x7000u) | modes[draw_below(9)] << 12;
  }
  put(d, word);
}

static void put_csr(struct draft *d) {
  uint32_t number = draw_between(1, 3);
  switch (draw_below(4)) {
    case 0: /* a valid rounding mode */
      put(d, instruction_named("csrrwi")->word | rd(target_register()) | rs1(draw_below(5)) | 2 << 20);
      break;
    case 1: /* read */
      put(d, instruction_named("csrrs")->word | rd(target_register()) | number << 20);
      break;
    case 2: /* flags off and on */
      put(d, instruction_named(draw_below(2) ? "csrrci" : "csrrsi")->word | rd(target_register()) | rs1(draw_below(32)) | 1 << 20);
      break;
    default:
      put(d, instruction_named("csrrw")->word | rd(target_register()) | rs1(source_register()) | 1 << 20);
  }
}

/* A halfword that computes and whose result is none of the reserved registers. */
static void put_compressed(struct draft *d) {
  for (;;) {
    uint32_t word = draw() & 0xffff;
    uint32_t full = word >> 7 & 31;
    int immediate = (word >> 12 & 1) || (word >> 2 & 31);
    int fine = 0;
    switch ((word & 3) << 3 | word >> 13) {
      case 0 << 3 | 0: fine = (word & 0x1fe0) != 0; break; /* addi4spn */
      case 1 << 3 | 0: fine = full < 29; break; /* addi */
      case 1 << 3 | 1: fine = full < 29 && full != 0; break; /* addiw */
      case 1 << 3 | 2: fine = full < 29 && full != 0; break; /* li */
      case 1 << 3 | 3: fine = full < 29 && full != 0 && immediate; break; /* lui, addi16sp */
      case 1 << 3 | 4: fine = (word >> 10 & 3) != 3 || !(word >> 12 & 1) || !(word >> 6 & 1); break;
      case 2 << 3 | 0: fine = full < 29 && full != 0; break; /* slli */
      case 2 << 3 | 4: fine = full < 29 && full != 0 && (word >> 2 & 31); break; /* mv, add */
    }
    if (fine) {
      put(d, word);
      return;
    }
  }
}

static void put_integer(struct draft *d, int branches) {
  const struct instruction *i = &instructions[draw_below(instructions_end - instructions)];
  uint32_t word = i->word;
  uint32_t to = target_register();
  uint32_t a = source_register();
  uint32_t b = source_register();
  int32_t imm = draw_between(-2048, 2047);
  switch (i->format) {
    case 'R': put(d, word | rd(to) | rs1(a) | rs2(b)); break;
    case 'I': put(d, word | rd(to) | rs1(a) | immI(imm)); break;
    case 'H': put(d, word | rd(to) | rs1(a) | draw_below(64) << 20); break;
    case 'h': put(d, word | rd(to) | rs1(a) | draw_below(32) << 20); break;
    case 'U': put(d, word | rd(to) | (draw() & 0xfffff000)); break;
    case 'L': put(d, word | rd(to) | rs1(POINTER) | immI(imm)); break;
    case 'l': put(d, word | rd(draw_below(32)) | rs1(POINTER) | immI(imm)); break;
    case 'S': put(d, word | rs1(POINTER) | rs2(b) | immS(imm)); break;
    case 's': put(d, word | rs1(POINTER) | rs2(draw_below(32)) | immS(imm)); break;
    case 'B':
      if (branches) {
        put_branch(d, word | rs1(a) | rs2(b), d->size + 1 + draw_below(6));
      }
      break;
    case 'J':
      if (branches) {
        put_branch(d, word | rd(to), d->size + 1 + draw_below(4));
      }
      break;
    case 'K': /* a jump through a register to the instruction behind it */
      if (branches && to != 0) {
        begin_group(d);
        put(d, instruction_named("auipc")->word | rd(to));
        put(d, word | rd(target_register()) | rs1(to) | immI(8));
      }
      break;
    case 'A':
      begin_group(d);
      put(d, instruction_named("addi")->word | rd(ATOMIC) | rs1(POINTER) | immI(imm & -8));
      put(d, word | rd(to) | rs1(ATOMIC) | rs2(b) | draw_below(4) << 25);
      break;
    case 'Q':
      begin_group(d);
      put(d, instruction_named("addi")->word | rd(ATOMIC) | rs1(POINTER) | immI(imm & -8));
      put(d, word | rd(to) | rs1(ATOMIC));
      put(d, instruction_named(i->name[3] == 'w' ? "sc.w" : "sc.d")->word | rd(target_register()) | rs1(ATOMIC) | rs2(b));
      break;
    default: break;
  }
}

static void put_any(struct draft *d, int branches) {
  switch (draw_below(16)) {
    case 0:
      put_csr(d);
      break;
    case 1:
    case 2:
    case 3:
      put_compressed(d);
      break;
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
      put_float(d);
      break;
    default:
      put_integer(d, branches);
  }
}

/* Some instructions, turned over a few times; straight inside, but for skips that stay inside. */
static void put_loop(struct draft *d) {
  int turns = draw_below(8) ? draw_between(2, 12) : draw_between(100, 400);
  begin_group(d);
  put(d, instruction_named("addi")->word | rd(COUNTER) | immI(turns));
  int top = d->size;
  int body = draw_between(3, 14);
  while (d->size < top + body) {
    put_any(d, 0);
    if (draw_below(6) == 0) {
      const struct instruction *i = instruction_named(draw_below(2) ? "bltu" : "bge");
      put_branch(d, i->word | rs1(source_register()) | rs2(source_register()), d->size + 2);
      put_compressed(d);
    }
  }
  put(d, instruction_named("addi")->word | rd(COUNTER) | rs1(COUNTER) | immI(-1));
  put_branch(d, instruction_named("bne")->word | rs1(COUNTER), top);
}

static uint64_t any_float_register(void) {
  uint64_t sign = draw() << 63;
  switch (draw_below(6)) {
    case 0: return draw();
    case 1: return 0xffffffff00000000 | (uint32_t) draw();
    case 2:
    case 3: return 0xffffffff00000000 | (sign >> 32) | draw_between(100, 150) << 23 | (draw() & 0x7fffff);
    default: return sign | draw_between(960, 1080) << 52 | (draw() & 0xfffffffffffff);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: programs SEED COUNT\n");
    return 2;
  }
  uint64_t seed = strtoull(argv[1], 0, 0);
  int count = atoi(argv[2]);
  machine_start();
  printf("# godwit random programs, seed %" PRIu64 ", count %d\n", seed, count);
  print_base();
  for (int n = 0; n < count; n++) {
    char name[32];
    sprintf(name, "p%d", n);
    draw_stream(seed, name);
    struct draft d = {.size = 0};
    int wanted = draw_between(20, 160);
    while (d.size < wanted) {
      if (draw_below(14) == 0) {
        put_loop(&d);
      } else {
        put_any(&d, 1);
      }
    }
    for (int i = 0; i < 8; i++) { /* where the last forward branches may land */
      put_compressed(&d);
    }
    struct test *t = test_begin(name);
    int offset[LONGEST + 1] = {0};
    for (int i = 0; i < d.size; i++) {
      offset[i + 1] = offset[i] + word_size(d.word[i]);
    }
    for (int i = 0; i < d.size; i++) {
      int distance = d.target[i] < 0 ? 0 : offset[d.target[i]] - offset[i];
      int is_jump = (d.word[i] & 0x7f) == 0x6f;
      test_word(t, d.word[i] | (d.target[i] < 0 ? 0 : is_jump ? immJ(distance) : immB(distance)));
    }
    for (int i = 1; i < 32; i++) {
      t->in.x[i] = draw_integer();
      t->in.f[i] = any_float_register();
    }
    t->in.f[0] = any_float_register();
    t->in.x[POINTER] = DATA + DATA_SIZE / 2;
    t->in.fcsr = draw_below(5) << 5;
    test_run(t);
  }
  return 0;
}
