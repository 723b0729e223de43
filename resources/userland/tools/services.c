// launchd, sshd: the services through which programs and logins come to a node from outside.
//
// Each reads requests from a FIFO whose writing end is the operator's. A request ends with a zero
// byte. launchd's is "OUTPUT ERRORS COMMAND": devices to write to ("-" for none) and what the shell
// is to run as the node's user. sshd's is "TERMINAL COMMAND", run as root. Whatever they start has
// their lock, as what any other daemon starts would.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "../userland.h"

enum { LONGEST = 65536 };

// Opens a device as that descriptor, or ends.
static void open_as(int descriptor, const char *device, int flags) {
  int fd = open(strcmp(device, "-") == 0 ? "/dev/null" : device, flags);
  if (fd < 0) {
    _exit(problem("%s", device));
  }
  if (fd != descriptor) {
    dup2(fd, descriptor);
    close(fd);
  }
}

static void set(const char *name, const char *value) {
  if (setenv(name, value, 1)) {
    _exit(problem("%s", name));
  }
}

static void identify(const struct user *user) {
  set("HOME", user->home);
  set("USER", user->name);
  set("LOGNAME", user->name);
  set("SHELL", *user->shell ? user->shell : "/bin/sh");
  if (setgid(user->gid) || setuid(user->uid)) {
    _exit(problem("%s", user->name));
  }
  if (chdir(user->home)) {
    (void)!chdir("/");
  }
}

// Goes into the background and serves a FIFO for ever: each request in a child of its own.
static int serve(const char *path, void (*child)(char *request)) {
  static char buffer[LONGEST];
  size_t length = 0;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return problem("%s", path);
  }
  pid_t daemon = fork();
  if (daemon != 0) {
    return daemon < 0 ? problem("cannot fork") : 0;
  }
  setsid();
  signal(SIGCHLD, SIG_IGN); // Nobody asks how they end.
  for (;;) {
    ssize_t n = restarted(read(fd, buffer + length, LONGEST - length));
    if (n <= 0) {
      return n == 0 ? 0 : problem("%s", path);
    }
    length += n;
    char *end;
    while ((end = memchr(buffer, 0, length)) != NULL) {
      pid_t pid = fork();
      if (pid == 0) {
        setsid();
        signal(SIGCHLD, SIG_DFL);
        child(buffer);
        _exit(127);
      }
      if (pid < 0) {
        problem("cannot fork");
      }
      size_t taken = end + 1 - buffer;
      length -= taken;
      memmove(buffer, buffer + taken, length);
    }
    if (length == LONGEST) {
      trouble("%s: a request without an end", path);
      length = 0;
    }
  }
}

static struct user launching;

static void launch(char *request) {
  char *output = strsep(&request, " "), *errors = strsep(&request, " ");
  if (request == NULL) {
    trouble("a request is OUTPUT ERRORS COMMAND");
    return;
  }
  open_as(0, output, O_RDWR);
  dup2(0, 1);
  open_as(2, errors, O_WRONLY);
  identify(&launching);
  execl("/bin/sh", "sh", "-l", "-c", request, (char *)NULL);
  problem("/bin/sh");
}

int launchd_main(int argc, char **argv) {
  const char *name = argc == 3 && strcmp(argv[1], "-u") == 0 ? argv[2] : "root";
  if (argc != 1 && argc != 3) {
    return usage("launchd [-u USER]");
  }
  if (!user_by_name(name, &launching)) {
    return trouble("%s: no such user", name);
  }
  return serve("/var/run/launch", launch);
}

static void let_in(char *request) {
  char *terminal = strsep(&request, " ");
  struct user root;
  if (request == NULL) {
    trouble("a request is TERMINAL COMMAND");
    return;
  }
  if (!user_by_id(0, &root)) {
    trouble("root: no such user");
    return;
  }
  open_as(0, terminal, O_RDWR); // The first terminal of a session's leader becomes its own.
  ioctl(0, TIOCSCTTY, 0);
  dup2(0, 1);
  dup2(0, 2);
  identify(&root);
  set("TERM", "xterm");
  execl("/bin/sh", "sh", "-c", request, (char *)NULL);
  problem("/bin/sh");
}

int sshd_main(int argc, char **argv) {
  (void)argv;
  return argc > 1 ? usage("sshd") : serve("/var/run/login", let_in);
}
