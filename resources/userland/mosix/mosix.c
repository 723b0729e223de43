#include "mosix.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool openmosix(void) {
  if (access("/proc/hpc", F_OK) == 0) {
    return true;
  }
  trouble("this is not an openMosix system");
  return false;
}

bool admin_read(const char *file, long *value) {
  char path[64], text[64];
  snprintf(path, sizeof path, "/proc/hpc/admin/%s", file);
  return slurp(path, text, sizeof text) && number_of(text, value);
}

int admin_write(const char *file, const char *text) {
  char path[64];
  snprintf(path, sizeof path, "/proc/hpc/admin/%s", file);
  return tell(path, text) ? 0 : problem("%s", path);
}

int own_node(void) {
  long node;
  return admin_read("mospe", &node) && node > 0 ? (int)node : -1;
}

static int rising(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

int node_list(int **nodes) {
  DIR *directory = opendir("/proc/hpc/nodes");
  struct dirent *entry;
  int count = 0;
  *nodes = NULL;
  while (directory && (entry = readdir(directory)) != NULL) {
    long node;
    if (number_of(entry->d_name, &node)) {
      *nodes = realloc(*nodes, (count + 1) * sizeof **nodes);
      (*nodes)[count++] = (int)node;
    }
  }
  if (directory) {
    closedir(directory);
  }
  if (count) {
    qsort(*nodes, count, sizeof **nodes, rising);
  }
  return count;
}

bool node_value(int node, const char *file, long *value) {
  char path[64], text[64];
  snprintf(path, sizeof path, "/proc/hpc/nodes/%d/%s", node, file);
  return slurp(path, text, sizeof text) && number_of(text, value);
}

bool node_up(int node) {
  long status;
  return node_value(node, "status", &status) && status > 0 && (status & 2);
}

int node_named(const char *name) {
  long node;
  if (number_of(name, &node)) {
    return node >= 0 && node < 65536 ? (int)node : -1;
  }
  unsigned a, b, c, d; // the number is in the address: its last two bytes
  char rest;
  if (sscanf(name, "%u.%u.%u.%u%c", &a, &b, &c, &d, &rest) == 4) {
    long status;
    int addressed = a == 10 && b == 0 && c < 256 && d < 256 ? (int)(c * 256 + d) : -1;
    return addressed > 0 && node_value(addressed, "status", &status) ? addressed : -1;
  }
  FILE *hosts = fopen("/etc/hosts", "re");
  char line[256];
  int found = -1;
  char address[64] = "";
  while (hosts && found < 0 && fgets(line, sizeof line, hosts)) {
    line[strcspn(line, "#\n")] = 0;
    char *at = line, *word, *first = NULL;
    while ((word = strsep(&at, " \t")) != NULL) {
      if (*word == 0) {
        continue;
      }
      first = first ? first : word;
      if (strcmp(word, name) == 0) {
        snprintf(address, sizeof address, "%s", first);
        break;
      }
    }
    if (*address && sscanf(address, "%u.%u.%u.%u", &a, &b, &c, &d) == 4 && a != 127) {
      found = (int)(c * 256 + d);
    }
    *address = 0;
  }
  if (hosts) {
    fclose(hosts);
  }
  return found;
}

int process_node(int pid) {
  char path[64], text[64];
  long node;
  snprintf(path, sizeof path, "/proc/%d/where", pid);
  return slurp(path, text, sizeof text) && number_of(text, &node) ? (int)node : -1;
}

void stay_reasons(int pid, char *text, size_t room) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/cantmove", pid);
  if (!slurp(path, text, room)) {
    *text = 0;
  }
  for (char *c = text; *c; c++) {
    if (*c == '\n') {
      *c = ',';
    }
  }
}

int send_process(int pid, const char *where) {
  char path[64], reasons[512];
  struct process p;
  if (!process_read(pid, &p) || p.state == 'Z') {
    return trouble("%d: no such process", pid);
  }
  if (geteuid() != 0 && (uid_t)p.uid != getuid()) {
    return trouble("%d: it is not yours", pid);
  }
  snprintf(path, sizeof path, "/proc/%d/goto", pid);
  if (!tell(path, where)) {
    return problem("%d to %s", pid, where);
  }
  if (strcmp(where, "home") && strcmp(where, "0")) {
    stay_reasons(pid, reasons, sizeof reasons);
    if (*reasons) {
      return trouble("%d cannot move: %s", pid, reasons);
    }
  }
  return 0;
}
