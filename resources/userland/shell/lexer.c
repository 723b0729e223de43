// Where words end. A word keeps its quotes and substitutions as they were typed; the expander reads
// them again. Nothing here changes state, so a text that has no end yet is simply scanned again
// when another line of it has come.
#include <string.h>

#include "shell.h"

static const char *scan_single(const char *p) {
  const char *end = strchr(p, '\'');
  return end ? end + 1 : NULL;
}

const char *scan_backquote(const char *p) {
  for (; *p; p++) {
    if (*p == '\\' && p[1]) {
      p++;
    } else if (*p == '`') {
      return p;
    }
  }
  return NULL;
}

const char *scan_arithmetic(const char *p) {
  int depth = 0;
  for (; *p; p++) {
    if (*p == '(') {
      depth++;
    } else if (*p == ')') {
      if (depth == 0) {
        return p[1] == ')' ? p : NULL;
      }
      depth--;
    }
  }
  return NULL;
}

static const char *scan_dollar(const char *p, bool *bad); // from after "$"

static const char *scan_double(const char *p, bool *bad) { // from after the quote to past the other
  while (*p && *p != '"') {
    if (*p == '\\' && p[1]) {
      p += 2;
    } else if (*p == '$') {
      p = scan_dollar(p + 1, bad);
    } else if (*p == '`') {
      p = scan_backquote(p + 1);
      p = p ? p + 1 : NULL;
    } else {
      p++;
    }
    if (p == NULL) {
      return NULL;
    }
  }
  return *p ? p + 1 : NULL;
}

const char *scan_braces(const char *p, bool *bad) {
  while (*p && *p != '}') {
    if (*p == '\\' && p[1]) {
      p += 2;
    } else if (*p == '\'') {
      p = scan_single(p + 1);
    } else if (*p == '"') {
      p = scan_double(p + 1, bad);
    } else if (*p == '$') {
      p = scan_dollar(p + 1, bad);
    } else if (*p == '`') {
      p = scan_backquote(p + 1);
      p = p ? p + 1 : NULL;
    } else {
      p++;
    }
    if (p == NULL) {
      return NULL;
    }
  }
  return *p ? p : NULL;
}

static const char *scan_dollar(const char *p, bool *bad) {
  if (p[0] == '(' && p[1] == '(') {
    const char *end = scan_arithmetic(p + 2);
    if (end) {
      return end + 2;
    }
  }
  if (p[0] == '(') {
    struct region region = {0};
    size_t used;
    struct node *tree = parse_substitution(p + 1, &region, &used, bad);
    region_free(&region);
    return tree ? p + 1 + used : NULL;
  }
  if (p[0] == '{') {
    const char *end = scan_braces(p + 1, bad);
    return end ? end + 1 : NULL;
  }
  return p;
}

const char *scan_word(const char *p, bool *bad) {
  *bad = false;
  while (*p && !strchr(" \t\n|&;()<>", *p)) {
    if (*p == '\\') {
      if (p[1] == 0 || (p[1] == '\n' && p[2] == 0)) {
        return NULL;
      }
      p += 2;
    } else if (*p == '\'') {
      p = scan_single(p + 1);
    } else if (*p == '"') {
      p = scan_double(p + 1, bad);
    } else if (*p == '$') {
      p = scan_dollar(p + 1, bad);
    } else if (*p == '`') {
      p = scan_backquote(p + 1);
      p = p ? p + 1 : NULL;
    } else {
      p++;
    }
    if (p == NULL) {
      return NULL;
    }
  }
  return p;
}
