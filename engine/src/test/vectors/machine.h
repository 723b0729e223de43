/*
 * Runs a few instructions from a given register and memory state and captures the whole state after them, with the
 * machine under this program (qemu-riscv64) as the truth.
 *
 * How: a breakpoint in main enters the SIGTRAP handler, which keeps main's context and puts the wanted registers into
 * the signal frame; the instructions lie in a region filled with c.ebreak, so wherever they end, by falling through or
 * by a jump, they trap again; the handler then keeps what they left and puts main's context back. The same happens on
 * SIGILL and SIGSEGV. The handler runs with the registers of the test, so it must not touch gp or tp: compile with
 * -Wl,--no-relax.
 */
#ifndef GODWIT_VECTORS_MACHINE_H
#define GODWIT_VECTORS_MACHINE_H

#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#define CODE 0x40000000UL
#define CODE_SIZE 0x400000UL
#define START (CODE + CODE_SIZE / 2)
#define DATA 0x50000000UL
#define DATA_SIZE 0x2000UL

struct state {
  uint64_t pc;
  uint64_t x[32];
  uint64_t f[32];
  uint32_t fcsr;
};

/* One case: what is executed and from where. The base state is what a line does not mention. */
struct test {
  const char *name;
  int words;
  uint32_t word[1024]; /* low two bits 3: four bytes, else two */
  struct state in;
  struct state out;
  int signal; /* SIGTRAP, SIGILL, SIGSEGV */
};

static struct state base;
static mcontext_t home;
static int inside;
static struct test *running;
extern const char enter_test[];

/* Byte k of the data window before each case. */
static uint8_t pattern(unsigned k) {
  return k * 0x9e3779b1u >> 24;
}

static void on_trap(int number, siginfo_t *info, void *context) {
  (void) info;
  mcontext_t *m = &((ucontext_t *) context)->uc_mcontext;
  if (!inside) {
    home = *m;
    home.__gregs[0] += 2;
    m->__gregs[0] = running->in.pc;
    for (int i = 1; i < 32; i++) {
      m->__gregs[i] = running->in.x[i];
    }
    for (int i = 0; i < 32; i++) {
      m->__fpregs.__d.__f[i] = running->in.f[i];
    }
    m->__fpregs.__d.__fcsr = running->in.fcsr;
    inside = 1;
  } else {
    running->signal = number;
    running->out.pc = m->__gregs[0];
    running->out.x[0] = 0;
    for (int i = 1; i < 32; i++) {
      running->out.x[i] = m->__gregs[i];
    }
    for (int i = 0; i < 32; i++) {
      running->out.f[i] = m->__fpregs.__d.__f[i];
    }
    running->out.fcsr = m->__fpregs.__d.__fcsr;
    *m = home;
    inside = 0;
  }
}

static void machine_start(void) {
  static char stack[65536];
  stack_t alternate = {.ss_sp = stack, .ss_flags = 0, .ss_size = sizeof stack};
  sigaltstack(&alternate, 0);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_trap;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGTRAP, &action, 0);
  sigaction(SIGILL, &action, 0);
  sigaction(SIGSEGV, &action, 0);
  int fixed = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
  uint16_t *code = mmap((void *) CODE, CODE_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC, fixed, -1, 0);
  void *data = mmap((void *) DATA, DATA_SIZE, PROT_READ | PROT_WRITE, fixed, -1, 0);
  if (code == MAP_FAILED || data == MAP_FAILED) {
    perror("mmap");
    exit(1);
  }
  for (unsigned i = 0; i < CODE_SIZE / 2; i++) {
    code[i] = 0x9002;
  }
  base.pc = START;
  for (int i = 0; i < 32; i++) {
    base.x[i] = i * 0x0101010101010101;
    base.f[i] = 0xffffffff3f800000 + i;
  }
}

static struct test *test_begin(const char *name) {
  static struct test test;
  test.name = name;
  test.words = 0;
  test.in = base;
  return &test;
}

static void test_word(struct test *test, uint32_t word) {
  test->word[test->words++] = word;
}

static int word_size(uint32_t word) {
  return (word & 3) == 3 ? 4 : 2;
}

static void test_execute(struct test *test) {
  uint8_t *data = (uint8_t *) DATA;
  for (unsigned k = 0; k < DATA_SIZE; k++) {
    data[k] = pattern(k);
  }
  char *at = (char *) START;
  for (int i = 0; i < test->words; i++) {
    memcpy(at, &test->word[i], word_size(test->word[i]));
    at += word_size(test->word[i]);
  }
  char *end = at;
  __builtin___clear_cache((char *) START, end);
  running = test;
  __asm__ volatile(".option push\n.option rvc\nc.ebreak\n.option pop" ::: "memory");
  for (at = (char *) START; at < end; at += 2) {
    *(uint16_t *) at = 0x9002;
  }
}

static void print_differences(const struct state *from, const struct state *to) {
  for (int i = 1; i < 32; i++) {
    if (from->x[i] != to->x[i]) {
      printf(" x%d=%" PRIx64, i, to->x[i]);
    }
  }
  for (int i = 0; i < 32; i++) {
    if (from->f[i] != to->f[i]) {
      printf(" f%d=%" PRIx64, i, to->f[i]);
    }
  }
  if (from->fcsr != to->fcsr) {
    printf(" fcsr=%x", to->fcsr);
  }
}

/* The line that gives the base state: every register that is not zero. */
static void print_base(void) {
  static const struct state zero;
  printf("base %" PRIx64, base.pc);
  print_differences(&zero, &base);
  putchar('\n');
}

static void print_memory(void) {
  const uint8_t *data = (const uint8_t *) DATA;
  for (unsigned k = 0; k < DATA_SIZE; k++) {
    if (data[k] != pattern(k)) {
      printf(" m%x=", k);
      for (; k < DATA_SIZE && data[k] != pattern(k); k++) {
        printf("%02x", data[k]);
      }
    }
  }
}

/* name words { register=value } > end { register=value } { m offset=bytes }: see README.md. */
static void test_print(const struct test *test) {
  printf("%s ", test->name);
  for (int i = 0; i < test->words; i++) {
    printf(word_size(test->word[i]) == 4 ? "%s%08x" : "%s%04x", i ? "," : "", test->word[i]);
  }
  print_differences(&base, &test->in);
  const char *signal = test->signal == SIGTRAP ? "" : test->signal == SIGILL ? "ILL" : "SEGV";
  printf(" > %s%+" PRId64, signal, (int64_t) (test->out.pc - START));
  print_differences(&test->in, &test->out);
  print_memory();
  putchar('\n');
}

static void test_run(struct test *test) {
  test_execute(test);
  test_print(test);
}

#endif
