// ps kill sleep env time id whoami, and what /proc says of processes
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../shell/shell.h"
#include "../userland.h"

static long status_value(const char *status, const char *name, long otherwise) {
  const char *line = strstr(status, name);
  return line ? strtol(line + strlen(name), NULL, 10) : otherwise;
}

bool process_read(int pid, struct process *p) {
  char path[64], text[4096];
  memset(p, 0, sizeof *p);
  p->pid = pid;
  p->state = '?';
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  if (!slurp(path, text, sizeof text)) {
    return false;
  }
  const char *name = strstr(text, "Name:\t");
  if (name) {
    snprintf(p->name, sizeof p->name, "%.*s", (int)strcspn(name + 6, "\n"), name + 6);
  }
  const char *state = strstr(text, "State:\t");
  if (state) {
    p->state = state[7];
  }
  p->parent = (int)status_value(text, "PPid:\t", 0);
  p->uid = (int)status_value(text, "Uid:\t", 0);
  p->resident_kb = status_value(text, "VmRSS:\t", 0);
  p->size_kb = status_value(text, "VmSize:\t", p->resident_kb);
  p->threads = (int)status_value(text, "Threads:\t", 1);
  snprintf(p->terminal, sizeof p->terminal, "?");
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  char *after;
  if (slurp(path, text, sizeof text) && (after = strrchr(text, ')')) != NULL) {
    long terminal = 0, user = 0, system = 0, theirs = 0, systems = 0, started = 0;
    sscanf(after + 1, " %*c %*d %d %d %ld %*d %*u %*u %*u %*u %*u %ld %ld %ld %ld %*d %*d %*d %*d %ld", &p->group,
           &p->session, &terminal, &user, &system, &theirs, &systems, &started);
    p->children_ticks = theirs + systems;
    p->cpu_ticks = user + system;
    p->started_ticks = started;
    if (terminal) {
      unsigned major = (unsigned)terminal >> 8 & 0xfff, minor = (terminal & 0xff) | (terminal >> 12 & 0xfff00);
      snprintf(p->terminal, sizeof p->terminal, major >= 136 && major < 144 ? "pts/%u" : "tty%u", minor);
    }
  }
  return true;
}

static int by_number(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

int process_list(int **pids) {
  DIR *directory = opendir("/proc");
  struct dirent *entry;
  int count = 0;
  *pids = NULL;
  while (directory && (entry = readdir(directory)) != NULL) {
    long pid;
    if (number_of(entry->d_name, &pid)) {
      *pids = realloc(*pids, (count + 1) * sizeof **pids);
      (*pids)[count++] = (int)pid;
    }
  }
  if (directory) {
    closedir(directory);
  }
  qsort(*pids, count, sizeof **pids, by_number);
  return count;
}

void process_command(const struct process *p, char *text, size_t room) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/cmdline", p->pid);
  FILE *file = fopen(path, "re");
  size_t length = file ? fread(text, 1, room - 1, file) : 0;
  if (file) {
    fclose(file);
  }
  while (length && text[length - 1] == 0) {
    length--;
  }
  if (length == 0 || p->state == 'Z') {
    snprintf(text, room, p->state == 'Z' ? "[%s] <defunct>" : "[%s]", p->name);
    return;
  }
  for (size_t i = 0; i < length; i++) {
    if ((unsigned char)text[i] < 32) {
      text[i] = ' ';
    }
  }
  text[length] = 0;
}

static long hertz(void) {
  return sysconf(_SC_CLK_TCK);
}

static void user_text(int uid, char *text, size_t room) {
  struct user user;
  if (user_by_id(uid, &user)) {
    snprintf(text, room, "%s", user.name);
  } else {
    snprintf(text, room, "%d", uid);
  }
}

int ps_main(int argc, char **argv) {
  bool all = false, long_form = false, full = false;
  for (int i = 1; i < argc; i++) {
    for (const char *c = argv[i]; *c; c++) {
      all |= *c == 'a' || *c == 'x' || *c == 'e' || *c == 'A';
      full |= *c == 'u' || *c == 'f';
      long_form |= *c == 'l';
      if (!strchr("-axeAuflw", *c)) {
        return usage("ps [-aeflux]");
      }
    }
  }
  struct process own;
  process_read(getpid(), &own);
  printf(full        ? "USER       PID  PPID   RSS TTY      STAT   TIME COMMAND\n"
         : long_form ? "  UID   PID  PPID  PGID   SID   RSS STAT TTY        TIME COMMAND\n"
                     : "  PID TTY      STAT   TIME COMMAND\n");
  int *pids, count = process_list(&pids);
  for (int i = 0; i < count; i++) {
    struct process p;
    char command[512], user[64], used[32];
    if (!process_read(pids[i], &p)) {
      continue;
    }
    // Without a terminal there is nothing that tells one's own from the others'.
    if (!all && own.terminal[0] != '?' && strcmp(p.terminal, own.terminal)) {
      continue;
    }
    process_command(&p, command, sizeof command);
    user_text(p.uid, user, sizeof user);
    long seconds = p.cpu_ticks / hertz();
    snprintf(used, sizeof used, "%ld:%02ld", seconds / 60, seconds % 60);
    if (full) {
      printf("%-8s %5d %5d %5ld %-8s %-4c %6s %s\n", user, p.pid, p.parent, p.resident_kb, p.terminal, p.state, used,
             command);
    } else if (long_form) {
      printf("%5d %5d %5d %5d %5d %5ld %-4c %-8s %6s %s\n", p.uid, p.pid, p.parent, p.group, p.session, p.resident_kb,
             p.state, p.terminal, used, command);
    } else {
      printf("%5d %-8s %-4c %6s %s\n", p.pid, p.terminal, p.state, used, command);
    }
  }
  free(pids);
  return 0;
}

int kill_main(int argc, char **argv) {
  sh.name = "kill"; // the same as the shell's, without jobs
  return builtin_kill(argc, argv);
}

int sleep_main(int argc, char **argv) {
  if (argc < 2) {
    return usage("sleep SECONDS ...");
  }
  double seconds = 0;
  for (int i = 1; i < argc; i++) {
    char *end;
    double value = strtod(argv[i], &end);
    double unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : 1;
    if (end == argv[i] || value < 0 || (*end && (end[1] || !strchr("smhd", *end)))) {
      return trouble("%s: not a time", argv[i]);
    }
    seconds += value * unit;
  }
  struct timespec left = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
  while (nanosleep(&left, &left) && errno == EINTR) {
  }
  return 0;
}

static _Noreturn void run_program(char **argv) {
  execvp(argv[0], argv);
  int status = errno == ENOENT ? 127 : 126;
  problem("%s", argv[0]);
  exit(status);
}

int nice_main(int argc, char **argv) {
  static const char how[] = "nice [-n MORE] [PROGRAM [ARGUMENT ...]]";
  long more = 10;
  int i = 1;
  if (argc > 2 && strcmp(argv[1], "-n") == 0) {
    i = number_of(argv[2], &more) ? 3 : -1;
  } else if (argc > 1 && argv[1][0] == '-') {
    const char *number = argv[1] + (argv[1][1] == 'n' ? 2 : 1);
    i = number_of(number, &more) ? 2 : -1;
  }
  if (i < 0 || (i > 1 && i == argc)) {
    usage(how);
    return 125;
  }
  errno = 0;
  int now = getpriority(PRIO_PROCESS, 0);
  if (now == -1 && errno) {
    return problem("the nice value");
  }
  if (i == argc) {
    printf("%d\n", now);
    return 0;
  }
  if (setpriority(PRIO_PROCESS, 0, now + (int)more)) {
    problem("not nicer by %ld", more); // GNU's runs the program all the same
  }
  run_program(argv + i);
}

int env_main(int argc, char **argv) {
  extern char **environ;
  int i = 1;
  for (; i < argc && argv[i][0] == '-'; i++) {
    if (strcmp(argv[i], "-i") == 0 || strcmp(argv[i], "-") == 0) {
      clearenv();
    } else if (strcmp(argv[i], "-u") == 0 && i + 1 < argc) {
      unsetenv(argv[++i]);
    } else {
      return usage("env [-i] [-u NAME] [NAME=VALUE ...] [PROGRAM [ARGUMENT ...]]");
    }
  }
  for (; i < argc && strchr(argv[i], '='); i++) {
    putenv(argv[i]);
  }
  if (i < argc) {
    run_program(argv + i);
  }
  for (char **each = environ; each && *each; each++) {
    puts(*each);
  }
  return 0;
}

static void print_seconds(const char *what, long seconds, long micros) {
  fprintf(stderr, "%s\t%ldm%ld.%03lds\n", what, seconds / 60, seconds % 60, micros / 1000);
}

int time_main(int argc, char **argv) {
  if (argc < 2) {
    return usage("time PROGRAM [ARGUMENT ...]");
  }
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  pid_t pid = fork();
  if (pid == 0) {
    run_program(argv + 1);
  }
  int status = 0;
  struct rusage used = {0};
  restarted(wait4(pid, &status, 0, &used));
  clock_gettime(CLOCK_MONOTONIC, &to);
  long nanos = to.tv_nsec - from.tv_nsec, seconds = to.tv_sec - from.tv_sec;
  if (nanos < 0) {
    nanos += 1000000000;
    seconds--;
  }
  fputc('\n', stderr);
  print_seconds("real", seconds, nanos / 1000);
  print_seconds("user", used.ru_utime.tv_sec, used.ru_utime.tv_usec);
  print_seconds("sys", used.ru_stime.tv_sec, used.ru_stime.tv_usec);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int id_main(int argc, char **argv) {
  char user[64], group[64];
  user_text(geteuid(), user, sizeof user);
  if (!group_name(getegid(), group, sizeof group)) {
    snprintf(group, sizeof group, "%d", getegid());
  }
  if (argc > 1 && strcmp(argv[1], "-u") == 0) {
    printf("%d\n", geteuid());
  } else if (argc > 1 && strcmp(argv[1], "-g") == 0) {
    printf("%d\n", getegid());
  } else if (argc > 1 && strcmp(argv[1], "-un") == 0) {
    puts(user);
  } else if (argc > 1) {
    return usage("id [-u | -g | -un]");
  } else {
    printf("uid=%d(%s) gid=%d(%s)\n", geteuid(), user, getegid(), group);
  }
  return 0;
}

int whoami_main(int argc, char **argv) {
  (void)argc, (void)argv;
  char user[64];
  user_text(geteuid(), user, sizeof user);
  puts(user);
  return 0;
}
