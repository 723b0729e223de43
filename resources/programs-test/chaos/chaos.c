// Makes system calls at random: chaos SEED CHILDREN. Each child makes a hundred and twenty and ends, or
// hangs until its alarm, or kills itself. Says "done" whatever they did: that the kernel outlives it
// is all that is asked.
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { CALLS = 120, LAST_CALL = 445, VFORK = 0x4000 };

static unsigned long state;
static char buffer[65536] __attribute__((aligned(4096)));

static const char *const paths[] = {
    "/",           "/tmp",        "/tmp/a",  "/tmp/b",   "/mfs/2/tmp",      "/mfs/2/tmp/a",
    "/mfs/here",   "/mfs",        "/proc",   "/dev/null", "/proc/self/lock", "/proc/self/where",
    "/dev/ptmx",   "/dev/tty",    "",        "..",       "../..",           "/mfs/2/../../..",
    "a",           "b",           "/tmp/f",  ".",        "/proc/self/fd/3", "/../../tmp/a",
    "/dev/zero",   "/dev/pts/0",  "/proc/hpc/admin/speed",
};

static unsigned long draw(void) { // xorshift
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

// A number of the kinds that calls look for: descriptors, flags, sizes, pointers good and bad.
static unsigned long argument(void) {
  switch (draw() % 18) {
    case 0: return 0;
    case 1: return 1;
    case 2: return -1ul;
    case 3: return draw() % 12;
    case 4: return -100ul;
    case 5: return (unsigned long)buffer + draw() % 4096 * 8;
    case 6:
    case 7: return (unsigned long)paths[draw() % COUNT(paths)];
    case 8: return draw();
    case 9: return draw() & 0xffff;
    case 10: return 1ul << draw() % 64;
    case 11: return (unsigned long)buffer;
    case 12: return 0x7fffffff;
    case 13: return 0x80000000ul;
    case 14: return 4096;
    case 15: return 1ul << draw() % 20 | 1ul << draw() % 20;
    case 16: return 3 + draw() % 5;
    default: return draw() % 64;
  }
}

// What would end the child at once, or somebody else, is left out or made seldom.
static bool left_out(long call) {
  switch (call) {
    case SYS_exit:
    case SYS_exit_group:
    case SYS_rt_sigreturn:
    case SYS_execve: return true;
    case SYS_kill:
    case SYS_tkill:
    case SYS_tgkill:
    case SYS_rt_sigqueueinfo:
    case SYS_clone: return draw() % 4 != 0;
    default: return call > SYS_statx && call < SYS_clone3 - 1;
  }
}

static void child(void) {
  alarm(2);
  for (size_t i = 0; i < sizeof buffer; i += sizeof(long)) {
    *(unsigned long *)(buffer + i) = draw() % 3 ? argument() : 0;
  }
  for (int i = 0; i < CALLS; i++) {
    long call;
    do {
      call = draw() % LAST_CALL;
    } while (left_out(call));
    unsigned long a[6];
    for (size_t j = 0; j < COUNT(a); j++) {
      a[j] = argument();
    }
    if (call == SYS_kill || call == SYS_rt_sigqueueinfo) {
      a[0] = getpid();
    }
    if (call == SYS_clone) {
      a[0] &= ~(unsigned long)VFORK; // nobody would end the wait
    }
    syscall(call, a[0], a[1], a[2], a[3], a[4], a[5]);
  }
  _exit(0);
}

int main(int argc, char **argv) {
  unsigned long seed = argc > 1 ? atol(argv[1]) : 1;
  int children = argc > 2 ? atoi(argv[2]) : 1;
  for (int i = 0; i < children; i++) {
    pid_t pid = fork();
    if (pid == 0) {
      state = seed * 7919 + i * 104729 + 1;
      for (int j = 0; j < 20; j++) {
        draw();
      }
      child();
    }
    for (int waited = 0; waited < 300 && waitpid(pid, NULL, WNOHANG) != pid; waited++) {
      usleep(10000);
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
  }
  return write(1, "done\n", 5) != 5;
}
