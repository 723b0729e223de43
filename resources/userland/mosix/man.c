#define _GNU_SOURCE // strcasestr
// man: shows a page of /usr/share/man, a screen at a time on a terminal.
//
// A page is plain text with the macros .TH .SH .PP .TP .B .I .BR .RB .BI .IB .IR .RI .nf .fi .br and
// the escapes \fB \fI \fR \fP \- \e \&, of those that man(7) describes. Its second section is NAME,
// "name, name \- what it is": a page is found by its file's name and by each of these.
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../screen.h"

static const char folder[] = "/usr/share/man";

enum { NOT_FOUND = 16 };

// ---- a page as lines

enum { LONGEST_LINE = 1024, NARROWEST = 20, WIDEST = 100 };

struct cell {
  char c, font; // R, B, I
};

struct sheet {
  char **lines;
  int count;
  bool styled; // for a terminal
  int width, indent, hanging;
  bool fill, tag_next, after_blank;
  char font, font_before;
  struct cell line[LONGEST_LINE];
  int length; // of what stands in the line, its indent included; 0: nothing
};

static void add_line(struct sheet *s, const char *text) {
  if ((s->count & (s->count - 1)) == 0) {
    s->lines = realloc(s->lines, (s->count ? 2 * s->count : 1) * sizeof *s->lines);
  }
  s->lines[s->count++] = strdup(text);
}

static const char *style(char font) {
  return font == 'B' ? "\033[1m" : font == 'I' ? "\033[4m" : "";
}

// Ends the line that is being filled.
static void flush_line(struct sheet *s) {
  char text[8 * LONGEST_LINE];
  size_t length = 0;
  char font = 'R';
  if (s->length == 0) {
    return;
  }
  while (s->length && s->line[s->length - 1].c == ' ') {
    s->length--;
  }
  for (int i = 0; i <= s->length; i++) {
    char wanted = i < s->length ? s->line[i].font : 'R';
    if (s->styled && wanted != font) {
      length += (size_t)sprintf(text + length, "%s%s", font == 'R' ? "" : "\033[0m", style(wanted));
      font = wanted;
    }
    if (i < s->length) {
      text[length++] = s->line[i].c;
    }
  }
  text[length] = 0;
  add_line(s, text);
  s->length = 0;
  s->after_blank = false;
}

static void blank_line(struct sheet *s) {
  flush_line(s);
  if (!s->after_blank && s->count) {
    add_line(s, "");
  }
  s->after_blank = true;
}

static int left(const struct sheet *s) {
  return s->indent + s->hanging;
}

static void pad_to(struct sheet *s, int column) {
  while (s->length < column) {
    s->line[s->length++] = (struct cell){' ', 'R'};
  }
}

// A word behind what stands in the line, or on the next. One that is too long for a line is cut.
static void add_word(struct sheet *s, const struct cell *word, int length) {
  bool first = s->length <= left(s);
  if (!first && s->length + 1 + length > s->width) {
    flush_line(s);
    first = true;
  }
  if (first) {
    pad_to(s, left(s));
  } else {
    s->line[s->length++] = (struct cell){' ', 'R'};
  }
  for (int i = 0; i < length; i++) {
    if (s->length == s->width) {
      flush_line(s);
      pad_to(s, left(s));
    }
    s->line[s->length++] = word[i];
  }
}

// The characters of a source line, the escapes taken out.
static int cells_of(struct sheet *s, const char *text, struct cell *cells) {
  int count = 0;
  for (; *text && count < LONGEST_LINE - 1; text++) {
    char c = *text;
    if (c == '\\' && text[1] == 'f' && text[2]) {
      char font = text[2] == 'P' ? s->font_before : text[2];
      s->font_before = s->font;
      s->font = font;
      text += 2;
      continue;
    }
    if (c == '\\' && text[1]) {
      c = *++text;
      if (c == '&') {
        continue;
      }
      c = c == 'e' ? '\\' : c;
    }
    cells[count++] = (struct cell){c, s->font};
  }
  return count;
}

static void add_text(struct sheet *s, const char *text) {
  struct cell cells[LONGEST_LINE];
  int count = cells_of(s, text, cells);
  if (!s->fill) {
    flush_line(s);
    pad_to(s, left(s));
    for (int i = 0; i < count; i++) {
      if (s->length == s->width) {
        flush_line(s);
        pad_to(s, left(s));
      }
      s->line[s->length++] = cells[i];
    }
    flush_line(s);
    return;
  }
  for (int i = 0; i < count;) {
    int from = i;
    while (i < count && cells[i].c != ' ') {
      i++;
    }
    if (i > from) {
      add_word(s, cells + from, i - from);
    }
    while (i < count && cells[i].c == ' ') {
      i++;
    }
  }
}

// The line after .TP: the text behind it begins beside it if there is room.
static void add_tag(struct sheet *s, const char *text) {
  int hanging = s->hanging;
  s->hanging = 0;
  add_text(s, text);
  s->hanging = hanging;
  if (s->length + 1 < left(s)) {
    pad_to(s, left(s));
  } else {
    flush_line(s);
  }
}

// ---- macros

// The next argument of a macro, where "..." is one; null at the end.
static char *argument(char **at) {
  char *text = *at + strspn(*at, " \t");
  if (*text == 0) {
    return NULL;
  }
  char end = ' ';
  if (*text == '"') {
    end = '"';
    text++;
  }
  char *stop = text;
  while (*stop && *stop != end) {
    stop++;
  }
  *at = *stop ? stop + 1 : stop;
  *stop = 0;
  return text;
}

static void with_tag(struct sheet *s, const char *text) {
  if (s->tag_next) {
    s->tag_next = false;
    add_tag(s, text);
  } else {
    add_text(s, text);
  }
}

// Arguments joined, their fonts taking turns.
static void alternate(struct sheet *s, char *rest, char one, char other) {
  char text[LONGEST_LINE] = "";
  char *word;
  bool odd = false;
  while ((word = argument(&rest)) != NULL) {
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "\\f%c%s", odd ? other : one, word);
    odd = !odd;
  }
  with_tag(s, strncat(text, "\\fR", sizeof text - strlen(text) - 1));
}

// All arguments in one font, blanks between.
static void in_font(struct sheet *s, char *rest, char font) {
  char text[LONGEST_LINE] = "";
  char *word;
  while ((word = argument(&rest)) != NULL) {
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "%s\\f%c%s", length ? " " : "", font, word);
  }
  with_tag(s, strncat(text, "\\fR", sizeof text - strlen(text) - 1));
}

static void header(struct sheet *s, char *rest) {
  char *name = argument(&rest), *section = argument(&rest), *date, *source, *manual = "";
  if ((date = argument(&rest)) && (source = argument(&rest))) {
    char *last = argument(&rest);
    manual = last ? last : "";
  }
  char both[128], text[LONGEST_LINE];
  snprintf(both, sizeof both, "%s(%s)", name ? name : "?", section ? section : "?");
  int side = (int)strlen(both), middle = (int)strlen(manual);
  if (2 * side + middle + 2 > s->width) {
    manual = "";
    middle = 0;
  }
  int gap = s->width - 2 * side - middle;
  gap = gap > 0 ? gap : 1;
  snprintf(text, sizeof text, "%s%*s%s%*s%s", both, gap / 2, "", manual, gap - gap / 2, "", both);
  add_line(s, text);
}

static void new_paragraph(struct sheet *s, int hanging) {
  blank_line(s);
  s->hanging = hanging;
  s->font = 'R';
}

static int step(const struct sheet *s) {
  return s->width < 60 ? 4 : 7;
}

static bool is(const char *line, const char *macro) {
  size_t length = strlen(macro);
  return strncmp(line, macro, length) == 0 && (line[length] == 0 || line[length] == ' ');
}

static void macro(struct sheet *s, char *line) {
  char *rest = line + strcspn(line, " ");
  if (is(line, ".TH")) {
    header(s, rest);
  } else if (is(line, ".SH")) {
    new_paragraph(s, 0);
    s->indent = 0;
    in_font(s, rest, 'B');
    flush_line(s);
    s->indent = step(s);
    s->after_blank = true; // what follows stands right below
  } else if (is(line, ".PP")) {
    new_paragraph(s, 0);
  } else if (is(line, ".TP")) {
    new_paragraph(s, step(s));
    s->tag_next = true;
  } else if (is(line, ".nf")) {
    flush_line(s);
    s->fill = false;
  } else if (is(line, ".fi")) {
    flush_line(s);
    s->fill = true;
  } else if (is(line, ".br")) {
    flush_line(s);
  } else if (is(line, ".B") || is(line, ".I")) {
    in_font(s, rest, line[1]);
  } else if (line[1] && strchr("BIR", line[1]) && line[2] && strchr("BIR", line[2])) {
    alternate(s, rest, line[1], line[2]);
  } // others are for other programs
}

static void render(FILE *file, struct sheet *s) {
  char line[LONGEST_LINE];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    if (line[0] == '.') {
      macro(s, line);
    } else if (*line == 0) {
      if (s->fill) {
        blank_line(s);
      } else {
        add_line(s, "");
      }
    } else {
      with_tag(s, line);
    }
  }
  flush_line(s);
}

static int width_wanted(void) {
  int rows, columns;
  const char *told = getenv("MANWIDTH");
  told = told && *told ? told : getenv("COLUMNS");
  long width;
  if (isatty(1)) {
    screen_size(&rows, &columns);
  } else {
    columns = told && number_of(told, &width) && width > 0 && width < LONGEST_LINE ? (int)width : 80;
  }
  return columns < NARROWEST ? NARROWEST : columns > WIDEST ? WIDEST : columns;
}

static int show(const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    return problem("%s", path);
  }
  static struct sheet s;
  s = (struct sheet){.fill = true, .font = 'R', .font_before = 'R', .styled = isatty(1)};
  s.width = width_wanted();
  render(file, &s);
  fclose(file);
  const char *slash = strrchr(path, '/');
  return page_lines(s.lines, s.count, slash ? slash + 1 : path);
}

// ---- which page

struct entry {
  char path[280], name[64], section[8];
  char names[640], about[256]; // of its line NAME
};

// The line below .SH NAME.
static bool read_name(struct entry *e) {
  FILE *file = fopen(e->path, "re");
  char line[LONGEST_LINE];
  bool found = false, next = false;
  while (file && !found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    char *dash = next ? strstr(line, " \\- ") : NULL;
    if (dash) {
      *dash = 0;
      snprintf(e->names, sizeof e->names, "%s", line);
      snprintf(e->about, sizeof e->about, "%s", dash + 4);
      found = true;
    }
    next = strcmp(line, ".SH NAME") == 0;
  }
  if (file) {
    fclose(file);
  }
  return found;
}

static int by_path(const void *a, const void *b) {
  return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

// All pages, by file name.
static int entries(struct entry **all) {
  DIR *directory = opendir(folder);
  struct dirent *file;
  int count = 0;
  *all = NULL;
  while (directory && (file = readdir(directory)) != NULL) {
    const char *dot = strrchr(file->d_name, '.');
    if (dot == NULL || dot == file->d_name || strlen(dot) > sizeof (*all)->section) {
      continue;
    }
    if ((count & (count - 1)) == 0) {
      *all = realloc(*all, (count ? 2 * count : 1) * sizeof **all);
    }
    struct entry *e = &(*all)[count];
    snprintf(e->path, sizeof e->path, "%s/%s", folder, file->d_name);
    snprintf(e->name, sizeof e->name, "%.*s", (int)(dot - file->d_name), file->d_name);
    snprintf(e->section, sizeof e->section, "%s", dot + 1);
    count += read_name(e);
  }
  if (directory) {
    closedir(directory);
  }
  if (count) {
    qsort(*all, count, sizeof **all, by_path);
  }
  return count;
}

// Whether one of "a, b, c" is the name.
static bool names_it(const struct entry *e, const char *name) {
  size_t length = strlen(name);
  for (const char *at = e->names; *at; at += strspn(at, ", ")) {
    size_t word = strcspn(at, ", ");
    if (word == length && strncmp(at, name, length) == 0) {
      return true;
    }
    at += word;
  }
  return false;
}

static const struct entry *find_page(const struct entry *all, int count, const char *section, const char *name) {
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < count; i++) {
      bool it = round == 0 ? strcmp(all[i].name, name) == 0 : names_it(&all[i], name);
      if (it && (!section || strcmp(all[i].section, section) == 0)) {
        return &all[i];
      }
    }
  }
  return NULL;
}

static void list(const struct entry *e) {
  char head[660];
  snprintf(head, sizeof head, "%s (%s)", e->names, e->section);
  printf("%-20s - %s\n", head, e->about);
}

// man -k: the pages that have the word in their NAME line. man -f: those of that name.
static int search(const char *word, bool whole) {
  struct entry *all;
  int count = entries(&all), found = 0;
  for (int i = 0; i < count; i++) {
    if (whole ? names_it(&all[i], word) : strcasestr(all[i].names, word) || strcasestr(all[i].about, word)) {
      list(&all[i]);
      found++;
    }
  }
  free(all);
  if (found == 0) {
    fprintf(stderr, "%s: nothing appropriate.\n", word);
    return NOT_FOUND;
  }
  return 0;
}

int man_main(int argc, char **argv) {
  static const char how[] = "man [SECTION] PAGE ...  |  man {-k|-f} WORD";
  bool words = argc == 3 && argv[1][0] == '-' && (strcmp(argv[1], "-k") == 0 || strcmp(argv[1], "-f") == 0);
  if (words) {
    return search(argv[2], argv[1][1] == 'f');
  }
  const char *section = argc > 2 && isdigit((unsigned char)argv[1][0]) && argv[1][1] == 0 ? argv[1] : NULL;
  if (argc < 2 || argv[1][0] == '-') {
    return usage(how);
  }
  struct entry *all;
  int count = entries(&all), status = 0;
  for (int i = section ? 2 : 1; i < argc; i++) {
    const struct entry *page = strchr(argv[i], '/') ? NULL : find_page(all, count, section, argv[i]);
    if (page || strchr(argv[i], '/')) {
      status |= show(page ? page->path : argv[i]);
      continue;
    }
    fprintf(stderr, section ? "No manual entry for %s in section %s\n" : "No manual entry for %s\n", argv[i], section);
    status = NOT_FOUND;
  }
  free(all);
  return status;
}
