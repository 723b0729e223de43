// mingetty, getty, login: from a line to a shell.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "../userland.h"

static bool ask(const char *question, char *answer, size_t room) {
  fputs(question, stdout);
  fflush(stdout);
  size_t length = 0;
  char c;
  while (restarted(read(0, &c, 1)) == 1) {
    if (c == '\n') {
      answer[length] = 0;
      return true;
    }
    if (length + 1 < room) {
      answer[length++] = c;
    }
  }
  answer[length] = 0;
  return length > 0;
}

static _Noreturn void become(const struct user *user) {
  static char variables[4][192];
  snprintf(variables[0], sizeof variables[0], "HOME=%s", user->home);
  snprintf(variables[1], sizeof variables[1], "USER=%s", user->name);
  snprintf(variables[2], sizeof variables[2], "LOGNAME=%s", user->name);
  snprintf(variables[3], sizeof variables[3], "SHELL=%s", *user->shell ? user->shell : "/bin/sh");
  for (int i = 0; i < 4; i++) {
    putenv(variables[i]);
  }
  if (getenv("PATH") == NULL) {
    putenv("PATH=/bin:/usr/bin:/sbin:/usr/sbin");
  }
  if (setgid(user->gid) || setuid(user->uid)) {
    exit(problem("%s", user->name));
  }
  if (chdir(user->home)) {
    (void)!chdir("/");
  }
  const char *shell = *user->shell ? user->shell : "/bin/sh";
  const char *slash = strrchr(shell, '/');
  char name[64];
  snprintf(name, sizeof name, "-%s", slash ? slash + 1 : shell); // a login shell
  execl(shell, name, (char *)NULL);
  exit(problem("%s", shell));
}

int login_main(int argc, char **argv) {
  bool known = argc > 2 && strcmp(argv[1], "-f") == 0; // somebody else has asked already
  char name[64];
  struct user user;
  for (int tries = 0; tries < 5; tries++) {
    if (argc > 1 + known && tries == 0) {
      snprintf(name, sizeof name, "%s", argv[1 + known]);
    } else if (!ask("login: ", name, sizeof name)) {
      return 1;
    }
    if (*name == 0) {
      continue;
    }
    if (user_by_name(name, &user)) {
      char motd[2048];
      if (slurp("/etc/motd", motd, sizeof motd) && *motd) {
        puts(motd);
      }
      fflush(stdout);
      become(&user); // nobody has a password here: a node belongs to who looks at it
    }
    puts("Login incorrect");
  }
  return 1;
}

// The terminal of who sits down at a console: until somebody does, this waits, as a getty on a
// serial line waits for the carrier. Which terminal it is comes through a FIFO.
static int console(const char *line) {
  char path[64], device[64] = "";
  snprintf(path, sizeof path, "/var/run/%.40s", line);
  int waits = open(path, O_RDONLY | O_CLOEXEC), fd = -1;
  size_t length = 0;
  while (waits >= 0 && fd < 0) {
    if (restarted(read(waits, device + length, 1)) != 1) {
      break;
    }
    if (device[length] == 0) {
      fd = open(device, O_RDWR | O_NOCTTY); // it may be gone again
      length = 0;
    } else if (++length == sizeof device) {
      length = 0;
    }
  }
  while (fd < 0) { // no such console; init would start this again and again
    pause();
  }
  close(waits);
  setenv("TERM", "xterm", 1);
  return fd;
}

int mingetty_main(int argc, char **argv) {
  const char *line = NULL;
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] != '-' && argv[i][0] != '3') { // not a speed
      line = argv[i];
    }
  }
  if (line) {
    int fd = console(line);
    setsid();
    ioctl(fd, TIOCSCTTY, 0);
    dup2(fd, 0);
    dup2(fd, 1);
    dup2(fd, 2);
    if (fd > 2) {
      close(fd);
    }
  }
  struct utsname names;
  char issue[512];
  uname(&names);
  if (slurp("/etc/issue", issue, sizeof issue)) {
    puts(issue);
  }
  char name[64], question[128];
  snprintf(question, sizeof question, "%.64s login: ", names.nodename);
  do {
    if (!ask(question, name, sizeof name)) {
      return 1;
    }
  } while (*name == 0);
  execl("/bin/login", "login", name, (char *)NULL);
  return problem("/bin/login");
}

int getty_main(int argc, char **argv) {
  return mingetty_main(argc, argv);
}
