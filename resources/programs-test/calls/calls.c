/*
 * calls MODE COUNT: makes COUNT calls of a kind, and says on standard output how many nanoseconds of
 * its own clock they took. For CallsBench, which also runs it under other kernels.
 *
 *   local   getppid(2), which no C library answers by itself
 *   away    the same on another node of a cluster: it goes to node 2 first
 *   pipe    a byte to a child and back, through two pipes
 *   exec    fork, exec of this program (mode nothing), wait
 *   nothing ends
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static long long nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void go_to_node_2(void) {
  char where[8] = "";
  int go = open("/proc/self/goto", O_WRONLY), look = -1;
  if (go < 0 || write(go, "2\n", 2) != 2) {
    fail("goto");
  }
  close(go);
  usleep(200000);
  look = open("/proc/self/where", O_RDONLY);
  if (look < 0 || read(look, where, sizeof where - 1) < 1 || where[0] != '2') {
    fail("where");
  }
  close(look);
}

static void ask(long count) {
  for (long i = 0; i < count; i++) {
    syscall(SYS_getppid);
  }
}

static void echo(int in, int out) {
  char byte;
  while (read(in, &byte, 1) == 1) {
    if (write(out, &byte, 1) != 1) {
      _exit(1);
    }
  }
  _exit(0);
}

int main(int argc, char **argv) {
  long count = argc > 2 ? atol(argv[2]) : 0;
  if (argc > 1 && strcmp(argv[1], "nothing") == 0) {
    return 0;
  }
  if (count < 1) {
    fprintf(stderr, "use: calls {local|away|pipe|exec} COUNT\n");
    return 2;
  }
  long long from = 0;
  if (strcmp(argv[1], "pipe") == 0) {
    int there[2], back[2];
    char byte = 'x';
    if (pipe(there) || pipe(back)) {
      fail("pipe");
    }
    pid_t child = fork();
    if (child == 0) {
      close(there[1]);
      close(back[0]);
      echo(there[0], back[1]);
    }
    close(there[0]);
    close(back[1]);
    from = nanos();
    for (long i = 0; i < count; i++) {
      if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) {
        fail("round trip");
      }
    }
  } else if (strcmp(argv[1], "exec") == 0) {
    char *arguments[] = {"calls", "nothing", NULL}, *environment[] = {NULL};
    from = nanos();
    for (long i = 0; i < count; i++) {
      int status;
      pid_t child = fork();
      if (child == 0) {
        execve("/proc/self/exe", arguments, environment);
        _exit(1);
      }
      if (waitpid(child, &status, 0) != child || status != 0) {
        fail("exec");
      }
    }
  } else {
    if (strcmp(argv[1], "away") == 0) {
      go_to_node_2();
    }
    from = nanos();
    ask(count);
  }
  printf("%lld\n", nanos() - from);
  return 0;
}
