// uname hostname mount df free date clear stty update shutdown
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ioctl.h>
#include <sys/statfs.h>
#include <sys/utsname.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../userland.h"

int uname_main(int argc, char **argv) {
  struct utsname names;
  bool wanted[5] = {false};
  uname(&names);
  const char *parts[] = {names.sysname, names.nodename, names.release, names.version, names.machine};
  for (int i = 1; i < argc; i++) {
    for (const char *c = argv[i] + (argv[i][0] == '-'); *c; c++) {
      const char *known = strchr("snrvm", *c);
      if (*c == 'a') {
        memset(wanted, 1, sizeof wanted);
      } else if (known) {
        wanted[known - (const char *)strchr("snrvm", 's')] = false;
        wanted[strcspn("snrvm", (char[]){*c, 0})] = true;
      } else {
        return usage("uname [-asnrvm]");
      }
    }
  }
  wanted[0] |= argc == 1;
  bool before = false;
  for (int i = 0; i < 5; i++) {
    if (wanted[i]) {
      printf("%s%s", before ? " " : "", parts[i]);
      before = true;
    }
  }
  putchar('\n');
  return 0;
}

int hostname_main(int argc, char **argv) {
  struct utsname names;
  (void)argv;
  if (argc > 1) {
    return trouble("a node's name is set by its scenario");
  }
  uname(&names);
  puts(names.nodename);
  return 0;
}

// mount -o remount,OPTIONS DIRECTORY: only options of what is mounted can change (mount(8)).
static int remount(char *options, const char *place) {
  char rest[256] = "";
  int again = 0;
  for (char *each = strtok(options, ","); each != NULL; each = strtok(NULL, ",")) {
    if (strcmp(each, "remount") == 0) {
      again = 1;
    } else {
      snprintf(rest + strlen(rest), sizeof rest - strlen(rest), "%s%s", *rest ? "," : "", each);
    }
  }
  if (!again) {
    return trouble("what a node mounts is set when it is switched on; only -o remount,... changes it");
  }
  return mount("none", place, "", MS_REMOUNT, rest) ? problem("%s", place) : 0;
}

int mount_main(int argc, char **argv) {
  if (argc == 4 && strcmp(argv[1], "-o") == 0) {
    return remount(argv[2], argv[3]);
  }
  if (argc > 1) {
    return trouble("usage: mount, or mount -o remount,dfsa=0 /mfs, or mount -o remount,dfsa=1 /mfs");
  }
  FILE *file = fopen("/proc/mounts", "re");
  if (file == NULL) {
    return problem("/proc/mounts");
  }
  char line[512], device[128], place[256], kind[64], options[128];
  while (fgets(line, sizeof line, file)) {
    if (sscanf(line, "%127s %255s %63s %127s", device, place, kind, options) == 4) {
      printf("%s on %s type %s (%s)\n", device, place, kind, options);
    }
  }
  fclose(file);
  return 0;
}

static int df_line(const char *device, const char *place) {
  struct statfs s;
  if (statfs(place, &s)) {
    return problem("%s", place);
  }
  unsigned long unit = s.f_bsize ? s.f_bsize : 4096;
  unsigned long total = s.f_blocks * unit / 1024, left = s.f_bavail * unit / 1024;
  unsigned long used = (s.f_blocks - s.f_bfree) * unit / 1024;
  unsigned long percent = used + left ? (used * 100 + used + left - 1) / (used + left) : 0;
  printf("%-12s %10lu %10lu %10lu %4lu%% %s\n", device, total, used, left, percent, place);
  return 0;
}

int df_main(int argc, char **argv) {
  puts("Filesystem    1K-blocks       Used  Available  Use% Mounted on");
  int status = 0;
  if (argc > 1) {
    for (int i = 1; i < argc; i++) {
      if (argv[i][0] != '-') {
        status |= df_line("-", argv[i]);
      }
    }
    return status;
  }
  FILE *file = fopen("/proc/mounts", "re");
  if (file == NULL) {
    return df_line("-", "/");
  }
  char line[512], device[128], place[256], kind[64];
  while (fgets(line, sizeof line, file)) {
    // The cluster's file system adds nothing of its own (reference section 6.2: its totals mean nothing).
    if (sscanf(line, "%127s %255s %63s", device, place, kind) == 3 && strcmp(kind, "proc") && strcmp(kind, "mfs")) {
      status |= df_line(device, place);
    }
  }
  fclose(file);
  return status;
}

static long meminfo(const char *text, const char *name) {
  const char *line = strstr(text, name);
  return line ? strtol(line + strlen(name), NULL, 10) : 0;
}

int free_main(int argc, char **argv) {
  (void)argc, (void)argv;
  char text[4096];
  if (!slurp("/proc/meminfo", text, sizeof text)) {
    return problem("/proc/meminfo");
  }
  long total = meminfo(text, "MemTotal:"), left = meminfo(text, "MemFree:");
  long swap = meminfo(text, "SwapTotal:"), swap_left = meminfo(text, "SwapFree:");
  printf("              total       used       free\n");
  printf("Mem:     %10ld %10ld %10ld\n", total, total - left, left);
  printf("Swap:    %10ld %10ld %10ld\n", swap, swap - swap_left, swap_left);
  return 0;
}

int date_main(int argc, char **argv) {
  time_t now = time(NULL);
  char text[256];
  const char *format = "%a %b %e %H:%M:%S UTC %Y";
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] == '+') {
      format = argv[i] + 1;
    } else if (strcmp(argv[i], "-u")) {
      return usage("date [+FORMAT]");
    }
  }
  strftime(text, sizeof text, format, gmtime(&now));
  puts(text);
  return 0;
}

int clear_main(int argc, char **argv) {
  (void)argc, (void)argv;
  fputs("\033[H\033[2J", stdout);
  return 0;
}

// ---- stty

static const struct {
  const char *name;
  int set; // which word of the modes
  tcflag_t flag;
} modes[] = {{"echo", 3, ECHO},   {"icanon", 3, ICANON}, {"isig", 3, ISIG},     {"iexten", 3, IEXTEN},
             {"echoe", 3, ECHOE}, {"echok", 3, ECHOK},   {"tostop", 3, TOSTOP}, {"icrnl", 0, ICRNL},
             {"inlcr", 0, INLCR}, {"ixon", 0, IXON},     {"opost", 1, OPOST},   {"onlcr", 1, ONLCR}};

static tcflag_t *word_of(struct termios *t, int set) {
  return set == 0 ? &t->c_iflag : set == 1 ? &t->c_oflag : set == 2 ? &t->c_cflag : &t->c_lflag;
}

int stty_main(int argc, char **argv) {
  struct termios t;
  struct winsize size = {0};
  if (tcgetattr(0, &t)) {
    return problem("standard input");
  }
  ioctl(0, TIOCGWINSZ, &size);
  if (argc == 1 || strcmp(argv[1], "-a") == 0) {
    printf("rows %d; columns %d;\n", size.ws_row, size.ws_col);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
      printf("%s%s%s", i ? " " : "", *word_of(&t, modes[i].set) & modes[i].flag ? "" : "-", modes[i].name);
    }
    putchar('\n');
    return 0;
  }
  if (strcmp(argv[1], "size") == 0) {
    printf("%d %d\n", size.ws_row, size.ws_col);
    return 0;
  }
  for (int i = 1; i < argc; i++) {
    bool off = argv[i][0] == '-';
    const char *name = argv[i] + off;
    long value;
    if (strcmp(name, "sane") == 0) {
      t.c_iflag |= ICRNL | IXON;
      t.c_oflag |= OPOST | ONLCR;
      t.c_lflag |= ECHO | ECHOE | ECHOK | ICANON | ISIG | IEXTEN;
      continue;
    }
    if (strcmp(name, "raw") == 0) {
      if (off) {
        t.c_iflag |= ICRNL;
        t.c_oflag |= OPOST;
        t.c_lflag |= ICANON | ISIG;
      } else {
        cfmakeraw(&t);
      }
      continue;
    }
    if ((strcmp(name, "rows") == 0 || strcmp(name, "cols") == 0 || strcmp(name, "columns") == 0) && i + 1 < argc &&
        number_of(argv[i + 1], &value)) {
      *(name[0] == 'r' ? &size.ws_row : &size.ws_col) = (unsigned short)value;
      i++;
      if (ioctl(0, TIOCSWINSZ, &size)) {
        return problem("the size");
      }
      continue;
    }
    size_t known = 0;
    while (known < sizeof modes / sizeof *modes && strcmp(modes[known].name, name)) {
      known++;
    }
    if (known == sizeof modes / sizeof *modes) {
      return trouble("%s: no such mode", argv[i]);
    }
    tcflag_t *word = word_of(&t, modes[known].set);
    *word = off ? *word & ~modes[known].flag : *word | modes[known].flag;
  }
  return tcsetattr(0, TCSADRAIN, &t) ? problem("standard input") : 0;
}

// ---- what boot files start

// Wrote dirty buffers to disk every 30 seconds; here it only stands for a daemon.
int update_main(int argc, char **argv) {
  (void)argc, (void)argv;
  for (;;) {
    sync();
    sleep(30);
  }
}

int shutdown_main(int argc, char **argv) {
  (void)argc, (void)argv;
  int pid = init_pid();
  return pid == 0 || kill(pid, SIGTERM) ? problem("init") : 0;
}
