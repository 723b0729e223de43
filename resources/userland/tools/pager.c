#define _GNU_SOURCE // strcasestr
// more, less, and the screen that they share with man, mtop and mosmon.
#include "../screen.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// ---- a screen that is drawn again

static struct termios modes;
static bool raw, alternate;
static int key_source;

static void say(const char *text) {
  ssize_t ignored = write(1, text, strlen(text));
  (void)ignored;
}

void screen_end(void) {
  if (alternate) {
    say("\033[?25h\033[?1049l");
    alternate = false;
  }
  if (raw) {
    tcsetattr(key_source, TCSADRAIN, &modes);
    raw = false;
  }
}

// Killed: the terminal is left as it was found, and whoever waits learns of the signal.
static void on_end(int number) {
  screen_end();
  signal(number, SIG_DFL);
  raise(number);
}

static void on_size(int number) {
  (void)number; // it only ends the wait for a key, so that the picture is drawn again
}

void screen_begin(int keys) {
  struct termios changed;
  key_source = keys;
  atexit(screen_end);
  static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    signal(ends[i], on_end);
  }
  struct sigaction size = {.sa_handler = on_size};
  sigaction(SIGWINCH, &size, NULL);
  if (tcgetattr(key_source, &modes) == 0) {
    changed = modes;
    changed.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    changed.c_cc[VMIN] = 1;
    changed.c_cc[VTIME] = 0;
    raw = tcsetattr(key_source, TCSADRAIN, &changed) == 0;
  }
  say("\033[?1049h\033[?25l");
  alternate = true;
}

static int character_within(int millis) {
  struct pollfd input = {key_source, POLLIN, 0};
  unsigned char c;
  if (poll(&input, 1, millis) <= 0) {
    return 0;
  }
  return read(key_source, &c, 1) == 1 ? c : 'q';
}

int key_within(int millis) {
  if (!raw) {
    usleep((useconds_t)millis * 1000);
    return 0;
  }
  int key = character_within(millis);
  if (key != 033) {
    return key;
  }
  int kind = character_within(50); // what a cursor key sends comes at once
  if (kind != '[' && kind != 'O') {
    return key;
  }
  int last = character_within(50), number = 0;
  while (last >= '0' && last <= '9') {
    number = number * 10 + last - '0';
    last = character_within(50);
  }
  switch (last == '~' ? number : last) {
    case 'A': return KEY_UP;
    case 'B': return KEY_DOWN;
    case 5: return KEY_PAGE_UP;
    case 6: return KEY_PAGE_DOWN;
    case 'H':
    case 1: return KEY_HOME;
    case 'F':
    case 4: return KEY_END;
    default: return 0;
  }
}

void screen_size(int *rows, int *columns) {
  struct winsize size;
  bool known = ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_row > 0;
  *rows = known ? size.ws_row : 24;
  *columns = known ? size.ws_col : 80;
}

// ---- a screen at a time

struct view {
  char **lines;
  int count, top, height;
  const char *title, *message;
};

// The text of a line without what colours it, for the search.
static void plain(const char *line, char *text, size_t room) {
  size_t length = 0;
  while (*line && length + 1 < room) {
    if (*line == 033) {
      line += strcspn(line, "m");
      line += *line == 'm';
    } else {
      text[length++] = *line++;
    }
  }
  text[length] = 0;
}

static void draw(struct view *v) {
  int rows, columns;
  screen_size(&rows, &columns);
  v->height = rows > 2 ? rows - 1 : 1;
  int last = v->count > v->height ? v->count - v->height : 0;
  v->top = v->top > last ? last : v->top < 0 ? 0 : v->top;
  fputs("\033[H\033[J", stdout);
  for (int i = v->top; i < v->top + v->height; i++) {
    puts(i < v->count ? v->lines[i] : "~");
  }
  char status[160];
  if (v->message) {
    snprintf(status, sizeof status, "%s", v->message);
  } else if (v->top == last) {
    snprintf(status, sizeof status, "%s  (end; q leaves)", v->title);
  } else {
    snprintf(status, sizeof status, "%s  %d%%  (space: on, b: back, /: find, q: leave)", v->title,
             (v->top + v->height) * 100 / v->count);
  }
  printf("\033[7m%.*s\033[0m", columns - 1, status);
  fflush(stdout);
  v->message = NULL;
}

static void find(struct view *v, const char *words) {
  char text[1024];
  for (int i = v->top + 1; i < v->count; i++) {
    plain(v->lines[i], text, sizeof text);
    if (strcasestr(text, words)) {
      v->top = i;
      return;
    }
  }
  v->message = "not found further down";
}

// What is looked for, typed at the bottom.
static void ask(char *words, size_t room) {
  size_t length = 0;
  char typed[80] = "";
  int key;
  do {
    printf("\r\033[K/%s", typed);
    fflush(stdout);
    key = key_within(-1);
    if ((key == 0177 || key == '\b') && length) {
      typed[--length] = 0;
    } else if (key >= ' ' && key < 256 && key != 0177 && length + 1 < sizeof typed) {
      typed[length++] = (char)key;
      typed[length] = 0;
    }
  } while (key != '\n' && key != '\r' && key != 033);
  if (key != 033 && *typed) {
    snprintf(words, room, "%s", typed);
  }
}

static void keep_paging(struct view *v) {
  char words[80] = "";
  for (;;) {
    draw(v);
    int key = key_within(-1);
    switch (key) {
      case 'q':
      case 'Q': return;
      case ' ':
      case 'f':
      case KEY_PAGE_DOWN: v->top += v->height; break;
      case 'b':
      case KEY_PAGE_UP: v->top -= v->height; break;
      case '\n':
      case '\r':
      case 'j':
      case KEY_DOWN: v->top++; break;
      case 'k':
      case KEY_UP: v->top--; break;
      case 'g':
      case KEY_HOME: v->top = 0; break;
      case 'G':
      case KEY_END: v->top = v->count; break;
      case '/': ask(words, sizeof words); // and look for it
      // fallthrough
      case 'n':
        if (*words) {
          find(v, words);
        }
        break;
      default: break;
    }
  }
}

int page_lines(char **lines, int count, const char *title) {
  int rows, columns;
  screen_size(&rows, &columns);
  int keys = isatty(1) && count >= rows ? (isatty(0) ? 0 : open("/dev/tty", O_RDONLY | O_CLOEXEC)) : -1;
  if (keys < 0) {
    for (int i = 0; i < count; i++) {
      puts(lines[i]);
    }
    return 0;
  }
  struct view v = {lines, count, 0, 1, title, NULL};
  screen_begin(keys);
  keep_paging(&v);
  screen_end();
  return 0;
}

// ---- more, less

static char **read_lines(FILE *file, char **lines, int *count) {
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, file)) >= 0) {
    if (length && line[length - 1] == '\n') {
      line[length - 1] = 0;
    }
    if ((*count & (*count - 1)) == 0) {
      lines = realloc(lines, (*count ? 2 * *count : 1) * sizeof *lines);
    }
    lines[(*count)++] = strdup(line);
  }
  free(line);
  return lines;
}

int more_main(int argc, char **argv) {
  char **lines = NULL;
  int count = 0, status = 0;
  if (argc > 1 && argv[1][0] == '-' && argv[1][1]) {
    return usage("less [FILE ...]");
  }
  if (argc < 2 && isatty(0)) {
    return trouble("which file?");
  }
  for (int i = 1; i < argc || i == 1; i++) {
    FILE *file = i < argc && strcmp(argv[i], "-") ? fopen(argv[i], "re") : stdin;
    if (file == NULL) {
      status = problem("%s", argv[i]);
      continue;
    }
    lines = read_lines(file, lines, &count);
    if (file != stdin) {
      fclose(file);
    }
  }
  page_lines(lines, count, argc > 1 ? argv[1] : "standard input");
  return status;
}

int less_main(int argc, char **argv) {
  return more_main(argc, argv);
}
