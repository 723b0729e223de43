// Signals: what a script wants done about them, and how an interactive shell stands them.
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../userland.h"
#include "shell.h"

enum { SIGNALS = 65 };

static const char *names[] = {
    "EXIT", "HUP",  "INT",  "QUIT", "ILL",    "TRAP", "ABRT", "BUS",  "FPE",  "KILL",  "USR1",
    "SEGV", "USR2", "PIPE", "ALRM", "TERM",   "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
    "TTOU", "URG",  "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",  "PWR",  "SYS"};

static char *actions[SIGNALS]; // null: as it was; "": ignored
static volatile sig_atomic_t came[SIGNALS];
static volatile sig_atomic_t any;
static bool running;
volatile int interrupted;

int signal_number(const char *name) {
  long number;
  if (number_of(name, &number)) {
    return number >= 0 && number < SIGNALS ? (int)number : -1;
  }
  if (strncmp(name, "SIG", 3) == 0) {
    name += 3;
  }
  for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
    if (strcmp(name, names[i]) == 0) {
      return i;
    }
  }
  return -1;
}

const char *signal_name(int number) {
  return number >= 0 && number < (int)(sizeof names / sizeof *names) ? names[number] : NULL;
}

static void on_signal(int number) {
  if (number == SIGINT && actions[SIGINT] == NULL) {
    interrupted = 1;
    return;
  }
  came[number] = 1;
  any = 1;
}

static void handle(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler}; // no restart: `wait` and `read` must see it
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

int trap_pending(void) {
  if (any && !running) {
    for (int i = 1; i < SIGNALS; i++) {
      if (came[i]) {
        return i;
      }
    }
  }
  return 0;
}

void traps_run(void) {
  if (running) {
    return;
  }
  running = true;
  any = 0;
  for (int i = 1; i < SIGNALS; i++) {
    if (came[i]) {
      came[i] = 0;
      if (actions[i] && *actions[i]) {
        int status = sh.status;
        char *action = strdup(actions[i]);
        run_string(action);
        free(action);
        sh.status = status;
      }
    }
  }
  running = false;
}

void trap_exit(void) {
  char *action = actions[0];
  actions[0] = NULL;
  if (action && *action) {
    int status = sh.status;
    sh.flow = ON;
    sh.errexit = false;
    run_string(action);
    sh.status = status;
  }
}

static const int of_terminals[] = {SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};

void signals_interactive(bool on) {
  handle(SIGINT, on ? on_signal : SIG_DFL);
  for (size_t i = 0; i < sizeof of_terminals / sizeof *of_terminals; i++) {
    handle(of_terminals[i], on ? SIG_IGN : SIG_DFL);
  }
}

void traps_in_child(bool background) {
  if (sh.interactive) {
    signals_interactive(false);
  }
  for (int i = 0; i < SIGNALS; i++) {
    if (actions[i] && *actions[i]) {
      if (i > 0) {
        handle(i, SIG_DFL);
      }
      free(actions[i]);
      actions[i] = NULL;
    }
    came[i] = 0;
  }
  any = 0;
  interrupted = 0;
  running = false;
  if (background) { // ^C is for the foreground; without job control there is no other way to say so
    handle(SIGINT, SIG_IGN);
    handle(SIGQUIT, SIG_IGN);
  }
}

static void set_trap(int number, const char *action) {
  free(actions[number]);
  actions[number] = action ? strdup(action) : NULL;
  if (number == 0) {
    return;
  }
  if (action) {
    handle(number, *action ? on_signal : SIG_IGN);
  } else if (sh.interactive && number == SIGINT) {
    handle(number, on_signal);
  } else {
    handle(number, SIG_DFL);
  }
}

int builtin_trap(int argc, char **argv) {
  if (argc == 1) {
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
      if (actions[i]) {
        printf("trap -- '");
        for (const char *c = actions[i]; *c; c++) {
          if (*c == '\'') {
            fputs("'\\''", stdout);
          } else {
            putchar(*c);
          }
        }
        printf("' %s\n", names[i]);
      }
    }
    return 0;
  }
  int i = 1;
  if (strcmp(argv[i], "--") == 0) {
    i++;
  }
  const char *action = argv[i];
  if (i + 1 == argc || (action && isdigit((unsigned char)*action))) {
    action = NULL; // "trap INT" is "trap - INT"
  } else {
    i++;
  }
  if (action && strcmp(action, "-") == 0) {
    action = NULL;
  }
  for (; i < argc; i++) {
    int number = signal_number(argv[i]);
    if (number < 0) {
      complain("trap: %s: no such signal", argv[i]);
      return 1;
    }
    set_trap(number, action);
  }
  return 0;
}
