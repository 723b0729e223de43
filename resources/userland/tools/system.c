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
  static const char letters[] = "snrvmo";
  struct utsname names;
  bool wanted[6] = {false};
  uname(&names);
  const char *parts[] = {names.sysname, names.nodename, names.release, names.version, names.machine, "GNU/Linux"};
  int c;
  while ((c = getopt(argc, argv, "asnrvmpio")) >= 0) {
    if (c == 'a') {
      memset(wanted, 1, sizeof wanted);
    } else if (c == 'p' || c == 'i') { // the processor and the platform are not known apart
      wanted[4] = true;
    } else if (c != '?') {
      wanted[strchr(letters, c) - letters] = true;
    } else {
      return usage("uname [-asnrvmpio]");
    }
  }
  if (optind < argc) {
    return usage("uname [-asnrvmpio]");
  }
  wanted[0] |= argc == 1;
  bool before = false;
  for (int i = 0; i < 6; i++) {
    if (wanted[i]) {
      printf("%s%s", before ? " " : "", parts[i]);
      before = true;
    }
  }
  putchar('\n');
  return 0;
}

// The address of a host after /etc/hosts; false if it has none.
static bool address_of(const char *host, char *address, size_t room) {
  FILE *file = fopen("/etc/hosts", "re");
  char line[512];
  bool found = false;
  while (file && !found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "#\n")] = 0;
    char *rest = line, *word = strsep(&rest, " \t");
    for (char *name; !found && (name = strsep(&rest, " \t")) != NULL;) {
      found = strcmp(name, host) == 0 && strncmp(word, "127.", 4);
    }
    if (found) {
      snprintf(address, room, "%s", word);
    }
  }
  if (file) {
    fclose(file);
  }
  return found;
}

int hostname_main(int argc, char **argv) {
  struct utsname names;
  char address[64];
  int c, what = 0;
  while ((c = getopt(argc, argv, "sfiId")) >= 0) {
    if (c == '?') {
      return usage("hostname [-sfdiI]");
    }
    what = c;
  }
  if (optind < argc) {
    return trouble("a node's name is set by its scenario");
  }
  uname(&names);
  if (what == 'i' || what == 'I') {
    if (!address_of(names.nodename, address, sizeof address)) {
      return trouble("%s: no address in /etc/hosts", names.nodename);
    }
    puts(address);
    return 0;
  }
  if (what == 's') {
    names.nodename[strcspn(names.nodename, ".")] = 0;
  }
  const char *dot = strchr(names.nodename, '.');
  puts(what == 'd' ? dot ? dot + 1 : "" : names.nodename);
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

// What sizes are told in: kB, MB (-m), bytes (-b), or what reads best (-h).
enum unit { KILO, MEGA, BYTES, BEST };

static void size_text(unsigned long kb, enum unit unit, char *text, size_t room) {
  if (unit == BEST) {
    double value = (double)kb;
    const char *name = "KMGTP";
    while (value >= 1024 && name[1]) {
      value /= 1024;
      name++;
    }
    snprintf(text, room, kb == 0 ? "0" : value < 10 ? "%.1f%c" : "%.0f%c", value, *name);
  } else {
    snprintf(text, room, "%lu", unit == BYTES ? kb * 1024 : unit == MEGA ? kb / 1024 : kb);
  }
}

// Takes the flags of a list of files or of nothing; the first that is none, or -1 for misuse.
static int unit_of(int argc, char **argv, const char *known, enum unit *unit) {
  *unit = KILO;
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    for (const char *c = argv[i] + 1; *c; c++) {
      if (!strchr(known, *c)) {
        return -1;
      }
      *unit = *c == 'm' ? MEGA : *c == 'b' ? BYTES : *c == 'h' ? BEST : KILO;
    }
  }
  return i;
}

static int df_line(const char *device, const char *mounted, const char *place, enum unit unit) {
  struct statfs s;
  if (statfs(place, &s)) {
    return problem("%s", place);
  }
  unsigned long block = s.f_bsize ? s.f_bsize : 4096;
  unsigned long total = s.f_blocks * block / 1024, left = s.f_bavail * block / 1024;
  unsigned long used = (s.f_blocks - s.f_bfree) * block / 1024;
  unsigned long percent = used + left ? (used * 100 + used + left - 1) / (used + left) : 0;
  char texts[3][24];
  size_text(total, unit, texts[0], sizeof texts[0]);
  size_text(used, unit, texts[1], sizeof texts[1]);
  size_text(left, unit, texts[2], sizeof texts[2]);
  printf("%-12s %10s %10s %10s %4lu%% %s\n", device, texts[0], texts[1], texts[2], percent, mounted);
  return 0;
}

// Whether a path lies below a directory.
static bool below(const char *path, const char *directory) {
  size_t length = strcmp(directory, "/") ? strlen(directory) : 0;
  return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == 0);
}

// One line for what is mounted, or for what holds a path: the mount with the longest name above it.
static int df_mounts(const char *asked, enum unit unit) {
  char path[4096] = "";
  if (asked && realpath(asked, path) == NULL) {
    return problem("%s", asked);
  }
  FILE *file = fopen("/proc/mounts", "re");
  if (file == NULL) {
    return df_line("-", asked ? asked : "/", asked ? asked : "/", unit);
  }
  char line[512], device[128], place[256], kind[64], holder[128] = "-", holds[256] = "";
  int status = 0;
  while (fgets(line, sizeof line, file)) {
    if (sscanf(line, "%127s %255s %63s", device, place, kind) != 3) {
      continue;
    }
    if (asked && below(path, place) && strlen(place) >= strlen(holds)) {
      strcpy(holder, device);
      strcpy(holds, place);
    } else if (!asked && strcmp(kind, "proc") && strcmp(kind, "mfs")) {
      // The cluster's file system adds nothing of its own (reference section 6.2: its totals mean nothing).
      status |= df_line(device, place, place, unit);
    }
  }
  fclose(file);
  return asked ? df_line(holder, *holds ? holds : asked, asked, unit) : status;
}

int df_main(int argc, char **argv) {
  enum unit unit;
  int first = unit_of(argc, argv, "khm", &unit);
  if (first < 0) {
    return usage("df [-k | -m | -h] [FILE ...]");
  }
  int status = 0, known = first == argc;
  for (int i = first; i < argc; i++) {
    if (access(argv[i], F_OK)) {
      status = problem("%s", argv[i]);
      argv[i] = NULL;
    } else {
      known++;
    }
  }
  if (known == 0) {
    return status;
  }
  printf("Filesystem    %9s       Used  Available  Use%% Mounted on\n",
         unit == BEST ? "Size" : unit == MEGA ? "1M-blocks" : "1K-blocks");
  if (first == argc) {
    status |= df_mounts(NULL, unit);
  }
  for (int i = first; i < argc; i++) {
    status |= argv[i] ? df_mounts(argv[i], unit) : 0;
  }
  return status;
}

static unsigned long meminfo(const char *text, const char *name) {
  const char *line = strstr(text, name);
  return line ? strtoul(line + strlen(name), NULL, 10) : 0;
}

static void free_line(const char *name, unsigned long total, unsigned long left, enum unit unit) {
  char texts[3][24];
  size_text(total, unit, texts[0], sizeof texts[0]);
  size_text(total - left, unit, texts[1], sizeof texts[1]);
  size_text(left, unit, texts[2], sizeof texts[2]);
  printf("%-8s %10s %10s %10s\n", name, texts[0], texts[1], texts[2]);
}

int free_main(int argc, char **argv) {
  enum unit unit;
  if (unit_of(argc, argv, "kmbh", &unit) != argc) {
    return usage("free [-k | -m | -b | -h]");
  }
  char text[4096];
  if (!slurp("/proc/meminfo", text, sizeof text)) {
    return problem("/proc/meminfo");
  }
  printf("              total       used       free\n");
  free_line("Mem:", meminfo(text, "MemTotal:"), meminfo(text, "MemFree:"), unit);
  free_line("Swap:", meminfo(text, "SwapTotal:"), meminfo(text, "SwapFree:"), unit);
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
