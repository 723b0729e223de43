// head tail wc grep sort tr cut uniq tee seq yes
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../userland.h"

static FILE *input(const char *name) {
  return strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
}

static void done_with(FILE *file) {
  if (file != stdin) {
    fclose(file);
  }
}

// The files that are named, or standard input; calls `each` for every one.
static int for_files(int argc, char **argv, int first, int (*each)(FILE *, const char *, bool many)) {
  int status = 0;
  for (int i = first; i < argc || i == first; i++) {
    const char *name = i < argc ? argv[i] : "-";
    FILE *file = input(name);
    if (file == NULL) {
      status = problem("%s", name);
      continue;
    }
    status |= each(file, name, argc - first > 1);
    done_with(file);
  }
  return status;
}

// ---- head and tail

static long part = 10;
static bool part_bytes, part_from_start, part_to_end, follow;
static int titles; // -1 for none, 1 for always

static void title(const char *name, bool many) {
  static bool again;
  if (titles > 0 || (many && titles == 0)) {
    printf("%s==> %s <==\n", again ? "\n" : "", strcmp(name, "-") ? name : "standard input");
    again = true;
  }
}

// Everything of a file, which is not ended with a zero.
static char *whole(FILE *file, size_t *length) {
  char *text = NULL;
  size_t room = 0;
  int c;
  *length = 0;
  while ((c = getc(file)) != EOF) {
    if (*length == room) {
      text = realloc(text, room = room * 2 + 4096);
    }
    text[(*length)++] = (char)c;
  }
  return text;
}

// Where the last `part` lines or bytes begin.
static size_t last_part(const char *text, size_t length) {
  if (part_bytes) {
    return (size_t)part < length ? length - part : 0;
  }
  if (part == 0) {
    return length;
  }
  size_t at = length;
  long lines = part + (length && text[length - 1] == '\n');
  while (at > 0 && (text[at - 1] != '\n' || --lines > 0)) {
    at--;
  }
  return at;
}

static int all_but_last(FILE *file) {
  size_t length;
  char *text = whole(file, &length);
  fwrite(text, 1, last_part(text, length), stdout);
  free(text);
  return 0;
}

static int head_of(FILE *file, const char *name, bool many) {
  title(name, many);
  if (part_to_end) {
    return all_but_last(file);
  }
  long left = part;
  int c;
  while (left > 0 && (c = getc(file)) != EOF) {
    putchar(c);
    left -= part_bytes || c == '\n';
  }
  return 0;
}

static bool part_option(int argc, char **argv, int *first) {
  int i = 1;
  for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
    const char *value = argv[i] + 1;
    if (strcmp(argv[i], "--") == 0) {
      i++;
      break;
    }
    if (argv[i][0] == '-' && strchr("fqv", *value) && value[1] == 0) {
      follow |= *value == 'f';
      titles = *value == 'q' ? -1 : *value == 'v' ? 1 : titles;
      continue;
    }
    if (*value == 'n' || *value == 'c') {
      part_bytes = *value == 'c';
      value = value[1] ? value + 1 : i + 1 < argc ? argv[++i] : "";
    }
    part_from_start = *value == '+' || argv[i][0] == '+';
    part_to_end = *value == '-';
    if (!number_of(value, &part)) {
      return false;
    }
    part = labs(part);
  }
  *first = i;
  return true;
}

int head_main(int argc, char **argv) {
  int first;
  if (!part_option(argc, argv, &first)) {
    return usage("head [-qv] [-n LINES | -c BYTES] [FILE ...]");
  }
  return for_files(argc, argv, first, head_of);
}

static int tail_of(FILE *file, const char *name, bool many) {
  title(name, many);
  int c;
  if (part_from_start) {
    for (long skip = part - 1; skip > 0 && (c = getc(file)) != EOF;) {
      skip -= part_bytes || c == '\n';
    }
    while ((c = getc(file)) != EOF) {
      putchar(c);
    }
  } else {
    size_t length;
    char *text = whole(file, &length);
    size_t at = last_part(text, length);
    fwrite(text + at, 1, length - at, stdout);
    free(text);
  }
  while (follow) {
    fflush(stdout);
    sleep(1);
    clearerr(file);
    while ((c = getc(file)) != EOF) {
      putchar(c);
    }
  }
  return 0;
}

int tail_main(int argc, char **argv) {
  int first;
  if (!part_option(argc, argv, &first)) {
    return usage("tail [-fqv] [-n LINES | -n +FIRST | -c BYTES] [FILE ...]");
  }
  return for_files(argc, argv, first, tail_of);
}

// ---- wc

static bool wc_lines, wc_words, wc_bytes, wc_longest;
static long wc_total[4];
static int wc_width = 1;

static void wc_print(const long *counts, const char *name) {
  bool before = false;
  for (int i = 0; i < 4; i++) {
    if (i == 0 ? wc_lines : i == 1 ? wc_words : i == 2 ? wc_bytes : wc_longest) {
      if (before) {
        putchar(' ');
      }
      printf("%*ld", wc_width, counts[i]);
      before = true;
    }
  }
  printf(strcmp(name, "-") ? " %s\n" : "\n", name);
}

static int wc_of(FILE *file, const char *name, bool many) {
  (void)many;
  long counts[4] = {0}, column = 0;
  bool inside = false;
  int c;
  while ((c = getc(file)) != EOF) {
    counts[2]++;
    counts[0] += c == '\n';
    counts[1] += !isspace(c) && !inside;
    inside = !isspace(c);
    column = c == '\t' ? (column | 7) + 1 : c == '\n' || c == '\r' || c == '\f' ? 0 : column + (isprint(c) != 0);
    counts[3] = column > counts[3] ? column : counts[3];
  }
  for (int i = 0; i < 3; i++) {
    wc_total[i] += counts[i];
  }
  wc_total[3] = counts[3] > wc_total[3] ? counts[3] : wc_total[3];
  wc_print(counts, name);
  return 0;
}

// As wide as the size of all files needs; what is no file may be of any size.
static int wc_room(int argc, char **argv) {
  int count = argc - optind, least = 1;
  if (count <= 1 && wc_lines + wc_words + wc_bytes + wc_longest == 1) {
    return 1;
  }
  long long size = 0;
  for (int i = optind; i < argc || i == optind; i++) {
    struct stat s;
    bool standard = i >= argc || strcmp(argv[i], "-") == 0;
    if ((standard ? fstat(0, &s) : stat(argv[i], &s)) == 0) {
      size += S_ISREG(s.st_mode) ? s.st_size : 0;
      least = S_ISREG(s.st_mode) ? least : 7;
    }
  }
  int width = snprintf(NULL, 0, "%lld", size);
  return width > least ? width : least;
}

int wc_main(int argc, char **argv) {
  int c;
  while ((c = getopt(argc, argv, "lwcmL")) >= 0) {
    wc_lines |= c == 'l';
    wc_words |= c == 'w';
    wc_bytes |= c == 'c' || c == 'm';
    wc_longest |= c == 'L';
    if (c == '?') {
      return usage("wc [-lwcmL] [FILE ...]");
    }
  }
  if (!wc_lines && !wc_words && !wc_bytes && !wc_longest) {
    wc_lines = wc_words = wc_bytes = true;
  }
  wc_width = wc_room(argc, argv);
  int status = for_files(argc, argv, optind, wc_of);
  if (argc - optind > 1) {
    wc_print(wc_total, "total");
  }
  return status;
}

// ---- grep

static struct {
  bool invert, numbers, count, quiet, names, no_names, with_names, fixed, only, whole, word, ignore, recursive, silent;
  long before, after, most; // lines around a hit; hits, -1 for any number
  bool context, without;
  regex_t *patterns;
  char **texts;
  int pattern_count;
  bool found;
} grep;

static bool word_edge(const char *line, regmatch_t m) {
  bool before = m.rm_so == 0 || !(isalnum((unsigned char)line[m.rm_so - 1]) || line[m.rm_so - 1] == '_');
  bool after = !(isalnum((unsigned char)line[m.rm_eo]) || line[m.rm_eo] == '_');
  return before && after;
}

static bool grep_match(const char *line, regmatch_t *where, int flags) {
  for (int i = 0; i < grep.pattern_count; i++) {
    const char *from = line;
    regmatch_t m;
    while (regexec(&grep.patterns[i], from, 1, &m, flags | (from > line ? REG_NOTBOL : 0)) == 0) {
      m.rm_so += from - line;
      m.rm_eo += from - line;
      if ((!grep.whole || (m.rm_so == 0 && line[m.rm_eo] == 0)) && (!grep.word || word_edge(line, m))) {
        *where = m;
        return true;
      }
      if (line[m.rm_so] == 0) {
        break;
      }
      from = line + m.rm_so + 1;
    }
  }
  return false;
}

static void grep_prefix(const char *name, bool named, long number, char mark) {
  if (named) {
    printf("%s%c", name, mark);
  }
  if (grep.numbers) {
    printf("%ld%c", number, mark);
  }
}

// The lines before a hit that have not been printed, the oldest first.
static char *kept[64];
static long kept_count;

static void keep_line(const char *line) {
  if (kept_count == grep.before) {
    free(kept[0]);
    memmove(kept, kept + 1, (kept_count - 1) * sizeof *kept);
    kept_count--;
  }
  kept[kept_count++] = strdup(line);
}

static void print_kept(const char *name, bool named, long number) {
  for (long i = 0; i < kept_count; i++) {
    grep_prefix(name, named, number - kept_count + i, '-');
    puts(kept[i]);
    free(kept[i]);
  }
  kept_count = 0;
}

static int grep_of(FILE *file, const char *name, bool many) {
  char *line = NULL;
  size_t room = 0;
  long number = 0, count = 0, printed = 0, after = 0;
  ssize_t length;
  bool named = (many || grep.with_names || grep.recursive) && !grep.no_names;
  name = strcmp(name, "-") ? name : "(standard input)";
  bool silent = grep.quiet || grep.names || grep.without || grep.count;
  while ((count != grep.most || after > 0) && (length = getline(&line, &room, file)) > 0) {
    number++;
    if (line[length - 1] == '\n') {
      line[length - 1] = 0;
    }
    regmatch_t m;
    bool hit = count != grep.most && grep_match(line, &m, 0) != grep.invert;
    if (!hit) {
      if (after > 0 && !silent) {
        after--;
        grep_prefix(name, named, number, '-');
        puts(line);
        printed = number;
      } else if (grep.before > 0) {
        keep_line(line);
      }
      continue;
    }
    count++;
    grep.found = true;
    if (grep.quiet || grep.names || grep.without) {
      break;
    }
    if (grep.count) {
      continue;
    }
    static bool any;
    if (grep.context && any && (printed == 0 || printed < number - kept_count - 1)) {
      puts("--");
    }
    any = true;
    if (!grep.only) {
      print_kept(name, named, number);
    }
    printed = number;
    after = grep.after;
    if (!grep.only) {
      grep_prefix(name, named, number, ':');
      puts(line);
      continue;
    }
    const char *rest = line;
    do {
      if (m.rm_eo > m.rm_so) {
        grep_prefix(name, named, number, ':');
        printf("%.*s\n", (int)(m.rm_eo - m.rm_so), rest + m.rm_so);
      }
      rest += m.rm_eo > m.rm_so ? m.rm_eo : m.rm_eo + 1;
    } while (!grep.invert && *rest && grep_match(rest, &m, REG_NOTBOL));
  }
  while (kept_count > 0) {
    free(kept[--kept_count]);
  }
  free(line);
  if (grep.without && count == 0) {
    puts(name);
  } else if (grep.names && count) {
    puts(name);
  } else if (grep.count && !grep.quiet) {
    if (named) {
      printf("%s:", name);
    }
    printf("%ld\n", count);
  }
  return 0;
}

static void grep_add(const char *pattern, int flags) {
  struct {
    char *bytes;
    size_t length;
  } text = {malloc(strlen(pattern) * 2 + 1), 0};
  for (const char *p = pattern; *p; p++) {
    if (grep.fixed && strchr("\\.[]*^$", *p)) {
      text.bytes[text.length++] = '\\';
    }
    text.bytes[text.length++] = *p;
  }
  text.bytes[text.length] = 0;
  grep.patterns = realloc(grep.patterns, (grep.pattern_count + 1) * sizeof *grep.patterns);
  int error = regcomp(&grep.patterns[grep.pattern_count], text.bytes, flags);
  if (error) {
    trouble("%s: not a pattern", pattern);
    exit(2);
  }
  grep.pattern_count++;
  free(text.bytes);
}

static int grep_tree(const char *path) {
  struct stat s;
  if (stat(path, &s) == 0 && S_ISDIR(s.st_mode)) {
    DIR *directory = opendir(path);
    struct dirent *entry;
    int status = directory ? 0 : problem("%s", path);
    while (directory && (entry = readdir(directory)) != NULL) {
      if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
        char inner[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        status |= grep_tree(inner);
      }
    }
    if (directory) {
      closedir(directory);
    }
    return status;
  }
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    return grep.silent ? 1 : problem("%s", path);
  }
  grep_of(file, path, true);
  fclose(file);
  return 0;
}

int grep_main(int argc, char **argv) {
  static const char how[] = "grep [-EFivncqlLhHowxrs] [-A|-B|-C LINES] [-m HITS] [-e PATTERN] PATTERN [FILE ...]";
  int c, flags = 0;
  long lines;
  grep.most = -1;
  const char *patterns[32];
  int count = 0;
  while ((c = getopt(argc, argv, "EFGivncqlLhHowxrse:A:B:C:m:")) >= 0) {
    switch (c) {
      case 'E': flags |= REG_EXTENDED; break;
      case 'F': grep.fixed = true; break;
      case 'G': break;
      case 'i': flags |= REG_ICASE; break;
      case 'v': grep.invert = true; break;
      case 'n': grep.numbers = true; break;
      case 'c': grep.count = true; break;
      case 'q': grep.quiet = true; break;
      case 'l': grep.names = true; break;
      case 'h': grep.no_names = true; break;
      case 'H': grep.with_names = true; break;
      case 'o': grep.only = true; break;
      case 'w': grep.word = true; break;
      case 'x': grep.whole = true; break;
      case 'r': grep.recursive = true; break;
      case 's': grep.silent = true; break;
      case 'L': grep.without = true; break;
      case 'A':
      case 'B':
      case 'C':
        grep.context = true;
        if (!number_of(optarg, &lines) || lines < 0 || lines > (long)(sizeof kept / sizeof *kept)) {
          trouble("%s: not a number of lines (64 at most)", optarg);
          return 2;
        }
        grep.after = c != 'B' ? lines : grep.after;
        grep.before = c != 'A' ? lines : grep.before;
        break;
      case 'm':
        if (!number_of(optarg, &grep.most) || grep.most < 0) {
          trouble("%s: not a number", optarg);
          return 2;
        }
        break;
      case 'e':
        if (count < 32) {
          patterns[count++] = optarg;
        }
        break;
      default: return usage(how);
    }
  }
  if (count == 0) {
    if (optind == argc) {
      return usage(how);
    }
    patterns[count++] = argv[optind++];
  }
  for (int i = 0; i < count; i++) {
    char *copy = strdup(patterns[i]);
    for (char *at = copy, *line; (line = strsep(&at, "\n")) != NULL;) { // a line each
      grep_add(line, grep.fixed ? flags & ~REG_EXTENDED : flags);
    }
    free(copy);
  }
  int status = 0;
  if (grep.recursive) {
    for (int i = optind; i < argc; i++) {
      status |= grep_tree(argv[i]);
    }
  } else {
    for (int i = optind; i < argc || i == optind; i++) {
      const char *name = i < argc ? argv[i] : "-";
      FILE *file = input(name);
      if (file) {
        grep_of(file, name, argc - optind > 1);
        done_with(file);
      } else {
        status |= grep.silent ? 1 : problem("%s", name);
      }
    }
  }
  if (grep.found && (grep.quiet || status == 0)) {
    return 0;
  }
  return status ? 2 : 1;
}

// ---- sort and uniq

static struct {
  bool number, reverse, unique, fold;
  long key, key_end;
  char separator;
} sort;

static const char *key_start(const char *line, long key) {
  for (long i = 1; i < key && *line; i++) {
    if (sort.separator) {
      const char *next = strchr(line, sort.separator);
      line = next ? next + 1 : line + strlen(line);
    } else {
      line += strspn(line, " \t");
      line += strcspn(line, " \t");
    }
  }
  return line;
}

static int key_order(const char *a, const char *b) {
  if (sort.key) {
    const char *x = key_start(a, sort.key), *y = key_start(b, sort.key);
    if (sort.key_end || !sort.number) {
      size_t n = sort.key_end ? (size_t)(key_start(a, sort.key_end + 1) - x) : strlen(x);
      size_t m = sort.key_end ? (size_t)(key_start(b, sort.key_end + 1) - y) : strlen(y);
      char *s = strndup(x, n - (sort.separator && sort.key_end && n && x[n - 1] == sort.separator));
      char *t = strndup(y, m - (sort.separator && sort.key_end && m && y[m - 1] == sort.separator));
      double v = strtod(s, NULL), w = strtod(t, NULL);
      int order = sort.number ? (v > w) - (v < w) : sort.fold ? strcasecmp(s, t) : strcmp(s, t);
      free(s);
      free(t);
      return order;
    }
    a = x;
    b = y;
  }
  if (sort.number) {
    double v = strtod(a, NULL), w = strtod(b, NULL);
    return (v > w) - (v < w);
  }
  return sort.fold ? strcasecmp(a, b) : strcmp(a, b);
}

static int line_order(const void *a, const void *b) {
  const char *x = *(char *const *)a, *y = *(char *const *)b;
  int order = key_order(x, y);
  if (order == 0 && !sort.unique) {
    order = strcmp(x, y);
  }
  return sort.reverse ? -order : order;
}

static char **lines;
static size_t line_count;

static int gather(FILE *file, const char *name, bool many) {
  (void)name, (void)many;
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, file)) > 0) {
    if (line[length - 1] == '\n') {
      line[length - 1] = 0;
    }
    if (line_count % 1024 == 0) {
      lines = realloc(lines, (line_count + 1024) * sizeof *lines);
    }
    lines[line_count++] = strdup(line);
  }
  free(line);
  return 0;
}

int sort_main(int argc, char **argv) {
  int c;
  const char *output = NULL;
  while ((c = getopt(argc, argv, "nrufk:t:o:")) >= 0) {
    switch (c) {
      case 'n': sort.number = true; break;
      case 'r': sort.reverse = true; break;
      case 'u': sort.unique = true; break;
      case 'f': sort.fold = true; break;
      case 'k': {
        char *comma = strchr(optarg, ',');
        sort.key = atol(optarg);
        sort.key_end = comma ? atol(comma + 1) : 0;
        sort.number |= strchr(optarg, 'n') != NULL;
        sort.reverse |= strchr(optarg, 'r') != NULL;
        break;
      }
      case 't': sort.separator = *optarg; break;
      case 'o': output = optarg; break;
      default: return usage("sort [-nruf] [-k FIRST[,LAST]] [-t CHARACTER] [-o FILE] [FILE ...]");
    }
  }
  int status = for_files(argc, argv, optind, gather);
  qsort(lines, line_count, sizeof *lines, line_order);
  if (output && freopen(output, "we", stdout) == NULL) {
    return problem("%s", output);
  }
  for (size_t i = 0; i < line_count; i++) {
    if (!sort.unique || i == 0 || key_order(lines[i], lines[i - 1])) {
      puts(lines[i]);
    }
  }
  return status;
}

int uniq_main(int argc, char **argv) {
  bool counts = false, doubles = false, singles = false;
  int c;
  while ((c = getopt(argc, argv, "cdu")) >= 0) {
    counts |= c == 'c';
    doubles |= c == 'd';
    singles |= c == 'u';
    if (c == '?') {
      return usage("uniq [-cdu] [FILE]");
    }
  }
  FILE *file = input(optind < argc ? argv[optind] : "-");
  if (file == NULL) {
    return problem("%s", argv[optind]);
  }
  gather(file, "", false);
  done_with(file);
  for (size_t i = 0, next; i < line_count; i = next) {
    for (next = i + 1; next < line_count && strcmp(lines[i], lines[next]) == 0; next++) {
    }
    if ((doubles && next - i == 1) || (singles && next - i > 1)) {
      continue;
    }
    if (counts) {
      printf("%7zu ", next - i);
    }
    puts(lines[i]);
  }
  return 0;
}

// ---- tr

static int tr_class(const char *name, size_t length, unsigned char *set, int count) {
  static const struct {
    const char *name;
    int (*test)(int);
  } classes[] = {{"alpha", isalpha}, {"digit", isdigit}, {"alnum", isalnum}, {"upper", isupper}, {"lower", islower},
                 {"space", isspace}, {"punct", ispunct}, {"print", isprint}, {"blank", isblank}, {"xdigit", isxdigit},
                 {"cntrl", iscntrl}};
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
    if (strlen(classes[i].name) == length && strncmp(classes[i].name, name, length) == 0) {
      for (int c = 0; c < 256; c++) {
        if (classes[i].test(c)) {
          set[count++] = (unsigned char)c;
        }
      }
    }
  }
  return count;
}

static unsigned char tr_char(const char **at) {
  const char *p = *at;
  unsigned char c = *p++;
  if (c == '\\' && *p) {
    static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
    const char *known = strchr(from, *p);
    if (*p >= '0' && *p <= '7') {
      c = 0;
      for (int i = 0; i < 3 && *p >= '0' && *p <= '7'; i++) {
        c = c * 8 + *p++ - '0';
      }
    } else {
      c = known ? to[known - from] : *p;
      p++;
    }
  }
  *at = p;
  return c;
}

static int tr_set(const char *text, unsigned char *set) {
  int count = 0;
  while (*text && count < 4000) {
    const char *end = text[0] == '[' && text[1] == ':' ? strstr(text + 2, ":]") : NULL;
    if (end) {
      count = tr_class(text + 2, end - text - 2, set, count);
      text = end + 2;
      continue;
    }
    unsigned char c = tr_char(&text);
    if (text[0] == '-' && text[1]) {
      text++;
      unsigned char last = tr_char(&text);
      for (int each = c; each <= last; each++) {
        set[count++] = (unsigned char)each;
      }
    } else {
      set[count++] = c;
    }
  }
  return count;
}

int tr_main(int argc, char **argv) {
  bool drop = false, squeeze = false, complement = false;
  int c;
  while ((c = getopt(argc, argv, "+dscC")) >= 0) {
    drop |= c == 'd';
    squeeze |= c == 's';
    complement |= c == 'c' || c == 'C';
    if (c == '?') {
      return usage("tr [-cds] FROM [TO]");
    }
  }
  if (optind == argc) {
    return usage("tr [-cds] FROM [TO]");
  }
  static unsigned char from[8192], to[8192], other[256];
  int from_count = tr_set(argv[optind], from);
  int to_count = optind + 1 < argc ? tr_set(argv[optind + 1], to) : 0;
  if (complement) {
    int count = 0;
    for (int each = 0; each < 256; each++) {
      if (!memchr(from, each, from_count)) {
        other[count++] = (unsigned char)each;
      }
    }
    memcpy(from, other, count);
    from_count = count;
  }
  const unsigned char *squeezed = to_count ? to : from;
  int squeezed_count = to_count ? to_count : from_count;
  int last = -1;
  while ((c = getchar()) != EOF) {
    for (int i = from_count - 1; i >= 0; i--) {
      if (from[i] == c) {
        if (drop) {
          c = -1;
        } else if (to_count) {
          c = to[i < to_count ? i : to_count - 1];
        }
        break;
      }
    }
    if (c < 0 || (squeeze && c == last && memchr(squeezed, c, squeezed_count))) {
      continue;
    }
    putchar(c);
    last = c;
  }
  return 0;
}

// ---- cut

static bool wanted(const char *list, long n) {
  for (const char *p = list; *p;) {
    char *end;
    long first = strtol(p, &end, 10), last = first;
    if (end == p) {
      first = 1;
    }
    if (*end == '-') {
      p = end + 1;
      last = strtol(p, &end, 10);
      if (end == p) {
        last = n;
      }
    }
    if (n >= first && n <= last) {
      return true;
    }
    p = *end == ',' ? end + 1 : end + strlen(end);
  }
  return false;
}

int cut_main(int argc, char **argv) {
  const char *fields = NULL, *characters = NULL;
  char separator = '\t';
  bool only = false;
  int c;
  while ((c = getopt(argc, argv, "d:f:c:b:s")) >= 0) {
    switch (c) {
      case 'd': separator = *optarg; break;
      case 'f': fields = optarg; break;
      case 'b':
      case 'c': characters = optarg; break;
      case 's': only = true; break;
      default: fields = characters = NULL; optind = argc; break;
    }
  }
  if (!fields == !characters) {
    return usage("cut {-f LIST [-d CHARACTER] [-s] | -c LIST} [FILE ...]");
  }
  int status = for_files(argc, argv, optind, gather);
  for (size_t i = 0; i < line_count; i++) {
    char *line = lines[i];
    if (characters) {
      for (long n = 1; line[n - 1]; n++) {
        if (wanted(characters, n)) {
          putchar(line[n - 1]);
        }
      }
    } else if (!strchr(line, separator)) {
      if (only) {
        continue;
      }
      fputs(line, stdout);
    } else {
      bool before = false;
      char *at = line;
      for (long n = 1; at; n++) {
        char *end = strchr(at, separator);
        size_t length = end ? (size_t)(end - at) : strlen(at);
        if (wanted(fields, n)) {
          printf("%s%.*s", before ? (char[]){separator, 0} : "", (int)length, at);
          before = true;
        }
        at = end ? end + 1 : NULL;
      }
    }
    putchar('\n');
  }
  return status;
}

int tee_main(int argc, char **argv) {
  bool append = argc > 1 && strcmp(argv[1], "-a") == 0;
  int first = 1 + append, status = 0;
  int *fds = calloc(argc, sizeof *fds);
  for (int i = first; i < argc; i++) {
    fds[i] = open(argv[i], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
    if (fds[i] < 0) {
      status = problem("%s", argv[i]);
    }
  }
  char buffer[4096];
  ssize_t n;
  while ((n = restarted(read(0, buffer, sizeof buffer))) > 0) {
    (void)!write(1, buffer, n);
    for (int i = first; i < argc; i++) {
      if (fds[i] >= 0) {
        (void)!write(fds[i], buffer, n);
      }
    }
  }
  return status;
}

// Digits behind the point of a number as it is written.
static int digits_of(const char *text) {
  const char *point = strchr(text, '.');
  return point && !strpbrk(text, "eE") ? (int)strlen(point + 1) : 0;
}

static bool real_of(const char *text, double *value) {
  char *end;
  *value = strtod(text, &end);
  return end != text && *end == 0 && *value - *value == 0;
}

// Whether a format has one %f, %e or %g and no other.
static bool seq_format(const char *format) {
  int found = 0;
  for (const char *at = format; (at = strchr(at, '%')) != NULL; at++) {
    if (at[1] == '%') {
      at++;
      continue;
    }
    at += 1 + strspn(at + 1, "-+ #0'");
    at += strspn(at, "0123456789");
    at += *at == '.' ? 1 + strspn(at + 1, "0123456789") : 0;
    if (!*at || !strchr("efgEFG", *at)) {
      return false;
    }
    found++;
  }
  return found == 1;
}

int seq_main(int argc, char **argv) {
  static const char how[] = "seq [-w] [-f FORMAT] [-s TEXT] [FIRST [STEP]] LAST";
  const char *separator = "\n", *format = NULL;
  int i = 1;
  bool pad = false;
  for (; i < argc && argv[i][0] == '-' && isalpha((unsigned char)argv[i][1]); i++) {
    const char *value = argv[i][2] ? argv[i] + 2 : i + 1 < argc ? argv[i + 1] : NULL;
    if (strchr("sf", argv[i][1]) && value) {
      *(argv[i][1] == 's' ? &separator : &format) = value;
      i += argv[i][2] == 0;
    } else if (strcmp(argv[i], "-w") == 0) {
      pad = true;
    } else {
      return usage(how);
    }
  }
  double first = 1, step = 1, last;
  int count = argc - i;
  if (count < 1 || count > 3) {
    return usage(how);
  }
  double *values[] = {&first, &step, &last};
  int digits = 0;
  for (int k = 0; k < count; k++) {
    bool is_last = k == count - 1;
    if (!real_of(argv[i + k], is_last ? &last : values[k])) {
      return trouble("%s: not a number", argv[i + k]);
    }
    digits = !is_last && digits_of(argv[i + k]) > digits ? digits_of(argv[i + k]) : digits;
  }
  if (step == 0) {
    return trouble("a step of 0 leads nowhere");
  }
  if (format && !seq_format(format)) {
    return trouble("%s: not a format of one number", format);
  }
  if (format && pad) {
    return trouble("a format and -w are two ways of saying the same");
  }
  int width = 0;
  if (pad) {
    int one = snprintf(NULL, 0, "%.*f", digits, first), other = snprintf(NULL, 0, "%.*f", digits, last);
    width = one > other ? one : other;
  }
  bool before = false;
  for (long n = 0;; n++) {
    double value = first + (double)n * step;
    double slack = step / 1e9; // so that 0.1 added ten times is 1
    if (step > 0 ? value > last + slack : value < last + slack) {
      break;
    }
    fputs(before ? separator : "", stdout);
    if (format) {
      printf(format, value);
    } else {
      printf("%0*.*f", width, digits, value);
    }
    before = true;
  }
  if (before) {
    putchar('\n');
  }
  return 0;
}

int yes_main(int argc, char **argv) {
  for (;;) {
    for (int i = 1; i < argc; i++) {
      printf("%s%s", i > 1 ? " " : "", argv[i]);
    }
    if (puts(argc > 1 ? "" : "y") == EOF) {
      return problem("write error");
    }
  }
}

int true_main(int argc, char **argv) {
  (void)argc, (void)argv;
  return 0;
}

int false_main(int argc, char **argv) {
  (void)argc, (void)argv;
  return 1;
}
