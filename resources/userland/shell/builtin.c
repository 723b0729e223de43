// Commands of the shell itself.
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>

#include "../userland.h"
#include "shell.h"

int test_main(int, char **), printf_main(int, char **), echo_main(int, char **);

static int do_true(int argc, char **argv) {
  (void)argc, (void)argv;
  return 0;
}

static int do_false(int argc, char **argv) {
  (void)argc, (void)argv;
  return 1;
}

static int do_cd(int argc, char **argv) {
  int i = 1;
  bool physical = false;
  while (i < argc && (strcmp(argv[i], "-P") == 0 || strcmp(argv[i], "-L") == 0)) {
    physical = argv[i++][1] == 'P';
  }
  const char *to = i < argc ? argv[i] : var_get("HOME");
  if (to == NULL || *to == 0) {
    complain("cd: HOME is not set");
    return 1;
  }
  bool say = false;
  if (strcmp(to, "-") == 0) {
    to = var_get("OLDPWD");
    say = true;
    if (to == NULL) {
      complain("cd: OLDPWD is not set");
      return 1;
    }
  }
  if (chdir(to)) {
    complain("cd: %s: %s", to, strerror(errno));
    return 1;
  }
  (void)physical;
  char directory[PATH_MAX];
  const char *before = var_get("PWD");
  if (before) {
    char *copy = strdup(before);
    var_set("OLDPWD", copy);
    free(copy);
  }
  if (getcwd(directory, sizeof directory)) {
    var_set("PWD", directory);
    if (say) {
      printf("%s\n", directory);
    }
  }
  return 0;
}

static int do_pwd(int argc, char **argv) {
  (void)argc, (void)argv;
  char directory[PATH_MAX];
  if (getcwd(directory, sizeof directory) == NULL) {
    complain("pwd: %s", strerror(errno));
    return 1;
  }
  printf("%s\n", directory);
  return 0;
}

// `export`, `readonly`, `local`: names, or names with values.
static int declare(int argc, char **argv, int which) {
  static const char *prefixes[] = {"", "export ", "readonly "};
  int i = 1, status = 0;
  if (i < argc && strcmp(argv[i], "-p") == 0) {
    i++;
  }
  if (i == argc && which) {
    var_list(prefixes[which], which);
    return 0;
  }
  for (; i < argc; i++) {
    char *equals = strchr(argv[i], '=');
    size_t length = equals ? (size_t)(equals - argv[i]) : strlen(argv[i]);
    if (!is_name(argv[i], length)) {
      complain("%s: %s: not a name", argv[0], argv[i]);
      status = 1;
      continue;
    }
    char *name = strndup(argv[i], length);
    if (which == 0) {
      var_local(name);
    }
    if (equals && !var_set(name, equals + 1)) {
      status = 1;
    } else if (which == 1) {
      var_export(name);
    } else if (which == 2) {
      var_readonly(name);
    }
    free(name);
  }
  return status;
}

static int do_export(int argc, char **argv) {
  return declare(argc, argv, 1);
}

static int do_readonly(int argc, char **argv) {
  return declare(argc, argv, 2);
}

static int do_local(int argc, char **argv) {
  if (sh.depth == 0) {
    complain("local: only in a function");
    return 1;
  }
  return declare(argc, argv, 0);
}

static int do_unset(int argc, char **argv) {
  int i = 1, status = 0;
  bool functions = false;
  if (i < argc && (strcmp(argv[i], "-f") == 0 || strcmp(argv[i], "-v") == 0)) {
    functions = argv[i++][1] == 'f';
  }
  for (; i < argc; i++) {
    if (functions) {
      function_unset(argv[i]);
    } else if (!var_unset(argv[i])) {
      status = 1;
    }
  }
  return status;
}

static int do_eval(int argc, char **argv) {
  struct text text = {0};
  for (int i = 1; i < argc; i++) {
    text_puts(&text, argv[i]);
    text_add(&text, ' ');
  }
  int status = text.length ? run_string(text_end(&text)) : 0;
  text_free(&text);
  return status;
}

static int do_dot(int argc, char **argv) {
  if (argc < 2) {
    complain(".: which file?");
    return 2;
  }
  struct text path = {0};
  const char *p = var_get("PATH");
  if (!strchr(argv[1], '/')) {
    while (p && *p) {
      size_t length = strcspn(p, ":");
      path.length = 0;
      text_append(&path, p, length);
      text_add(&path, '/');
      text_puts(&path, argv[1]);
      if (access(text_end(&path), R_OK) == 0) {
        break;
      }
      path.length = 0;
      p += length + (p[length] == ':');
    }
  }
  if (path.length == 0) {
    text_puts(&path, argv[1]);
  }
  char **positional = sh.positional;
  int positionals = sh.positionals;
  if (argc > 2) {
    sh.positional = argv + 2;
    sh.positionals = argc - 2;
  }
  sh.status = 0;
  int status = run_file(text_end(&path));
  sh.positional = positional;
  sh.positionals = positionals;
  text_free(&path);
  if (sh.flow == RETURN) {
    sh.flow = ON;
  }
  return status;
}

static int do_exec(int argc, char **argv) {
  if (argc == 1) {
    return 0;
  }
  if (sh.interactive) {
    signals_interactive(false);
  }
  exec_program(argv + 1, var_environment());
}

static int do_exit(int argc, char **argv) {
  long status = sh.status;
  if (argc > 1 && !number_of(argv[1], &status)) {
    complain("exit: %s: not a number", argv[1]);
    status = 2;
  }
  if (jobs_hold()) {
    return 1;
  }
  leave((int)status & 255);
}

static int levels(int argc, char **argv, enum flow flow) {
  long count = 1;
  if (argc > 1 && (!number_of(argv[1], &count) || count < 1)) {
    complain("%s: %s: not a number of loops", argv[0], argv[1]);
    return 1;
  }
  if (sh.loops) {
    sh.levels = count > sh.loops ? sh.loops : (int)count;
    sh.flow = flow;
  }
  return 0;
}

static int do_break(int argc, char **argv) {
  return levels(argc, argv, BREAK);
}

static int do_continue(int argc, char **argv) {
  return levels(argc, argv, CONTINUE);
}

static int do_return(int argc, char **argv) {
  long status = sh.status;
  if (argc > 1 && !number_of(argv[1], &status)) {
    complain("return: %s: not a number", argv[1]);
    status = 2;
  }
  sh.flow = RETURN;
  return (int)status & 255;
}

static int do_shift(int argc, char **argv) {
  long count = 1;
  if (argc > 1 && (!number_of(argv[1], &count) || count < 0)) {
    complain("shift: %s: not a number", argv[1]);
    return 1;
  }
  if (count > sh.positionals) {
    complain("shift: there are only %d", sh.positionals);
    return 1;
  }
  sh.positional += count;
  sh.positionals -= (int)count;
  return 0;
}

// ---- set

struct option {
  char letter;
  const char *name;
  bool *value;
};

static const struct option options[] = {
    {'a', "allexport", &sh.allexport}, {'C', "noclobber", &sh.noclobber}, {'e', "errexit", &sh.errexit},
    {'f', "noglob", &sh.noglob},       {'m', "monitor", &sh.monitor},     {'n', "noexec", &sh.noexec},
    {'u', "nounset", &sh.unset_is_error}, {'x', "xtrace", &sh.trace},
};
enum { OPTIONS = sizeof options / sizeof *options };

static bool set_named(const char *name, bool on) {
  for (int i = 0; i < OPTIONS; i++) {
    if (strcmp(options[i].name, name) == 0) {
      *options[i].value = on;
      return true;
    }
  }
  return false;
}

int set_options(int argc, char **argv, int i) {
  for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
    bool on = argv[i][0] == '-';
    if (strcmp(argv[i], "--") == 0) {
      return i + 1;
    }
    for (const char *c = argv[i] + 1; *c; c++) {
      if (*c == 'o') {
        if (i + 1 >= argc) {
          for (int j = 0; j < OPTIONS; j++) {
            printf("%-12s %s\n", options[j].name, *options[j].value ? "on" : "off");
          }
        } else if (!set_named(argv[++i], on)) {
          complain("set: %s: no such option", argv[i]);
          return -1;
        }
        break;
      }
      int j = 0;
      while (j < OPTIONS && options[j].letter != *c) {
        j++;
      }
      if (j == OPTIONS) {
        complain("%c%c: no such option", argv[i][0], *c);
        return -1;
      }
      *options[j].value = on;
    }
  }
  return i;
}

static int do_set(int argc, char **argv) {
  if (argc == 1) {
    var_list("", 0);
    return 0;
  }
  int first = set_options(argc, argv, 1);
  if (first < 0) {
    return 2;
  }
  bool given = first < argc || strcmp(argv[first - 1], "--") == 0;
  if (given) {
    // They outlive this command's memory; a script sets them seldom.
    char **copy = calloc(argc - first + 1, sizeof *copy);
    for (int i = first; i < argc; i++) {
      copy[i - first] = strdup(argv[i]);
    }
    sh.positional = copy;
    sh.positionals = argc - first;
  }
  return 0;
}

// ---- reading

static int do_read(int argc, char **argv) {
  bool raw = false;
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    if (strcmp(argv[i], "-r") == 0) {
      raw = true;
    } else if (strcmp(argv[i], "-p") == 0 && i + 1 < argc) {
      fputs(argv[++i], stderr);
    } else {
      complain("read: %s: no such option", argv[i]);
      return 2;
    }
  }
  struct text line = {0}, literal = {0}; // which characters a backslash protects
  char c;
  ssize_t n;
  bool escaped = false;
  while ((n = read(0, &c, 1)) != 0) {
    if (n < 0) {
      if (errno == EINTR && !trap_pending() && !interrupted) {
        continue;
      }
      break;
    }
    if (escaped) {
      escaped = false;
      if (c != '\n') {
        text_add(&line, c);
        text_add(&literal, 1);
      }
      continue;
    }
    if (c == '\\' && !raw) {
      escaped = true;
      continue;
    }
    if (c == '\n') {
      break;
    }
    text_add(&line, c);
    text_add(&literal, 0);
  }
  int status = n > 0 ? 0 : n == 0 ? 1 : 128 + (interrupted ? SIGINT : trap_pending());
  const char *ifs = var_get("IFS");
  ifs = ifs ? ifs : " \t\n";
  const char *text = text_end(&line), *marks = text_end(&literal);
  size_t at = 0, end = line.length;
#define IS_IFS(k) (!marks[k] && text[k] && strchr(ifs, text[k]))
#define IS_BLANK(k) (IS_IFS(k) && strchr(" \t\n", text[k]))
  if (i == argc) {
    argv[--i] = "REPLY";
  }
  while (at < end && IS_BLANK(at)) {
    at++;
  }
  for (; i < argc; i++) {
    size_t from = at, to;
    if (i == argc - 1) {
      to = end;
      while (to > from && IS_BLANK(to - 1)) {
        to--;
      }
      // One separator at the very end of a single last field does not belong to it.
      if (to > from && IS_IFS(to - 1) && !IS_BLANK(to - 1)) {
        size_t k = from;
        while (k < to - 1 && !IS_IFS(k)) {
          k++;
        }
        if (k == to - 1) {
          to--;
        }
      }
      at = end;
    } else {
      while (at < end && !IS_IFS(at)) {
        at++;
      }
      to = at;
      while (at < end && IS_BLANK(at)) {
        at++;
      }
      if (at < end && IS_IFS(at) && !IS_BLANK(at)) {
        at++;
        while (at < end && IS_BLANK(at)) {
          at++;
        }
      }
    }
    char *value = strndup(text + from, to - from);
    if (!var_set(argv[i], value)) {
      status = 2;
    }
    free(value);
  }
  text_free(&line);
  text_free(&literal);
  return status;
}

static int do_umask(int argc, char **argv) {
  if (argc == 1) {
    mode_t mask = umask(0);
    umask(mask);
    printf("%04o\n", mask);
    return 0;
  }
  char *end;
  long mask = strtol(argv[1], &end, 8);
  if (*end || end == argv[1] || mask < 0 || mask > 0777) {
    complain("umask: %s: not a mask in octal", argv[1]);
    return 1;
  }
  umask((mode_t)mask);
  return 0;
}

// ---- ulimit: letters, units and words are dash's

static const struct {
  char letter;
  const char *name;
  int resource;
  rlim_t unit;
} limits[] = {
    {'t', "time(seconds)", RLIMIT_CPU, 1},         {'f', "file(blocks)", RLIMIT_FSIZE, 512},
    {'d', "data(kbytes)", RLIMIT_DATA, 1024},      {'s', "stack(kbytes)", RLIMIT_STACK, 1024},
    {'c', "coredump(blocks)", RLIMIT_CORE, 512},   {'m', "memory(kbytes)", RLIMIT_RSS, 1024},
    {'l', "locked memory(kbytes)", RLIMIT_MEMLOCK, 1024},
    {'p', "process", RLIMIT_NPROC, 1},             {'n', "nofiles", RLIMIT_NOFILE, 1},
    {'v', "vmemory(kbytes)", RLIMIT_AS, 1024},     {'w', "locks", RLIMIT_LOCKS, 1},
    {'r', "rtprio", RLIMIT_RTPRIO, 1},
};

enum { LIMITS = sizeof limits / sizeof *limits };

static void show_limit(int which, bool hard) {
  struct rlimit limit;
  getrlimit(limits[which].resource, &limit);
  rlim_t value = hard ? limit.rlim_max : limit.rlim_cur;
  if (value == RLIM_INFINITY) {
    puts("unlimited");
  } else {
    printf("%llu\n", (unsigned long long)(value / limits[which].unit));
  }
}

static int do_ulimit(int argc, char **argv) {
  bool hard = false, soft = false, all_of_them = false;
  int which = 1, i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    for (const char *c = argv[i] + 1; *c; c++) {
      int found = 0;
      while (found < LIMITS && limits[found].letter != *c) {
        found++;
      }
      hard |= *c == 'H';
      soft |= *c == 'S';
      all_of_them |= *c == 'a';
      if (found < LIMITS) {
        which = found;
      } else if (!strchr("HSa", *c)) {
        complain("ulimit: Illegal option -%c", *c);
        return 2;
      }
    }
  }
  if (i == argc) {
    for (int k = 0; all_of_them && k < LIMITS; k++) {
      printf("%-20s ", limits[k].name);
      show_limit(k, hard && !soft);
    }
    if (!all_of_them) {
      show_limit(which, hard && !soft);
    }
    return 0;
  }
  rlim_t value = RLIM_INFINITY;
  long number;
  if (all_of_them || i + 1 < argc) {
    complain("ulimit: too many arguments");
    return 2;
  }
  if (strcmp(argv[i], "unlimited")) {
    if (!number_of(argv[i], &number) || number < 0) {
      complain("ulimit: bad number");
      return 2;
    }
    value = (rlim_t)number * limits[which].unit;
  }
  struct rlimit limit;
  getrlimit(limits[which].resource, &limit);
  limit.rlim_cur = soft || !hard ? value : limit.rlim_cur;
  limit.rlim_max = hard || !soft ? value : limit.rlim_max;
  if (setrlimit(limits[which].resource, &limit)) {
    complain("ulimit: error setting limit (%s)", strerror(errno));
    return 2;
  }
  return 0;
}

static void print_time(clock_t ticks) {
  long hertz = sysconf(_SC_CLK_TCK);
  printf("%ldm%ld.%02lds", ticks / hertz / 60, ticks / hertz % 60, ticks % hertz * 100 / hertz);
}

static int do_times(int argc, char **argv) {
  (void)argc, (void)argv;
  struct tms used;
  times(&used);
  print_time(used.tms_utime);
  putchar(' ');
  print_time(used.tms_stime);
  putchar('\n');
  print_time(used.tms_cutime);
  putchar(' ');
  print_time(used.tms_cstime);
  putchar('\n');
  return 0;
}

static int do_getopts(int argc, char **argv) {
  if (argc < 3) {
    complain("getopts: use: getopts LETTERS NAME [ARGUMENT ...]");
    return 2;
  }
  static int inside; // of a word with several letters
  char **arguments = argc > 3 ? argv + 3 : sh.positional;
  int count = argc > 3 ? argc - 3 : sh.positionals;
  const char *index = var_get("OPTIND");
  int at = index ? atoi(index) : 1;
  if (at < 1) {
    at = 1;
  }
  if (at == 1 && inside == 0) {
    inside = 0;
  }
  const char *word = at <= count ? arguments[at - 1] : NULL;
  char digits[16];
  if (word == NULL || (inside == 0 && (word[0] != '-' || word[1] == 0))) {
    inside = 0;
    var_set(argv[2], "?");
    return 1;
  }
  if (inside == 0 && strcmp(word, "--") == 0) {
    snprintf(digits, sizeof digits, "%d", at + 1);
    var_set("OPTIND", digits);
    var_set(argv[2], "?");
    return 1;
  }
  if (inside == 0 || inside >= (int)strlen(word)) {
    inside = 1;
  }
  char letter[2] = {word[inside], 0};
  const char *known = strchr(argv[1] + (argv[1][0] == ':'), letter[0]);
  bool quiet = argv[1][0] == ':';
  inside++;
  bool ends = word[inside] == 0;
  int status = 0;
  var_unset("OPTARG");
  if (known == NULL || letter[0] == ':') {
    if (quiet) {
      var_set("OPTARG", letter);
    } else {
      complain("%s: no such option: -%s", sh.name, letter);
    }
    letter[0] = '?';
  } else if (known[1] == ':') {
    if (!ends) {
      var_set("OPTARG", word + inside);
      ends = true;
    } else if (at < count) {
      var_set("OPTARG", arguments[at++]);
    } else if (quiet) {
      var_set("OPTARG", letter);
      letter[0] = ':';
    } else {
      complain("%s: -%s needs an argument", sh.name, letter);
      letter[0] = '?';
    }
  }
  if (ends) {
    at++;
    inside = 0;
  }
  snprintf(digits, sizeof digits, "%d", at);
  var_set("OPTIND", digits);
  var_set(argv[2], letter);
  return status;
}

static bool in_path(const char *name, struct text *path) {
  const char *p = strchr(name, '/') ? NULL : var_get("PATH");
  if (p == NULL) {
    text_puts(path, name);
    return access(name, X_OK) == 0;
  }
  for (;;) {
    size_t length = strcspn(p, ":");
    struct stat status;
    path->length = 0;
    text_append(path, p, length);
    if (length) {
      text_add(path, '/');
    }
    text_puts(path, name);
    if (access(text_end(path), X_OK) == 0 && stat(text_end(path), &status) == 0 && S_ISREG(status.st_mode)) {
      return true;
    }
    if (p[length] == 0) {
      return false;
    }
    p += length + 1;
  }
}

static int tell_command(const char *name, bool words) {
  struct text path = {0};
  bool special;
  int status = 0;
  if (function_find(name)) {
    printf(words ? "%s is a function\n" : "%s\n", name);
  } else if (builtin_find(name, &special)) {
    printf(words ? "%s is a shell builtin\n" : "%s\n", name);
  } else if (in_path(name, &path)) {
    if (words) {
      printf("%s is %s\n", name, text_end(&path));
    } else {
      printf("%s\n", text_end(&path));
    }
  } else {
    if (words) {
      complain("%s: not found", name);
    }
    status = words ? 127 : 127;
  }
  text_free(&path);
  return status;
}

static int do_type(int argc, char **argv) {
  int status = 0;
  for (int i = 1; i < argc; i++) {
    int one = tell_command(argv[i], true);
    status = one ? one : status;
  }
  return status;
}

static int do_command(int argc, char **argv) {
  int i = 1;
  if (i < argc && (strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "-V") == 0)) {
    return i + 1 < argc ? tell_command(argv[i + 1], argv[i][1] == 'V') : 2;
  }
  if (i < argc && (strcmp(argv[i], "-p") == 0 || strcmp(argv[i], "--") == 0)) {
    i++;
  }
  if (i == argc) {
    return 0;
  }
  bool special;
  builtin *internal = builtin_find(argv[i], &special);
  if (internal) {
    return internal(argc - i, argv + i);
  }
  struct job *job = job_new(argv[i], false);
  pid_t pid = fork_shell(job, false);
  if (pid == 0) {
    exec_program(argv + i, var_environment());
  }
  return job_wait(job);
}

static int do_hash(int argc, char **argv) { // nothing is remembered, so there is nothing to forget
  (void)argc, (void)argv;
  return 0;
}

static const struct {
  const char *name;
  builtin *run;
  bool special;
} all[] = {
    {".", do_dot, true},
    {":", do_true, true},
    {"[", test_main, false},
    {"bg", builtin_bg, false},
    {"break", do_break, true},
    {"cd", do_cd, false},
    {"command", do_command, false},
    {"continue", do_continue, true},
    {"echo", echo_main, false},
    {"eval", do_eval, true},
    {"exec", do_exec, true},
    {"exit", do_exit, true},
    {"export", do_export, true},
    {"false", do_false, false},
    {"fg", builtin_fg, false},
    {"getopts", do_getopts, false},
    {"hash", do_hash, false},
    {"jobs", builtin_jobs, false},
    {"kill", builtin_kill, false},
    {"local", do_local, false},
    {"printf", printf_main, false},
    {"pwd", do_pwd, false},
    {"read", do_read, false},
    {"readonly", do_readonly, true},
    {"return", do_return, true},
    {"set", do_set, true},
    {"shift", do_shift, true},
    {"test", test_main, false},
    {"times", do_times, true},
    {"trap", builtin_trap, true},
    {"true", do_true, false},
    {"type", do_type, false},
    {"ulimit", do_ulimit, false},
    {"umask", do_umask, false},
    {"unset", do_unset, true},
    {"wait", builtin_wait, false},
};

builtin *builtin_find(const char *name, bool *special) {
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (strcmp(all[i].name, name) == 0) {
      *special = all[i].special;
      return all[i].run;
    }
  }
  return NULL;
}
