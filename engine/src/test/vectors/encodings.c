/*
 * Which 32-bit words are instructions: every combination of opcode, funct3 and funct7 with some values of the second
 * source field, from registers that make loads, stores and atomics hit the data window. Words that RV64GC does not define
 * end in SIGILL. Format and command: README.md.
 *
 * Left out: ecall (it would call), the counters (their values differ from run to run), jumps into themselves.
 *
 * usage: encodings SEED STEP    STEP 1 takes every word, N every Nth
 */
#include "machine.h"
#include "random.h"

int main(int argc, char **argv) {
  static const uint32_t seconds[] = {0, 1, 2, 3, 4, 21};
  if (argc != 3) {
    fprintf(stderr, "usage: encodings SEED STEP\n");
    return 2;
  }
  uint64_t seed = strtoull(argv[1], 0, 0);
  uint32_t step = strtoul(argv[2], 0, 0);
  machine_start();
  base.x[9] = DATA + DATA_SIZE / 2;
  for (int i = 0; i < 32; i++) {
    base.f[i] = 0xffffffff3fc00000 + i;
  }
  printf("# godwit encoding vectors, seed %" PRIu64 ", step %u\n", seed, step);
  print_base();
  draw_stream(seed, "encodings");
  uint32_t skip = draw_below(step);
  for (uint32_t opcode = 3; opcode < 128; opcode += 4) {
    for (uint32_t funct = 0; funct < 1024; funct++) {
      for (unsigned k = 0; k < sizeof seconds / sizeof *seconds; k++) {
        uint32_t funct3 = funct & 7;
        uint32_t word = opcode | 10 << 7 | funct3 << 12 | 9 << 15 | seconds[k] << 20 | (funct >> 3) << 25;
        int jump = opcode == 0x6f; /* its low offset bits are where rs2 is */
        int counter = opcode == 0x73 && funct3 != 0 && word >> 28 == 0xc;
        int call = (word & 0xfff0707f) == 0x73;
        if (counter || call || (jump && (word >> 20 & 0x7ff) <= 1) || (funct3 != 0 && jump)) {
          continue;
        }
        if (skip-- > 0) {
          continue;
        }
        skip = step - 1;
        struct test *t = test_begin("e");
        test_word(t, word);
        test_run(t);
      }
    }
  }
  return 0;
}
