// Commands as a tree. It never reads past the newline that ends a command, so a terminal is asked
// for another line only when the command has no end yet.
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shell.h"

enum { END = 256, NEWLINE, WORD, AND_IF, OR_IF, DSEMI, LESS, GREAT, DGREAT, CLOB, DLESS, DLESSDASH, LESSAND, GREATAND, LESSGREAT };

struct here { // a here document whose body comes after this line
  struct here *next;
  struct redirect *redirect;
  const char *delimiter;
  bool tabs;
};

static _Noreturn void error(struct parser *p, const char *what) {
  p->incomplete = p->token == END;
  if (!p->quiet) {
    complain("line %d: syntax error: %s", p->source->line, what);
  }
  longjmp(p->error, 1);
}

static const char *here(struct parser *p) {
  return text_end(&p->source->text) + p->source->at;
}

static bool more(struct parser *p) {
  return p->source->more && p->source->more(p->source, false);
}

// Whether its last character quotes the line feed behind it.
static bool ends_in_backslash(const char *line, size_t length) {
  size_t backslashes = 0;
  while (backslashes < length && line[length - 1 - backslashes] == '\\') {
    backslashes++;
  }
  return backslashes % 2;
}

static void read_heres(struct parser *p) {
  for (struct here *each = p->heres; each; each = each->next) {
    struct text body = {0};
    bool goes_on = false;
    for (;;) {
      if (*here(p) == 0 && !more(p)) {
        break; // as other shells do: the end of the text ends the document
      }
      const char *line = here(p);
      const char *end = strchr(line, '\n');
      size_t length = end ? (size_t)(end - line) : strlen(line);
      p->source->at += length + (end != NULL);
      p->source->line++;
      while (each->tabs && length && *line == '\t') {
        line++;
        length--;
      }
      bool joined = goes_on;
      if (!joined && length == strlen(each->delimiter) && memcmp(line, each->delimiter, length) == 0) {
        break;
      }
      text_append(&body, line, length);
      text_add(&body, '\n');
      goes_on = !each->redirect->literal && ends_in_backslash(line, length); // joins the next line
    }
    each->redirect->raw = region_copy(p->region, text_end(&body), body.length);
    text_free(&body);
  }
  p->heres = NULL;
}

static int operator(struct parser *p, const char *s) {
  static const struct {
    const char *text;
    int token;
  } all[] = {{"&&", AND_IF}, {"||", OR_IF},    {";;", DSEMI},    {"<<-", DLESSDASH}, {"<<", DLESS},
             {">>", DGREAT}, {"<&", LESSAND},  {">&", GREATAND}, {"<>", LESSGREAT},  {">|", CLOB},
             {"<", LESS},    {">", GREAT},     {"&", '&'},       {"|", '|'},         {";", ';'},
             {"(", '('},     {")", ')'}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    size_t length = strlen(all[i].text);
    if (strncmp(s, all[i].text, length) == 0) {
      p->source->at += length;
      return all[i].token;
    }
  }
  return 0;
}

static int peek(struct parser *p) {
  if (p->peeked) {
    return p->token;
  }
  p->peeked = true;
  for (;;) { // blanks, comments, continued lines
    const char *s = here(p);
    if (*s == ' ' || *s == '\t' || *s == '\r') {
      p->source->at++;
    } else if (*s == '#') {
      p->source->at += strcspn(s, "\n");
    } else if (*s == '\\' && s[1] == '\n') {
      p->source->at += 2;
      p->source->line++;
    } else if (*s == 0) {
      if (!more(p)) {
        return p->token = END;
      }
    } else {
      break;
    }
  }
  p->began = p->source->at;
  const char *s = here(p);
  if (*s == '\n') {
    p->source->at++;
    p->source->line++;
    read_heres(p);
    return p->token = NEWLINE;
  }
  int token = operator(p, s);
  if (token) {
    return p->token = token;
  }
  bool bad;
  const char *end;
  while ((end = scan_word(s, &bad)) == NULL) {
    if (bad) {
      error(p, "bad substitution");
    }
    if (!more(p)) {
      p->token = END;
      error(p, "a quote or substitution has no end");
    }
    s = text_end(&p->source->text) + p->began;
  }
  p->word = region_copy(p->region, s, end - s);
  for (const char *c = s; c < end; c++) {
    p->source->line += *c == '\n';
  }
  p->source->at = end - p->source->text.bytes;
  return p->token = WORD;
}

static void advance(struct parser *p) {
  peek(p);
  p->peeked = false;
}

static bool is_word(struct parser *p, const char *text) {
  return peek(p) == WORD && strcmp(p->word, text) == 0;
}

static void expect_word(struct parser *p, const char *text) {
  if (!is_word(p, text)) {
    char message[40];
    snprintf(message, sizeof message, "\"%s\" expected", text);
    error(p, message);
  }
  advance(p);
}

static void newlines(struct parser *p) {
  while (peek(p) == NEWLINE) {
    advance(p);
  }
}

static struct node *make(struct parser *p, enum kind kind, struct node *a, struct node *b) {
  struct node *node = region_alloc(p->region, sizeof *node);
  node->kind = kind;
  node->a = a;
  node->b = b;
  return node;
}

static struct word *add_word(struct parser *p, struct word ***end, const char *raw) {
  struct word *word = region_alloc(p->region, sizeof *word);
  word->raw = raw;
  **end = word;
  *end = &word->next;
  return word;
}

// ---- redirections

// Takes a delimiter's quotes off; true if it had any.
static bool unquote(struct parser *p, const char *raw, const char **plain) {
  bool quoted = false;
  char *out = region_alloc(p->region, strlen(raw) + 1);
  char *o = out;
  for (; *raw; raw++) {
    if (*raw == '\'' || *raw == '"') {
      quoted = true;
    } else if (*raw == '\\' && raw[1]) {
      quoted = true;
      *o++ = *++raw;
    } else {
      *o++ = *raw;
    }
  }
  *plain = out;
  return quoted;
}

static bool redirection(struct parser *p, struct redirect ***end, int fd) {
  enum redirection how;
  int standard = 1;
  int token = peek(p);
  switch (token) {
    case LESS: how = READ; standard = 0; break;
    case GREAT: how = WRITE; break;
    case CLOB: how = CLOBBER; break;
    case DGREAT: how = APPEND; break;
    case LESSGREAT: how = BOTH; standard = 0; break;
    case LESSAND: how = COPY_IN; standard = 0; break;
    case GREATAND: how = COPY_OUT; break;
    case DLESS:
    case DLESSDASH: how = HERE; standard = 0; break;
    default: return false;
  }
  advance(p);
  if (peek(p) != WORD) {
    error(p, "a redirection has no word");
  }
  struct redirect *redirect = region_alloc(p->region, sizeof *redirect);
  redirect->how = how;
  redirect->fd = fd < 0 ? standard : fd;
  redirect->raw = p->word;
  if (how == HERE) {
    struct here *one = region_alloc(p->region, sizeof *one);
    one->redirect = redirect;
    redirect->literal = unquote(p, p->word, &one->delimiter);
    one->tabs = token == DLESSDASH;
    struct here **last = &p->heres;
    while (*last) {
      last = &(*last)->next;
    }
    *last = one;
  }
  advance(p);
  **end = redirect;
  *end = &redirect->next;
  return true;
}

// A number that touches the redirection behind it is its descriptor.
static bool is_descriptor(struct parser *p) {
  if (peek(p) != WORD || !isdigit((unsigned char)p->word[0]) || p->word[1]) {
    return false;
  }
  return *here(p) == '<' || *here(p) == '>';
}

static bool any_redirection(struct parser *p, struct redirect ***end) {
  if (is_descriptor(p)) {
    int fd = p->word[0] - '0';
    advance(p);
    peek(p);
    return redirection(p, end, fd);
  }
  return redirection(p, end, -1);
}

// ---- commands

static struct node *and_or(struct parser *p);

static bool ends_list(struct parser *p) {
  int token = peek(p);
  if (token == END || token == ')' || token == DSEMI) {
    return true;
  }
  if (token != WORD) {
    return false;
  }
  static const char *words[] = {"then", "else", "elif", "fi", "do", "done", "}", "esac", NULL};
  for (int i = 0; words[i]; i++) {
    if (strcmp(p->word, words[i]) == 0) {
      return true;
    }
  }
  return false;
}

// Commands up to a word that ends them; `to_newline` also ends them at a newline.
static struct node *list(struct parser *p, bool to_newline) {
  struct node *all = NULL;
  for (;;) {
    if (!to_newline) {
      newlines(p);
    }
    if (ends_list(p) || (to_newline && peek(p) == NEWLINE)) {
      break;
    }
    peek(p);
    size_t began = p->began;
    struct node *one = and_or(p);
    int token = peek(p);
    size_t ended = p->token == END ? p->source->text.length : p->began;
    if (!one->source && ended > began) {
      while (ended > began && strchr(" \t\n", p->source->text.bytes[ended - 1])) {
        ended--;
      }
      one->source = region_copy(p->region, p->source->text.bytes + began, ended - began);
    }
    if (token == '&') {
      struct node *background = make(p, BACKGROUND, one, NULL);
      background->source = one->source;
      one = background;
    }
    all = all ? make(p, SEQUENCE, all, one) : one;
    if (token == '&' || token == ';') {
      advance(p);
    } else if (token == NEWLINE && !to_newline) {
      advance(p);
    } else {
      break;
    }
  }
  return all;
}

static struct node *body(struct parser *p, const char *after) {
  struct node *commands = list(p, false);
  if (commands == NULL) {
    char message[60];
    snprintf(message, sizeof message, "commands expected before \"%s\"", after);
    error(p, message);
  }
  return commands;
}

static struct node *if_command(struct parser *p) {
  struct node *node = make(p, IF, body(p, "then"), NULL);
  expect_word(p, "then");
  node->b = body(p, "fi");
  if (is_word(p, "elif")) {
    advance(p);
    node->c = if_command(p);
    return node;
  }
  if (is_word(p, "else")) {
    advance(p);
    node->c = body(p, "fi");
  }
  expect_word(p, "fi");
  return node;
}

static struct node *loop(struct parser *p, enum kind kind) {
  struct node *node = make(p, kind, body(p, "do"), NULL);
  expect_word(p, "do");
  node->b = body(p, "done");
  expect_word(p, "done");
  return node;
}

static struct node *for_command(struct parser *p) {
  struct node *node = make(p, FOR, NULL, NULL);
  if (peek(p) != WORD || !is_name(p->word, strlen(p->word))) {
    error(p, "\"for\" needs a name");
  }
  node->name = p->word;
  advance(p);
  newlines(p);
  if (is_word(p, "in")) {
    advance(p);
    node->in = true;
    struct word **end = &node->words;
    while (peek(p) == WORD) {
      add_word(p, &end, p->word);
      advance(p);
    }
    if (peek(p) != ';' && peek(p) != NEWLINE) {
      error(p, "\"do\" expected");
    }
    advance(p);
  } else if (peek(p) == ';') {
    advance(p);
  }
  newlines(p);
  expect_word(p, "do");
  node->b = body(p, "done");
  expect_word(p, "done");
  return node;
}

static struct node *case_command(struct parser *p) {
  struct node *node = make(p, CASE, NULL, NULL);
  if (peek(p) != WORD) {
    error(p, "\"case\" needs a word");
  }
  node->name = p->word;
  advance(p);
  newlines(p);
  expect_word(p, "in");
  newlines(p);
  struct arm **last = &node->arms;
  while (!is_word(p, "esac")) {
    struct arm *arm = region_alloc(p->region, sizeof *arm);
    struct word **end = &arm->patterns;
    if (peek(p) == '(') {
      advance(p);
    }
    for (;;) {
      if (peek(p) != WORD) {
        error(p, "a pattern expected");
      }
      add_word(p, &end, p->word);
      advance(p);
      if (peek(p) != '|') {
        break;
      }
      advance(p);
    }
    if (peek(p) != ')') {
      error(p, "\")\" expected after a pattern");
    }
    advance(p);
    arm->body = list(p, false);
    *last = arm;
    last = &arm->next;
    if (peek(p) != DSEMI) {
      break;
    }
    advance(p);
    newlines(p);
  }
  expect_word(p, "esac");
  return node;
}

static struct node *command(struct parser *p);

static bool is_assignment(const char *word) {
  const char *equals = strchr(word, '=');
  return equals && is_name(word, equals - word);
}

static struct node *simple(struct parser *p) {
  struct node *node = make(p, SIMPLE, NULL, NULL);
  struct word **words = &node->words, **assigns = &node->assigns;
  struct redirect **redirects = &node->redirects;
  for (;;) {
    if (any_redirection(p, &redirects)) {
      continue;
    }
    if (peek(p) == WORD) {
      const char *word = p->word;
      advance(p);
      if (node->words == NULL && is_assignment(word)) {
        add_word(p, &assigns, word);
        continue;
      }
      add_word(p, &words, word);
      if (node->words->next == NULL && !node->assigns && !node->redirects && peek(p) == '(') {
        advance(p);
        if (peek(p) != ')' || !is_name(word, strlen(word))) {
          error(p, "\"(\" unexpected");
        }
        advance(p);
        newlines(p);
        struct node *function = make(p, FUNCTION, command(p), NULL);
        function->name = word;
        p->defines = true;
        return function;
      }
      continue;
    }
    break;
  }
  if (!node->words && !node->assigns && !node->redirects) {
    int token = peek(p);
    char message[] = "\"?\" unexpected";
    if (token < 256) {
      message[1] = (char)token;
      error(p, message);
    }
    error(p, token == NEWLINE ? "newline unexpected" : token == END ? "end of file unexpected" : "operator unexpected");
  }
  return node;
}

static struct node *command(struct parser *p) {
  struct node *node = NULL;
  if (peek(p) == '(') {
    advance(p);
    node = make(p, SUBSHELL, body(p, ")"), NULL);
    if (peek(p) != ')') {
      error(p, "\")\" expected");
    }
    advance(p);
  } else if (peek(p) == WORD) {
    const char *word = p->word;
    if (strcmp(word, "{") == 0) {
      advance(p);
      node = make(p, GROUP, body(p, "}"), NULL);
      expect_word(p, "}");
    } else if (strcmp(word, "if") == 0) {
      advance(p);
      node = if_command(p);
    } else if (strcmp(word, "while") == 0) {
      advance(p);
      node = loop(p, WHILE);
    } else if (strcmp(word, "until") == 0) {
      advance(p);
      node = loop(p, UNTIL);
    } else if (strcmp(word, "for") == 0) {
      advance(p);
      node = for_command(p);
    } else if (strcmp(word, "case") == 0) {
      advance(p);
      node = case_command(p);
    } else if (ends_list(p)) {
      char message[30];
      snprintf(message, sizeof message, "\"%s\" unexpected", word);
      error(p, message);
    }
  }
  if (node == NULL) {
    return simple(p);
  }
  struct redirect **redirects = &node->redirects;
  while (any_redirection(p, &redirects)) {
  }
  return node;
}

static struct node *pipeline(struct parser *p) {
  bool not = false;
  while (is_word(p, "!")) {
    advance(p);
    not = !not;
  }
  struct node *node = command(p);
  while (peek(p) == '|') {
    advance(p);
    newlines(p);
    node = make(p, PIPE, node, command(p));
  }
  return not ? make(p, NOT, node, NULL) : node;
}

static struct node *and_or(struct parser *p) {
  struct node *node = pipeline(p);
  for (;;) {
    int token = peek(p);
    if (token != AND_IF && token != OR_IF) {
      return node;
    }
    advance(p);
    newlines(p);
    node = make(p, token == AND_IF ? AND : OR, node, pipeline(p));
  }
}

struct node *parse_command(struct parser *p) {
  do {
    p->peeked = false;
    struct source *source = p->source; // what was run is not needed any more
    if (source->at && source->at == source->text.length) {
      source->at = source->text.length = 0;
      text_append(&source->text, "", 0);
    }
    if (*here(p) == 0 && source->more && !source->more(source, true)) {
      return NULL;
    }
  } while (peek(p) == NEWLINE);
  if (p->token == END) {
    return NULL;
  }
  struct node *node = list(p, true);
  int token = peek(p);
  if (node == NULL || (token != NEWLINE && token != END)) {
    char message[40];
    if (token == WORD) {
      snprintf(message, sizeof message, "\"%.20s\" unexpected", p->word);
    } else {
      snprintf(message, sizeof message, "\"%s\" unexpected", token == ')' ? ")" : token == DSEMI ? ";;" : "operator");
    }
    error(p, message);
  }
  if (token == END && p->heres) {
    read_heres(p);
  }
  p->peeked = false;
  return node;
}

void source_string(struct source *source, const char *text) {
  *source = (struct source){.line = 1};
  text_puts(&source->text, text);
}

struct node *parse_substitution(const char *text, struct region *region, size_t *used, bool *bad) {
  struct source source;
  source_string(&source, text);
  struct parser p = {.source = &source, .region = region, .quiet = true};
  struct node *volatile tree = NULL;
  if (setjmp(p.error) == 0) {
    struct node *commands = list(&p, false);
    if (peek(&p) != ')') {
      error(&p, "\")\" expected");
    }
    *used = source.at;
    tree = commands ? commands : make(&p, GROUP, NULL, NULL);
  } else if (!p.incomplete) {
    *bad = true;
  }
  text_free(&source.text);
  return tree;
}
