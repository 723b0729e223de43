// init, telinit: what a node starts with.
//
// init reads /etc/inittab (id:levels:action:command) and keeps what it says: sysinit, boot and
// bootwait once at the start; wait, once and respawn in the levels they name; ctrlaltdel at SIGINT.
// It takes note of every orphan's end.
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../userland.h"

static const char wanted_level[] = "/var/run/initlevel";

struct line {
  struct line *next;
  char id[16], levels[16], action[16];
  char command[256];
  pid_t pid;
  int starts;    // in the current two minutes
  time_t since;  // when they began
  time_t again;  // not before this
  bool done;
  bool listed;
};

static struct line *lines;
static char level = '3';
static volatile sig_atomic_t changed, three_keys, ending;

static void on_signal(int number) {
  if (number == SIGHUP) {
    changed = 1;
  } else if (number == SIGINT) {
    three_keys = 1;
  } else if (number == SIGTERM) {
    ending = 1;
  }
}

static struct line *line_named(const char *id) {
  struct line **at = &lines;
  while (*at && strcmp((*at)->id, id)) {
    at = &(*at)->next;
  }
  if (*at == NULL) {
    *at = calloc(1, sizeof **at);
    snprintf((*at)->id, sizeof (*at)->id, "%s", id);
  }
  return *at;
}

static void read_inittab(void) {
  FILE *file = fopen("/etc/inittab", "re");
  char text[512];
  if (file == NULL) {
    problem("/etc/inittab");
    return;
  }
  for (struct line *line = lines; line; line = line->next) {
    line->listed = false;
  }
  while (fgets(text, sizeof text, file)) {
    text[strcspn(text, "\n")] = 0;
    char *at = text;
    while (isspace((unsigned char)*at)) {
      at++;
    }
    if (*at == 0 || *at == '#') {
      continue;
    }
    char *id = strsep(&at, ":"), *levels = strsep(&at, ":"), *action = strsep(&at, ":");
    if (at == NULL) {
      trouble("/etc/inittab: %s: a line is id:levels:action:command", id);
      continue;
    }
    struct line *line = line_named(id);
    line->listed = true;
    snprintf(line->levels, sizeof line->levels, "%s", levels);
    snprintf(line->action, sizeof line->action, "%s", action);
    snprintf(line->command, sizeof line->command, "%s", at);
    if (strcmp(action, "initdefault") == 0 && *levels) {
      level = *levels;
    }
  }
  fclose(file);
}

static bool is(const struct line *line, const char *action) {
  return strcmp(line->action, action) == 0;
}

static bool in_level(const struct line *line) {
  return line->listed && (line->levels[0] == 0 || strchr(line->levels, level));
}

static pid_t start(struct line *line) {
  pid_t pid = fork();
  if (pid != 0) {
    if (pid < 0) {
      problem("cannot fork");
    }
    return pid;
  }
  setsid();
  signal(SIGHUP, SIG_DFL);
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  char variable[16];
  snprintf(variable, sizeof variable, "RUNLEVEL=%c", level);
  putenv(variable);
  if (strpbrk(line->command, "~`!$^&*()=|\\{}[];\"'<>?")) { // the shell's work
    char command[300];
    snprintf(command, sizeof command, "exec %s", line->command);
    execl("/bin/sh", "sh", "-c", command, NULL);
  } else {
    char *argv[32];
    int argc = 0;
    for (char *at = line->command, *word; argc < 31 && (word = strsep(&at, " \t")) != NULL;) {
      if (*word) {
        argv[argc++] = word;
      }
    }
    argv[argc] = NULL;
    if (argc) {
      execvp(argv[0], argv);
    }
  }
  problem("%s", line->command);
  _exit(127);
}

static void note_end(pid_t pid) {
  for (struct line *line = lines; line; line = line->next) {
    if (line->pid == pid) {
      line->pid = 0;
    }
  }
}

static void run_and_wait(struct line *line) {
  line->done = true;
  pid_t pid = start(line);
  while (pid > 0) {
    pid_t ended = waitpid(-1, NULL, 0);
    if (ended == pid || (ended < 0 && errno != EINTR)) {
      return;
    }
    if (ended > 0) {
      note_end(ended);
    }
  }
}

static void at_boot(const char *action, bool waits) {
  for (struct line *line = lines; line; line = line->next) {
    if (is(line, action)) {
      if (waits) {
        run_and_wait(line);
      } else {
        line->done = true;
        start(line);
      }
    }
  }
}

enum { TOO_MANY = 10, WITHIN = 120, PAUSE = 300 };

// A program that ends at once must not keep the node busy.
static void respawn(struct line *line) {
  time_t now = time(NULL);
  if (now < line->again) {
    return;
  }
  if (now - line->since > WITHIN) {
    line->since = now;
    line->starts = 0;
  }
  if (++line->starts > TOO_MANY) {
    trouble("%s: starts too often; no more for %d seconds", line->id, PAUSE);
    line->again = now + PAUSE;
    line->starts = 0;
    return;
  }
  line->pid = start(line);
}

static void keep_up(void) {
  for (struct line *line = lines; line; line = line->next) {
    if (!in_level(line) || line->done) {
      continue;
    }
    if (is(line, "wait")) {
      run_and_wait(line);
    } else if (is(line, "once")) {
      line->done = true;
      line->pid = start(line);
    } else if (is(line, "respawn") && line->pid == 0) {
      respawn(line);
    }
  }
}

static void stop(struct line *line) {
  if (line->pid > 0) {
    kill(-line->pid, SIGTERM);
    kill(-line->pid, SIGCONT);
  }
}

static void change_level(void) {
  char text[8];
  char before = level;
  read_inittab();
  level = before; // initdefault is for the boot only
  if (slurp(wanted_level, text, sizeof text) && *text) {
    unlink(wanted_level);
    level = *text;
  }
  for (struct line *line = lines; line; line = line->next) {
    if (!in_level(line)) {
      stop(line);
    }
    if (level != before) {
      line->done = false;
    }
  }
}

static void three_keys_pressed(void) {
  for (struct line *line = lines; line; line = line->next) {
    if (is(line, "ctrlaltdel")) {
      start(line);
    }
  }
}

int init_main(int argc, char **argv) {
  (void)argc, (void)argv;
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGHUP, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  read_inittab();
  at_boot("sysinit", true);
  at_boot("boot", false);
  at_boot("bootwait", true);
  for (;;) {
    if (ending) {
      for (struct line *line = lines; line; line = line->next) {
        stop(line);
      }
      return 0;
    }
    if (three_keys) {
      three_keys = 0;
      three_keys_pressed();
    }
    if (changed) {
      changed = 0;
      change_level();
    }
    keep_up();
    pid_t pid = waitpid(-1, NULL, 0);
    if (pid > 0) {
      note_end(pid);
    } else if (errno == ECHILD) {
      pause();
    }
  }
}

int telinit_main(int argc, char **argv) {
  if (argc != 2 || strlen(argv[1]) != 1 || !strchr("0123456789qQsS", argv[1][0])) {
    return usage("telinit {0-9 | q}");
  }
  if (tolower((unsigned char)argv[1][0]) != 'q') {
    int fd = open(wanted_level, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0 || write(fd, argv[1], 1) != 1) {
      return problem("%s", wanted_level);
    }
    close(fd);
  }
  int pid = init_pid();
  return pid == 0 || kill(pid, SIGHUP) ? problem("init") : 0;
}

int init_pid(void) {
  int *pids, count = process_list(&pids), found = 0;
  for (int i = 0; i < count && !found; i++) {
    struct process p;
    if (process_read(pids[i], &p) && strcmp(p.name, "init") == 0 && p.parent == 0) {
      found = p.pid;
    }
  }
  free(pids);
  return found;
}
