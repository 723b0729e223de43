// $(( )): whole numbers of 64 bits, the operators of C but for ++, -- and the comma.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"

struct reader {
  const char *p;
  int skip; // inside what && || ?: leaves out: nothing is set, nothing is divided
};

static long assignment(struct reader *);

static _Noreturn void bad(const struct reader *r) {
  fail(2, "arithmetic: unexpected \"%s\"", *r->p ? r->p : "end");
}

static void blanks(struct reader *r) {
  while (isspace((unsigned char)*r->p)) {
    r->p++;
  }
}

static bool take(struct reader *r, const char *operator, const char *unless) {
  blanks(r);
  size_t length = strlen(operator);
  if (strncmp(r->p, operator, length) || (r->p[length] && strchr(unless, r->p[length]))) {
    return false;
  }
  r->p += length;
  return true;
}

static long value_of(const char *text) {
  if (text == NULL || *text == 0) {
    return 0;
  }
  char *end;
  long value = (long)strtoull(*text == '-' ? text + 1 : text, &end, 0);
  if (*end || end == text) {
    return arithmetic(text);
  }
  return *text == '-' ? -value : value;
}

static long primary(struct reader *r) {
  blanks(r);
  if (take(r, "(", "")) {
    long value = assignment(r);
    if (!take(r, ")", "")) {
      bad(r);
    }
    return value;
  }
  if (isdigit((unsigned char)*r->p)) {
    char *end;
    long value = (long)strtoull(r->p, &end, 0);
    r->p = end;
    return value;
  }
  size_t length = 0;
  while (isalnum((unsigned char)r->p[length]) || r->p[length] == '_') {
    length++;
  }
  if (length == 0) {
    bad(r);
  }
  char *name = strndup(r->p, length);
  r->p += length;
  long value = value_of(var_get(name));
  free(name);
  return value;
}

static long unary(struct reader *r) {
  if (take(r, "-", "")) {
    return (long)-(unsigned long)unary(r);
  }
  if (take(r, "+", "")) {
    return unary(r);
  }
  if (take(r, "!", "=")) {
    return !unary(r);
  }
  if (take(r, "~", "")) {
    return ~unary(r);
  }
  return primary(r);
}

static long divided(struct reader *r, long a, long b, bool rest) {
  if (r->skip) {
    return 0;
  }
  if (b == 0) {
    fail(2, "arithmetic: division by zero");
  }
  if (b == -1) { // the least number has no positive twin
    return rest ? 0 : (long)-(unsigned long)a;
  }
  return rest ? a % b : a / b;
}

static long product(struct reader *r) {
  long value = unary(r);
  for (;;) {
    if (take(r, "*", "=")) {
      value = (long)((unsigned long)value * (unsigned long)unary(r));
    } else if (take(r, "/", "=")) {
      value = divided(r, value, unary(r), false);
    } else if (take(r, "%", "=")) {
      value = divided(r, value, unary(r), true);
    } else {
      return value;
    }
  }
}

static long sum(struct reader *r) {
  long value = product(r);
  for (;;) {
    if (take(r, "+", "=")) {
      value = (long)((unsigned long)value + (unsigned long)product(r));
    } else if (take(r, "-", "=")) {
      value = (long)((unsigned long)value - (unsigned long)product(r));
    } else {
      return value;
    }
  }
}

static long shift(struct reader *r) {
  long value = sum(r);
  for (;;) {
    if (take(r, "<<", "=")) {
      value = (long)((unsigned long)value << (sum(r) & 63));
    } else if (take(r, ">>", "=")) {
      value >>= sum(r) & 63;
    } else {
      return value;
    }
  }
}

static long order(struct reader *r) {
  long value = shift(r);
  for (;;) {
    if (take(r, "<=", "")) {
      value = value <= shift(r);
    } else if (take(r, ">=", "")) {
      value = value >= shift(r);
    } else if (take(r, "<", "<")) {
      value = value < shift(r);
    } else if (take(r, ">", ">")) {
      value = value > shift(r);
    } else {
      return value;
    }
  }
}

static long equality(struct reader *r) {
  long value = order(r);
  for (;;) {
    if (take(r, "==", "")) {
      value = value == order(r);
    } else if (take(r, "!=", "")) {
      value = value != order(r);
    } else {
      return value;
    }
  }
}

static long bit_and(struct reader *r) {
  long value = equality(r);
  while (take(r, "&", "&=")) {
    value &= equality(r);
  }
  return value;
}

static long bit_xor(struct reader *r) {
  long value = bit_and(r);
  while (take(r, "^", "=")) {
    value ^= bit_and(r);
  }
  return value;
}

static long bit_or(struct reader *r) {
  long value = bit_xor(r);
  while (take(r, "|", "|=")) {
    value |= bit_xor(r);
  }
  return value;
}

static long both(struct reader *r) {
  long value = bit_or(r);
  while (take(r, "&&", "")) {
    r->skip += !value;
    long other = bit_or(r);
    r->skip -= !value;
    value = value && other;
  }
  return value;
}

static long either(struct reader *r) {
  long value = both(r);
  while (take(r, "||", "")) {
    r->skip += value != 0;
    long other = both(r);
    r->skip -= value != 0;
    value = value || other;
  }
  return value;
}

static long choice(struct reader *r) {
  long value = either(r);
  if (!take(r, "?", "")) {
    return value;
  }
  r->skip += !value;
  long yes = assignment(r);
  r->skip -= !value;
  if (!take(r, ":", "")) {
    bad(r);
  }
  r->skip += value != 0;
  long no = choice(r);
  r->skip -= value != 0;
  return value ? yes : no;
}

static long combined(struct reader *r, const char *operator, long a, long b) {
  switch (*operator) {
    case '*': return (long)((unsigned long)a * (unsigned long)b);
    case '/': return divided(r, a, b, false);
    case '%': return divided(r, a, b, true);
    case '+': return (long)((unsigned long)a + (unsigned long)b);
    case '-': return (long)((unsigned long)a - (unsigned long)b);
    case '<': return (long)((unsigned long)a << (b & 63));
    case '>': return a >> (b & 63);
    case '&': return a & b;
    case '^': return a ^ b;
    case '|': return a | b;
    default: return b;
  }
}

static long assignment(struct reader *r) {
  blanks(r);
  const char *start = r->p;
  size_t length = 0;
  while (isalnum((unsigned char)start[length]) || start[length] == '_') {
    length++;
  }
  if (is_name(start, length)) {
    static const char *operators[] = {"=",  "*=",  "/=",  "%=", "+=", "-=",
                                      "<<=", ">>=", "&=", "^=", "|=", NULL};
    r->p += length;
    for (int i = 0; operators[i]; i++) {
      if (take(r, operators[i], i == 0 ? "=" : "")) {
        long value = assignment(r);
        char *name = strndup(start, length);
        if (i > 0) {
          value = combined(r, operators[i], value_of(var_get(name)), value);
        }
        if (!r->skip) {
          char digits[24];
          snprintf(digits, sizeof digits, "%ld", value);
          bool set = var_set(name, digits);
          if (!set) {
            free(name);
            fail(2, "arithmetic: a variable cannot be set");
          }
        }
        free(name);
        return value;
      }
    }
    r->p = start;
  }
  return choice(r);
}

long arithmetic(const char *text) {
  static int depth; // a=b b=a would never end
  if (++depth > 100) {
    depth = 0;
    fail(2, "arithmetic: a variable stands for itself");
  }
  struct reader r = {text, 0};
  blanks(&r);
  long value = *r.p ? assignment(&r) : 0;
  blanks(&r);
  if (*r.p) {
    depth = 0;
    bad(&r);
  }
  depth--;
  return value;
}
