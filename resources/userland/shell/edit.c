// A line from a terminal: editing keys, what was typed before, names of files.
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "../userland.h"
#include "shell.h"

enum { REMEMBERED = 200 };

static char *history[REMEMBERED];
static int remembered;

void history_add(const char *line) {
  if (*line == 0 || (remembered && strcmp(history[remembered - 1], line) == 0)) {
    return;
  }
  if (remembered == REMEMBERED) {
    free(history[0]);
    memmove(history, history + 1, (REMEMBERED - 1) * sizeof *history);
    remembered--;
  }
  history[remembered++] = strdup(line);
}

struct editor {
  const char *prompt;
  struct text line;
  size_t at;     // byte before which the cursor stands
  int row;       // of the cursor, counted from the prompt's
  int columns;
  int shown;     // place in the history
  char *unsent;  // what was typed before the history was looked through
};

static bool continues(char c) { // a byte of a UTF-8 character that is not its first
  return ((unsigned char)c & 0xc0) == 0x80;
}

static unsigned code_of(const char *p) {
  unsigned char c = *p;
  if (c < 0xc0) {
    return c;
  }
  int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
  unsigned code = c & (0x3f >> more);
  for (int i = 1; i <= more && continues(p[i]); i++) {
    code = code << 6 | (p[i] & 0x3f);
  }
  return code;
}

// Columns of a character: wide ones take two (East Asian Width W and F, the common ranges).
static int width_of(unsigned code) {
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
                 (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
                 (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
                 (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1faff)
             ? 2
             : 1;
}

static int width(const char *text, size_t length) {
  int columns = 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] == 27) { // a colour
      while (i < length && text[i] != 'm') {
        i++;
      }
    } else if (!continues(text[i])) {
      columns += width_of(code_of(text + i));
    }
  }
  return columns;
}

static void show(struct editor *e) {
  struct text out = {0};
  char move[32];
  const char *line = text_end(&e->line);
  if (e->row > 0) {
    snprintf(move, sizeof move, "\033[%dA", e->row);
    text_puts(&out, move);
  }
  text_puts(&out, "\r\033[J");
  text_puts(&out, e->prompt);
  text_append(&out, line, e->line.length);
  int before = width(e->prompt, strlen(e->prompt));
  int total = before + width(line, e->line.length), cursor = before + width(line, e->at);
  if (total && total % e->columns == 0) {
    text_puts(&out, "\r\n"); // the cursor hangs at the edge otherwise
  }
  int down = total / e->columns - cursor / e->columns;
  if (down > 0) {
    snprintf(move, sizeof move, "\033[%dA", down);
    text_puts(&out, move);
  }
  text_add(&out, '\r');
  if (cursor % e->columns) {
    snprintf(move, sizeof move, "\033[%dC", cursor % e->columns);
    text_puts(&out, move);
  }
  e->row = cursor / e->columns;
  (void)!write(2, text_end(&out), out.length);
  text_free(&out);
}

static void cut(struct editor *e, size_t from, size_t to) {
  memmove(e->line.bytes + from, e->line.bytes + to, e->line.length - to + 1);
  e->line.length -= to - from;
  e->at = from;
}

static size_t left(struct editor *e) {
  size_t at = e->at;
  while (at > 0 && continues(text_end(&e->line)[--at])) {
  }
  return at;
}

static size_t right(struct editor *e) {
  size_t at = e->at;
  if (at < e->line.length) {
    at++;
    while (at < e->line.length && continues(e->line.bytes[at])) {
      at++;
    }
  }
  return at;
}

static void insert(struct editor *e, const char *bytes, size_t length) {
  text_append(&e->line, bytes, length);
  memmove(e->line.bytes + e->at + length, e->line.bytes + e->at, e->line.length - length - e->at);
  memcpy(e->line.bytes + e->at, bytes, length);
  e->at += length;
}

static void set_line(struct editor *e, const char *text) {
  e->line.length = 0;
  text_puts(&e->line, text);
  e->at = e->line.length;
}

static void look_back(struct editor *e, int by) {
  int to = e->shown + by;
  if (to < 0 || to > remembered) {
    return;
  }
  if (e->shown == remembered) {
    free(e->unsent);
    e->unsent = strdup(text_end(&e->line));
  }
  e->shown = to;
  set_line(e, to == remembered ? (e->unsent ? e->unsent : "") : history[to]);
}

// Completes the file name before the cursor as far as it is certain.
static void complete(struct editor *e) {
  const char *line = text_end(&e->line);
  size_t from = e->at;
  while (from > 0 && !strchr(" \t<>|&;(", line[from - 1])) {
    from--;
  }
  char *word = strndup(line + from, e->at - from);
  char *slash = strrchr(word, '/');
  const char *stem = slash ? slash + 1 : word;
  char *folder = slash ? strndup(word, slash - word + 1) : strdup(from == 0 ? "/bin/" : "./");
  DIR *directory = opendir(folder);
  struct dirent *entry;
  char common[256] = "";
  int matches = 0;
  while (directory && (entry = readdir(directory)) != NULL) {
    const char *name = entry->d_name;
    if (strncmp(name, stem, strlen(stem)) || (name[0] == '.' && stem[0] != '.')) {
      continue;
    }
    if (matches++ == 0) {
      snprintf(common, sizeof common, "%s", name);
    } else {
      size_t same = 0;
      while (common[same] && common[same] == name[same]) {
        same++;
      }
      common[same] = 0;
    }
  }
  if (directory) {
    closedir(directory);
  }
  if (matches) {
    insert(e, common + strlen(stem), strlen(common) - strlen(stem));
    if (matches == 1) {
      struct text path = {0};
      struct stat status;
      text_puts(&path, folder);
      text_puts(&path, common);
      bool is_folder = stat(text_end(&path), &status) == 0 && S_ISDIR(status.st_mode);
      insert(e, is_folder ? "/" : " ", 1);
      text_free(&path);
    }
  }
  free(folder);
  free(word);
}

static int key(void) {
  unsigned char c;
  ssize_t n = read(0, &c, 1);
  if (n < 0 && errno == EINTR) {
    return -2;
  }
  return n == 1 ? c : -1;
}

static void escape(struct editor *e) {
  int kind = key();
  if (kind != '[' && kind != 'O') {
    return;
  }
  int c = key(), number = 0;
  while (c >= '0' && c <= '9') {
    number = number * 10 + c - '0';
    c = key();
  }
  while (c == ';' || (c >= '0' && c <= '9')) { // with Shift or Control: the same
    c = key();
  }
  switch (c) {
    case 'A': look_back(e, -1); break;
    case 'B': look_back(e, 1); break;
    case 'C': e->at = right(e); break;
    case 'D': e->at = left(e); break;
    case 'H': e->at = 0; break;
    case 'F': e->at = e->line.length; break;
    case '~':
      if (number == 3) {
        cut(e, e->at, right(e));
      } else if (number == 1 || number == 7) {
        e->at = 0;
      } else if (number == 4 || number == 8) {
        e->at = e->line.length;
      }
      break;
    default: break;
  }
}

enum result { GO_ON, SENT, ENDED, DROPPED };

static enum result press(struct editor *e, int c) {
  switch (c) {
    case '\r':
    case '\n': return SENT;
    case 1: e->at = 0; break;
    case 2: e->at = left(e); break;
    case 3: return DROPPED;
    case 4:
      if (e->line.length == 0) {
        return ENDED;
      }
      cut(e, e->at, right(e));
      break;
    case 5: e->at = e->line.length; break;
    case 6: e->at = right(e); break;
    case 8:
    case 127: {
      size_t end = e->at;
      cut(e, left(e), end);
      break;
    }
    case 9: complete(e); break;
    case 11: cut(e, e->at, e->line.length); break;
    case 12: (void)!write(2, "\033[H\033[2J", 7); e->row = 0; break;
    case 14: look_back(e, 1); break;
    case 16: look_back(e, -1); break;
    case 21: cut(e, 0, e->at); break;
    case 23: {
      size_t from = e->at;
      while (from > 0 && e->line.bytes[from - 1] == ' ') {
        from--;
      }
      while (from > 0 && e->line.bytes[from - 1] != ' ') {
        from--;
      }
      cut(e, from, e->at);
      break;
    }
    case 27: escape(e); break;
    default:
      if (c >= 32) {
        char byte = (char)c;
        insert(e, &byte, 1);
      }
      break;
  }
  return GO_ON;
}

char *edit_line(const char *prompt) {
  struct termios modes, raw;
  if (tcgetattr(0, &modes)) { // `sh -i` from a file: no editing
    struct text line = {0};
    char c = 0;
    fputs(prompt, stderr);
    while (restarted(read(0, &c, 1)) == 1 && c != '\n') {
      text_add(&line, c);
    }
    text_end(&line);
    if (line.length == 0 && c != '\n') {
      text_free(&line);
      return NULL;
    }
    return line.bytes;
  }
  raw = modes;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
  raw.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(0, TCSADRAIN, &raw);
  struct winsize size;
  struct editor e = {.prompt = prompt, .columns = 80, .shown = remembered};
  if (ioctl(0, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    e.columns = size.ws_col;
  }
  text_end(&e.line);
  const char *last = strrchr(prompt, '\n'); // only the last line of a prompt is drawn again
  if (last) {
    (void)!write(2, prompt, last + 1 - prompt);
    e.prompt = last + 1;
  }
  show(&e);
  enum result result = GO_ON;
  while (result == GO_ON) {
    int c = key();
    if (c == -2) {
      continue;
    }
    result = c < 0 ? ENDED : press(&e, c);
    if (result != ENDED) {
      if (result != GO_ON) {
        e.at = e.line.length;
      }
      if (result != GO_ON || continues((char)c) || c < 0xc0) { // draw whole characters only
        show(&e);
      }
    }
  }
  if (result != ENDED) {
    (void)!write(2, result == DROPPED ? "^C\r\n" : "\r\n", result == DROPPED ? 4 : 2);
  }
  tcsetattr(0, TCSADRAIN, &modes);
  free(e.unsent);
  if (result == ENDED) {
    text_free(&e.line);
    return NULL;
  }
  if (result == DROPPED) {
    sh.status = 130;
    e.line.length = 0;
    text_append(&e.line, "", 0);
  }
  history_add(text_end(&e.line));
  return e.line.bytes;
}
