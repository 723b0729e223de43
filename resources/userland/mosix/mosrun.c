// mosrun and the programs that are mosrun with flags: nomig runhome runon cpujob iojob nodecay
// slowdecay fastdecay.
//
// It sets itself up through /proc and becomes the program, which inherits everything. The lock is
// set when a place is given, or when no decay is; otherwise it stays what the caller's is.
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mosix.h"

static const char how[] =
    "mosrun [-{h|ID|jLIST} [-F]] [-{l|L|k}] [-{c|i|n|s|f} | -t SECONDS -d DECAY] [-{e|E}] [-{r|R}] [-z] "
    "PROGRAM [ARGUMENT ...]";

struct wishes {
  bool home, list, force, argv0;
  int node;
  const char *nodes;
  char lock;  // l, L, k, or 0: the rule
  char decay; // c, i, n, s, f, t, or 0: none given
  const char *interval, *fraction;
  char at_exec, inherit;
};

// One of the nodes of "1-4,7" that are up, by chance.
static int one_of(const char *list) {
  int candidates[1024], count = 0;
  for (const char *p = list; *p;) {
    char *end;
    long first = strtol(p, &end, 10), last = first;
    if (end == p || first < 1) {
      return -1;
    }
    if (*end == '-') {
      p = end + 1;
      last = strtol(p, &end, 10);
      if (end == p) {
        return -1;
      }
    }
    for (long node = first; node <= last && count < 1024; node++) {
      if (node_up((int)node)) {
        candidates[count++] = (int)node;
      }
    }
    if (*end && *end != ',') {
      return -1;
    }
    p = *end ? end + 1 : end;
  }
  if (count == 0) {
    return 0;
  }
  struct timespec now; // getrandom would need no seed, but is another value at each run of a test
  clock_gettime(CLOCK_MONOTONIC, &now);
  unsigned mixed = (unsigned)getpid() * 2654435761u ^ (unsigned)(now.tv_nsec / 1000);
  return candidates[(mixed >> 8) % (unsigned)count];
}

static int parse(int argc, char **argv, struct wishes *w) {
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    const char *flag = argv[i] + 1;
    if (strcmp(flag, "-") == 0) {
      i++;
      break;
    }
    if (isdigit((unsigned char)*flag)) {
      long node;
      if (!number_of(flag, &node) || node > 65535) {
        return -1;
      }
      w->node = (int)node;
      w->home = node == 0;
      continue;
    }
    if (*flag == 'j') {
      w->list = true;
      w->nodes = flag[1] ? flag + 1 : i + 1 < argc ? argv[++i] : "";
      continue;
    }
    if ((*flag == 't' || *flag == 'd') && (flag[1] || i + 1 < argc)) {
      const char *value = flag[1] ? flag + 1 : argv[++i];
      *(*flag == 't' ? &w->interval : &w->fraction) = value;
      w->decay = 't';
      continue;
    }
    for (; *flag; flag++) {
      switch (*flag) {
        case 'h': w->home = true; break;
        case 'F': w->force = true; break;
        case 'l':
        case 'L':
        case 'k': w->lock = *flag; break;
        case 'c':
        case 'i':
        case 'n':
        case 's':
        case 'f': w->decay = *flag; break;
        case 'e':
        case 'E': w->at_exec = *flag; break;
        case 'r':
        case 'R': w->inherit = *flag; break;
        case 'z': w->argv0 = true; break;
        default: return -1;
      }
    }
  }
  return i;
}

static bool set_decay(const struct wishes *w) {
  switch (w->decay) {
    case 'c': return tell("/proc/hpc/decay/cpujob", "1\n");
    case 'i': return tell("/proc/hpc/decay/iojob", "1\n");
    case 's': return tell("/proc/hpc/decay/slow", "1\n");
    case 'f': return tell("/proc/hpc/decay/fast", "1\n");
    case 'n': return tell("/proc/hpc/decay/none", "1\n");
    case 't': {
      char text[64];
      snprintf(text, sizeof text, "%s %s\n", w->interval ? w->interval : "1", w->fraction ? w->fraction : "975");
      return tell("/proc/hpc/decay/own", text);
    }
    default: return true;
  }
}

static int run(const struct wishes *w, int argc, char **argv) {
  if (argc == 0) {
    return usage(how);
  }
  if (!openmosix()) {
    return 1;
  }
  int node = w->node;
  if (w->list) {
    node = one_of(w->nodes);
    if (node < 0) {
      return usage(how);
    }
  }
  bool placed = w->home || w->list || node > 0;
  if ((w->list || node > 0) && (node == 0 || (node != own_node() && !node_up(node)))) {
    if (!w->force) {
      return w->list ? trouble("none of the nodes %s is available", w->nodes)
                     : trouble("node %d is not available", node);
    }
    node = 0;
  }
  char lock = w->lock ? w->lock : placed || w->decay == 0 ? 'L' : 'k';
  if (lock != 'k' && !tell("/proc/self/lock", lock == 'L' ? "1\n" : "0\n")) {
    return problem("/proc/self/lock");
  }
  if (!set_decay(w)) {
    return problem("/proc/hpc/decay");
  }
  if (w->at_exec == 'E' && !tell("/proc/hpc/decay/clear", "1\n")) {
    return problem("/proc/hpc/decay/clear");
  }
  if (w->inherit && !tell("/proc/hpc/decay/inherit", w->inherit == 'r' ? "1\n" : "0\n")) {
    return problem("/proc/hpc/decay/inherit");
  }
  if (w->home || node > 0) {
    char text[16];
    int target = node == own_node() ? 0 : node;
    snprintf(text, sizeof text, "%d\n", target);
    if (process_node(getpid()) != target && !tell("/proc/self/goto", text)) {
      return problem("to node %d", node);
    }
  }
  char **program_argv = argv;
  if (w->argv0 && argc > 1) { // the word after the program is its argv[0]
    program_argv = argv + 1;
  }
  execvp(argv[0], program_argv);
  int status = errno == ENOENT ? 127 : 126;
  problem("%s", argv[0]);
  return status;
}

int mosrun_main(int argc, char **argv) {
  struct wishes w = {0};
  int first = parse(argc, argv, &w);
  if (first < 0) {
    return usage(how);
  }
  return run(&w, argc - first, argv + first);
}

int nomig_main(int argc, char **argv) {
  struct wishes w = {.lock = 'L'};
  int first = parse(argc, argv, &w);
  return first < 0 || first == argc ? usage("nomig PROGRAM [ARGUMENT ...]") : run(&w, argc - first, argv + first);
}

int runhome_main(int argc, char **argv) {
  struct wishes w = {.home = true};
  int first = parse(argc, argv, &w);
  return first < 0 || first == argc ? usage("runhome PROGRAM [ARGUMENT ...]") : run(&w, argc - first, argv + first);
}

int runon_main(int argc, char **argv) {
  struct wishes w = {0};
  int first = parse(argc, argv, &w);
  if (first < 0 || argc - first < 2 || (w.node = node_named(argv[first])) < 1) {
    return usage("runon NODE PROGRAM [ARGUMENT ...]");
  }
  return run(&w, argc - first - 1, argv + first + 1);
}

// With the caller's lock, unless a place is given.
static int with_decay(int argc, char **argv, char decay) {
  struct wishes w = {0};
  int first = parse(argc, argv, &w);
  char text[64];
  snprintf(text, sizeof text, "%s [-{h|ID}] [-z] PROGRAM [ARGUMENT ...]", program);
  if (first < 0 || first == argc) {
    return usage(text);
  }
  w.decay = decay;
  return run(&w, argc - first, argv + first);
}

int cpujob_main(int argc, char **argv) {
  return with_decay(argc, argv, 'c');
}

int iojob_main(int argc, char **argv) {
  return with_decay(argc, argv, 'i');
}

int nodecay_main(int argc, char **argv) {
  return with_decay(argc, argv, 'n');
}

int slowdecay_main(int argc, char **argv) {
  return with_decay(argc, argv, 's');
}

int fastdecay_main(int argc, char **argv) {
  return with_decay(argc, argv, 'f');
}
