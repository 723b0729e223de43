// Words to fields. A word is first turned into characters that each know where they come from;
// splitting and file names then look at those marks and never at the source again.
#include <ctype.h>
#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../userland.h"
#include "shell.h"

enum mark_of {
  QUOTED = 1, // neither split nor a pattern
  RESULT = 2, // of an expansion: may be split
  NEXT = 4,  // no character: a new field begins ("$@")
  EMPTY = 8,  // no character: there is a field here even if nothing else is ("")
};

struct marked {
  struct text bytes, marks;
};

static void put(struct marked *out, char c, int marks) {
  text_add(&out->bytes, c);
  text_add(&out->marks, (char)marks);
}

static void put_all(struct marked *out, const char *text, int marks) {
  for (; *text; text++) {
    put(out, *text, marks);
  }
}

static void free_marked(struct marked *out) {
  text_free(&out->bytes);
  text_free(&out->marks);
}

enum { IN_QUOTES = 1, IN_HERE = 2, NO_TILDE = 4 };

static void expand(struct marked *out, const char *p, const char *end, int how);

// ---- parameters

static char number[32];

static const char *parameter(const char *name, size_t length) {
  if (length == 1 && !isalpha((unsigned char)*name) && *name != '_') {
    switch (*name) {
      case '$': snprintf(number, sizeof number, "%d", sh.pid); return number;
      case '?': snprintf(number, sizeof number, "%d", sh.status); return number;
      case '#': snprintf(number, sizeof number, "%d", sh.positionals); return number;
      case '!':
        if (sh.background == 0) {
          return NULL;
        }
        snprintf(number, sizeof number, "%d", sh.background);
        return number;
      case '-': {
        static char flags[16];
        snprintf(flags, sizeof flags, "%s%s%s%s%s%s%s", sh.errexit ? "e" : "", sh.noglob ? "f" : "",
                 sh.interactive ? "i" : "", sh.monitor ? "m" : "", sh.unset_is_error ? "u" : "",
                 sh.trace ? "x" : "", sh.noclobber ? "C" : "");
        return flags;
      }
      default: break;
    }
  }
  if (isdigit((unsigned char)*name)) {
    long n = strtol(name, NULL, 10);
    return n == 0 ? sh.name : n <= sh.positionals ? sh.positional[n - 1] : NULL;
  }
  char *copy = strndup(name, length);
  const char *value = var_get(copy);
  free(copy);
  return value;
}

static void put_positionals(struct marked *out, char which, bool quoted) {
  const char *ifs = var_get("IFS");
  char joint = ifs ? *ifs : ' ';
  for (int i = 0; i < sh.positionals; i++) {
    if (i > 0) {
      if (which == '*' && quoted) {
        if (joint) {
          put(out, joint, QUOTED);
        }
      } else {
        put(out, 0, NEXT);
      }
    }
    if (quoted && which == '@') {
      put(out, 0, EMPTY);
    }
    put_all(out, sh.positional[i], quoted ? QUOTED | RESULT : RESULT);
  }
}

static void unset_parameter(const char *name, size_t length) {
  fail(2, "%.*s: parameter not set", (int)length, name);
}

static size_t name_length(const char *p) {
  if (isdigit((unsigned char)*p)) {
    size_t n = 1;
    while (isdigit((unsigned char)p[n])) {
      n++;
    }
    return n;
  }
  if (*p && strchr("$?#!-@*", *p)) {
    return 1;
  }
  size_t n = 0;
  while (isalnum((unsigned char)p[n]) || p[n] == '_') {
    n++;
  }
  return n;
}

static char *in_scratch(struct text *text) {
  char *copy = region_copy(&scratch, text_end(text), text->length);
  text_free(text);
  return copy;
}

static char *sub_text(const char *p, const char *end, bool pattern, int how) {
  struct marked out = {0};
  expand(&out, p, end, how);
  struct text text = {0};
  for (size_t i = 0; i < out.bytes.length; i++) {
    int marks = out.marks.bytes[i];
    if (marks & (NEXT | EMPTY)) {
      if (marks & NEXT) {
        text_add(&text, ' ');
      }
      continue;
    }
    if (pattern && (marks & QUOTED)) {
      text_add(&text, '\\');
    }
    text_add(&text, out.bytes.bytes[i]);
  }
  free_marked(&out);
  return in_scratch(&text);
}

bool pattern_matches(const char *pattern, const char *text) {
  return fnmatch(pattern, text, 0) == 0;
}

// ${x#pattern} and its kin: the value without a part.
static char *trimmed(const char *value, const char *pattern, char end, bool longest) {
  size_t length = strlen(value);
  char *copy = region_copy(&scratch, value, length);
  for (size_t i = 0; i <= length; i++) {
    size_t cut = longest == (end == '#') ? length - i : i; // where the value is cut in two
    if (end == '#') {
      char saved = copy[cut];
      copy[cut] = 0;
      bool matches = pattern_matches(pattern, copy);
      copy[cut] = saved;
      if (matches) {
        return copy + cut;
      }
    } else if (pattern_matches(pattern, copy + cut)) {
      copy[cut] = 0;
      return copy;
    }
    // For '%' the shortest suffix is cut furthest right.
  }
  return copy;
}

static const char *braces(struct marked *out, const char *p, const char *end, int how) {
  bool quoted = how & (IN_QUOTES | IN_HERE);
  int marks = quoted ? QUOTED | RESULT : RESULT;
  bool size = false;
  if (*p == '#' && p + 1 < end && !strchr(":-=?+%#", p[1])) {
    size = true;
    p++;
  } else if (*p == '#' && p + 1 < end && p[1] == '-' && p + 2 == end) {
    size = true;
    p++;
  }
  const char *name = p;
  size_t length = name_length(p);
  if (length == 0) {
    fail(2, "bad substitution");
  }
  p += length;
  const char *value = parameter(name, length);
  bool all = length == 1 && (*name == '@' || *name == '*');
  if (size) {
    char digits[24];
    if (value == NULL && !all && sh.unset_is_error) {
      unset_parameter(name, length);
    }
    snprintf(digits, sizeof digits, "%zu", all ? (size_t)sh.positionals : value ? strlen(value) : 0);
    put_all(out, digits, marks);
    return end;
  }
  if (p == end) {
    if (all) {
      put_positionals(out, *name, quoted);
    } else if (value) {
      put_all(out, value, marks);
    } else if (sh.unset_is_error) {
      unset_parameter(name, length);
    }
    return end;
  }
  bool colon = *p == ':';
  p += colon;
  char operation = *p++;
  bool there = all ? sh.positionals > 0 : value && !(colon && *value == 0);
  if (all && colon && sh.positionals == 1 && sh.positional[0][0] == 0) {
    there = false;
  }
  switch (operation) {
    case '-':
    case '=':
    case '?':
      if (there) {
        if (all) {
          put_positionals(out, *name, quoted);
        } else {
          put_all(out, value, marks);
        }
      } else if (operation == '-') {
        size_t from = out->marks.length;
        expand(out, p, end, how);
        for (size_t i = from; i < out->marks.length; i++) {
          out->marks.bytes[i] |= (out->marks.bytes[i] & (NEXT | EMPTY)) ? 0 : RESULT;
        }
      } else if (operation == '=') {
        char *text = sub_text(p, end, false, how);
        char *copy = strndup(name, length);
        bool set = var_set(copy, text);
        free(copy);
        if (!set) {
          fail(2, "%.*s: cannot be set", (int)length, name);
        }
        put_all(out, text, marks);
      } else {
        char *text = sub_text(p, end, false, how);
        fail(2, "%.*s: %s", (int)length, name, *text ? text : "parameter not set");
      }
      return end;
    case '+':
      if (there) {
        size_t from = out->marks.length;
        expand(out, p, end, how);
        for (size_t i = from; i < out->marks.length; i++) {
          out->marks.bytes[i] |= (out->marks.bytes[i] & (NEXT | EMPTY)) ? 0 : RESULT;
        }
      }
      return end;
    case '#':
    case '%': {
      if (colon) {
        break;
      }
      if (value == NULL) {
        if (sh.unset_is_error) {
          unset_parameter(name, length);
        }
        return end;
      }
      bool longest = p < end && *p == operation;
      value = region_copy(&scratch, value, strlen(value));
      char *pattern = sub_text(p + longest, end, true, 0);
      put_all(out, trimmed(value, pattern, operation, longest), marks);
      return end;
    }
    default: break;
  }
  fail(2, "bad substitution");
}

// ---- command substitution

static void put_output(struct marked *out, struct node *tree, int marks) {
  int ends[2];
  if (pipe(ends)) {
    fail(2, "no pipe for a substitution");
  }
  pid_t pid = fork_shell(NULL, false);
  if (pid == 0) {
    close(ends[0]);
    if (ends[1] != 1) {
      dup2(ends[1], 1);
      close(ends[1]);
    }
    leave(run(tree, LAST));
  }
  close(ends[1]);
  struct text text = {0};
  char buffer[4096];
  ssize_t n;
  while ((n = restarted(read(ends[0], buffer, sizeof buffer))) > 0) {
    text_append(&text, buffer, n);
  }
  close(ends[0]);
  int status = 0;
  if (pid > 0) {
    restarted(waitpid(pid, &status, 0));
  }
  sh.substitution = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  while (text.length && text.bytes[text.length - 1] == '\n') {
    text.length--;
  }
  for (size_t i = 0; i < text.length; i++) {
    if (text.bytes[i]) {
      put(out, text.bytes[i], marks);
    }
  }
  text_free(&text);
}

static const char *command_output(struct marked *out, const char *p, int marks) {
  struct region region = {0};
  size_t used;
  bool bad = false;
  struct node *tree = parse_substitution(p, &region, &used, &bad);
  if (tree == NULL) {
    fail(2, "bad substitution");
  }
  put_output(out, tree, marks);
  region_free(&region);
  return p + used;
}

static const char *old_output(struct marked *out, const char *p, int marks, bool quoted) {
  const char *end = scan_backquote(p);
  if (end == NULL) {
    fail(2, "bad substitution");
  }
  struct text inner = {0};
  for (const char *s = p; s < end; s++) {
    if (*s == '\\' && s + 1 < end && (strchr("$`\\", s[1]) || (quoted && s[1] == '"'))) {
      s++;
    }
    text_add(&inner, *s);
  }
  text_add(&inner, '\n');
  text_add(&inner, ')');
  command_output(out, text_end(&inner), marks);
  text_free(&inner);
  return end + 1;
}

static const char *dollar(struct marked *out, const char *p, const char *end, int how) {
  bool quoted = how & (IN_QUOTES | IN_HERE);
  int marks = quoted ? QUOTED | RESULT : RESULT;
  bool bad = false;
  if (p < end && *p == '(') {
    const char *close = p[1] == '(' ? scan_arithmetic(p + 2) : NULL;
    if (close) {
      char *text = sub_text(p + 2, close, false, IN_HERE);
      char digits[24];
      snprintf(digits, sizeof digits, "%ld", arithmetic(text));
      put_all(out, digits, marks);
      return close + 2;
    }
    return command_output(out, p + 1, marks);
  }
  if (p < end && *p == '{') {
    const char *close = scan_braces(p + 1, &bad);
    if (close == NULL) {
      fail(2, "bad substitution");
    }
    braces(out, p + 1, close, how);
    return close + 1;
  }
  size_t length = p < end ? name_length(p) : 0;
  if (length && isdigit((unsigned char)*p)) {
    length = 1;
  }
  if (length == 0) {
    put(out, '$', quoted ? QUOTED : 0);
    return p;
  }
  if (length == 1 && (*p == '@' || *p == '*')) {
    put_positionals(out, *p, quoted);
    return p + 1;
  }
  const char *value = parameter(p, length);
  if (value) {
    put_all(out, value, marks);
  } else if (sh.unset_is_error) {
    unset_parameter(p, length);
  }
  return p + length;
}

static const char *tilde(struct marked *out, const char *p, const char *end) {
  const char *stop = p + 1;
  while (stop < end && !strchr("/:", *stop)) {
    if (strchr("'\"\\$`", *stop)) {
      return NULL;
    }
    stop++;
  }
  const char *home = NULL;
  struct user user;
  if (stop == p + 1) {
    home = var_get("HOME");
  } else {
    char *name = strndup(p + 1, stop - p - 1);
    home = user_by_name(name, &user) ? user.home : NULL;
    free(name);
  }
  if (home == NULL) {
    return NULL;
  }
  put_all(out, home, QUOTED | RESULT);
  return stop;
}

static const char *double_quotes(struct marked *out, const char *p, const char *end) {
  size_t before = out->bytes.length;
  bool none = sh.positionals == 0 && ((strncmp(p, "$@\"", 3) == 0) || strncmp(p, "${@}\"", 5) == 0);
  const char *start = p;
  bool bad;
  while (p < end && *p != '"') { // find its end, then expand what is between
    if (*p == '\\' && p + 1 < end) {
      p += 2;
    } else if (*p == '$' && p[1] == '(') {
      struct region region = {0};
      size_t used;
      const char *close = p[2] == '(' ? scan_arithmetic(p + 3) : NULL;
      if (close) {
        p = close + 2;
      } else if (parse_substitution(p + 2, &region, &used, &bad)) {
        p += 2 + used;
      } else {
        p++;
      }
      region_free(&region);
    } else if (*p == '$' && p[1] == '{') {
      const char *close = scan_braces(p + 2, &bad);
      p = close ? close + 1 : p + 1;
    } else if (*p == '`') {
      const char *close = scan_backquote(p + 1);
      p = close ? close + 1 : p + 1;
    } else {
      p++;
    }
  }
  expand(out, start, p, IN_QUOTES);
  if (out->bytes.length == before && !none) {
    put(out, 0, EMPTY);
  }
  return p < end ? p + 1 : p;
}

static void expand(struct marked *out, const char *p, const char *end, int how) {
  bool quoted = how & (IN_QUOTES | IN_HERE);
  int plain = quoted ? QUOTED : 0;
  if (!quoted && !(how & NO_TILDE) && p < end && *p == '~') {
    const char *after = tilde(out, p, end);
    p = after ? after : p;
  }
  while (p < end) {
    char c = *p;
    if (c == '\\' && p + 1 < end) {
      char next = p[1];
      if (next == '\n') {
        p += 2;
      } else if (!quoted || strchr("$`\\", next) || (next == '"' && (how & IN_QUOTES))) {
        put(out, next, QUOTED);
        p += 2;
      } else if (next == '}' && quoted && end[0] == '}') { // inside ${...} of a quoted word
        put(out, next, QUOTED);
        p += 2;
      } else {
        put(out, c, QUOTED);
        p++;
      }
    } else if (c == '\'' && !quoted) {
      const char *close = memchr(p + 1, '\'', end - p - 1);
      close = close ? close : end;
      if (close == p + 1) {
        put(out, 0, EMPTY);
      }
      for (p++; p < close; p++) {
        put(out, *p, QUOTED);
      }
      p++;
    } else if (c == '"' && !(how & IN_HERE)) {
      // Inside quotes this is the quote of a ${x:-"word"}: it ends and begins again.
      p = double_quotes(out, p + 1, end);
    } else if (c == '$') {
      p = dollar(out, p + 1, end, how);
    } else if (c == '`') {
      p = old_output(out, p + 1, quoted ? QUOTED | RESULT : RESULT, how & IN_QUOTES);
    } else {
      put(out, c, plain);
      p++;
    }
  }
}

// ---- fields and file names

static void add_field(struct word ***end, char *text) {
  struct word *word = region_alloc(&scratch, sizeof *word);
  word->raw = text;
  **end = word;
  *end = &word->next;
}

static int by_bytes(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

struct found {
  char **paths;
  size_t count;
};

static void add_path(struct found *found, const char *path) {
  found->paths = realloc(found->paths, (found->count + 1) * sizeof *found->paths);
  found->paths[found->count++] = strdup(path);
}

static bool is_pattern(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '\\') {
      i++;
    } else if (strchr("*?[", text[i])) {
      return true;
    }
  }
  return false;
}

// Follows a pattern one part of the path at a time.
static void find_files(struct found *found, const char *before, const char *pattern) {
  size_t slashes = strspn(pattern, "/");
  struct text path = {0};
  text_puts(&path, before);
  text_append(&path, pattern, slashes);
  pattern += slashes;
  size_t length = strcspn(pattern, "/");
  const char *rest = pattern + length;
  char *part = strndup(pattern, length);
  if (length == 0) {
    struct stat status;
    if (stat(text_end(&path), &status) == 0) {
      add_path(found, text_end(&path));
    }
  } else if (!is_pattern(part, length)) {
    for (char *c = part; *c; c++) {
      c += *c == '\\' && c[1];
      text_add(&path, *c);
    }
    struct stat status;
    if (*rest) {
      find_files(found, text_end(&path), rest);
    } else if (lstat(text_end(&path), &status) == 0) {
      add_path(found, text_end(&path));
    }
  } else {
    DIR *directory = opendir(path.length ? text_end(&path) : ".");
    struct dirent *entry;
    struct found names = {0};
    while (directory && (entry = readdir(directory)) != NULL) {
      if (fnmatch(part, entry->d_name, FNM_PERIOD) == 0) {
        add_path(&names, entry->d_name);
      }
    }
    if (directory) {
      closedir(directory);
    }
    size_t stem = path.length;
    for (size_t i = 0; i < names.count; i++) {
      path.length = stem;
      text_puts(&path, names.paths[i]);
      if (*rest) {
        find_files(found, text_end(&path), rest);
      } else {
        add_path(found, text_end(&path));
      }
      free(names.paths[i]);
    }
    free(names.paths);
  }
  free(part);
  text_free(&path);
}

static void finish_field(struct word ***end, struct text *plain, struct text *pattern) {
  if (!sh.noglob && is_pattern(text_end(pattern), pattern->length)) {
    struct found found = {0};
    find_files(&found, "", text_end(pattern));
    if (found.count) {
      qsort(found.paths, found.count, sizeof *found.paths, by_bytes);
      for (size_t i = 0; i < found.count; i++) {
        add_field(end, region_copy(&scratch, found.paths[i], strlen(found.paths[i])));
        free(found.paths[i]);
      }
      free(found.paths);
      text_free(plain);
      text_free(pattern);
      return;
    }
    free(found.paths);
  }
  add_field(end, in_scratch(plain));
  text_free(pattern);
}

// Blanks of IFS around one of its other characters are one separator with it; such a character
// alone, or two of them, make an empty field.
static void split(struct word ***end, struct marked *out) {
  const char *ifs = var_get("IFS");
  ifs = ifs ? ifs : " \t\n";
  struct text plain = {0}, pattern = {0};
  bool there = false;       // a field is open
  bool after_blank = false; // blanks ended one, and nothing came since
  for (size_t i = 0; i < out->bytes.length; i++) {
    int marks = out->marks.bytes[i];
    char c = out->bytes.bytes[i];
    bool separates = (marks & RESULT) && !(marks & (QUOTED | NEXT | EMPTY)) && strchr(ifs, c);
    if (separates || (marks & NEXT)) {
      bool blank = separates && strchr(" \t\n", c);
      if (there) {
        finish_field(end, &plain, &pattern);
        after_blank = blank;
      } else if (separates && !blank) {
        if (!after_blank) {
          add_field(end, region_copy(&scratch, "", 0));
        }
        after_blank = false;
      }
      there = false;
      continue;
    }
    there = true;
    if (marks & EMPTY) {
      continue;
    }
    after_blank = false;
    text_add(&plain, c);
    if (marks & QUOTED) {
      text_add(&pattern, '\\');
    }
    text_add(&pattern, c);
  }
  if (there) {
    finish_field(end, &plain, &pattern);
  } else {
    text_free(&plain);
    text_free(&pattern);
  }
}

struct word *expand_words(struct word *words) {
  struct word *fields = NULL, **end = &fields;
  for (; words; words = words->next) {
    struct marked out = {0};
    expand(&out, words->raw, words->raw + strlen(words->raw), 0);
    split(&end, &out);
    free_marked(&out);
  }
  return fields;
}

char *expand_text(const char *raw) {
  return sub_text(raw, raw + strlen(raw), false, 0);
}

char *expand_here(const char *raw) {
  return sub_text(raw, raw + strlen(raw), false, IN_HERE);
}

char *expand_pattern(const char *raw) {
  return sub_text(raw, raw + strlen(raw), true, 0);
}
