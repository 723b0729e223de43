// cat ls mkdir rmdir rm cp mv touch ln chmod chown pwd basename dirname
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "../userland.h"

static int copy_bytes(int from, int to, const char *name) {
  char buffer[8192];
  ssize_t n;
  while ((n = restarted(read(from, buffer, sizeof buffer))) > 0) {
    for (ssize_t done = 0; done < n;) {
      ssize_t written = restarted(write(to, buffer + done, n - done));
      if (written < 0) {
        return problem("write error");
      }
      done += written;
    }
  }
  return n < 0 ? problem("%s", name) : 0;
}

static char *joined(const char *folder, const char *name) {
  char *path = malloc(strlen(folder) + strlen(name) + 2);
  size_t length = strlen(folder);
  sprintf(path, "%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
  return path;
}

static const char *base_of(char *path) { // without slashes at its end, which are taken off
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') {
    path[--length] = 0;
  }
  char *slash = strrchr(path, '/');
  return slash && slash[1] ? slash + 1 : path;
}

// ---- cat

static struct {
  bool numbers, numbered_text, ends, squeeze, tabs, control;
} cat;

// A byte that is no text as ^X or M-x; a newline never is.
static void visible(int c) {
  if (c >= 128) {
    fputs("M-", stdout);
    c -= 128;
  }
  if (c < 32 || c == 127) {
    putchar('^');
    c ^= 64;
  }
  putchar(c);
}

static int cat_shown(FILE *file) {
  static long number;
  static bool in_line;
  static int blank_lines;
  int c;
  while ((c = getc(file)) != EOF) {
    if (!in_line) {
      blank_lines = c == '\n' ? blank_lines + 1 : 0;
      if (cat.squeeze && blank_lines > 1) {
        continue;
      }
      if (cat.numbered_text ? c != '\n' : cat.numbers) {
        printf("%6ld\t", ++number);
      }
    }
    in_line = c != '\n';
    if (c == '\n') {
      fputs(cat.ends ? "$\n" : "\n", stdout);
    } else if (c == '\t' ? cat.tabs : cat.control) {
      visible(c);
    } else {
      putchar(c);
    }
  }
  fflush(stdout);
  return 0;
}

int cat_main(int argc, char **argv) {
  int c, status = 0;
  while ((c = getopt(argc, argv, "AbeEnstTuv")) >= 0) {
    cat.numbers |= c == 'n';
    cat.numbered_text |= c == 'b';
    cat.ends |= c == 'E' || c == 'e' || c == 'A';
    cat.squeeze |= c == 's';
    cat.tabs |= c == 'T' || c == 't' || c == 'A';
    cat.control |= c == 'v' || c == 'e' || c == 't' || c == 'A';
    if (c == '?') {
      return usage("cat [-AbeEnstTuv] [FILE ...]");
    }
  }
  bool as_it_is = !(cat.numbers || cat.numbered_text || cat.ends || cat.squeeze || cat.tabs || cat.control);
  for (int i = optind; i < argc || i == optind; i++) {
    const char *name = i < argc ? argv[i] : "-";
    int fd = strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY);
    struct stat s;
    if (fd < 0) {
      status = problem("%s", name);
      continue;
    }
    if (as_it_is || (fstat(fd, &s) == 0 && S_ISDIR(s.st_mode))) {
      status |= copy_bytes(fd, 1, name);
    } else {
      FILE *file = fdopen(dup(fd), "r");
      status |= file ? cat_shown(file) : problem("%s", name);
      if (file) {
        fclose(file);
      }
    }
    if (fd > 0) {
      close(fd);
    }
  }
  return status;
}

// ---- ls

struct listed {
  char *name;
  struct stat status;
};

static struct {
  bool all, almost, single, folder, recursive, long_form, mark, inode, by_time, by_size, reverse, human, numeric;
} ls;

static int listed_order(const void *a, const void *b) {
  const struct listed *x = a, *y = b;
  int order = 0;
  if (ls.by_time) {
    order = x->status.st_mtime < y->status.st_mtime ? 1 : x->status.st_mtime > y->status.st_mtime ? -1 : 0;
  } else if (ls.by_size) {
    order = x->status.st_size < y->status.st_size ? 1 : x->status.st_size > y->status.st_size ? -1 : 0;
  }
  if (order == 0) {
    order = strcmp(x->name, y->name);
  }
  return ls.reverse ? -order : order;
}

static void mode_text(mode_t mode, char *text) {
  static const char kinds[] = "?pc?d?b?-?l?s???";
  text[0] = kinds[(mode >> 12) & 15];
  for (int i = 0; i < 9; i++) {
    text[i + 1] = mode & (0400 >> i) ? "rwx"[i % 3] : '-';
  }
  if (mode & S_ISUID) {
    text[3] = mode & 0100 ? 's' : 'S';
  }
  if (mode & S_ISGID) {
    text[6] = mode & 010 ? 's' : 'S';
  }
  if (mode & S_ISVTX) {
    text[9] = mode & 1 ? 't' : 'T';
  }
  text[10] = 0;
}

static char mark_of(mode_t mode) {
  return S_ISDIR(mode)    ? '/'
         : S_ISLNK(mode)  ? '@'
         : S_ISFIFO(mode) ? '|'
         : S_ISSOCK(mode) ? '='
         : mode & 0111    ? '*'
                          : 0;
}

// 1.5K, 12M: one digit behind the point below ten, rounded up.
static void human_size(long long bytes, char *text, size_t room) {
  static const char units[] = "BKMGT";
  int unit = 0;
  long long parts = bytes * 10;
  while (parts >= 10240 && unit < 4) {
    parts = (parts + 1023) / 1024;
    unit++;
  }
  if (unit == 0) {
    snprintf(text, room, "%lld", bytes);
  } else if (parts < 100) {
    snprintf(text, room, "%lld.%lld%c", parts / 10, parts % 10, units[unit]);
  } else {
    snprintf(text, room, "%lld%c", (parts + 9) / 10, units[unit]);
  }
}

static void print_listed(const struct listed *one, const char *folder) {
  const struct stat *s = &one->status;
  if (ls.inode) {
    printf("%7lu ", (unsigned long)s->st_ino);
  }
  if (ls.long_form) {
    char mode[12], when[32], owner[64], group[64];
    struct user user;
    mode_text(s->st_mode, mode);
    if (!ls.numeric && user_by_id(s->st_uid, &user)) {
      snprintf(owner, sizeof owner, "%s", user.name);
    } else {
      snprintf(owner, sizeof owner, "%u", s->st_uid);
    }
    if (ls.numeric || !group_name(s->st_gid, group, sizeof group)) {
      snprintf(group, sizeof group, "%u", s->st_gid);
    }
    strftime(when, sizeof when, "%b %e %H:%M", gmtime(&s->st_mtime));
    printf("%s %3lu %-8s %-8s ", mode, (unsigned long)s->st_nlink, owner, group);
    if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode)) {
      printf("%3u, %3u ", major(s->st_rdev), minor(s->st_rdev));
    } else if (ls.human) {
      char size[32];
      human_size(s->st_size, size, sizeof size);
      printf("%8s ", size);
    } else {
      printf("%8lld ", (long long)s->st_size);
    }
    printf("%s ", when);
  }
  fputs(one->name, stdout);
  if (ls.mark && !ls.long_form && mark_of(s->st_mode)) {
    putchar(mark_of(s->st_mode));
  }
  if (ls.long_form && S_ISLNK(s->st_mode)) {
    char target[PATH_MAX];
    char *path = folder ? joined(folder, one->name) : strdup(one->name);
    ssize_t n = readlink(path, target, sizeof target);
    free(path);
    if (n > 0) {
      printf(" -> %.*s", (int)n, target);
    }
  }
}

static void print_all(struct listed *all, size_t count, const char *folder) {
  qsort(all, count, sizeof *all, listed_order);
  struct winsize size;
  if (!ls.long_form && !ls.single && isatty(1)) {
    size_t widest = 1;
    for (size_t i = 0; i < count; i++) {
      size_t length = strlen(all[i].name) + ls.mark + (ls.inode ? 8 : 0);
      widest = length > widest ? length : widest;
    }
    size_t columns = ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    size_t across = columns / (widest + 2) ? columns / (widest + 2) : 1;
    size_t rows = (count + across - 1) / across;
    for (size_t row = 0; row < rows; row++) {
      for (size_t i = row; i < count; i += rows) {
        print_listed(&all[i], folder);
        size_t used = strlen(all[i].name) + (ls.mark && mark_of(all[i].status.st_mode)) + (ls.inode ? 8 : 0);
        if (i + rows < count) {
          printf("%*s", (int)(widest + 2 - used), "");
        }
      }
      putchar('\n');
    }
    return;
  }
  for (size_t i = 0; i < count; i++) {
    print_listed(&all[i], folder);
    putchar('\n');
  }
}

static int list_folder(const char *path, bool title) {
  static bool again;
  DIR *directory = opendir(path);
  if (directory == NULL) {
    return problem("%s", path);
  }
  if (title) {
    printf("%s%s:\n", again ? "\n" : "", path);
  }
  again = true;
  struct listed *all = NULL;
  size_t count = 0;
  struct dirent *entry;
  int status = 0;
  while ((entry = readdir(directory)) != NULL) {
    const char *name = entry->d_name;
    if (name[0] == '.' && !ls.all && (!ls.almost || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)) {
      continue;
    }
    all = realloc(all, (count + 1) * sizeof *all);
    memset(&all[count], 0, sizeof *all);
    all[count].name = strdup(name);
    char *file = joined(path, name);
    if (lstat(file, &all[count].status)) {
      if (errno == ENOENT) { // a process that ended meanwhile
        free(file);
        free(all[count].name);
        continue;
      }
      status = problem("%s", file);
    }
    free(file);
    count++;
  }
  closedir(directory);
  if (ls.long_form) {
    long long blocks = 0;
    char size[32];
    for (size_t i = 0; i < count; i++) {
      blocks += all[i].status.st_blocks;
    }
    human_size(blocks * 512, size, sizeof size);
    if (ls.human) {
      printf("total %s\n", size);
    } else {
      printf("total %lld\n", (blocks + 1) / 2);
    }
  }
  print_all(all, count, path);
  for (size_t i = 0; i < count; i++) {
    const char *name = all[i].name;
    if (ls.recursive && S_ISDIR(all[i].status.st_mode) && strcmp(name, ".") && strcmp(name, "..")) {
      char *file = joined(path, name);
      status |= list_folder(file, true);
      free(file);
    }
    free(all[i].name);
  }
  free(all);
  return status;
}

int ls_main(int argc, char **argv) {
  int c;
  while ((c = getopt(argc, argv, "aA1dRlFitSrhn")) >= 0) {
    switch (c) {
      case 'a': ls.all = true; break;
      case 'A': ls.almost = true; break;
      case '1': ls.single = true; break;
      case 'd': ls.folder = true; break;
      case 'R': ls.recursive = true; break;
      case 'n': ls.numeric = true; // fall through
      case 'l': ls.long_form = true; break;
      case 'F': ls.mark = true; break;
      case 'i': ls.inode = true; break;
      case 't': ls.by_time = true; break;
      case 'S': ls.by_size = true; break;
      case 'r': ls.reverse = true; break;
      case 'h': ls.human = true; break;
      default: return usage("ls [-aA1dRlnhFitSr] [FILE ...]");
    }
  }
  static char *here[] = {"."};
  int count = argc - optind, status = 0;
  char **paths = argv + optind;
  if (count == 0) {
    paths = here;
    count = 1;
  }
  struct listed *files = calloc(count, sizeof *files);
  size_t plain = 0;
  char **folders = calloc(count, sizeof *folders);
  int folder_count = 0;
  for (int i = 0; i < count; i++) {
    struct stat s;
    if ((ls.folder || ls.long_form ? lstat : stat)(paths[i], &s) && lstat(paths[i], &s)) {
      problem("%s", paths[i]);
      status = 2; // as GNU's, so that it is told from a file that is gone meanwhile
    } else if (S_ISDIR(s.st_mode) && !ls.folder) {
      folders[folder_count++] = paths[i];
    } else {
      files[plain].name = paths[i];
      files[plain++].status = s;
    }
  }
  print_all(files, plain, NULL);
  if (plain && folder_count) {
    putchar('\n');
  }
  for (int i = 0; i < folder_count; i++) {
    int listed = list_folder(folders[i], count > 1 || ls.recursive);
    status = listed > status ? listed : status;
  }
  free(files);
  free(folders);
  return status;
}

// ---- modes: octal, or u+x and the like

static bool changed_mode(const char *how, mode_t old, bool folder, mode_t *mode) {
  if (*how >= '0' && *how <= '7') {
    char *end;
    *mode = (mode_t)strtol(how, &end, 8);
    return *end == 0 && *mode <= 07777;
  }
  mode_t now = old & 07777;
  while (*how) {
    mode_t who = 0;
    for (; *how && strchr("ugoa", *how); how++) {
      who |= *how == 'u' ? 04700 : *how == 'g' ? 02070 : *how == 'o' ? 01007 : 07777;
    }
    if (who == 0) {
      mode_t mask = umask(0);
      umask(mask);
      who = 07777 & ~mask;
    }
    if (!*how || !strchr("+-=", *how)) {
      return false;
    }
    while (*how && strchr("+-=", *how)) {
      char operation = *how++;
      mode_t bits = 0;
      for (; *how && strchr("rwxXst", *how); how++) {
        switch (*how) {
          case 'r': bits |= 0444; break;
          case 'w': bits |= 0222; break;
          case 'x': bits |= 0111; break;
          case 'X': bits |= folder || (now & 0111) ? 0111 : 0; break;
          case 's': bits |= 06000; break;
          default: bits |= 01000; break;
        }
      }
      bits &= who;
      now = operation == '+' ? now | bits : operation == '-' ? now & ~bits : (now & ~who) | bits;
    }
    if (*how == ',') {
      how++;
    } else if (*how) {
      return false;
    }
  }
  *mode = now;
  return true;
}

// ---- making and removing

static bool told; // -v

static int make_folder(char *path, mode_t mode, bool parents) {
  if (!parents) {
    if (mkdir(path, mode)) {
      return problem("%s", path);
    }
    if (told) {
      printf("mkdir: created directory '%s'\n", path);
    }
    return 0;
  }
  for (char *slash = path + 1;; slash++) {
    slash = strchr(slash, '/');
    if (slash) {
      *slash = 0;
    }
    struct stat s;
    if (mkdir(path, slash ? 0777 : mode) == 0) {
      if (told) {
        printf("mkdir: created directory '%s'\n", path);
      }
    } else if (errno != EEXIST || stat(path, &s) || !S_ISDIR(s.st_mode)) {
      return problem("%s", path);
    }
    if (slash == NULL) {
      return 0;
    }
    *slash = '/';
  }
}

int mkdir_main(int argc, char **argv) {
  static const char how[] = "mkdir [-pv] [-m MODE] FOLDER ...";
  bool parents = false;
  mode_t mode = 0777;
  const char *wish = NULL;
  int c, status = 0;
  while ((c = getopt(argc, argv, "pvm:")) >= 0) {
    switch (c) {
      case 'p': parents = true; break;
      case 'v': told = true; break;
      case 'm': wish = optarg; break;
      default: return usage(how);
    }
  }
  if (optind == argc) {
    return usage(how);
  }
  if (wish && !changed_mode(wish, 0777, true, &mode)) {
    return trouble("%s: not a mode", wish);
  }
  for (int i = optind; i < argc; i++) {
    int made = make_folder(argv[i], mode, parents);
    if (made == 0 && wish && chmod(argv[i], mode)) { // whatever the umask says
      made = problem("%s", argv[i]);
    }
    status |= made;
  }
  return status;
}

int rmdir_main(int argc, char **argv) {
  bool parents = false;
  int c, status = 0;
  while ((c = getopt(argc, argv, "p")) >= 0) {
    parents = true;
    if (c == '?') {
      return usage("rmdir [-p] FOLDER ...");
    }
  }
  if (optind == argc) {
    return usage("rmdir [-p] FOLDER ...");
  }
  for (int i = optind; i < argc; i++) {
    for (char *slash = argv[i]; slash;) {
      if (rmdir(argv[i])) {
        status = problem("%s", argv[i]);
        break;
      }
      slash = parents ? strrchr(argv[i], '/') : NULL;
      if (slash) {
        *slash = 0;
      }
      slash = slash == argv[i] ? NULL : slash;
    }
  }
  return status;
}

// Asks, and takes what begins with y for yes.
static bool agreed(const char *what, const char *path) {
  fprintf(stderr, "%s: %s %s? ", program, what, path);
  int first = getchar();
  for (int c = first; c != '\n' && c != EOF;) {
    c = getchar();
  }
  return first == 'y' || first == 'Y';
}

static bool asks;

static int remove_path(const char *path, bool recursive, bool force) {
  struct stat s;
  if (lstat(path, &s)) {
    return force && errno == ENOENT ? 0 : problem("%s", path);
  }
  if (asks && (recursive || !S_ISDIR(s.st_mode)) && !agreed("remove", path)) {
    return 0;
  }
  if (!S_ISDIR(s.st_mode)) {
    if (unlink(path)) {
      return problem("%s", path);
    }
    if (told) {
      printf("removed '%s'\n", path);
    }
    return 0;
  }
  if (!recursive) {
    return trouble("%s: is a folder (-r removes it with all in it)", path);
  }
  int status = 0;
  DIR *directory = opendir(path);
  if (directory == NULL) {
    return problem("%s", path);
  }
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) {
    if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
      char *file = joined(path, entry->d_name);
      status |= remove_path(file, true, force);
      free(file);
    }
  }
  closedir(directory);
  if (rmdir(path)) {
    return problem("%s", path);
  }
  if (told) {
    printf("removed directory '%s'\n", path);
  }
  return status;
}

int rm_main(int argc, char **argv) {
  bool recursive = false, force = false;
  int c, status = 0;
  while ((c = getopt(argc, argv, "rRfiv")) >= 0) {
    recursive |= c == 'r' || c == 'R';
    told |= c == 'v';
    force = c == 'f' || (force && c != 'i'); // the last of the two counts
    asks = c == 'i' || (asks && c != 'f');
    if (c == '?') {
      return usage("rm [-rfiv] FILE ...");
    }
  }
  if (optind == argc && !force) {
    return usage("rm [-rfiv] FILE ...");
  }
  for (int i = optind; i < argc; i++) {
    status |= remove_path(argv[i], recursive, force);
  }
  return status;
}

// ---- copying and moving

static bool spares; // -n: what is there stays

static int copy_path(const char *from, const char *to, bool recursive, bool keep) {
  struct stat s, there;
  if ((recursive ? lstat : stat)(from, &s)) {
    return problem("%s", from);
  }
  if (!S_ISDIR(s.st_mode) && stat(to, &there) == 0 && (spares || (asks && !agreed("overwrite", to)))) {
    return 0;
  }
  if (stat(to, &there) == 0 && there.st_ino == s.st_ino && there.st_dev == s.st_dev) {
    return trouble("%s and %s are the same file", from, to);
  }
  if (S_ISDIR(s.st_mode)) {
    if (!recursive) {
      return trouble("%s: is a folder (-r copies it with all in it)", from);
    }
    if (mkdir(to, s.st_mode & 07777) && errno != EEXIST) {
      return problem("%s", to);
    }
    DIR *directory = opendir(from);
    if (directory == NULL) {
      return problem("%s", from);
    }
    int status = 0;
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
      if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
        char *a = joined(from, entry->d_name), *b = joined(to, entry->d_name);
        status |= copy_path(a, b, true, keep);
        free(a);
        free(b);
      }
    }
    closedir(directory);
    return status;
  }
  if (S_ISLNK(s.st_mode)) {
    char target[PATH_MAX];
    ssize_t n = readlink(from, target, sizeof target - 1);
    target[n < 0 ? 0 : n] = 0;
    unlink(to);
    return n < 0 || symlink(target, to) ? problem("%s", to) : 0;
  }
  int in = open(from, O_RDONLY);
  if (in < 0) {
    return problem("%s", from);
  }
  int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, s.st_mode & 0777);
  if (out < 0) {
    int status = problem("%s", to);
    close(in);
    return status;
  }
  int status = copy_bytes(in, out, from);
  if (keep) {
    struct timespec times[] = {s.st_atim, s.st_mtim};
    fchmod(out, s.st_mode & 07777);
    futimens(out, times);
  }
  close(in);
  if (told && status == 0) {
    printf("'%s' -> '%s'\n", from, to);
  }
  return close(out) ? problem("%s", to) : status;
}

static bool is_folder(const char *path) {
  struct stat s;
  return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

int cp_main(int argc, char **argv) {
  bool recursive = false, keep = false;
  int c, status = 0;
  while ((c = getopt(argc, argv, "rRapfinv")) >= 0) {
    recursive |= c == 'r' || c == 'R' || c == 'a';
    keep |= c == 'p' || c == 'a';
    asks |= c == 'i';
    spares |= c == 'n';
    told |= c == 'v';
    if (c == '?') {
      return usage("cp [-rpafinv] FROM ... TO");
    }
  }
  int count = argc - optind;
  if (count < 2) {
    return usage("cp [-rpafinv] FROM ... TO");
  }
  const char *to = argv[argc - 1];
  if (count > 2 && !is_folder(to)) {
    return trouble("%s: is no folder", to);
  }
  for (int i = optind; i < argc - 1; i++) {
    char *target = is_folder(to) ? joined(to, base_of(argv[i])) : strdup(to);
    status |= copy_path(argv[i], target, recursive, keep);
    free(target);
  }
  return status;
}

static int move_path(const char *from, const char *to, bool tells) {
  int status = 0;
  if (rename(from, to)) {
    if (errno != EXDEV) {
      return problem("%s", from);
    }
    asks = false; // to another file system: a copy, then the old one goes
    spares = false;
    status = copy_path(from, to, true, true);
    status = status ? status : remove_path(from, true, false);
  }
  if (tells && status == 0) {
    printf("renamed '%s' -> '%s'\n", from, to);
  }
  return status;
}

int mv_main(int argc, char **argv) {
  int c, status = 0;
  bool tells = false;
  while ((c = getopt(argc, argv, "finv")) >= 0) {
    asks = c == 'i' || (asks && c != 'f' && c != 'n'); // the last of the three counts
    spares = c == 'n' || (spares && c != 'f' && c != 'i');
    tells |= c == 'v';
    if (c == '?') {
      return usage("mv [-finv] FROM ... TO");
    }
  }
  int count = argc - optind;
  if (count < 2) {
    return usage("mv [-finv] FROM ... TO");
  }
  const char *to = argv[argc - 1];
  if (count > 2 && !is_folder(to)) {
    return trouble("%s: is no folder", to);
  }
  for (int i = optind; i < argc - 1; i++) {
    char *target = is_folder(to) ? joined(to, base_of(argv[i])) : strdup(to);
    struct stat from, there;
    bool taken = lstat(argv[i], &from) == 0 && lstat(target, &there) == 0;
    if (taken && from.st_ino == there.st_ino && from.st_dev == there.st_dev) {
      status |= trouble("%s and %s are the same file", argv[i], target);
    } else if (!taken || !(spares || (asks && !agreed("overwrite", target)))) {
      status |= move_path(argv[i], target, tells);
    }
    free(target);
  }
  return status;
}

int touch_main(int argc, char **argv) {
  bool create = true;
  int c, status = 0;
  while ((c = getopt(argc, argv, "cam")) >= 0) {
    create &= c != 'c';
    if (c == '?') {
      return usage("touch [-c] FILE ...");
    }
  }
  if (optind == argc) {
    return usage("touch [-c] FILE ...");
  }
  for (int i = optind; i < argc; i++) {
    if (utimensat(AT_FDCWD, argv[i], NULL, 0) == 0) {
      continue;
    }
    if (errno == ENOENT && create) {
      int fd = open(argv[i], O_WRONLY | O_CREAT, 0666);
      if (fd >= 0) {
        close(fd);
        continue;
      }
    } else if (errno == ENOENT) {
      continue;
    }
    status = problem("%s", argv[i]);
  }
  return status;
}

int ln_main(int argc, char **argv) {
  bool symbolic = false, force = false;
  int c, status = 0;
  while ((c = getopt(argc, argv, "sfn")) >= 0) {
    symbolic |= c == 's';
    force |= c == 'f';
    if (c == '?') {
      return usage("ln [-sf] TARGET ... [NAME]");
    }
  }
  int count = argc - optind;
  if (count < 1) {
    return usage("ln [-sf] TARGET ... [NAME]");
  }
  const char *to = count == 1 ? "." : argv[argc - 1];
  int last = count == 1 ? argc : argc - 1;
  for (int i = optind; i < last; i++) {
    char *copy = strdup(argv[i]);
    char *name = is_folder(to) ? joined(to, base_of(copy)) : strdup(to);
    if (force) {
      unlink(name);
    }
    if (symbolic ? symlink(argv[i], name) : link(argv[i], name)) {
      status = problem("%s", name);
    }
    free(copy);
    free(name);
  }
  return status;
}

// ---- chmod and chown

static int change_mode(const char *how, const char *path, bool recursive) {
  struct stat s;
  mode_t mode;
  if (stat(path, &s)) {
    return problem("%s", path);
  }
  if (!changed_mode(how, s.st_mode, S_ISDIR(s.st_mode), &mode)) {
    return trouble("%s: not a mode", how);
  }
  int status = chmod(path, mode) ? problem("%s", path) : 0;
  DIR *directory = recursive && S_ISDIR(s.st_mode) ? opendir(path) : NULL;
  struct dirent *entry;
  while (directory && (entry = readdir(directory)) != NULL) {
    if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
      char *file = joined(path, entry->d_name);
      status |= change_mode(how, file, true);
      free(file);
    }
  }
  if (directory) {
    closedir(directory);
  }
  return status;
}

int chmod_main(int argc, char **argv) {
  int i = 1, status = 0;
  bool recursive = argc > 1 && strcmp(argv[1], "-R") == 0;
  i += recursive;
  if (argc - i < 2) {
    return usage("chmod [-R] MODE FILE ...");
  }
  for (int file = i + 1; file < argc; file++) {
    status |= change_mode(argv[i], argv[file], recursive);
  }
  return status;
}

// USER, UID, USER:GROUP or UID:GID.
static bool owner_of(const char *text, uid_t *uid, gid_t *gid) {
  char name[64];
  const char *colon = strchr(text, ':');
  struct user user;
  long number;
  snprintf(name, sizeof name, "%.*s", colon ? (int)(colon - text) : (int)strlen(text), text);
  *gid = (gid_t)-1;
  if (user_by_name(name, &user)) {
    *uid = user.uid;
    *gid = colon ? user.gid : (gid_t)-1;
  } else if (number_of(name, &number) && number >= 0) {
    *uid = (uid_t)number;
  } else {
    return false;
  }
  if (colon && number_of(colon + 1, &number) && number >= 0) {
    *gid = (gid_t)number;
  } else if (colon && strcmp(colon + 1, name)) { // groups have their users' names here
    return false;
  }
  return true;
}

int chown_main(int argc, char **argv) {
  uid_t uid;
  gid_t gid;
  int status = 0;
  if (argc < 3) {
    return usage("chown USER[:GROUP] FILE ...");
  }
  if (!owner_of(argv[1], &uid, &gid)) {
    return trouble("%s: no such user or group", argv[1]);
  }
  for (int i = 2; i < argc; i++) {
    if (chown(argv[i], uid, gid)) {
      status = problem("%s", argv[i]);
    }
  }
  return status;
}

int pwd_main(int argc, char **argv) {
  (void)argc, (void)argv;
  char directory[PATH_MAX];
  if (getcwd(directory, sizeof directory) == NULL) {
    return problem("where this is");
  }
  puts(directory);
  return 0;
}

int basename_main(int argc, char **argv) {
  if (argc < 2) {
    return usage("basename PATH [SUFFIX]");
  }
  char *base = strdup(base_of(argv[1]));
  if (argc > 2) {
    size_t length = strlen(base), end = strlen(argv[2]);
    if (length > end && strcmp(base + length - end, argv[2]) == 0) {
      base[length - end] = 0;
    }
  }
  puts(base);
  free(base);
  return 0;
}

int dirname_main(int argc, char **argv) {
  if (argc < 2) {
    return usage("dirname PATH");
  }
  const char *base = base_of(argv[1]);
  size_t length = base - argv[1];
  while (length > 1 && argv[1][length - 1] == '/') {
    length--;
  }
  if (length == 0) {
    puts(argv[1][0] == '/' ? "/" : ".");
  } else {
    printf("%.*s\n", (int)length, argv[1]);
  }
  return 0;
}
