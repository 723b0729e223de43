// man: shows a page of /usr/share/man, a screen at a time on a terminal.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../userland.h"

static const char folder[] = "/usr/share/man";

static bool find_page(const char *section, const char *name, char *path, size_t room) {
  DIR *directory = opendir(folder);
  struct dirent *entry;
  size_t length = strlen(name);
  bool found = false;
  while (directory && !found && (entry = readdir(directory)) != NULL) {
    const char *file = entry->d_name; // name.section
    if (strncmp(file, name, length) == 0 && file[length] == '.' && (!section || strcmp(file + length + 1, section) == 0)) {
      snprintf(path, room, "%s/%s", folder, file);
      found = true;
    }
  }
  if (directory) {
    closedir(directory);
  }
  return found;
}

static int show(const char *path) {
  FILE *file = fopen(path, "re");
  char line[512];
  struct winsize size;
  if (file == NULL) {
    return problem("%s", path);
  }
  bool screen = isatty(1) && isatty(0);
  int height = screen && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_row > 2 ? size.ws_row - 1 : 0, shown = 0;
  while (fgets(line, sizeof line, file)) {
    fputs(line, stdout);
    if (height && ++shown == height) {
      fputs("-- Enter: more, q: end --", stdout);
      fflush(stdout);
      char answer[16];
      ssize_t n = read(0, answer, sizeof answer);
      fputs("\033[A\033[K", stdout);
      shown = 0;
      if (n <= 0 || answer[0] == 'q') {
        break;
      }
    }
  }
  fclose(file);
  return 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

// The pages whose first line has the word.
static int search(const char *word) {
  DIR *directory = opendir(folder);
  struct dirent *entry;
  char *lines[256];
  int count = 0;
  while (directory && (entry = readdir(directory)) != NULL && count < 256) {
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
      if (strstr(line, " - ")) {
        if (strstr(line, word)) {
          lines[count++] = strdup(line + strspn(line, " "));
        }
        break;
      }
    }
    if (file) {
      fclose(file);
    }
  }
  if (directory) {
    closedir(directory);
  }
  qsort(lines, count, sizeof *lines, by_name);
  for (int i = 0; i < count; i++) {
    fputs(lines[i], stdout);
  }
  return count ? 0 : trouble("%s: nothing appropriate", word);
}

int man_main(int argc, char **argv) {
  char path[256];
  if (argc == 3 && strcmp(argv[1], "-k") == 0) {
    return search(argv[2]);
  }
  const char *section = argc == 3 ? argv[1] : NULL;
  if (argc < 2 || argc > 3) {
    return usage("man [SECTION] PAGE  |  man -k WORD");
  }
  if (!find_page(section, argv[argc - 1], path, sizeof path)) {
    trouble("no page about %s%s%s", argv[argc - 1], section ? " in section " : "", section ? section : "");
    return 16;
  }
  return show(path);
}
