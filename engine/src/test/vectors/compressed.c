/*
 * Vectors for the C extension, all of it: each of the 49,152 halfwords that are not the beginning of a longer
 * instruction, executed with every register pointing into the data window; then those that compute, branch or jump
 * through registers once more, with values that matter to them. Reserved encodings end in SIGILL. Format and command:
 * README.md.
 *
 * usage: compressed SEED STEP    STEP 1 takes every halfword, an odd N every Nth
 */
#include "machine.h"
#include "random.h"

/* The second round: false where the first said it all. */
static int interesting(struct test *t, uint32_t word) {
  uint32_t full = word >> 7 & 31;
  uint32_t low = 8 + (word >> 7 & 7);
  uint32_t full2 = word >> 2 & 31;
  uint32_t low2 = 8 + (word >> 2 & 7);
  switch ((word & 3) << 3 | word >> 13) {
    case 1 << 3 | 0: /* addi */
    case 1 << 3 | 1: /* addiw */
    case 2 << 3 | 0: /* slli */
      t->in.x[full] = draw_integer();
      break;
    case 1 << 3 | 4: /* shifts, andi, sub, xor, or, and, subw, addw */
      t->in.x[low] = draw_integer();
      if ((word >> 10 & 3) == 3) {
        t->in.x[low2] = draw_integer();
      }
      break;
    case 1 << 3 | 6: /* beqz */
    case 1 << 3 | 7: /* bnez */
      t->in.x[low] = draw_below(4) ? 0 : draw_integer();
      break;
    case 2 << 3 | 4: /* mv, add, jr, jalr */
      if (full2 == 0) {
        t->in.x[full] = CODE + 4096 + draw_below(CODE_SIZE / 2 - 8192);
      } else {
        t->in.x[full] = draw_integer();
        t->in.x[full2] = draw_integer();
      }
      break;
    default:
      return 0;
  }
  t->in.x[0] = 0;
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: compressed SEED STEP\n");
    return 2;
  }
  uint64_t seed = strtoull(argv[1], 0, 0);
  uint32_t step = strtoul(argv[2], 0, 0);
  machine_start();
  for (int i = 1; i < 32; i++) {
    base.x[i] = DATA + 0x800 + 64 * i;
  }
  printf("# godwit compressed vectors, seed %" PRIu64 ", step %u\n", seed, step);
  print_base();
  draw_stream(seed, "compressed");
  uint32_t first = draw_below(step);
  for (int round = 0; round < 2; round++) {
    for (uint32_t word = first; word < 0x10000; word += step) {
      struct test *t = test_begin("c");
      if ((word & 3) == 3 || (round == 1 && !interesting(t, word))) {
        continue;
      }
      if ((word & 0xe003) == 0xa001 && !(word & 0x1ffc)) {
        continue; /* c.j to itself */
      }
      if ((word & 0xc003) == 0xc001 && !(word & 0x1c7c)) {
        continue; /* c.beqz and c.bnez to themselves */
      }
      test_word(t, word);
      test_run(t);
    }
  }
  return 0;
}
