// echo, printf and test: builtins of the shell, and programs of their own for `mosrun echo`.
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../userland.h"

// One escape after a backslash; false for \c.
static bool escape(const char **at, bool octal_needs_zero) {
  const char *p = *at;
  static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
  const char *known = *p ? strchr(from, *p) : NULL;
  if (known) {
    putchar(to[known - from]);
    *at = p + 1;
  } else if (*p == 'c') {
    *at = p + 1;
    return false;
  } else if (*p == '0' || (!octal_needs_zero && *p >= '1' && *p <= '7')) {
    int value = 0, most = *p == '0' && octal_needs_zero ? 4 : 3;
    for (int i = 0; i < most && *p >= '0' && *p <= '7'; i++) {
      value = value * 8 + *p++ - '0';
    }
    putchar(value);
    *at = p;
  } else {
    putchar('\\');
    if (*p) {
      putchar(*p++);
    }
    *at = p;
  }
  return true;
}

static bool print_escaped(const char *text) {
  while (*text) {
    if (*text == '\\') {
      text++;
      if (!escape(&text, true)) {
        return false;
      }
    } else {
      putchar(*text++);
    }
  }
  return true;
}

int echo_main(int argc, char **argv) {
  bool newline = true, escapes = false;
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1] && strspn(argv[i] + 1, "neE") == strlen(argv[i] + 1); i++) {
    for (const char *c = argv[i] + 1; *c; c++) {
      newline = newline && *c != 'n';
      escapes = *c == 'e' || (escapes && *c != 'E');
    }
  }
  for (int first = i; i < argc; i++) {
    if (i > first) {
      putchar(' ');
    }
    if (!escapes) {
      fputs(argv[i], stdout);
    } else if (!print_escaped(argv[i])) {
      return 0;
    }
  }
  if (newline) {
    putchar('\n');
  }
  return 0;
}

static long long number_argument(const char *text, int *status) {
  if (text == NULL) {
    return 0;
  }
  if (*text == '\'' || *text == '"') {
    return (unsigned char)text[1];
  }
  char *end;
  errno = 0;
  long long value = strtoll(text, &end, 0);
  if (end == text || *end) {
    trouble("%s: not a number", text);
    *status = 1;
  }
  return value;
}

int printf_main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--") == 0) {
    argv++;
    argc--;
  }
  if (argc < 2) {
    return usage("printf FORMAT [ARGUMENT ...]");
  }
  const char *format = argv[1];
  int next = 2, status = 0;
  do {
    int before = next;
    for (const char *p = format; *p;) {
      if (*p == '\\') {
        p++;
        if (!escape(&p, false)) {
          return status;
        }
        continue;
      }
      if (*p != '%') {
        putchar(*p++);
        continue;
      }
      if (p[1] == '%') {
        putchar('%');
        p += 2;
        continue;
      }
      char one[64] = "%";
      size_t length = 1;
      for (p++; *p && strchr("-+ #0123456789.*", *p) && length < 40; p++) {
        if (*p == '*') {
          long long width = number_argument(next < argc ? argv[next++] : NULL, &status);
          length += snprintf(one + length, 20, "%lld", width);
        } else {
          one[length++] = *p;
        }
      }
      const char *argument = next < argc ? argv[next] : NULL;
      next += argument != NULL;
      char kind = *p;
      p += *p != 0;
      one[length] = kind;
      one[length + 1] = 0;
      switch (kind) {
        case 's': printf(one, argument ? argument : ""); break;
        case 'b':
          if (argument && !print_escaped(argument)) {
            return status;
          }
          break;
        case 'c':
          if (argument && *argument) {
            printf(one, *argument);
          }
          break;
        case 'd':
        case 'i':
        case 'o':
        case 'u':
        case 'x':
        case 'X':
          strcpy(one + length, "ll");
          one[length + 2] = kind;
          one[length + 3] = 0;
          printf(one, number_argument(argument, &status));
          break;
        case 'e':
        case 'f':
        case 'g':
        case 'E':
        case 'G': printf(one, argument ? strtod(argument, NULL) : 0.0); break;
        default: trouble("%s: bad format", one); return 1;
      }
    }
    if (next == before) {
      break;
    }
  } while (next < argc);
  return status;
}

// ---- test

struct question {
  int count, at;
  char **words;
  bool bad;
};

static bool any_of(struct question *);

static const char *ahead(const struct question *q, int by) {
  return q->at + by < q->count ? q->words[q->at + by] : NULL;
}

static bool about_file(char what, const char *path) {
  struct stat s;
  switch (what) {
    case 'r': return access(path, R_OK) == 0;
    case 'w': return access(path, W_OK) == 0;
    case 'x': return access(path, X_OK) == 0;
    case 'h':
    case 'L': return lstat(path, &s) == 0 && S_ISLNK(s.st_mode);
    case 't': return isatty(atoi(path));
    default: break;
  }
  if (stat(path, &s)) {
    return false;
  }
  switch (what) {
    case 'f': return S_ISREG(s.st_mode);
    case 'd': return S_ISDIR(s.st_mode);
    case 'p': return S_ISFIFO(s.st_mode);
    case 'S': return S_ISSOCK(s.st_mode);
    case 'b': return S_ISBLK(s.st_mode);
    case 'c': return S_ISCHR(s.st_mode);
    case 's': return s.st_size > 0;
    case 'u': return s.st_mode & S_ISUID;
    case 'g': return s.st_mode & S_ISGID;
    default: return true; // -e
  }
}

static bool newer(const char *a, const char *b) {
  struct stat x, y;
  if (stat(a, &x)) {
    return false;
  }
  if (stat(b, &y)) {
    return true;
  }
  return x.st_mtim.tv_sec > y.st_mtim.tv_sec ||
         (x.st_mtim.tv_sec == y.st_mtim.tv_sec && x.st_mtim.tv_nsec > y.st_mtim.tv_nsec);
}

static long whole(struct question *q, const char *text) {
  while (isspace((unsigned char)*text)) {
    text++;
  }
  char *end;
  long value = strtol(text, &end, 10);
  while (isspace((unsigned char)*end)) {
    end++;
  }
  if (end == text || *end) {
    trouble("%s: not a number", text);
    q->bad = true;
  }
  return value;
}

static bool is_binary(const char *word) {
  static const char *all[] = {"=",   "==",  "!=",  "<",   ">",   "-eq", "-ne",
                              "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};
  for (size_t i = 0; word && i < sizeof all / sizeof *all; i++) {
    if (strcmp(all[i], word) == 0) {
      return true;
    }
  }
  return false;
}

static bool compare(struct question *q) {
  const char *a = q->words[q->at], *how = q->words[q->at + 1], *b = q->words[q->at + 2];
  q->at += 3;
  if (how[0] != '-') {
    int order = strcmp(a, b);
    return how[0] == '!' ? order != 0 : how[0] == '<' ? order < 0 : how[0] == '>' ? order > 0 : order == 0;
  }
  if (strcmp(how, "-nt") == 0) {
    return newer(a, b);
  }
  if (strcmp(how, "-ot") == 0) {
    return newer(b, a);
  }
  if (strcmp(how, "-ef") == 0) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_ino == y.st_ino && x.st_dev == y.st_dev;
  }
  long x = whole(q, a), y = whole(q, b);
  switch (how[1] << 8 | how[2]) {
    case 'e' << 8 | 'q': return x == y;
    case 'n' << 8 | 'e': return x != y;
    case 'l' << 8 | 't': return x < y;
    case 'l' << 8 | 'e': return x <= y;
    case 'g' << 8 | 't': return x > y;
    default: return x >= y;
  }
}

static bool one(struct question *q) {
  const char *word = ahead(q, 0);
  if (word == NULL) {
    q->bad = true;
    trouble("a word is missing");
    return false;
  }
  if (is_binary(ahead(q, 1)) && ahead(q, 2)) {
    return compare(q);
  }
  if (strcmp(word, "!") == 0 && ahead(q, 1)) {
    q->at++;
    return !one(q);
  }
  if (strcmp(word, "(") == 0 && ahead(q, 1)) {
    q->at++;
    bool value = any_of(q);
    if (ahead(q, 0) == NULL || strcmp(ahead(q, 0), ")")) {
      q->bad = true;
      trouble("\")\" expected");
    } else {
      q->at++;
    }
    return value;
  }
  if (word[0] == '-' && word[1] && word[2] == 0 && ahead(q, 1) && strchr("nzefdrwxshLpSbctug", word[1])) {
    const char *operand = q->words[q->at + 1];
    q->at += 2;
    return word[1] == 'n' ? *operand != 0 : word[1] == 'z' ? *operand == 0 : about_file(word[1], operand);
  }
  q->at++;
  return *word != 0;
}

static bool all_of(struct question *q) {
  bool value = one(q);
  while (ahead(q, 0) && strcmp(ahead(q, 0), "-a") == 0) {
    q->at++;
    bool other = one(q);
    value = value && other;
  }
  return value;
}

static bool any_of(struct question *q) {
  bool value = all_of(q);
  while (ahead(q, 0) && strcmp(ahead(q, 0), "-o") == 0) {
    q->at++;
    bool other = all_of(q);
    value = value || other;
  }
  return value;
}

int test_main(int argc, char **argv) {
  const char *name = strrchr(argv[0], '/');
  name = name ? name + 1 : argv[0];
  if (strcmp(name, "[") == 0) {
    if (strcmp(argv[argc - 1], "]")) {
      trouble("\"]\" is missing");
      return 2;
    }
    argc--;
  }
  if (argc == 1) {
    return 1;
  }
  struct question q = {argc - 1, 0, argv + 1, false};
  bool value = any_of(&q);
  if (!q.bad && q.at < q.count) {
    trouble("%s: unexpected", q.words[q.at]);
    q.bad = true;
  }
  return q.bad ? 2 : !value;
}
