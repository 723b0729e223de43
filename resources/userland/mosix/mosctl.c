// migrate, mosctl, setpe, showmap
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mosix.h"

int migrate_main(int argc, char **argv) {
  long pid;
  if (argc != 3 || !number_of(argv[1], &pid)) {
    return usage("migrate PID {NODE | home | balance}");
  }
  if (!openmosix()) {
    return 1;
  }
  const char *where = argv[2];
  char number[16];
  if (strcmp(where, "home") && strcmp(where, "balance")) {
    int node = node_named(where);
    if (node < 0) {
      return trouble("%s: no such node", where);
    }
    if (node > 0 && node != own_node() && !node_up(node)) {
      return trouble("node %d is not available", node);
    }
    snprintf(number, sizeof number, "%d", node == own_node() ? 0 : node);
    where = number;
  }
  return send_process((int)pid, where);
}

// ---- mosctl

static const char mosctl_how[] =
    "mosctl {stay|nostay | lstay|nolstay | block|noblock | quiet|noquiet | nomfs|mfs}\n"
    "     mosctl {expel | bring}\n"
    "     mosctl whois [NODE|ADDRESS|HOST]\n"
    "     mosctl {getload|getspeed|status|isup|getmem|getfree|getutil} [NODE]\n"
    "     mosctl {gettune|getyard|getdecay}\n"
    "     mosctl {setyard N | setspeed N | setdecay INTERVAL SLOW FAST}";

static bool guests_left(void) {
  DIR *directory = opendir("/proc/hpc/remote");
  struct dirent *entry;
  bool any = false;
  while (directory && (entry = readdir(directory)) != NULL) {
    any |= isdigit((unsigned char)entry->d_name[0]) != 0;
  }
  if (directory) {
    closedir(directory);
  }
  return any;
}

static bool locals_away(void) {
  int *pids, count = process_list(&pids);
  bool any = false;
  for (int i = 0; i < count && !any; i++) {
    struct process p;
    any = process_node(pids[i]) > 0 && process_read(pids[i], &p) && p.state != 'Z';
  }
  free(pids);
  return any;
}

static int until(bool (*busy)(void)) {
  while (busy()) {
    usleep(100000);
  }
  return 0;
}

static int query(const char *what, int node) {
  static const struct {
    const char *word, *file;
  } files[] = {{"getspeed", "speed"}, {"getmem", "tmem"}, {"getfree", "mem"}, {"getutil", "util"}, {"status", "status"}};
  long value;
  if (strcmp(what, "isup") == 0) {
    bool up = node_up(node);
    puts(up ? "yes" : "no");
    return !up;
  }
  if (!node_value(node, "status", &value)) {
    return trouble("node %d is not configured", node);
  }
  if (strcmp(what, "getload") == 0) {
    if (!node_value(node, "load", &value) || value < 0) {
      return trouble("the load of node %d is not known", node);
    }
    printf("%ld.%02ld\n", value / 100, value % 100);
    return 0;
  }
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    if (strcmp(what, files[i].word) == 0) {
      if (!node_value(node, files[i].file, &value)) {
        return trouble("%s of node %d is not known", files[i].file, node);
      }
      if (i == 4) {
        printf("%ld%s\n", value, value & 2 ? " (up)" : " (down)");
      } else {
        printf("%ld\n", value);
      }
      return 0;
    }
  }
  return usage(mosctl_how);
}

static int show_file(const char *file) {
  char path[64], text[4096];
  snprintf(path, sizeof path, "/proc/hpc/admin/%s", file);
  if (!slurp(path, text, sizeof text)) {
    return problem("%s", path);
  }
  puts(text);
  return 0;
}

static int get_decay(void) {
  long interval, slow, fast;
  if (!admin_read("decay-interval", &interval) || !admin_read("slow-decay", &slow) || !admin_read("fast-decay", &fast)) {
    return problem("/proc/hpc/admin");
  }
  printf("interval %ld seconds, slow %ld, fast %ld per thousand kept\n", interval, slow, fast);
  return 0;
}

static int set_decay(char **argv) {
  long value;
  for (int i = 0; i < 3; i++) {
    if (!number_of(argv[i], &value) || value < 0) {
      return usage(mosctl_how);
    }
  }
  return admin_write("decay-interval", argv[0]) | admin_write("slow-decay", argv[1]) | admin_write("fast-decay", argv[2]);
}

int mosctl_main(int argc, char **argv) {
  static const struct {
    const char *word, *file, *value;
  } switches[] = {{"stay", "stay", "1"},    {"nostay", "stay", "0"},   {"-stay", "stay", "0"},
                  {"lstay", "lstay", "1"},  {"nolstay", "lstay", "0"}, {"-lstay", "lstay", "0"},
                  {"block", "block", "1"},  {"noblock", "block", "0"}, {"-block", "block", "0"},
                  {"quiet", "quiet", "1"},  {"noquiet", "quiet", "0"}, {"-quiet", "quiet", "0"},
                  {"nomfs", "nomfs", "1"},  {"mfs", "nomfs", "0"},     {"-nomfs", "nomfs", "0"},
                  {"-mfs", "nomfs", "1"}};
  if (argc < 2) {
    return usage(mosctl_how);
  }
  if (!openmosix()) {
    return 1;
  }
  const char *what = argv[1];
  for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
    if (strcmp(what, switches[i].word) == 0) {
      return argc == 2 ? admin_write(switches[i].file, switches[i].value) : usage(mosctl_how);
    }
  }
  if (strcmp(what, "expel") == 0) { // leaves block on
    int status = admin_write("expel", "1");
    return status ? status : until(guests_left);
  }
  if (strcmp(what, "bring") == 0) { // leaves lstay on
    int status = admin_write("bring", "1");
    return status ? status : until(locals_away);
  }
  if (strcmp(what, "gettune") == 0) {
    return show_file("overheads");
  }
  if (strcmp(what, "getyard") == 0) {
    puts("10000"); // the standard core of reference section 5.2: 1000 MHz
    return 0;
  }
  if (strcmp(what, "getdecay") == 0) {
    return get_decay();
  }
  if (strcmp(what, "setdecay") == 0) {
    return argc == 5 ? set_decay(argv + 2) : usage(mosctl_how);
  }
  if (strcmp(what, "setspeed") == 0) {
    long speed;
    return argc == 3 && number_of(argv[2], &speed) ? admin_write("speed", argv[2]) : usage(mosctl_how);
  }
  if (strcmp(what, "setyard") == 0) {
    return trouble("the yardstick is fixed: 10000 is a CPU of 1000 MHz");
  }
  if (argc > 3) {
    return usage(mosctl_how);
  }
  int node = argc > 2 ? node_named(argv[2]) : own_node();
  if (strcmp(what, "whois") == 0) {
    if (argc == 2) {
      if (node < 0) {
        return trouble("this node is not configured");
      }
      printf("This is MOSIX #%d\n", node);
      return 0;
    }
    if (node < 0) {
      return trouble("%s: no such node", argv[2]);
    }
    printf("%s is MOSIX #%d\n", argv[2], node);
    return 0;
  }
  if (node < 0) {
    return argc > 2 ? trouble("%s: no such node", argv[2]) : trouble("this node is not configured");
  }
  return query(what, node == 0 ? own_node() : node);
}

// ---- setpe and showmap

struct range {
  unsigned base, count;
  struct in_addr address;
};

enum { MOST_RANGES = 256 };

static int read_map(const char *path, struct range *ranges, int *count) {
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
  char line[256], host[128];
  *count = 0;
  if (file == NULL) {
    return problem("%s", path);
  }
  int number = 0;
  while (fgets(line, sizeof line, file)) {
    number++;
    line[strcspn(line, "#\n")] = 0;
    unsigned base, several;
    int fields = sscanf(line, "%u %127s %u", &base, host, &several);
    if (fields <= 0) {
      continue;
    }
    int node;
    if (fields != 3 || base < 1 || base + several > 65536 || several < 1) {
      return trouble("%s: line %d: it must be FIRST-NODE HOST COUNT", path, number);
    }
    if (*count == MOST_RANGES) {
      return trouble("%s: more than %d lines", path, MOST_RANGES);
    }
    struct range *range = &ranges[(*count)++];
    range->base = base;
    range->count = several;
    if (!inet_aton(host, &range->address)) {
      node = node_named(host);
      if (node < 0) {
        return trouble("%s: line %d: %s is in no /etc/hosts", path, number, host);
      }
      range->address.s_addr = htonl(0x0a000000u | (unsigned)node);
    }
  }
  if (file != stdin) {
    fclose(file);
  }
  return 0;
}

static unsigned own_address(void) {
  int node = own_node();
  return node < 0 ? 0 : 0x0a000000u | (unsigned)node;
}

static int check_map(const struct range *ranges, int count, const char *path) {
  for (int i = 0; i < count; i++) {
    for (int j = 0; j < i; j++) {
      if (ranges[i].base < ranges[j].base + ranges[j].count && ranges[j].base < ranges[i].base + ranges[i].count) {
        return trouble("%s: nodes %u and %u are in two ranges", path, ranges[j].base, ranges[i].base);
      }
    }
  }
  for (int i = 0; i < count; i++) {
    unsigned first = ntohl(ranges[i].address.s_addr);
    if (own_address() >= first && own_address() < first + ranges[i].count) {
      return 0;
    }
  }
  return trouble("%s: well formed, but the address of this node is not in it", path);
}

static int print_map(FILE *out) {
  char line[256];
  FILE *file = fopen("/etc/openmosix.map", "re");
  while (file && fgets(line, sizeof line, file)) {
    if (line[0] != '#' && line[0] != '\n') {
      fputs(line, out);
    }
  }
  if (file) {
    fclose(file);
    return 0;
  }
  int *nodes, count = node_list(&nodes);
  for (int i = 0; i < count; i++) {
    fprintf(out, "%-6d 10.0.%d.%d 1\n", nodes[i], nodes[i] >> 8, nodes[i] & 255);
  }
  free(nodes);
  return 0;
}

// To a file, or where "-" and nothing mean standard output.
static int write_map(const char *path) {
  if (path == NULL || strcmp(path, "-") == 0) {
    return print_map(stdout);
  }
  FILE *file = fopen(path, "we");
  if (file == NULL) {
    return problem("%s", path);
  }
  int status = print_map(file);
  return fclose(file) ? problem("%s", path) : status;
}

static int take_map(const char *path, bool only_check) {
  static struct range ranges[MOST_RANGES];
  int count;
  int status = read_map(path, ranges, &count);
  if (status == 0) {
    status = check_map(ranges, count, path);
  }
  if (status || only_check) {
    return status;
  }
  // The kernel knows its cluster from its links; a map that agrees with it changes nothing.
  for (int i = 0; i < count; i++) {
    for (unsigned node = ranges[i].base; node < ranges[i].base + ranges[i].count; node++) {
      long ignored;
      if (!node_value((int)node, "status", &ignored)) {
        return trouble("%s: node %u is not in this cluster; nodes join and leave in the workbench", path, node);
      }
    }
  }
  return 0;
}

int setpe_main(int argc, char **argv) {
  static const char text[] = "setpe {-w|-W|-c} [-p NODE] [-g 0..2] -f {FILE|-}  |  setpe -r [-f FILE]  |  setpe -off";
  const char *file = NULL;
  char action = 0;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "-off") == 0) {
      action = 'o';
    } else if (strcmp(argv[i], "-f") == 0 && i + 1 < argc) {
      file = argv[++i];
    } else if ((strcmp(argv[i], "-p") == 0 || strcmp(argv[i], "-g") == 0 || strcmp(argv[i], "-n") == 0) && i + 1 < argc) {
      long value;
      char flag = argv[i][1];
      if (!number_of(argv[++i], &value) || (flag == 'g' && (value < 0 || value > 2))) {
        return usage(text);
      }
      if (flag == 'p' && value != own_node()) {
        return trouble("this is node %d; its number is set by the scenario", own_node());
      }
      if (flag == 'g' && openmosix() && admin_write("gateways", argv[i])) {
        return 1;
      }
    } else if (argv[i][0] == '-' && argv[i][1] && strchr("wWrc", argv[i][1]) && argv[i][2] == 0) {
      action = argv[i][1];
    } else {
      return usage(text);
    }
  }
  if (action == 0) {
    return usage(text);
  }
  if (!openmosix()) {
    return 1;
  }
  switch (action) {
    case 'o': return admin_write("mospe", "0");
    case 'r': return write_map(file);
    default: return take_map(file ? file : "/etc/openmosix.map", action == 'c');
  }
}

int showmap_main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) {
    return usage("showmap");
  }
  if (!openmosix()) {
    return 1;
  }
  printf("My openMosix ID: 0x%04x\n", own_node());
  return print_map(stdout);
}
