// mps mtop mosmon (mon): who runs where, and how busy the nodes are.
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../screen.h"
#include "mosix.h"

// ---- processes with their node

struct row {
  struct process p;
  int node;
  long ticks; // since the last look
  char reasons[64];
  int locked, moves;
};

static long read_number(int pid, const char *file) {
  char path[64], text[64];
  long value;
  snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
  return slurp(path, text, sizeof text) && number_of(text, &value) ? value : 0;
}

static int rows_read(struct row **rows) {
  int *pids, count = process_list(&pids), taken = 0;
  *rows = calloc(count ? count : 1, sizeof **rows);
  for (int i = 0; i < count; i++) {
    struct row *row = &(*rows)[taken];
    if (!process_read(pids[i], &row->p)) {
      continue;
    }
    int where = process_node(pids[i]);
    row->node = own_node() < 0 ? -1 : where;
    row->locked = (int)read_number(pids[i], "lock");
    row->moves = (int)read_number(pids[i], "nmigs");
    stay_reasons(pids[i], row->reasons, sizeof row->reasons);
    taken++;
  }
  free(pids);
  return taken;
}

static const char *sort_key = "pid";

static int row_order(const void *a, const void *b) {
  const struct row *x = a, *y = b;
  long order = 0;
  bool down = *sort_key == '-';
  const char *key = sort_key + (down || *sort_key == '+');
  if (strcmp(key, "node") == 0) {
    order = x->node - y->node;
  } else if (strcmp(key, "time") == 0) {
    order = x->p.cpu_ticks - y->p.cpu_ticks;
  } else if (strcmp(key, "cpu") == 0) {
    order = y->ticks - x->ticks;
  } else if (strcmp(key, "rss") == 0) {
    order = x->p.resident_kb - y->p.resident_kb;
  } else if (strcmp(key, "nmigs") == 0) {
    order = x->moves - y->moves;
  }
  if (order == 0) {
    return x->p.pid - y->p.pid;
  }
  return (order < 0 ? -1 : 1) * (down ? -1 : 1);
}

static void time_text(long ticks, char *text, size_t room) {
  long seconds = ticks / sysconf(_SC_CLK_TCK);
  snprintf(text, room, "%ld:%02ld", seconds / 60, seconds % 60);
}

int mps_main(int argc, char **argv) {
  bool info = false, long_info = false, users = false;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--ominfo") == 0) {
      info = true;
    } else if (strcmp(argv[i], "--ominfol") == 0) {
      info = long_info = true;
    } else if (strcmp(argv[i], "--sort") == 0 && i + 1 < argc) {
      sort_key = argv[++i];
    } else if (strncmp(argv[i], "--sort=", 7) == 0) {
      sort_key = argv[i] + 7;
    } else if (strspn(argv[i], "-axueflw") == strlen(argv[i])) {
      users |= strchr(argv[i], 'u') != NULL;
    } else {
      return usage("mps [axu] [--ominfo | --ominfol] [--sort {pid|node|time|rss|nmigs}]");
    }
  }
  struct row *rows;
  int count = rows_read(&rows);
  qsort(rows, count, sizeof *rows, row_order);
  printf("%s  PID NODE TTY      STAT   TIME %s%sCOMMAND\n", users ? "USER     " : "", info ? "NMIGS LOCK " : "",
         long_info ? "CANTMOVE             " : "");
  for (int i = 0; i < count; i++) {
    struct row *row = &rows[i];
    char command[256], used[32];
    process_command(&row->p, command, sizeof command);
    time_text(row->p.cpu_ticks, used, sizeof used);
    if (users) {
      struct user user;
      printf("%-9s", user_by_id((uid_t)row->p.uid, &user) ? user.name : "?");
    }
    printf("%5d %4d %-8s %-4c %6s ", row->p.pid, row->node, row->p.terminal, row->p.state, used);
    if (info) {
      printf("%5d %4d ", row->moves, row->locked);
    }
    if (long_info) {
      printf("%-20s ", *row->reasons ? row->reasons : "-");
    }
    puts(command);
  }
  free(rows);
  return 0;
}

// ---- mtop

int mtop_main(int argc, char **argv) {
  double delay = 5;
  bool commands = false, idle = true, cumulative = false, secure = false;
  int rounds = -1;
  static const char how[] = "mtop [-d SECONDS] [-q] [-c] [-S] [-s] [-i] [-n ROUNDS]";
  int c;
  while ((c = getopt(argc, argv, "d:qcSsin:b")) >= 0) {
    switch (c) {
      case 'd': delay = strtod(optarg, NULL); break;
      case 'q': delay = 0; break;
      case 'c': commands = true; break;
      case 'S': cumulative = true; break;
      case 's': secure = true; break;
      case 'b': break;
      case 'i': idle = false; break;
      case 'n': rounds = atoi(optarg); break;
      default: return usage(how);
    }
  }
  if (optind < argc || delay < 0) {
    return usage(how);
  }
  sort_key = "cpu";
  bool screen = isatty(1);
  if (screen) {
    screen_begin(0);
  }
  struct row *before = NULL;
  int count_before = 0;
  struct timespec last = {0};
  for (int round = 0; rounds < 0 || round < rounds; round++) {
    struct row *rows;
    struct timespec now;
    int count = rows_read(&rows), height, width;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = round ? (double)(now.tv_sec - last.tv_sec) + (double)(now.tv_nsec - last.tv_nsec) / 1e9 : 0;
    last = now;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count_before; j++) {
        if (before[j].p.pid == rows[i].p.pid) {
          rows[i].ticks = rows[i].p.cpu_ticks - before[j].p.cpu_ticks;
        }
      }
    }
    qsort(rows, count, sizeof *rows, row_order);
    screen_size(&height, &width);
    int running = 0, away = 0;
    for (int i = 0; i < count; i++) {
      running += rows[i].p.state == 'R';
      away += rows[i].node > 0;
    }
    char uptime[64] = "?";
    slurp("/proc/uptime", uptime, sizeof uptime);
    uptime[strcspn(uptime, " ")] = 0;
    if (screen) {
      fputs("\033[H\033[J", stdout);
    }
    printf("node %d  up %s s  %d processes: %d running, %d away\n", own_node(), uptime, count, running, away);
    printf("\033[7m  PID NODE STAT  %%CPU   RSS   TIME COMMAND\033[0m\n" + (screen ? 0 : 4));
    for (int i = 0, shown = 0; i < count && (!screen || shown < height - 3); i++) {
      if (!idle && rows[i].ticks == 0 && rows[i].p.state != 'R') {
        continue;
      }
      char command[256], used[32];
      if (commands) {
        process_command(&rows[i].p, command, sizeof command);
      } else {
        snprintf(command, sizeof command, "%s", rows[i].p.name);
      }
      time_text(rows[i].p.cpu_ticks + (cumulative ? rows[i].p.children_ticks : 0), used, sizeof used);
      double share = seconds > 0 ? (double)rows[i].ticks * 100 / (double)sysconf(_SC_CLK_TCK) / seconds : 0;
      printf("%5d %4d %-4c %5.1f %5ld %6s %.*s\n", rows[i].p.pid, rows[i].node, rows[i].p.state, share,
             rows[i].p.resident_kb, used, width > 40 ? width - 40 : 20, command);
      shown++;
    }
    fflush(stdout);
    free(before);
    before = rows;
    count_before = count;
    if (round + 1 == rounds) {
      break;
    }
    int key = key_within((int)(delay * 1000));
    if (key == 'q') {
      break;
    } else if (secure) {
      continue; // it can be left, and that is all
    } else if (key == 'S') {
      cumulative = !cumulative;
    } else if (key == 'i') {
      idle = !idle;
    } else if (key == 'c') {
      commands = !commands;
    }
  }
  free(before);
  return 0;
}

// ---- mosmon

struct gauge {
  int node;
  bool up;
  long load, speed, cpus, mem, rmem, tmem, util;
};

static struct {
  char what;  // l L s m r u
  bool dead, totals, help;
  char names; // w v V a
  int first;
} view = {'l', false, false, false, 'a', 1};

static bool view_key(int key) {
  switch (key) {
    case 'l':
    case 'L':
    case 's':
    case 'm':
    case 'r':
    case 'u': view.what = (char)key; return true;
    case 'w':
    case 'v':
    case 'V':
    case 'a': view.names = (char)key; return true;
    case 'd': view.dead = !view.dead; return true;
    case 't': view.totals = !view.totals; return true;
    case 'h':
    case 'H': view.help = !view.help; return true;
    default: return false;
  }
}

static int gauges(struct gauge **all) {
  int *nodes, count = node_list(&nodes), taken = 0;
  *all = calloc(count ? count : 1, sizeof **all);
  for (int i = 0; i < count; i++) {
    struct gauge *g = &(*all)[taken];
    g->node = nodes[i];
    g->up = node_up(nodes[i]);
    if (nodes[i] < view.first || (!g->up && !view.dead)) {
      continue;
    }
    node_value(nodes[i], "load", &g->load);
    node_value(nodes[i], "speed", &g->speed);
    node_value(nodes[i], "cpus", &g->cpus);
    node_value(nodes[i], "mem", &g->mem);
    node_value(nodes[i], "rmem", &g->rmem);
    node_value(nodes[i], "tmem", &g->tmem);
    node_value(nodes[i], "util", &g->util);
    taken++;
  }
  free(nodes);
  return taken;
}

static double logarithm(double x) { // base 2, coarse: for a bar
  double steps = 0;
  while (x >= 2) {
    x /= 2;
    steps++;
  }
  return steps + x - 1;
}

static double height_of(const struct gauge *g) {
  switch (view.what) {
    case 's': return (double)g->speed;
    case 'm':
    case 'r': return (double)g->tmem;
    case 'u': return (double)g->util;
    case 'L': return logarithm(1 + (double)g->load / 100);
    default: return (double)g->load / 100;
  }
}

static const char *title(void) {
  switch (view.what) {
    case 's': return "speed";
    case 'm': return "memory (# used, + free)";
    case 'r': return "raw memory (# used, + free)";
    case 'u': return "utilizability %";
    case 'L': return "load (logarithmic)";
    default: return "load";
  }
}

// The widest numbering with which all nodes have room.
static char numbering(int count, int columns) {
  return count * 7 <= columns ? 'w' : count * 4 <= columns ? 'v' : 'V';
}

static int longest(const struct gauge *all, int count) {
  int most = 1;
  for (int i = 0; i < count; i++) {
    int digits = snprintf(NULL, 0, "%d", all[i].node);
    most = digits > most ? digits : most;
  }
  return most;
}

static void draw(bool screen) {
  struct gauge *all;
  int count = gauges(&all), rows, columns;
  screen_size(&rows, &columns);
  char names = view.names == 'a' ? numbering(count, columns - 10) : view.names;
  int width = names == 'w' ? 7 : names == 'v' ? 4 : 2;
  int digits = names == 'w' ? 1 : longest(all, count);
  // The axis, the numbers, the words, the cursor's line.
  int below = 3 + digits + (view.what == 's') + view.totals;
  int height = rows > below + 3 ? rows - below : 3;
  double top = 1;
  for (int i = 0; i < count; i++) {
    double value = height_of(&all[i]);
    top = value > top ? value : top;
  }
  if (screen) {
    fputs("\033[H\033[J", stdout);
  }
  for (int line = height; line > 0; line--) {
    printf(line == height ? "%8.1f |" : line == (height + 1) / 2 ? "%8.1f |" : "         |", line == height ? top : top / 2);
    for (int i = 0; i < count && 10 + (i + 1) * width <= columns; i++) {
      char mark = ' ';
      double level = (line - 0.5) * top / height;
      if (!all[i].up) {
        mark = line == 1 ? 'x' : ' ';
      } else if (height_of(&all[i]) >= level) {
        long left = view.what == 'r' ? all[i].rmem : all[i].mem;
        bool is_free = (view.what == 'm' || view.what == 'r') && (double)(all[i].tmem - left) < level;
        mark = is_free ? '+' : '#';
      }
      printf("%*s%c", width - 1, "", mark);
    }
    putchar('\n');
  }
  printf("         +");
  for (int i = 0; i < count * width && i < columns - 10; i++) {
    putchar('-');
  }
  putchar('\n');
  for (int digit = 0; digit < digits; digit++) {
    printf("          ");
    for (int i = 0; i < count && 10 + (i + 1) * width <= columns; i++) {
      char number[16];
      snprintf(number, sizeof number, "%d", all[i].node);
      if (names == 'w') {
        printf("%*s", width, number);
      } else { // one digit below the other
        printf("%*c", width, digit < (int)strlen(number) ? number[digit] : ' ');
      }
    }
    putchar('\n');
  }
  if (view.what == 's') {
    printf("CPUs      ");
    for (int i = 0; i < count && 10 + (i + 1) * width <= columns; i++) {
      printf("%*ld", width, all[i].cpus);
    }
    putchar('\n');
  }
  if (view.totals) {
    long load = 0, speed = 0, cpus = 0, mem = 0, tmem = 0;
    for (int i = 0; i < count; i++) {
      if (all[i].up) {
        load += all[i].load;
        speed += all[i].speed * all[i].cpus;
        cpus += all[i].cpus;
        mem += all[i].mem;
        tmem += all[i].tmem;
      }
    }
    printf("totals: load %ld.%02ld  speed %ld  CPUs %ld  memory %ld of %ld free\n", load / 100, load % 100, speed, cpus,
           mem, tmem);
  }
  if (view.help) {
    puts("l L load  s speed  m r memory  u utilizability  d dead nodes  t totals  w v V a numbering  q end");
  } else {
    printf("%s of %d nodes, seen from node %d\n", title(), count, own_node());
  }
  fflush(stdout);
  free(all);
}

int mosmon_main(int argc, char **argv) {
  static const char how[] = "mosmon [-wvVa] [-l|-L|-s|-m|-r|-u] [-d] [-t] [+NODE]";
  for (int i = 1; i < argc; i++) {
    long first;
    if (argv[i][0] == '+' && number_of(argv[i] + 1, &first)) {
      view.first = (int)first;
    } else if (argv[i][0] == '-' && argv[i][1]) {
      for (const char *c = argv[i] + 1; *c; c++) {
        if (*c == 'h' || *c == 'H' || !view_key(*c)) {
          return usage(how);
        }
      }
    } else {
      return usage(how);
    }
  }
  if (!openmosix()) {
    return 1;
  }
  if (!isatty(1)) { // one picture: for scripts
    draw(false);
    return 0;
  }
  screen_begin(0);
  for (;;) {
    draw(true);
    int key = key_within(1000);
    if (key == 'q') {
      return 0;
    }
    view_key(key);
  }
}

int mon_main(int argc, char **argv) {
  return mosmon_main(argc, argv);
}
